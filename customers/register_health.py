"""How the VAT register has been doing, country by country: what staff look at when numbers stay without an answer."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import Avg, Max, Min, Q
from django.db.models.functions import Substr

from customers import circuit
from customers.models import VatCheck
from customers.vies import Cause, Outcome

LOOKED_BACK = timedelta(days=7)
RECENT = timedelta(hours=1)
SLOW = 0.5
"""Of the time a page waits at most: answers that take so long on average are slow."""

_ANSWERED = Q(outcome__in=[Outcome.REGISTERED, Outcome.NOT_REGISTERED])
_IN_VAIN = Q(tries__gt=0)


@dataclass(frozen=True, kw_only=True)
class Country:
    """What one country's register did when it was asked in the past week."""

    prefix: str
    answered_at: datetime | None
    silent_since: datetime | None
    """None while it answers."""
    resting_until: datetime | None
    """When it is asked again, where it is left alone for a moment."""
    seconds: float | None
    """That an answer took in the past hour, on average."""
    refuses_us: bool
    """Whether it does not accept our own VAT number."""

    @property
    def is_silent(self) -> bool:
        return self.silent_since is not None

    @property
    def is_slow(self) -> bool:
        return not self.is_silent and self.seconds is not None and self.seconds >= SLOW * settings.VIES_TIMEOUT


@dataclass(frozen=True, kw_only=True)
class Health:
    is_on: bool
    countries: list[Country]

    @property
    def answered_at(self) -> datetime | None:
        return max((country.answered_at for country in self.countries if country.answered_at), default=None)

    @property
    def silent(self) -> list[Country]:
        return [country for country in self.countries if country.is_silent]

    @property
    def slow(self) -> list[Country]:
        return [country for country in self.countries if country.is_slow]

    @property
    def stands(self) -> str:
        """As `fact` shows it: good, warn, bad, or idle where nothing was asked."""
        if not self.is_on or not self.countries:
            return "idle"
        if len(self.silent) == len(self.countries):
            return "bad"
        return "warn" if self.silent or self.slow else "good"


def health() -> Health:
    """One query, and one read of the cache for who is left alone."""
    if not settings.VIES_URL:
        return Health(is_on=False, countries=[])
    now = datetime.now(UTC)
    asked = VatCheck.objects.filter(tried_at__gte=now - LOOKED_BACK).exclude(outcome=Outcome.NOT_APPLICABLE)
    rows = list(
        asked.annotate(prefix=Substr("number", 1, 2))
        .values("prefix")
        .order_by("prefix")
        .annotate(
            answered_at=Max("asked_at", filter=_ANSWERED),
            tried_in_vain_at=Max("tried_at", filter=_IN_VAIN),
            silent_since=Min("silent_since", filter=_IN_VAIN),
            refused_at=Max("tried_at", filter=Q(cause=Cause.OUR_FAULT)),
            seconds=Avg("took", filter=Q(cause="", tried_at__gte=now - RECENT)),
        )
    )
    resting = circuit.resting(row["prefix"] for row in rows)
    return Health(is_on=True, countries=[_country(resting=resting.get(row["prefix"]), **row) for row in rows])


def _country(
    *,
    prefix: str,
    answered_at: datetime | None,
    tried_in_vain_at: datetime | None,
    silent_since: datetime | None,
    refused_at: datetime | None,
    seconds: float | None,
    resting: datetime | None,
) -> Country:
    is_silent = tried_in_vain_at is not None and (answered_at is None or tried_in_vain_at > answered_at)
    since = max(filter(None, (silent_since, answered_at)), default=None)
    return Country(
        prefix=prefix,
        answered_at=answered_at,
        silent_since=since if is_silent else None,
        resting_until=resting,
        seconds=seconds,
        refuses_us=is_silent and refused_at == tried_in_vain_at,
    )
