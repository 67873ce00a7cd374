"""One installation with its data: as many customers as asked for, the people who use it, the servers it runs on."""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import psycopg

from tools.bench.cluster import Cluster
from tools.bench.servers import BESIDE, GATHERING, PEERS, PRODUCT, ROOT, Installation
from tools.bench.visitor import Visitor

# What the data of a database depend on: where one of these changes, kept data are no longer the same.
SHAPING = ("*/migrations/*.py", "portal/synthetic/*.py", "*/search_rows.py", "*/search_text.py", "contacts/gaps.py")

UNFINISHED = "unfinished_"

Told = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Person:
    """Whoever searches: what they may see, and how they are signed in."""

    name: str
    email: str
    partner: int | None
    """None: all customers."""
    shown: int
    """So many customers their table shows."""
    held: int
    """So many they may see, ended ones included."""
    product: Visitor
    beside: Visitor
    peers: Visitor | None
    keys: list[int] = field(default_factory=list, repr=False)
    first_pages: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    """What `terms` has read of their customers and of the fixed lists: nothing in a run adds a customer or ends one."""

    @property
    def scope(self) -> str:
        return "all customers" if self.partner is None else f"a partner of {self.held:,}"


@dataclass(frozen=True, kw_only=True)
class Site:
    customers: int
    installation: Installation
    cluster: Cluster
    database: str
    people: dict[str, Person]

    @property
    def url(self) -> str:
        return self.cluster.url(self.database)

    def connect(self) -> "psycopg.Connection[Any]":
        return self.cluster.connect(self.database)

    @property
    def csm(self) -> Person:
        return self.people["csm"]

    @property
    def member(self) -> Person:
        """Of the partner whose size is nearest 5,000."""
        return self.people["member"]

    @property
    def searchers(self) -> list[Person]:
        """Everybody whose searches are measured: staff, a partner's member, and one of the largest partner."""
        largest = self.people["member of the largest"]
        return [self.csm, self.member, *([largest] if largest.partner != self.member.partner else [])]


def load(cluster: Cluster, installation: Installation, counts: Sequence[int], *, told: Told) -> None:
    """Fill a database for each number of customers, all at once, unless it was kept from a run with the same code."""
    databases = cluster.databases()
    missing = {count: name_of(count) for count in counts if name_of(count) not in databases}
    for stale in databases:
        if stale.startswith((UNFINISHED, *(f"bench_{count}_" for count in missing))):
            cluster.drop(stale)
    told(", ".join(f"{'loading' if count in missing else 'kept:'} {count:,} customers" for count in counts))
    if missing:
        template = _migrated(cluster, installation, databases)
        for name in missing.values():
            cluster.create(UNFINISHED + name, template=template)
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda count: _fill(cluster, installation, count), missing))


def name_of(customers: int) -> str:
    """The database with so many customers of this code."""
    return f"bench_{customers}_{_fingerprint()}"


def _fill(cluster: Cluster, installation: Installation, customers: int) -> None:
    database = name_of(customers)
    unfinished = UNFINISHED + database
    installation.manage(cluster.url(unfinished), "create_synthetic", "--customers", str(customers), "--seed", "1")
    with cluster.connect() as connection:
        connection.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{database}"')
        connection.execute("CHECKPOINT")


def _migrated(cluster: Cluster, installation: Installation, databases: set[str]) -> str:
    """The name of a database with empty tables: made once, then copied."""
    database = f"empty_{_fingerprint()}"
    if database not in cluster.databases():
        for stale in databases:
            if stale.startswith("empty_"):
                cluster.drop(stale)
        cluster.create(database)
        with ThreadPoolExecutor() as pool:
            commands = ("migrate", "createcachetable")
            list(pool.map(lambda command: installation.manage(cluster.url(database), command), commands))
    return database


@cache
def _fingerprint() -> str:
    contents = hashlib.sha256()
    for pattern in SHAPING:
        for path in sorted(ROOT.glob(pattern)):
            contents.update(path.read_bytes())
    return contents.hexdigest()[:12]


@contextmanager
def opened(
    cluster: Cluster, installation: Installation, counts: Sequence[int], *, told: Told
) -> Iterator[tuple[Site, ...]]:
    """Serve a database for each number of customers, the first one's by its peers too and with everybody signed in; of
    the others the searches of a CSM are all that is measured.

    Servers start while the tables fill: they ask their database for nothing until somebody comes.
    """
    with ExitStack() as held, ThreadPoolExecutor() as pool:
        loading = pool.submit(load, cluster, installation, counts, told=told)
        gather = "collectstatic", "--noinput", "--verbosity", "0"
        installation.manage(cluster.url("postgres"), *gather, settings=GATHERING)
        told("starting the servers")

        def served(count: int) -> list[str]:
            # One after the other: what loads is waited for longer than they are.
            settings = (PRODUCT, BESIDE, PEERS) if count == counts[0] else (PRODUCT, BESIDE)
            url = cluster.url(name_of(count))
            return [held.enter_context(installation.server(url, which)) for which in settings]

        addresses = [served(count) for count in counts]
        loading.result()
        told("signing in")
        yield tuple(pool.map(lambda count, at: _with_people(cluster, installation, count, at), counts, addresses))


def _with_people(cluster: Cluster, installation: Installation, customers: int, addresses: Sequence[str]) -> Site:
    """A loaded database that is served at these addresses: the portal, what is beside it, and maybe the peers."""
    database, password = name_of(customers), secrets.token_urlsafe()
    facts = json.loads(installation.inside("accounts", cluster.url(database), told={"BENCH_PASSWORD": password}))
    product, beside, *peers = addresses
    people = {}
    for name, fact in facts.items():
        if name != "csm" and not peers:
            continue
        visitor = Visitor(address=product).sign_in(fact["email"], password)
        people[name] = Person(
            name=name,
            **fact,
            product=visitor,
            beside=visitor.at(beside),
            peers=visitor.at(peers[0]) if peers else None,
        )
    return Site(customers=customers, installation=installation, cluster=cluster, database=database, people=people)
