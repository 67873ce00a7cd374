"""P5, P6 and P7: how the times of searches lie apart: common words, the slowest, ten times the customers.

P5 and P7 are judged by the raw SQL of the search, which the frame of the page does not soften; the page is told.
"""

from collections.abc import Iterator, Sequence

from tools.bench import terms
from tools.bench.goals import Result, judged, told
from tools.bench.honesty import checked
from tools.bench.interleave import Side, interleaved
from tools.bench.measures.search import page_of
from tools.bench.ratios import Figure, median, of_shares, percentile
from tools.bench.run import TERMS, Extent, Run
from tools.bench.site import Person, Site
from tools.bench.statements import FRAMED, Raw, Sent, beyond_the_frame, sent_by
from tools.bench.terms import Term
from tools.bench.visitor import two_at_once

MANY = 700
MANY_IN_SHORT = 100
"""In a short run."""


def own_sql(person: Person, some: Sequence[Term]) -> list[Sent]:
    """The statements of each search page, without those of the frame."""
    frame = sent_by(person, FRAMED)
    return two_at_once(lambda term: beyond_the_frame(sent_by(person, term.path), frame), some)


def common_words(run: Run, site: Site) -> Iterator[Result]:
    """P5."""
    person = site.csm
    run.tell("P5: common words and parts of names")
    with site.connect() as connection:
        common = terms.common(connection, person)
        some = common + terms.drawn(connection, person, TERMS, kinds=["part of a name"])
        page, raw = page_of(person, checked(person.product, some)), Raw(connection)
        sent = dict(zip((term.path for term in some), own_sql(person, some), strict=True))
        sides: dict[str, Side[Term]] = {
            "page": page,
            "SQL": lambda term: raw.seconds(sent[term.path]),
            "SQL again": lambda term: raw.seconds(sent[term.path]),
        }
        times = interleaved(sides, some, run.usual)

    def tails(side: str) -> Figure:
        taken = times.by_subject(side)
        return of_shares(taken[: len(common)], taken[len(common) :], 0.95)

    control = times.tails("SQL", "SQL again")
    yield judged("P5", f"{person.scope}, SQL", tails("SQL"), customers=site.customers, control=control)
    yield told("P5", f"{person.scope}, page", tails("page"))


def tail(run: Run, site: Site) -> Iterator[Result]:
    """P6. A term's time is the median of its rounds: what happened to one request is not the term's."""
    person = site.csm
    many = MANY_IN_SHORT if run.is_short else MANY
    run.tell(f"P6: {many} terms")
    with site.connect() as connection:
        some = terms.mixed(connection, person, many)
    page = page_of(person, checked(person.product, some))
    times = interleaved({"page": page}, some, Extent(rounds=1 if run.is_short else 3, is_warm=True))
    of_terms = [median(taken) for taken in times.by_subject("page")]
    p50, p95, slowest = median(of_terms), percentile(of_terms, 0.95), max(of_terms)
    term = some[of_terms.index(slowest)]
    note = f"{many} terms, p50 {p50 * 1000:.1f}, p95 {p95 * 1000:.1f}, most {slowest * 1000:.1f} ms ({term.kind})"
    figure = of_shares([[slowest]], [of_terms], 0.95)
    yield judged("P6", person.scope, figure, customers=site.customers, note=note)


def growth(run: Run, site: Site, tenth: Site) -> Iterator[Result]:
    """P7. The same number of terms of each kind, drawn from either."""
    run.tell(f"P7: {tenth.customers:,} customers and {site.customers:,}")
    with site.connect() as large, tenth.connect() as small:
        each = 3 if run.is_short else TERMS // 2
        of_large = _every_kind(large, site.csm, each)
        of_small = _every_kind(small, tenth.csm, each)
        page = page_of(site.csm, checked(site.csm.product, of_large))
        page_of_tenth = page_of(tenth.csm, checked(tenth.csm.product, of_small))
        sent, sent_of_tenth = own_sql(site.csm, of_large), own_sql(tenth.csm, of_small)
        raw, raw_of_tenth = Raw(large), Raw(small)
        sides: dict[str, Side[int]] = {
            "SQL": lambda place: raw.seconds(sent[place]),
            "SQL again": lambda place: raw.seconds(sent[place]),
            "SQL of a tenth": lambda place: raw_of_tenth.seconds(sent_of_tenth[place]),
            "page": lambda place: page(of_large[place]),
            "page of a tenth": lambda place: page_of_tenth(of_small[place]),
        }
        times = interleaved(sides, range(len(of_large)), run.brief)
    control = times.medians("SQL", "SQL again")
    for goal, share in {"P7 p50": 0.5, "P7 p95": 0.95}.items():
        large_and_small = times.by_subject("SQL"), times.by_subject("SQL of a tenth")
        note = " / ".join(
            f"{percentile([seconds for taken in side for seconds in taken], share) * 1000:.1f}"
            for side in large_and_small
        )
        figure = of_shares(*large_and_small, share)
        yield judged(goal, "SQL", figure, customers=site.customers, control=control, note=f"{note} ms")
        yield told(goal, "page", of_shares(times.by_subject("page"), times.by_subject("page of a tenth"), share))


def _every_kind(connection: terms.Connection, person: Person, each: int) -> list[Term]:
    found = terms.drawn(connection, person, each)
    return found + terms.common(connection, person) + terms.nothing(connection, person)
