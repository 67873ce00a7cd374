"""Who else shares something with a submission: one query over all customers, of every partner.

What comes out is for Arxus staff alone: partners learn nothing of one another.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Case as Choice
from django.db.models import CharField, F, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Lower, NullIf

from approvals.checks.cases import Case, Shared, Sighting
from contacts.models import Contact
from contacts.policy import Side
from customers.models import Customer, CustomerStatus
from customers.models.customer import LIVING
from customers.official import LEGAL_FORMS
from customers.search_rows import VAT_LENGTH
from customers.search_text import fold

Question = tuple[Shared, str]


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
            request=row[11],
            copied_from=row[12],
        )
        found[sighting.shared, sighting.value].append(sighting)
    return found


def _rows(wanted: Mapping[Shared, Collection[str]]) -> Iterable[Any]:
    """One SELECT for each thing that can be shared, joined to one query: each goes by an index of its own."""
    people = Contact.objects.filter(customer__isnull=False, customer__status__in=LIVING)
    branches = [
        _branch(shared, rows, column, prefix)
        for shared, rows, column, prefix in (
            (Shared.NUMBER, _with_number(wanted[Shared.NUMBER]), "company_number", ""),
            (Shared.NAME, _rejected(wanted[Shared.NAME]), "search__name_sort", ""),
            (Shared.PHONE, _with_phone(wanted[Shared.PHONE]), "phone", ""),
            (Shared.PHONE, people.filter(phone__in=wanted[Shared.PHONE]), "phone", "customer__"),
            (Shared.EMAIL, _with_address(people, wanted[Shared.EMAIL]), "folded_email", "customer__"),
            (Shared.DOCUMENT, _with_document(wanted[Shared.DOCUMENT]), "request__evidence__sha256", ""),
        )
        if wanted[shared]
    ]
    return branches[0].union(*branches[1:]) if branches else []


def _branch(shared: Shared, rows: QuerySet[Any], column: str, prefix: str) -> QuerySet[Any]:
    """The columns of a sighting, in the order in which they are read; `prefix` leads from the rows to the customer."""
    rejected = When(**{f"{prefix}status": CustomerStatus.REJECTED}, then=f"{prefix}request__decided_at")
    return (
        rows.order_by()
        .annotate(
            company_number=Coalesce(
                NullIf(F(f"{prefix}vat_number"), Value("")), F(f"{prefix}national_number"), output_field=CharField()
            ),
            since=Coalesce(Choice(rejected), f"{prefix}approved_at", f"{prefix}created_at"),
            shared=Value(shared.value, output_field=CharField()),
        )
        .annotate(value=Cast(column, CharField()))
        .values_list(
            "shared",
            "value",
            f"{prefix}pk",
            f"{prefix}name",
            "company_number",
            f"{prefix}partner_id",
            f"{prefix}partner__name",
            f"{prefix}status",
            "since",
            f"{prefix}request__reference",
            f"{prefix}request__reason",
            f"{prefix}request__pk",
            f"{prefix}request__copied_from",
        )
    )


def _with_number(numbers: Collection[str]) -> QuerySet[Customer]:
    return Customer.objects.filter(search__vat__in={number[:VAT_LENGTH] for number in numbers})


def _rejected(names: Collection[str]) -> QuerySet[Customer]:
    return Customer.objects.filter(search__status=CustomerStatus.REJECTED, search__name_sort__in=names)


def _with_phone(phones: Collection[str]) -> QuerySet[Customer]:
    return Customer.objects.filter(status__in=LIVING, phone__in=phones)


def _with_address(people: QuerySet[Contact], emails: Collection[str]) -> QuerySet[Contact]:
    return people.annotate(folded_email=Lower("email")).filter(folded_email__in=emails)


def _with_document(checksums: Collection[str]) -> QuerySet[Customer]:
    return Customer.objects.filter(request__evidence__sha256__in=checksums)
