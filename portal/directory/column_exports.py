"""What stands in the columns of a file, as expressions over CustomerSearch: the words of the page.

A phone number is the one thing that differs: a file keeps it whole, as it is dialled (`+3214550142`).
"""

from collections.abc import Iterable
from itertools import groupby

from django.db.models import Case, CharField, Expression, F, Q, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, NullIf, Substr, Trim, TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _
from django_countries import countries

from contacts.gaps import GAP_CODES
from customers.relationships import RELATIONSHIPS
from customers.vat_formats import FORMATS, Format
from portal.role_cards import gap_words

TEXT = CharField()
_FORMATS = sorted(FORMATS.values(), key=lambda entry: entry.country != "BE")
NEAR = ("BE", "NL", "FR", "DE", "LU")
"""Asked for first, as most customers are there."""


def _as_is(path: str) -> Expression:
    return Cast(path, TEXT)


def company() -> Expression:
    return _as_is("customer__name")


def number() -> Expression:
    return _as_is("customer__number")


def phone() -> Expression:
    return _as_is("customer__phone")


def industry() -> Expression:
    return _as_is("industry__name")


def partner() -> Expression:
    return _as_is("partner__name")


def csm() -> Expression:
    name = Trim(Concat("partner__csm__first_name", Value(" "), "partner__csm__last_name", output_field=TEXT))
    return Coalesce(NullIf(name, Value("")), "partner__csm__email", Value(""), output_field=TEXT)


def approved_on() -> Expression:
    """A day, not a text: files have dates of their own."""
    return TruncDate("approved_at", tzinfo=timezone.get_default_timezone())


def relationship() -> Expression:
    return _words_of("relationship", ((kind.value, _(facts.label)) for kind, facts in RELATIONSHIPS.items()))


def roles() -> Expression:
    return _words_of("gap", [("", _("Complete")), *((code, gap_words(code)) for code in GAP_CODES)])


def country() -> Expression:
    names = dict(countries)
    ordered = [*NEAR, *(code for code in names if code not in NEAR)]
    return _words_of("country", ((code, names[code]) for code in ordered if code in names))


def town() -> Expression:
    """The town, with its country where that is not the partner's own."""
    at_home = When(country=F("partner__country"), then=F("customer__city"))
    nameless = When(customer__city="", then=F("country"))
    abroad = Concat("customer__city", Value(", "), "country", output_field=TEXT)
    return Case(at_home, nameless, default=abroad, output_field=TEXT)


def company_number() -> Expression:
    """The VAT number as its country writes it; where there is none, the national one likewise."""
    has_vat = ~Q(customer__vat_number="")
    return Case(
        *(_pictured("customer__vat_number", entry) for entry in _FORMATS if entry.picture),
        When(has_vat, then=_with_blank("customer__vat_number", 2)),
        _pictured("customer__national_number", FORMATS["BE"]),
        default=F("customer__national_number"),
        output_field=TEXT,
    )


def _pictured(path: str, entry: Format) -> When:
    """A number of this country whose body holds digits only and as many as its picture has places."""
    at = len(entry.prefix) + 1
    pieces: list[Expression] = []
    for is_digits, marks in groupby(entry.picture, lambda mark: mark == "_"):
        text = "".join(marks)
        pieces.append(Substr(path, at, len(text)) if is_digits else Value(text))
        at += len(text) if is_digits else 0
    digits = entry.picture.count("_")
    return When(**{f"{path}__regex": f"^{entry.prefix}[0-9]{{{digits}}}$"}, then=Concat(*pieces, output_field=TEXT))


def _with_blank(path: str, letters: int) -> Expression:
    return Concat(Substr(path, 1, letters), Value(" "), Substr(path, letters + 1), output_field=TEXT)


def _words_of(column: str, words: Iterable[tuple[str, str]]) -> Expression:
    whens = [When(**{column: value}, then=Value(label)) for value, label in words]
    return Case(*whens, default=F(column), output_field=TEXT)
