"""The register can be asked from a thread that runs a loop of its own, as a browser's driver does."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from pytest_django import Settings

from customers import vat, vies
from customers.vies import Outcome
from portal.demo.register import Register


def test_a_running_loop_does_not_keep_the_register_from_being_asked(vat_register: Register, settings: Settings) -> None:
    async def within_a_loop() -> vies.Answer:
        return vies.ask(vat.parse("BE0999123457"), url=settings.VIES_URL, limit=2)

    # On a thread of its own: where the browser's tests came before, this one has its driver's loop already.
    with ThreadPoolExecutor(1) as thread:
        answer = thread.submit(asyncio.run, within_a_loop()).result()
    assert answer.outcome == Outcome.REGISTERED
