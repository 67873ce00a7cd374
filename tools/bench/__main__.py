"""Measures the goals of the portal's performance: `make bench`, or `python -m tools.bench --help`.

Exit code: 0 where every judged goal is met, 1 where one is missed or a search does not find what it must, 3 where the
machine was too restless to judge one.
"""

import argparse
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from tools.bench import cluster, report
from tools.bench.goals import Result, exit_code
from tools.bench.honesty import Dishonest
from tools.bench.measures import crowd, inside, pages, queries, scope, search, spread, typed, wizard
from tools.bench.run import Run
from tools.bench.servers import Installation
from tools.bench.site import Site, opened

Measure = Callable[[Run, Site, Site], Iterator[Result]]
"""Takes the run, the site with all customers, and the one with a tenth of them."""

MEASURES: dict[str, Measure] = {
    "P1": lambda run, site, _tenth: search.beyond_sql(run, site),
    "P3": lambda run, site, _tenth: search.against_peers(run, site),
    "P5": lambda run, site, _tenth: spread.common_words(run, site),
    "P6": lambda run, site, _tenth: spread.tail(run, site),
    "P7": spread.growth,
    "P8": lambda run, site, _tenth: pages.last_page(run, site),
    "P9": lambda run, site, _tenth: scope.rows_of_others(run, site),
    "P10": lambda run, site, _tenth: wizard.posts(run, site),
    "P11": lambda run, site, _tenth: queries.counted(run, site),
    "P12": lambda run, site, _tenth: inside.export(run, site),
    "P13": lambda run, site, _tenth: inside.contact(run, site),
    "typing": lambda run, site, _tenth: typed.keys_to_hits(run, site),
    "crowd": lambda run, site, _tenth: crowd.at_once(run, site),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--data", type=Path, help="a folder that keeps the data for the next run")
    parser.add_argument("--json", type=Path, help="a file for the figures")
    parser.add_argument("--markdown", type=Path, help="a file for the table of docs/performance.md")
    parser.add_argument("--fast", action="store_true", help="a third of the rounds")
    parser.add_argument("--only", nargs="*", choices=MEASURES, default=list(MEASURES), help="not all measures")
    chosen = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    run = Run(customers=chosen.customers, is_fast=chosen.fast)
    run.tell(f"load average {report.load_average()}")
    try:
        facts, results, failures = measured(run, chosen.customers, chosen.data, chosen.only)
    except KeyboardInterrupt:
        return 130
    run.tell(f"load average {report.load_average()}")
    print(f"\n{chosen.customers:,} customers · {' · '.join(f'{name} {value}' for name, value in facts.items())}\n")
    print(report.table(results))
    for name, words in failures.items():
        print(f"{name} failed, and with it the run: {words}")
    if chosen.json:
        report.write_json(chosen.json, results, {"customers": chosen.customers, **facts, "failures": failures})
    if chosen.markdown:
        chosen.markdown.write_text(report.markdown(results))
    return 1 if failures else exit_code(results)


def measured(
    run: Run, customers: int, data: Path | None, names: list[str]
) -> tuple[dict[str, object], list[Result], dict[str, str]]:
    """Load, serve and measure. What fails is told, and the rest is measured all the same."""
    with ExitStack() as held:
        scratch = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="portal-bench-")))
        installation = Installation(scratch=scratch)
        postgres = held.enter_context(cluster.running(data))
        facts = report.machine(postgres.version()) | {"load average at the start": report.load_average()}
        counts = (customers, customers // 10)
        site, tenth = held.enter_context(opened(postgres, installation, counts, told=run.tell))
        results: list[Result] = []
        failures: dict[str, str] = {}
        for name in names:
            try:
                for result in MEASURES[name](run, site, tenth):
                    run.tell(f"  {report.in_short(result)}")
                    results.append(result)
            except Exception as failure:
                failures[name] = f"{type(failure).__name__}: {failure}"
                run.tell(f"  FAILED {failures[name]}")
                if not isinstance(failure, Dishonest):
                    traceback.print_exc()
    return facts, results, failures


if __name__ == "__main__":
    sys.exit(main())
