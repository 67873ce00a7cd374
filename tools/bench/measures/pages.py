"""P8: the last page of a long list costs what its first one does."""

from collections.abc import Iterator

from tools.bench import terms
from tools.bench.goals import Result, judged
from tools.bench.honesty import Dishonest, rows_on
from tools.bench.interleave import Side, interleaved
from tools.bench.ratios import median, of_medians
from tools.bench.run import Run
from tools.bench.site import Person, Site

ROWS = 50


def last_page(run: Run, site: Site) -> Iterator[Result]:
    run.tell("P8: first and last pages")
    lists = {"all, no search": (site.csm, ""), "all, “nv”": (site.csm, "nv"), "a partner": (site.member, "")}
    first: list[tuple[Person, str]] = []
    last: list[tuple[Person, str]] = []
    with site.connect() as connection:
        for person, text in lists.values():
            cursor, expected = terms.last_page(connection, person, text, ROWS)
            path = f"/customers/?q={text}" if text else "/customers/?"
            first.append((person, path))
            last.append((person, f"{path}&page=after-{cursor}"))
            if rows_on(person.product.page(last[-1][1]).body) != expected:
                raise Dishonest(f"{last[-1][1]} does not show the last {ROWS} customers")

    def timed(pages: list[tuple[Person, str]]) -> Side[int]:
        return lambda place: pages[place][0].product.page(pages[place][1]).seconds

    sides = {"first": timed(first), "first again": timed(first), "last": timed(last)}
    times = interleaved(sides, range(len(lists)), run.usual)
    for place, what in enumerate(lists):
        group = times.pairs("last", "first")[place]
        milliseconds = " / ".join(f"{median([pair[side] for pair in group]) * 1000:.1f}" for side in (0, 1))
        control = of_medians([times.pairs("first", "first again")[place]])
        figure = of_medians([group])
        yield judged("P8", what, figure, customers=site.customers, control=control, note=f"{milliseconds} ms")
