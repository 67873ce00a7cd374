"""Who else shares something with a submission: one query over all customers, of every partner.

What comes out is for Arxus staff alone: partners learn nothing of one another.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Case as Choice
from django.db.models import CharField, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Lower

from approvals.cases import Case, Shared, Sighting
from contacts.policy import Side
from customers.models import Customer, CustomerStatus
from customers.models.customer import LIVING
from customers.official import LEGAL_FORMS
from customers.querysets import COMPANY
from customers.search_rows import VAT_LENGTH
from customers.search_text import fold

Question = tuple[Shared, str]

COLUMNS = (
    "shared",
    "value",
    "pk",
    "name",
    "company_number",
    "partner_id",
    "partner__name",
    "status",
    "since",
    "request__reference",
    "request__reason",
)


def asked_for(case: Case) -> list[Question]:
    """What this case wants to know of everybody else."""
    said = case.said
    theirs = [holder for holder in said.people if holder.side is Side.CUSTOMER]
    questions = [
        (Shared.NUMBER, said.number),
        *((Shared.NAME, name) for name in _spellings(said.details["name"])),
        (Shared.PHONE, said.details["phone"]),
        *((Shared.PHONE, holder.phone) for holder in theirs),
        *((Shared.EMAIL, holder.email.lower()) for holder in theirs),
        *((Shared.DOCUMENT, document.sha256) for document in said.documents),
    ]
    return [(shared, value) for shared, value in dict.fromkeys(questions) if value]


def _spellings(name: str) -> list[str]:
    """The folded name as it is and with every legal form: a company that comes back as an NV was rejected as a BV."""
    folded = fold(name)
    bare = " ".join(word for word in folded.split() if word not in LEGAL_FORMS)
    return [folded, bare, *(f"{bare} {form}" for form in sorted(LEGAL_FORMS))] if bare else [folded]


def sightings_of(cases: Iterable[Case]) -> Mapping[Question, list[Sighting]]:
    """Every customer that shares something with one of the cases, their own included, by what is shared."""
    wanted: dict[Shared, set[str]] = defaultdict(set)
    for case in cases:
        for shared, value in asked_for(case):
            wanted[shared].add(value)
    found: dict[Question, list[Sighting]] = defaultdict(list)
    for row in _rows(wanted):
        sighting = Sighting(
            shared=Shared(row[0]),
            value=row[1],
            customer=row[2],
            name=row[3],
            number=row[4],
            partner=row[5],
            partner_name=row[6],
            status=row[7],
            since=row[8],
            reference=row[9] or "",
            reason=row[10] or "",
        )
        found[sighting.shared, sighting.value].append(sighting)
    return found


def _rows(wanted: Mapping[Shared, Collection[str]]) -> Iterable[Any]:
    branches = [
        _branch(shared, column, rows)
        for shared, column, rows in (
            (Shared.NUMBER, "company_number", _with_number(wanted[Shared.NUMBER])),
            (Shared.NAME, "search__name_sort", _rejected(wanted[Shared.NAME])),
            (Shared.PHONE, "phone", _living().filter(phone__in=wanted[Shared.PHONE])),
            (Shared.PHONE, "contacts__phone", _living().filter(contacts__phone__in=wanted[Shared.PHONE])),
            (Shared.EMAIL, "email", _with_address(wanted[Shared.EMAIL])),
            (Shared.DOCUMENT, "request__evidence__sha256", _with_document(wanted[Shared.DOCUMENT])),
        )
        if wanted[shared]
    ]
    return branches[0].union(*branches[1:]) if branches else []


def _branch(shared: Shared, column: str, rows: QuerySet[Customer]) -> QuerySet[Customer]:
    since = Coalesce(
        Choice(When(status=CustomerStatus.REJECTED, then="request__decided_at")), "approved_at", "created_at"
    )
    return (
        rows.order_by()
        .annotate(company_number=COMPANY, since=since, shared=Value(shared.value, output_field=CharField()))
        .annotate(value=Cast(column, CharField()))
        .values_list(*COLUMNS)
    )


def _with_number(numbers: Collection[str]) -> QuerySet[Customer]:
    return Customer.objects.filter(search__vat__in={number[:VAT_LENGTH] for number in numbers})


def _living() -> QuerySet[Customer]:
    return Customer.objects.filter(status__in=LIVING)


def _rejected(names: Collection[str]) -> QuerySet[Customer]:
    return Customer.objects.filter(status=CustomerStatus.REJECTED, search__name_sort__in=names)


def _with_address(emails: Collection[str]) -> QuerySet[Customer]:
    return _living().annotate(email=Lower("contacts__email")).filter(contacts__customer__isnull=False, email__in=emails)


def _with_document(checksums: Collection[str]) -> QuerySet[Customer]:
    return Customer.objects.filter(request__evidence__sha256__in=checksums)
