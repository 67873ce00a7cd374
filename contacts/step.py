"""What the buttons of the contacts step do. Data in, data out: no request, nothing written.

How the wizard's view uses it::

    book = AddressBook(partner=partner, customer=request.customer, people=answers["people"])    # asks once, when used
    POST  outcome = step.take(intent, data=request.POST, book=book)    # intent: the value of the pressed button
          form = ContactsForm(outcome.answer, book=outcome.book, evidence=kinds, approval_exception=...)
    GET   outcome = step.opened(answers["steps"]["contacts"], book=book)
          form = ContactsForm(initial=outcome.answer, book=outcome.book, ...)    # unbound: nothing is scolded yet
    page  cards.build(form, outcome.person_forms, evidence=rows) as `contacts`, into `onboarding/_contacts_fields.html`

`outcome.answer` is what goes into the draft's `steps.contacts`, `outcome.people` into its `people`: always both, and
never anything else of the POST.

    intent                                  then
    next                                    done where `outcome.settled and form.is_valid()`, else page and errors
    create:<role>  edit:<role>              save and redirect to `#<outcome.anchor>`; where not settled, the page again
    cancel:<prefix>                         save and redirect: what was typed of this person is let go
    fill  pick:<role>:<key>  remove:<key>   save and redirect; `remove` takes away a file, which is the view's own work
    back  later                             save and go: what is half typed stays in the answer
    refresh                                 the page again from an unbound form; nothing is saved (htmx, and *Find*)

An uploaded file (`evidence`) is of the kind `form.asked_evidence`; store it before the bound form is made.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from contacts.forms import ContactsForm, PersonForm
from contacts.forms.contacts import find_name
from contacts.forms.person import typed_values
from contacts.offers import AddressBook, Candidate
from contacts.policy import ROLE_POLICY, Role
from customers.relationships import Relationship

FILL_FIELD = "fill_with"
"""The select beside the button that fills the roles still open."""

MAX_PEOPLE = 25
"""New and amended people of one draft: five roles never need more."""

LONGEST_VALUE = 10_000
"""Characters kept of one field; more is refused on the page, where it still stands."""

TOO_MANY = _("This draft holds as many new contacts as it can. Choose one of them in the list.")

Answer = Mapping[str, str | list[str]]
People = dict[str, dict[str, str]]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The step after a button, or as a draft has it."""

    answer: dict[str, str | list[str]]
    """Every field as typed: those of the roles, and those of people who are not added yet."""
    book: AddressBook
    person_forms: dict[str, PersonForm]
    """By prefix: `technical` for somebody new in this role, `technical-edit` for the amendment of who fills it."""
    settled: bool = True
    """Nothing that was to be taken in was refused."""
    anchor: str = ""
    """The id of the card to come back to."""

    @property
    def people(self) -> People:
        """Everybody new or amended, for the draft's `people`."""
        return {key: dict(entry) for key, entry in self.book.entries.items()}


def take(intent: str, *, data: MultiValueDict[str, str], book: AddressBook) -> Outcome:
    """What a button does to the step. An intent that is none of the step's own changes nothing and keeps what is typed.

    *Next* takes in everybody who was typed and not added yet, so that nothing typed is lost.
    """
    answer = _tidied(_typed(data), book)
    verb, _colon, object_ = intent.partition(":")
    if verb == "refresh":
        answer |= {name: str(data[name]) for role in ROLE_POLICY if (name := find_name(role)) in data}
    match verb:
        case "next":
            return _take_people(answer, book, _typed_prefixes(answer))
        case "create" if object_ in set(Role):
            return _take_people(answer, book, [object_], anchor=object_)
        case "edit" if object_ in set(Role):
            return _take_people(answer, book, {f"{object_}-edit"} & set(_typed_prefixes(answer)), anchor=object_)
        case "cancel" if object_ in _prefixes():
            return opened(_without(object_, answer), book=book, anchor=_role_of(object_).value)
        case "fill":
            return opened(fill_open_roles(answer, book, str(answer.get(FILL_FIELD, ""))), book=book)
        case "pick":
            role, _colon, key = object_.partition(":")
            if role in set(Role) and book.get(key):
                return opened(answer | {role: key}, book=book, anchor=role)
    return opened(answer, book=book)


def opened(answer: Answer, *, book: AddressBook, anchor: str = "") -> Outcome:
    """The step as an answer has it: nothing taken in, nothing judged."""
    typed = dict(answer)
    forms = {prefix: form for prefix in _prefixes() if (form := _form(prefix, typed, book, bound=False))}
    return Outcome(answer=typed, book=book, person_forms=forms, anchor=anchor)


def _take_people(
    answer: dict[str, str | list[str]], book: AddressBook, prefixes: Iterable[str], anchor: str = ""
) -> Outcome:
    refused = {}
    for prefix in prefixes:
        form = _form(prefix, answer, book, bound=True)
        if form is None:
            continue
        if form.is_valid() and form.amended is None and len(book.entries) >= MAX_PEOPLE:
            form.add_error(None, TOO_MANY)
        if form.is_valid():
            book, answer = add_person(book, answer, form)
        else:
            refused[prefix] = form
    outcome = opened(answer, book=book, anchor=anchor)
    return replace(outcome, person_forms=outcome.person_forms | refused, settled=not refused)


def add_person(book: AddressBook, answer: Answer, form: PersonForm) -> tuple[AddressBook, dict[str, str | list[str]]]:
    """Take a valid form's person into the draft, and give them the roles the form is for.

    An amendment goes to whoever was amended, wherever they are chosen.
    """
    key = form.amended.key if form.amended else book.free_key()
    given = {} if form.amended else {role.value: key for role in form.roles}
    return book.with_person(key, form.details), {**_without(form.prefix or "", answer), **given}


def fill_open_roles(answer: Answer, book: AddressBook, key: str) -> dict[str, str | list[str]]:
    """Give one person every needed role that nobody fills and that they may fill."""
    filled = dict(answer)
    candidate = book.get(key)
    if candidate is None:
        return filled
    form = ContactsForm(initial=answer, book=book)
    for role in open_roles(form):
        if book.fits(candidate, role, form.chosen_relationship):
            filled[role.value] = key
    return filled


def open_roles(form: ContactsForm) -> list[Role]:
    """The needed roles that nobody fills."""
    return [role for role in ROLE_POLICY if form.is_needed(role) and not form.candidate(role)]


def _prefixes() -> list[str]:
    return [f"{role.value}{mode}" for role in ROLE_POLICY for mode in ("", "-edit")]


def _role_of(prefix: str) -> Role:
    return Role(prefix.removesuffix("-edit"))


def _names_of(prefix: str) -> list[str]:
    """The fields of one person; an amendment also carries whom it is about."""
    return [f"{prefix}-{name}" for name in (*PersonForm.base_fields, "key")]


def _typed(data: MultiValueDict[str, str]) -> dict[str, str | list[str]]:
    """The step's fields out of a POST, and nothing else of it. NUL, which no database keeps, becomes what shows it."""
    names = [
        *(name for name in ContactsForm.base_fields if name != "evidence"),
        *(role.value for role in ROLE_POLICY),
        FILL_FIELD,
    ]
    names += [name for prefix in _prefixes() for name in _names_of(prefix)]
    answer: dict[str, str | list[str]] = {}
    for name in names:
        values = [value[:LONGEST_VALUE].replace("\0", "\ufffd") for value in data.getlist(name)[: len(ROLE_POLICY)]]
        if values:
            answer[name] = values if name.endswith("-also") else values[-1]
    return answer


def _tidied(answer: Answer, book: AddressBook) -> dict[str, str | list[str]]:
    """The answer without the fields of people whom nobody has typed anything about."""
    for prefix in _prefixes():
        form = _form(prefix, answer, book, bound=False) if _is_on_page(prefix, answer) else None
        if form is None or not form.is_typed:
            answer = _without(prefix, answer)
    return dict(answer)


def _is_on_page(prefix: str, answer: Answer) -> bool:
    return f"{prefix}-key" in answer or (not prefix.endswith("-edit") and f"{prefix}-last_name" in answer)


def _typed_prefixes(answer: Answer) -> list[str]:
    return [prefix for prefix in _prefixes() if _is_on_page(prefix, answer)]


def _without(prefix: str, answer: Answer) -> dict[str, str | list[str]]:
    """The answer without what was typed of one person."""
    own = _names_of(prefix)
    return {name: value for name, value in answer.items() if name not in own}


def _relationship(answer: Answer) -> Relationship | None:
    value = answer.get("relationship")
    return Relationship(value) if value in set(Relationship) else None


def _amended(prefix: str, answer: Answer, book: AddressBook) -> Candidate | None:
    """Whom an amendment is about: named by the page it was typed on, else who fills the role."""
    key = answer.get(f"{prefix}-key") or answer.get(_role_of(prefix).value, "")
    return book.get(str(key))


def _form(prefix: str, answer: Answer, book: AddressBook, *, bound: bool) -> PersonForm | None:
    """The form of one person; None for an amendment of nobody."""
    amended = _amended(prefix, answer, book) if prefix.endswith("-edit") else None
    if prefix.endswith("-edit") and amended is None:
        return None
    typed = {name: value for name in PersonForm.base_fields if (value := answer.get(f"{prefix}-{name}")) is not None}
    data = MultiValueDict(
        {f"{prefix}-{name}": value if isinstance(value, list) else [value] for name, value in typed.items()}
    )
    before = typed_values(amended.person) if amended else {}
    return PersonForm(
        data if bound else None,
        initial=before | ({} if bound else typed),
        prefix=prefix,
        book=book,
        role=_role_of(prefix),
        relationship=_relationship(answer),
        amended=amended,
    )
