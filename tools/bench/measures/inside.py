"""P12 and P13: an export, and saving a contact, timed inside a process of the portal."""

import json
from collections.abc import Iterator

from tools.bench.goals import Result, exact, judged, told
from tools.bench.ratios import Groups, median, of_medians
from tools.bench.run import Run
from tools.bench.site import Site
from tools.bench.visitor import two_at_once


def export(run: Run, site: Site) -> Iterator[Result]:
    """P12: the CSV of every customer against a bare COPY of the same rows, and the memory that takes."""
    run.tell("P12: exports")
    rounds = str(run.export_rounds)
    times = json.loads(site.installation.inside("export_time", site.url, site.csm.email, rounds))
    pairs: Groups = [[(taken["file"], taken["copy"]) for taken in times["rounds"]]]
    control = of_medians([[(taken["copy"], taken["copy again"]) for taken in times["rounds"]]])
    milliseconds = " / ".join(f"{median([pair[side] for pair in pairs[0]]) * 1000:.0f}" for side in (0, 1))
    note = f"{times['rows']:,} rows, {milliseconds} ms, {rounds} rounds"
    yield judged("P12", "every customer", of_medians(pairs), customers=site.customers, control=control, note=note)
    people = {"every customer": site.csm, "a partner": site.member}
    # A process of its own for each: memory that was asked for once is not asked for again.
    told_of = two_at_once(
        lambda person: site.installation.inside("export_memory", site.url, person.email), people.values()
    )
    for name, facts in zip(people, map(json.loads, told_of), strict=True):
        note = f"{facts['rows']:,} rows, {facts['bytes'] / 2**20:.1f} MiB written"
        grown = round(facts["grown"] / 2**20, 1)
        yield judged("P12 memory", name, exact(grown), customers=site.customers, note=note)


def contact(run: Run, site: Site) -> Iterator[Result]:
    """P13: correcting a customer's contact by the verb, against an UPDATE of its row."""
    run.tell("P13: saving contacts")
    approver = site.people["approver"]
    groups = json.loads(site.installation.inside("contact_time", site.url, approver.email, str(run.rounds)))
    pairs: Groups = [[(taken["verb"], taken["update"]) for taken in group] for group in groups["customers"]]
    control = of_medians(
        [[(taken["update"], taken["update again"]) for taken in group] for group in groups["customers"]]
    )
    flat = [pair for group in pairs for pair in group]
    note = " / ".join(f"{median([pair[side] for pair in flat]) * 1000:.1f}" for side in (0, 1)) + " ms"
    figure = of_medians(pairs)
    yield judged("P13", "a customer's contact", figure, customers=site.customers, control=control, note=note)
    colleague: Groups = [[(taken["verb"], taken["update"]) for taken in groups["colleague"]]]
    note = f"{median([pair[0] for pair in colleague[0]]):.2f} s; it fills roles of {groups['found under']:,} customers"
    yield told("P13", "a colleague at a partner", of_medians(colleague), note=note)
