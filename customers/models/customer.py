from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from simple_history.models import HistoricalRecords

from customers import numbers
from customers.querysets import COMPANY, CustomerQuerySet
from customers.relationships import RELATIONSHIPS, Relationship
from customers.row_history import KeptManager

from .industry import Industry
from .partner import Partner


class CustomerStatus(models.TextChoices):
    PENDING = "pending", _("Pending")
    ACTIVE = "active", _("Active")
    ENDED = "ended", _("Ended")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class NoVatReason(models.TextChoices):
    """Why a company has no VAT number."""

    EXEMPT = "exempt", _("It is exempt from VAT")
    NOT_YET = "not_yet_registered", _("It is not registered for VAT yet")


class UnknownToRegister(models.TextChoices):
    """Why the VAT register may not know a number, as the partner says."""

    TOO_NEW = "too_new", _("The registration is days old, and the register does not know it yet.")
    DOMESTIC = "domestic", _("It is registered in its own country only, not for trade inside the EU.")
    GROUP = "group", _("It is registered under another number, as part of a group of companies.")
    SURE = "sure", _("We have seen the number on a document of the company, and it is right.")


LIVING = (CustomerStatus.PENDING.value, CustomerStatus.ACTIVE.value, CustomerStatus.ENDED.value)
"""States in which a customer occupies its VAT number at its partner."""


def new_number() -> str:
    return numbers.new(numbers.CUSTOMER)


class Customer(models.Model):
    """An end customer's organisation, as one partner knows it. The same company at two partners is two rows."""

    number = models.CharField(_("number"), max_length=16, unique=True, default=new_number, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="customers", verbose_name=_("partner"))
    status = models.CharField(
        _("status"), max_length=12, choices=CustomerStatus, default=CustomerStatus.PENDING, editable=False
    )
    relationship = models.CharField(
        _("relationship"),
        max_length=20,
        choices=[(kind.value, _(facts.label)) for kind, facts in RELATIONSHIPS.items()],
    )
    uses_secwise_watch = models.BooleanField(_("uses Secwise Watch"), default=False)

    vat_number = models.CharField(
        _("VAT number"), max_length=20, blank=True, help_text=_("Canonical: prefix and number, no separators.")
    )
    national_number = models.CharField(
        _("national registration number"),
        max_length=60,
        blank=True,
        help_text=_("Where it has no VAT number: country and number, as `customers.national` writes them."),
    )
    no_vat_reason = models.CharField(_("why it has no VAT number"), max_length=20, blank=True, choices=NoVatReason)
    name = models.CharField(_("company name"), max_length=400)
    legal_name = models.CharField(_("legal name"), max_length=400, blank=True)
    phone = models.CharField(_("phone number"), max_length=20, help_text=_("E.164"))
    phone_extension = models.CharField(_("extension"), max_length=10, blank=True)
    street = models.CharField(_("street and number"), max_length=300)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    country = CountryField(_("country"))
    industry = models.ForeignKey(
        Industry, on_delete=models.PROTECT, related_name="customers", verbose_name=_("industry")
    )
    language = models.CharField(_("language for communication"), max_length=5, default="en")

    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True, editable=False)
    history = HistoricalRecords(history_manager=KeptManager)

    objects = CustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        ordering: ClassVar = ["name", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["phone"], name="customer_phone"),
            models.Index(fields=["name", "id"], name="customer_name"),
            models.Index(
                fields=["partner", "-approved_at"],
                condition=Q(approved_at__isnull=False),
                name="customer_partner_approved",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "partner",
                COMPANY,
                condition=Q(status__in=LIVING) & ~Q(vat_number="", national_number=""),
                name="customer_one_per_partner_and_number",
                violation_error_message=_("This partner already has a customer with this number."),
            ),
            models.CheckConstraint(
                condition=Q(national_number="", no_vat_reason="")
                | Q(vat_number="", no_vat_reason__in=NoVatReason.values) & ~Q(national_number=""),
                name="customer_national_number_instead_of_vat",
            ),
            models.CheckConstraint(
                condition=Q(relationship__in=[kind.value for kind in Relationship]),
                name="customer_relationship_known",
            ),
            models.CheckConstraint(condition=Q(status__in=CustomerStatus.values), name="customer_status_known"),
            models.CheckConstraint(
                condition=~Q(status=CustomerStatus.ACTIVE) | Q(approved_at__isnull=False),
                name="customer_active_was_approved",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        return self.status == CustomerStatus.ACTIVE

    @property
    def admits_users(self) -> bool:
        """Whether the customer's own people may sign in: never in a Value Add Partner relationship (the customer
        does not know of Arxus), and only while it is active."""
        return self.is_active and self.relationship == Relationship.RESELLER
