"""Numbers that no customer has: the partner's own, and those of whoever runs the portal."""

from enum import StrEnum
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext as _

from customers import vat
from customers.models import Partner


class Owner(StrEnum):
    PARTNER = "partner"
    OPERATOR = "operator"


class OwnNumber(Exception):
    """The number is no customer's: `owner` says whose it is."""

    def __init__(self, owner: Owner) -> None:
        super().__init__(owner)
        self.owner = owner

    @property
    def words(self) -> str:
        if self.owner is Owner.PARTNER:
            return _("This is the number of your own organisation. Enter the number of the customer.")
        return _("This is a number of Arxus. Enter the number of the customer.")


def refuse(partner: Partner, number: str) -> None:
    """Raise OwnNumber where a number in canonical form, VAT or national, is the partner's own or the operator's."""
    if not number:
        return
    if number == canonical(partner.vat_number, str(partner.country)):
        raise OwnNumber(Owner.PARTNER)
    if number in {canonical(text, "") for text in settings.OPERATOR_VAT_NUMBERS}:
        raise OwnNumber(Owner.OPERATOR)


@lru_cache(maxsize=256)
def canonical(text: str, country: str) -> str:
    """The canonical form of a number that staff wrote down in whatever form; "" for none."""
    try:
        return str(vat.parse(text, country))
    except vat.VatFault as fault:
        return str(fault.number or "")
