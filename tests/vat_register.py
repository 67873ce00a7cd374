"""Pytest plugin: a VAT register of the test's own on loopback, speaking the real protocol."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest
from django.core.cache import cache
from pytest_django import Settings

from portal.demo.register import Behaviour, Register, Server


@pytest.fixture
def vat_register(settings: Settings) -> Iterator[Register]:
    """The register is on, and the portal asks this one: change its `behaviour`, read what it was `asked`."""
    register = Register(behaviour=Behaviour())
    with Server(0, register) as server:
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        serving.start()
        settings.VIES_URL = server.url
        cache.clear()
        yield register
        cache.clear()
        server.shutdown()
        serving.join()


@pytest.fixture
def refusing(vat_register: Register, settings: Settings) -> Register:
    """The register is on, and nobody listens where it should be."""
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        settings.VIES_URL = f"http://127.0.0.1:{taken.getsockname()[1]}"
    return vat_register
