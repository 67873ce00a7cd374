"""P1 and P2: what a search page costs beyond its SQL. P3 and P4: what it costs others."""

from collections.abc import Iterator

from tools.bench import terms
from tools.bench.goals import Result, judged
from tools.bench.honesty import Dishonest, checked, rows_on
from tools.bench.interleave import Side, interleaved
from tools.bench.run import TERMS, Run
from tools.bench.site import Person, Site
from tools.bench.statements import EMPTY, FRAMED, Raw, beyond_the_frame, sent_by
from tools.bench.terms import Term
from tools.bench.visitor import Visitor, two_at_once


class WrongPage(Dishonest):
    """A page that was checked before it was timed shows other rows while it is timed."""


def page_of(person: Person, shown: dict[str, list[str]]) -> Side[Term]:
    """Times the search page, and holds it to the rows it showed when it was checked."""

    def page(term: Term) -> float:
        answer = person.product.page(term.path)
        if rows_on(answer.body) != shown[term.path]:
            raise WrongPage(f"“{term.text}” shows other rows than before")
        return answer.seconds

    return page


def beyond_sql(run: Run, site: Site) -> Iterator[Result]:
    """P1 and P2, for everybody who searches."""
    for person in site.searchers:
        run.tell(f"search pages, {person.scope}")
        yield from _beyond_sql(run, site, person)


def _beyond_sql(run: Run, site: Site, person: Person) -> Iterator[Result]:
    with site.connect() as connection:
        some = terms.mixed(connection, person, TERMS)
        page, raw = page_of(person, checked(person.product, some)), Raw(connection)
        nobody, frame = Visitor(address=person.beside.address), sent_by(person, FRAMED)
        paths = [term.path for term in some]
        sent = dict(zip(paths, two_at_once(lambda path: sent_by(person, path), paths), strict=True))
        own = {path: beyond_the_frame(statements, frame) for path, statements in sent.items()}
        times = interleaved(
            {
                "page": page,
                "page again": page,
                "empty": lambda _term: nobody.page(EMPTY).seconds,
                "framed": lambda _term: person.beside.page(FRAMED).seconds,
                "all SQL": lambda term: raw.seconds(sent[term.path]),
                "own SQL": lambda term: raw.seconds(own[term.path]),
            },
            some,
            run.usual,
        )
    control, control_of_tails = times.medians("page", "page again"), times.tails("page", "page again")
    for goal, sides in {"P1": ("all SQL", "empty"), "P2": ("own SQL", "framed")}.items():
        yield judged(
            goal,
            person.scope,
            times.medians("page", *sides),
            customers=site.customers,
            control=control,
            note=times.note("page", *sides),
        )
        yield judged(
            goal,
            f"{person.scope}, p95",
            times.tails("page", *sides),
            customers=site.customers,
            control=control_of_tails,
        )


def against_peers(run: Run, site: Site) -> Iterator[Result]:
    """P3 and P4: the page and its peers by turns."""
    yield from _against(run, site, "P3", site.csm, "/admin/customers/customer/")
    yield from _against(run, site, "P4", site.csm, "/customers/")
    yield from _against(run, site, "P4 partner", site.member, "/customers/")


def _against(run: Run, site: Site, goal: str, person: Person, path: str) -> Iterator[Result]:
    run.tell(f"{goal}: a peer, {person.scope}")
    peers = person.peers
    assert peers is not None
    with site.connect() as connection:
        some = terms.mixed(connection, person, TERMS)
    page = page_of(person, checked(person.product, some))
    sides: dict[str, Side[Term]] = {
        "page": page,
        "page again": page,
        "peer": lambda term: peers.page(term.path.replace("/customers/", path, 1)).seconds,
    }
    # The page was asked for by the check. A peer's workers have to have read their code as well, for which its list
    # without a search does, and the tables that it searches have to be in memory.
    two_at_once(lambda _time: peers.page(path), range(4))
    sides["peer"](some[0])
    times = interleaved(sides, some, run.of_peers)
    yield judged(
        goal,
        person.scope,
        times.medians("peer", "page"),
        customers=site.customers,
        control=times.medians("page", "page again"),
        note=times.note("peer", "page"),
    )
