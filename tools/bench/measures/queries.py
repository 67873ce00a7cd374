"""P11: how many SQL statements pages send, whatever the number of rows. The tests hold them to it too."""

from collections.abc import Iterator

from tools.bench import terms
from tools.bench.goals import Result, exact, judged
from tools.bench.measures import wizard
from tools.bench.run import TERMS, Run
from tools.bench.site import Person, Site
from tools.bench.statements import sent_by, without_transactions
from tools.bench.visitor import two_at_once

DECISION = "/admin/approvals/registrationrequest/{}/change/"


def counted(run: Run, site: Site) -> Iterator[Result]:
    run.tell("P11: queries")
    for person in site.searchers:
        yield _most(site, "P11 table", person, person.scope, _tables(site, person))
    yield _most(site, "P11 customer", site.csm, "staff", _customers(site, site.csm))
    yield _most(site, "P11 customer", site.member, "a partner", _customers(site, site.member))
    yield from wizard.statements(site)
    approver = site.people["approver"]
    yield _most(site, "P11 approval", approver, "a request just sent", [DECISION.format(wizard.sent_request(site))])


def _most(site: Site, goal: str, person: Person, what: str, paths: list[str]) -> Result:
    """The most statements that any of these pages sends."""
    counts = two_at_once(lambda path: len(without_transactions(sent_by(person, path))), paths)
    most = max(counts)
    note = f"of {len(paths)}: {paths[counts.index(most)]}"
    return judged(goal, what, exact(most), customers=site.customers, note=note)


def _tables(site: Site, person: Person) -> list[str]:
    with site.connect() as connection:
        some = terms.drawn(connection, person, 2)
        some += terms.common(connection, person) + terms.nothing(connection, person)
        cursor, _rows = terms.last_page(connection, person, "", 1)
    pages = ["/customers/", f"/customers/?page=after-{cursor}", f"/customers/?q=nv&page=after-{cursor}"]
    return [*pages, *(term.path for term in some)]


def _customers(site: Site, person: Person) -> list[str]:
    with site.connect() as connection:
        some = terms.drawn(connection, person, TERMS, kinds=["exact VAT"])
    return [f"/customers/{term.target.number}/" for term in some if term.target]
