"""Eight people searching at once, two workers.

People do not ask again the moment they have their answer: somebody who types quickly presses a key every fifth of a
second. Each of the eight searches, reads for a quarter of a second, and searches on; so does the one they are compared
with. What they get when nobody pauses at all is told: on two cores eight such requests cannot take less than four times
what one takes, for the portal, the database and the eight share them.
"""

import itertools
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from tools.bench import terms
from tools.bench.goals import Result, exact, judged, told
from tools.bench.honesty import checked, rows_on
from tools.bench.ratios import median, of_shares
from tools.bench.run import Run
from tools.bench.site import Site
from tools.bench.terms import Term
from tools.bench.visitor import Visitor

PEOPLE = 8
IN_FULL = 5_000, 200, 200
"""Requests: of all of them, of the one who searches alone (twice), of all of them without a pause."""
IN_SHORT = 200, 42, 80
"""The same in a short run; alone, six of each kind of term."""
TERMS_OF_CROWD = 40
PAUSE = 0.25


def at_once(run: Run, site: Site) -> Iterator[Result]:
    person = site.csm
    count, few, hurried = IN_SHORT if run.is_short else IN_FULL
    run.tell(f"{PEOPLE} people searching at once: {count:,} requests")
    with site.connect() as connection:
        some = terms.mixed(connection, person, TERMS_OF_CROWD)
    with ThreadPoolExecutor(1) as pool:
        checking = pool.submit(checked, person.product, some)
        # Fresh workers: those of the run are near the number of requests after which they are replaced.
        with site.installation.server(site.url) as address:
            shown, visitor = checking.result(), person.product.at(address)
            # What a worker does for the first time is nobody's search.
            _searching(visitor, some, shown, people=PEOPLE, count=TERMS_OF_CROWD * 2, pause=0)
            alone, errors_alone = _searching(visitor, some, shown, people=1, count=few, pause=PAUSE)
            taken, errors = _searching(visitor, some, shown, people=PEOPLE, count=count, pause=PAUSE)
            crush, errors_of_crush = _searching(visitor, some, shown, people=PEOPLE, count=hurried, pause=0)
            alone_again, errors_alone_again = _searching(visitor, some, shown, people=1, count=few, pause=PAUSE)

    control = of_shares([alone], [alone_again], 0.5)
    one = alone + alone_again
    note = f"{median(taken) * 1000:.1f} / {median(one) * 1000:.1f} ms, a pause of {PAUSE * 1000:.0f} ms"
    figure = of_shares([taken], [one], 0.5)
    yield judged("crowd", "median", figure, customers=site.customers, control=control, note=note)
    note = f"{median(crush) * 1000:.1f} ms, {len(crush) / sum(crush) * PEOPLE:.0f} requests a second"
    yield told("crowd", "median, nobody pauses", of_shares([crush], [one], 0.5), note=note)
    errors += errors_of_crush + errors_alone + errors_alone_again
    yield judged("crowd errors", f"in {count + hurried + 2 * few:,} requests", exact(errors), customers=site.customers)


def _searching(
    visitor: Visitor, some: Sequence[Term], shown: dict[str, list[str]], *, people: int, count: int, pause: float
) -> tuple[list[float], int]:
    """The seconds of so many searches by so many people, and how many of them got no answer or another than before."""

    def one_person(which: int) -> tuple[list[float], int]:
        myself, seconds, errors = visitor.at(visitor.address), [], 0
        # So that not everybody asks in the same moment.
        time.sleep(pause * which / people)
        for term in itertools.islice(itertools.cycle(some), which, which + count // people):
            try:
                answer = myself.get(term.path)
                is_right = answer.status == 200 and rows_on(answer.body) == shown[term.path]
            except OSError:
                errors += 1
                continue
            errors += not is_right
            seconds.append(answer.seconds)
            time.sleep(pause)
        return seconds, errors

    with ThreadPoolExecutor(people) as pool:
        done = list(pool.map(one_person, range(people)))
    return [second for seconds, _ in done for second in seconds], sum(errors for _, errors in done)
