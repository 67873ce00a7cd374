"""P10: what the wizard takes to save a step. And for P11, how many statements that is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tools.bench.goals import Result, exact, judged
from tools.bench.interleave import Side, interleaved
from tools.bench.run import TERMS, Run
from tools.bench.site import Person, Site
from tools.bench.statements import FRAMED, sent_by, without_transactions
from tools.bench.visitor import NoAnswer, Visitor, hidden_fields

NEW = "/customers/new/"
DETAILS = {
    "name": "Kempenvaart Logistiek NV",
    "phone": "014 55 01 42",
    "street": "Kanaalkade 14",
    "postcode": "2300",
    "city": "Turnhout",
    "country": "BE",
    "industry": "H",
    "language": "nl",
}
ROLES = ("technical", "commercial", "dpo", "watch_list")


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of a draft, with what is typed into it."""

    path: str
    typed: Mapping[str, str]

    def fields(self, visitor: Visitor) -> dict[str, str]:
        """The whole form, its page opened for it."""
        return hidden_fields(visitor.page(self.path).body) | {"intent": "next"} | dict(self.typed)

    def post(self, visitor: Visitor) -> float:
        """Send the step; the seconds of that alone. Raises NoAnswer where it is not taken."""
        answer = visitor.post(self.path, self.fields(visitor))
        if answer.status != 302:
            raise NoAnswer(f"{self.path} was not taken: {answer.status}")
        return answer.seconds


def posts(run: Run, site: Site) -> Iterator[Result]:
    """P10: each step that saves, by turns with the signed-in template view."""
    person = site.member
    run.tell("P10: wizard steps")
    drafts = [steps_of_draft(site, person) for _ in range(TERMS // 2 if run.is_short else TERMS)]
    for name in drafts[0]:
        yield _post(run, site, name, [steps[name] for steps in drafts])


def _post(run: Run, site: Site, name: str, steps: Sequence[Step]) -> Result:
    person = site.member
    sides: dict[str, Side[Step]] = {
        "post": lambda step: step.post(person.product),
        "framed": lambda _step: person.beside.page(FRAMED).seconds,
        "framed again": lambda _step: person.beside.page(FRAMED).seconds,
    }
    times = interleaved(sides, steps, run.brief if run.is_short else run.usual)
    control = times.medians("framed", "framed again")
    figure = times.medians("post", "framed")
    return judged("P10", name, figure, customers=site.customers, control=control, note=times.note("post", "framed"))


def statements(site: Site) -> Iterator[Result]:
    """P11, of the wizard."""
    person = site.member
    for name, step in steps_of_draft(site, person).items():
        count = len(without_transactions(sent_by(person, step.path)))
        yield judged("P11 wizard", f"{name}, opened", exact(count), customers=site.customers)
        count = len(without_transactions(sent_by(person, step.path, step.fields(person.product))))
        yield judged("P11 wizard", f"{name}, sent", exact(count), customers=site.customers)


def steps_of_draft(site: Site, person: Person) -> dict[str, Step]:
    """Begin a draft, fill it in up to the review, and return its steps."""
    visitor = person.product
    number = {"vat_number": _free_number(site, person), "country": "BE"}
    form = hidden_fields(visitor.page(NEW).body) | {"intent": "next"} | number
    begun = visitor.post(NEW, form)
    if begun.status != 302:
        raise NoAnswer(f"{NEW} was not taken: {begun.status}")
    base = begun.location.removesuffix("details/")
    holder = _colleague(site, person)
    people = dict.fromkeys(ROLES, holder) | {"relationship": "reseller"}
    steps = {
        "VAT number": Step(path=f"{base}vat/", typed=number),
        "details": Step(path=f"{base}details/", typed=DETAILS),
        "contacts": Step(
            path=f"{base}contacts/", typed=people | {"signing_authority": "on", "accepts_liability": "on"}
        ),
    }
    for step in steps.values():
        step.post(visitor)
    return steps


def sent_request(site: Site) -> str:
    """Fill a draft in and send it; the reference of the request."""
    person = site.member
    steps = steps_of_draft(site, person)
    path = steps["contacts"].path.replace("/contacts/", "/review/")
    declared = {f"declaration_{number}": "on" for number in range(1, 4)}
    Step(path=path, typed=declared).post(person.product)
    return path.split("/")[2]


def _free_number(site: Site, person: Person) -> str:
    """A Belgian number that the partner has neither a customer nor a draft of."""
    with site.connect() as connection:
        taken = {
            number
            for table in ("customers_customer", "approvals_registrationrequest")
            for (number,) in connection.execute(
                f"SELECT vat_number FROM {table} WHERE partner_id = %s", [person.partner]
            )
        }
    # Those of the synthetic customers begin at 10,000,000.
    numbers = (f"BE0{body:07d}{97 - body % 97:02d}" for body in range(2_000_000, 9_000_000))
    return next(number for number in numbers if number not in taken)


def _colleague(site: Site, person: Person) -> str:
    with site.connect() as connection:
        found = connection.execute(
            "SELECT number FROM contacts_contact WHERE partner_id = %s ORDER BY id LIMIT 1", [person.partner]
        ).fetchone()
    assert found is not None
    return str(found[0])
