from .customer import Customer, CustomerStatus, NoVatReason, UnknownToRegister
from .event import Event
from .industry import Industry
from .membership import Membership
from .partner import Partner
from .search import CustomerSearch
from .vat_check import VatCheck

__all__ = [
    "Customer",
    "CustomerSearch",
    "CustomerStatus",
    "Event",
    "Industry",
    "Membership",
    "NoVatReason",
    "Partner",
    "UnknownToRegister",
    "VatCheck",
]
