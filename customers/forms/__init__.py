from .details import LANGUAGE_OF_COUNTRY, DetailsForm
from .fields import LINE_FAULTS, LineField, TypedField, line_field
from .vat import VatForm, vat_countries

__all__ = [
    "LANGUAGE_OF_COUNTRY",
    "LINE_FAULTS",
    "DetailsForm",
    "LineField",
    "TypedField",
    "VatForm",
    "line_field",
    "vat_countries",
]
