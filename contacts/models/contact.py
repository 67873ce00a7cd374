from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from contacts.policy import ContactKind, Side
from contacts.querysets import ContactQuerySet
from customers import numbers
from customers.models import Customer, Partner
from customers.row_history import KeptManager


def new_number() -> str:
    return numbers.new(numbers.CONTACT)


class Contact(models.Model):
    """A person or a distribution list of exactly one organisation: a partner's own, or a customer's."""

    number = models.CharField(_("number"), max_length=16, unique=True, default=new_number, editable=False)
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts", verbose_name=_("partner")
    )
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts", verbose_name=_("customer")
    )
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=[(ContactKind.PERSON.value, _("Person")), (ContactKind.LIST.value, _("Distribution list"))],
        default=ContactKind.PERSON.value,
    )
    first_name = models.CharField(_("first name"), max_length=120, blank=True)
    last_name = models.CharField(_("last name"), max_length=120, help_text=_("For a distribution list: its name."))
    email = models.EmailField(_("e-mail address"), max_length=254)
    phone = models.CharField(_("phone number"), max_length=20, blank=True, help_text=_("E.164"))
    phone_extension = models.CharField(_("extension"), max_length=10, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True, editable=False)
    access_confirmed_at = models.DateTimeField(
        _("access confirmed"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("When Arxus confirmed portal access and ServiceNow permissions."),
    )
    access_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("access confirmed by"),
    )
    history = HistoricalRecords(history_manager=KeptManager)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering: ClassVar = ["last_name", "first_name", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["phone"], name="contact_phone"),
            models.Index(Lower("email"), name="contact_email"),
            models.Index(fields=["last_name", "first_name", "id"], name="contact_name"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(partner__isnull=True) ^ Q(customer__isnull=True),
                name="contact_partner_xor_customer",
                violation_error_message=_("A contact belongs to a partner or to a customer, not to both."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in ContactKind]), name="contact_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(access_confirmed_at__isnull=True, access_confirmed_by__isnull=True)
                | Q(access_confirmed_at__isnull=False, access_confirmed_by__isnull=False),
                name="contact_access_confirmed_by_somebody",
            ),
            models.UniqueConstraint(
                Lower("email"),
                "partner",
                condition=Q(partner__isnull=False),
                name="contact_email_once_per_partner",
                violation_error_message=_("This partner already has a contact with this e-mail address."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                "customer",
                condition=Q(customer__isnull=False),
                name="contact_email_once_per_customer",
                violation_error_message=_("This customer already has a contact with this e-mail address."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def side(self) -> Side:
        return Side.OWN if self.partner_id is not None else Side.CUSTOMER
