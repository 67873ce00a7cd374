"""What the wizard and the edit page know of a company, cleaned. Pure: forms fill it, verbs write it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class CustomerDetails:
    """Cleaned facts of a company. Numbers are canonical (VAT, national: one of the two, with the reason for the second)
    and E.164 (phone); `country` is ISO 3166-1 alpha-2."""

    vat_number: str
    national_number: str = ""
    no_vat_reason: str = ""
    name: str
    legal_name: str = ""
    phone: str
    phone_extension: str = ""
    street: str
    postcode: str = ""
    city: str = ""
    country: str
    industry_code: str
    language: str = "en"
