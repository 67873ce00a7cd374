"""What of a submission can be asked for and compared: the one table of its fields. Pure.

The panel that asks for changes, the partner's short page, the difference between two versions and the marks beside
the rows of a submission all read from here. Labels are English: whoever shows them translates
(`approvals.changes.field_words`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from approvals.changes import field_values as values
from approvals.changes.field_values import Snapshot, Value, holder_of
from approvals.steps import Step
from contacts.policy import ROLE_POLICY, EvidenceKind, Role, Side, evidence_for
from customers.relationships import Relationship


def _(message: str) -> str:
    """Mark a text for translation; whoever shows it translates it."""
    return message


class Kind(StrEnum):
    """What a field holds; decides which reasons fit it (`approvals.changes.reasons`)."""

    NUMBER = "number"
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    CHOICE = "choice"
    PERSON = "person"
    DOCUMENT = "document"
    STATEMENT = "statement"
    """Declared by the partner: compared, never asked for by itself."""


class Section(StrEnum):
    """The groups in which fields stand on pages, in this order."""

    VAT = "vat"
    DETAILS = "details"
    RELATIONSHIP = "relationship"
    CONTACTS = "contacts"
    DOCUMENTS = "documents"


SECTIONS: dict[Section, str] = {
    Section.VAT: _("VAT number"),
    Section.DETAILS: _("Details"),
    Section.RELATIONSHIP: _("Relationship"),
    Section.CONTACTS: _("Contacts"),
    Section.DOCUMENTS: _("Documents"),
}


@dataclass(frozen=True, kw_only=True)
class Field:
    path: str
    label: str
    """English. Of a role's part (`roles.dpo.phone`) the part alone: the role stands before it."""
    section: Section
    kind: Kind
    step: Step
    """The wizard's step in which it is answered."""
    read: Callable[[Snapshot], Value]
    inputs: tuple[str, ...] = ()
    """The fields of the step's form, or of a person's, that answer it."""
    role: Role | None = None
    evidence: EvidenceKind | None = None

    @property
    def is_person(self) -> bool:
        """Whether it is the question who fills a role."""
        return self.kind is Kind.PERSON

    @property
    def is_part(self) -> bool:
        """Whether it is one thing of the person who fills a role: the name, the address, the number."""
        return self.role is not None and not self.is_person


def _fields_of_role(role: Role) -> list[Field]:
    path = f"roles.{role.value}"
    common: dict[str, Any] = {"section": Section.CONTACTS, "step": Step.CONTACTS, "role": role}
    return [
        Field(
            path=path,
            label=_("Who it is"),
            kind=Kind.PERSON,
            read=values.person(role),
            inputs=(role.value,),
            **common,
        ),
        Field(
            path=f"{path}.name",
            label=_("Name"),
            kind=Kind.NAME,
            read=values.person_text(role, "name"),
            inputs=("first_name", "last_name"),
            **common,
        ),
        Field(
            path=f"{path}.email",
            label=_("Email"),
            kind=Kind.EMAIL,
            read=values.person_text(role, "email"),
            inputs=("email",),
            **common,
        ),
        Field(
            path=f"{path}.phone",
            label=_("Phone number"),
            kind=Kind.PHONE,
            read=values.person_phone(role),
            inputs=("phone", "phone_extension"),
            **common,
        ),
    ]


def _detail_field(name: str, label: str, kind: Kind, *inputs: str, read: Callable[[Snapshot], Value]) -> Field:
    return Field(
        path=f"details.{name}",
        label=label,
        section=Section.DETAILS,
        kind=kind,
        step=Step.DETAILS,
        read=read,
        inputs=inputs or (name,),
    )


def _contacts_field(path: str, label: str, kind: Kind, read: Callable[[Snapshot], Value], **more: Any) -> Field:
    return Field(
        path=path,
        label=label,
        kind=kind,
        read=read,
        step=Step.CONTACTS,
        **{"section": Section.RELATIONSHIP, "inputs": (path,)} | more,
    )


def _evidence_field(kind: EvidenceKind, label: str) -> Field:
    return _contacts_field(
        f"evidence.{kind.value}",
        label,
        Kind.DOCUMENT,
        values.documents(kind),
        section=Section.DOCUMENTS,
        inputs=("evidence",),
        evidence=kind,
    )


FIELDS: dict[str, Field] = {
    field.path: field
    for field in (
        Field(
            path="vat.number",
            label=_("VAT number"),
            section=Section.VAT,
            kind=Kind.NUMBER,
            step=Step.VAT,
            read=values.vat_number,
            inputs=("vat_number", "national_number", "country", "no_vat_reason"),
        ),
        _detail_field("name", _("Company name"), Kind.NAME, read=values.detail("name")),
        _detail_field("legal_name", _("Legal name"), Kind.NAME, read=values.detail("legal_name")),
        _detail_field("phone", _("Phone number"), Kind.PHONE, "phone", "phone_extension", read=values.company_phone),
        _detail_field(
            "address", _("Address"), Kind.ADDRESS, "street", "postcode", "city", "country", read=values.address
        ),
        _detail_field("industry", _("Industry"), Kind.CHOICE, read=values.industry),
        _detail_field("language", _("Language"), Kind.CHOICE, read=values.detail("language")),
        _contacts_field("relationship", _("Relationship"), Kind.CHOICE, values.relationship),
        _contacts_field("uses_secwise_watch", _("Secwise Watch"), Kind.CHOICE, values.yes_no("uses_secwise_watch")),
        *(field for role in ROLE_POLICY for field in _fields_of_role(role)),
        _contacts_field(
            "signing_authority", _("Authority to sign"), Kind.STATEMENT, values.yes_no("signing_authority")
        ),
        _contacts_field("liability", _("Liability"), Kind.STATEMENT, values.liability),
        _evidence_field(EvidenceKind.CUSTOMER_APPROVAL, _("Written approval of the customer")),
        _evidence_field(EvidenceKind.LIABILITY_AGREEMENT, _("Signed agreement on liability")),
    )
}
"""By path, in the order of the wizard."""


def offered(snapshot: Snapshot) -> list[Field]:
    """What can be asked for in this submission: parts of people who are there, documents that are or should be."""
    return [field for field in FIELDS.values() if _is_offered(field, snapshot)]


def _is_offered(field: Field, snapshot: Snapshot) -> bool:
    if field.kind is Kind.STATEMENT:
        return False
    if field.role is not None and field.is_part:
        return holder_of(snapshot, field.role) is not None
    if field.evidence is not None:
        return bool(field.read(snapshot).key) or field.evidence in _asked_documents(snapshot)
    return True


def _asked_documents(snapshot: Snapshot) -> Sequence[EvidenceKind]:
    """The documents that who fills the roles asks for."""
    kind = snapshot.get("relationship")
    if kind not in set(Relationship):
        return ()
    sides = {role: holder["side"] for role in Role if (holder := holder_of(snapshot, role)) and "side" in holder}
    kinds = (evidence_for(role, Side(side), Relationship(str(kind))) for role, side in sides.items())
    return [found for found in kinds if found is not None]
