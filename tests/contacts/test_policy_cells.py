"""Every cell of the role policy on the form, on a POST of somebody whom the form does not offer, and by the verb."""

import itertools

import pytest
from django.db import transaction

from contacts.assignment import appoint, judge
from contacts.forms import ContactsForm
from contacts.models import Contact
from contacts.offers import AddressBook
from contacts.policy import EvidenceKind, Role
from contacts.refusals import PolicyBroken
from contacts.roster import Roster
from contacts.violations import Severity
from customers.models import CustomerStatus, Partner
from customers.relationships import Relationship
from portal.models import User
from tests.builders import make_contact, make_customer
from tests.contacts.policy_cells import DOMAINS, PHONES, Cell, by_group, cells_of


class Setting:
    """A pending customer with every sort of person on either side, and somebody who fits everywhere."""

    def __init__(self, partner: Partner, relationship: str) -> None:
        self.customer = make_customer(
            partner, status=CustomerStatus.PENDING, approved_at=None, relationship=Relationship(relationship)
        )
        self.partner, self.relationship = partner, Relationship(relationship)
        self.fitting = make_contact(partner).number
        self.sorts = {}
        for side, kind, phone, domain in itertools.product(("own", "customer"), ("person", "list"), PHONES, DOMAINS):
            contact = Contact(
                partner=partner if side == "own" else None,
                customer=self.customer if side == "customer" else None,
                kind=kind,
                last_name=f"{kind} {phone}",
                email=f"{kind}.{phone}@{domain}",
                phone=PHONES[phone],
            )
            self.sorts[side, kind, phone, domain] = contact
        Contact.objects.bulk_create(self.sorts.values())
        self.book = AddressBook(partner=partner, customer=self.customer)

    def key(self, cell: Cell) -> str:
        return self.sorts[cell.side, cell.kind, cell.phone, cell.domain].number

    def holders(self, cell: Cell) -> dict[Role, str]:
        """The cell's role by the cell's person, every other by somebody who fits."""
        return dict.fromkeys(Role, self.fitting) | {Role(cell.role): self.key(cell)}

    def evidence(self, cell: Cell) -> set[EvidenceKind]:
        """The cell's document; where another role is judged, all that the Commercial contact asks for."""
        if cell.role != "commercial":
            return set(EvidenceKind)
        return {EvidenceKind(cell.document)} if cell.document else set()

    def form(self, cell: Cell) -> ContactsForm:
        answer = {"relationship": self.relationship.value, "uses_secwise_watch": "on", "signing_authority": "on"}
        answer |= {role.value: key for role, key in self.holders(cell).items()}
        return ContactsForm(answer, book=self.book, evidence=self.evidence(cell))

    def roster(self, cell: Cell) -> Roster:
        return Roster(
            relationship=self.relationship,
            uses_secwise_watch=True,
            holders=self.holders(cell),
            signing_authority=True,
        )


@pytest.fixture
def setting(partner: Partner, group: tuple[str, str, str, str]) -> Setting:
    return Setting(partner, group[1])


def offered_keys(form: ContactsForm, role: str) -> set[str]:
    groups = form.fields[role].widget.choices[1:]
    return {key for _title, choices in groups for key, _label in choices}


def refusals_on(form: ContactsForm) -> dict[str, str]:
    """Code -> words of everything that the form refuses."""
    return {error.code or "": str(error.message) for errors in form.errors.as_data().values() for error in errors}


@pytest.mark.django_db
@by_group
def test_the_form_offers_what_the_product_allows(group: tuple[str, str, str, str], setting: Setting) -> None:
    empty = ContactsForm(initial={"relationship": group[1]}, book=setting.book)
    offered = offered_keys(empty, group[0])
    for cell in cells_of(group):
        assert (setting.key(cell) in offered) is cell.is_offered, cell


@pytest.mark.django_db
@by_group
def test_the_form_refuses_what_the_product_refuses_offered_or_not(
    group: tuple[str, str, str, str], setting: Setting
) -> None:
    for cell in cells_of(group):
        form = setting.form(cell)
        said = refusals_on(form)
        assert set(said) == cell.refusals, cell
        assert form.is_valid() is not bool(cell.refusals), cell
        policy = judge(
            partner=setting.partner,
            customer=setting.customer,
            roster=setting.roster(cell),
            evidence=setting.evidence(cell),
            known=setting.book.rows,
        )
        words = {found.message % found.params for found in policy if found.severity is Severity.BLOCK}
        assert set(said.values()) == words, cell


@pytest.mark.django_db
@by_group
def test_the_verb_refuses_what_the_product_refuses(
    group: tuple[str, str, str, str], setting: Setting, onboarder: User
) -> None:
    for cell in cells_of(group):
        writing = {
            "actor": onboarder,
            "customer": setting.customer,
            "roster": setting.roster(cell),
            "evidence": setting.evidence(cell),
        }
        with transaction.atomic():
            if cell.refusals:
                with pytest.raises(PolicyBroken) as broken:
                    appoint(**writing)
                assert {(found.role, found.code) for found in broken.value.violations} == {
                    (Role(cell.role), code) for code in cell.refusals
                }, cell
            else:
                appoint(**writing)
            written = dict(setting.customer.assignments.values_list("role", "contact__number"))
            assert written.get(cell.role) == (None if cell.refusals else setting.key(cell)), cell
            transaction.set_rollback(True)
