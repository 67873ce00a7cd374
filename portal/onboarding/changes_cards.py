"""The controls of the contacts step that answer what was asked: a role's whole card, a few fields of one person, a
document."""

from dataclasses import replace
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from approvals.changes.fields import Field
from contacts import cards
from contacts.card_parts import Contacts, PersonPart, RoleCard
from contacts.forms import ContactsForm
from contacts.policy import Role
from portal.onboarding.changes_forms import AskedContacts
from portal.onboarding.contacts_page import ContactsPage

Controls = tuple[list[str], dict[str, Any]]
"""The paths that are answered together, and what answers them: fields of `changes.Answer`."""


class AskedCards:
    def __init__(self, asked: AskedContacts, page: ContactsPage, form: ContactsForm) -> None:
        self.asked, self.form = asked, form
        self.person_forms = page.outcome.person_forms
        self.built: Contacts = cards.build(form, self.person_forms, evidence=page.evidence)

    @cached_property
    def _amended(self) -> dict[str, list[Field]]:
        return self.asked.amended()

    def of(self, one: Field) -> Controls:
        """What answers this field, and which other asked-for fields with it."""
        if one.evidence is not None:
            return self._document(one)
        if one.role is None:
            return [one.path], self._choice(one)
        return self._role(one.role) if one.role in self.asked.roles else self._person(one)

    def _choice(self, one: Field) -> dict[str, Any]:
        bound = self.form[one.inputs[0]]
        return {"radio": bound} if bound.name == "relationship" else {"inputs": [bound]}

    def _card(self, role: Role) -> RoleCard:
        return next(card for card in self.built.cards if card.role is role)

    def _role(self, role: Role) -> Controls:
        parts = self._amended.get(role.value, [])
        card = self._card(role)
        if parts:
            card = replace(card, edit=self._opened(role) or card.edit)
        documents = [one for one in self.asked.asked if one.evidence] if role is Role.COMMERCIAL else []
        return [f"roles.{role.value}", *(one.path for one in (*parts, *documents))], {"card": card}

    def _opened(self, role: Role) -> PersonPart | None:
        """The amendment of whoever fills the role, with nothing to open first."""
        form = self.person_forms.get(f"{role.value}-edit")
        if form is None or form.amended is None:
            return None
        return PersonPart(
            form=form,
            title=_("Edit %(name)s") % {"name": form.amended.name},
            is_open=True,
            shows_side=False,
            intent=f"edit:{role.value}",
            button=_("Save this contact"),
            key=form.amended.key,
        )

    def _person(self, one: Field) -> Controls:
        role, parts = next(entry for entry in self._amended.items() if one in entry[1])
        form = self.person_forms.get(f"{role}-edit")
        paths = [part.path for part in parts]
        if form is None or form.amended is None:
            return paths, {"is_moot": True}
        names = dict.fromkeys(name for part in parts for name in part.inputs)
        return paths, {"inputs": [form[name] for name in names], "who": form.amended.name}

    def _document(self, one: Field) -> Controls:
        if self.form.asked_evidence is not one.evidence:
            return [one.path], {"is_moot": True}
        return [one.path], {"evidence": self._card(Role.COMMERCIAL).evidence}
