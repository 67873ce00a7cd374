"""The forms of the page that answers what was asked: those of the wizard's steps, with only the asked-for fields taken
from the page, and the rest as it was answered before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from approvals.changes.asking import LONGEST_REPLY, AskedLine
from approvals.changes.fields import FIELDS, Field
from contacts.forms import PersonForm
from contacts.forms.person import typed_values
from contacts.offers import AddressBook, Candidate
from contacts.policy import Role
from customers.forms.vat import WITHOUT
from portal.onboarding.steps import Step

VAT_PREFIX = "vat"
"""Two fields are called `country`: that of the number and that of the address."""

SIGNER = "signer"
"""The key of the Commercial contact that the page named where it asked for declarations about that person."""

DECLARED = ("signing_authority", "accepts_liability")

Stored = Mapping[str, Any]
Posted = MultiValueDict[str, str]


class RepliesForm(forms.Form):
    """What the partner says to a change that was asked for, instead of it or beside it."""

    def __init__(self, lines: Sequence[AskedLine], data: Any = None, *, initial: Mapping[str, str]) -> None:
        super().__init__(data, initial=dict(initial), prefix="reply")
        for line in lines:
            self.fields[line.path] = forms.CharField(
                label=_("Reply to Arxus"),
                required=False,
                max_length=LONGEST_REPLY,
                error_messages={"max_length": _("Keep it under %(limit_value)d characters; this is %(show_value)d.")},
                widget=forms.Textarea(attrs={"rows": 2}),
            )


def laid_over(stored: Stored, posted: Posted | None, names: Iterable[str], prefix: str = "") -> Posted:
    """The answer of a step, with these fields as they were sent; what was not sent is empty."""
    data = MultiValueDict({name: value if isinstance(value, list) else [value] for name, value in stored.items()})
    for name in names if posted is not None else ():
        sent = posted.getlist(f"{prefix}-{name}" if prefix else name) if posted is not None else []
        if sent:
            data.setlist(name, sent)
        else:
            data.pop(name, None)
    return data


def prefixed(data: Posted, prefix: str) -> Posted:
    """The same for a form with a prefix; `no_vat`, by which the form knows its kind, stays beside it as it is."""
    named = MultiValueDict({f"{prefix}-{name}": values for name, values in data.lists()})
    if "no_vat" in data:
        named.setlist("no_vat", data.getlist("no_vat"))
    return named


def vat_names(stored: Stored) -> Sequence[str]:
    return (*WITHOUT, "country") if stored.get("no_vat") else ("vat_number", "country")


def details_names(asked: Iterable[Field]) -> list[str]:
    return [name for field in asked if field.step is Step.DETAILS for name in field.inputs]


class AskedContacts:
    """Which fields of the contacts step the page shows, and what it sends of them."""

    def __init__(self, asked: Sequence[Field], stored: Stored, book: AddressBook) -> None:
        self.asked = [field for field in asked if field.step is Step.CONTACTS]
        self.stored, self.book = stored, book

    def __bool__(self) -> bool:
        return bool(self.asked)

    @property
    def roles(self) -> list[Role]:
        """The roles whose person is asked for: their whole card is shown."""
        return [field.role for field in self.asked if field.is_person and field.role]

    @property
    def takes_documents(self) -> bool:
        return Role.COMMERCIAL in self.roles or any(field.evidence for field in self.asked)

    def holder(self, role: Role) -> Candidate | None:
        return self.book.get(str(self.stored.get(role.value, "")))

    def amended(self) -> dict[str, list[Field]]:
        """The asked-for parts of people, by the role under which the page amends them: each person once."""
        found: dict[str, list[Field]] = {}
        under: dict[str, str] = {}
        for field in self.asked:
            if field.role is None or field.is_person:
                continue
            holder = self.holder(field.role)
            role = under.setdefault(holder.key, field.role.value) if holder else field.role.value
            found.setdefault(role, []).append(field)
        return found

    def data(self, posted: Posted | None) -> Posted:
        """The step's answer as `ContactsPage.posted` takes it."""
        data = laid_over(self.stored, posted, self._names())
        if posted is None:
            return data
        for role, fields in self.amended().items():
            if (holder := self.holder(Role(role))) and Role(role) not in self.roles:
                self._amend(data, posted, f"{role}-edit", holder, fields)
        if self._is_another_signer(posted):
            # What was declared about one person is no declaration about the next.
            for name in DECLARED:
                data.pop(name, None)
        return data

    def _amend(self, data: Posted, posted: Posted, prefix: str, holder: Candidate, fields: Sequence[Field]) -> None:
        values = typed_values(holder.person)
        for name in (name for field in fields for name in field.inputs):
            values[name] = posted.get(f"{prefix}-{name}", "")
        data.setlist(f"{prefix}-key", [holder.key])
        for name, value in values.items():
            data.setlist(f"{prefix}-{name}", [value])

    def _is_another_signer(self, posted: Posted) -> bool:
        role = Role.COMMERCIAL
        if role not in self.roles:
            return False
        created = bool(posted.get(f"{role.value}-last_name", "").strip())
        return created or posted.get(SIGNER, "") != posted.get(role.value, "")

    def _names(self) -> Iterator[str]:
        for field in self.asked:
            if field.role is None and not field.evidence:
                yield from field.inputs
        for role in self.roles:
            yield role.value
            for prefix in (role.value, f"{role.value}-edit"):
                yield from (f"{prefix}-{name}" for name in (*PersonForm.base_fields, "key"))
        if Role.COMMERCIAL in self.roles:
            yield DECLARED[0]
        if self.takes_documents:
            yield DECLARED[1]

    def may_press(self, intent: str) -> bool:
        """Whether this button of the contacts step stands on the page."""
        verb, _colon, object_ = intent.partition(":")
        if verb == "remove":
            return self.takes_documents
        role = object_.partition(":")[0].removesuffix("-edit")
        return verb in ("create", "edit", "cancel", "pick") and role in {role.value for role in self.roles}


def fields_of(lines: Iterable[AskedLine]) -> list[Field]:
    """The fields that were asked for and are still fields."""
    return [FIELDS[line.path] for line in lines if line.path in FIELDS]
