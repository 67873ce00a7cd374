"""The register that stands in for VIES: started as people start it, told to misbehave."""

import json
import random
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command

from customers import vat
from portal.demo.companies import companies
from portal.demo.register import NEWCOMERS, TEST_CODES


@pytest.fixture
def standin() -> Iterator[Callable[..., str]]:
    """`standin("--down")` starts one and returns its address."""
    running: list[subprocess.Popen[str]] = []

    def start(*options: str) -> str:
        command = [sys.executable, "manage.py", "vies_standin", "--port", "0", *options]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        running.append(process)
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert found
        return found[0]

    yield start
    for process in running:
        process.terminate()
        process.communicate()


def said(url: str, path: str) -> Any:
    with urllib.request.urlopen(url + path) as reply:  # noqa: S310
        return json.loads(reply.read())


def test_it_speaks_the_protocol(standin: Callable[..., str]) -> None:
    url = standin()
    answer = said(url, "/ms/BE/vat/0999123457")
    assert (answer["isValid"], answer["userError"], answer["name"]) == (True, "VALID", "ZEILMAKERIJ NOORDSTER BV")
    assert said(url, "/ms/BE/vat/0123456749") | {"requestDate": ""} == {
        "isValid": False,
        "requestDate": "",
        "userError": "INVALID",
        "name": "---",
        "address": "---",
        "requestIdentifier": "",
        "originalVatNumber": "0123456749",
        "vatNumber": "0123456749",
    }


def test_it_gives_a_consultation_number_to_whoever_names_their_own(standin: Callable[..., str]) -> None:
    url = standin()
    own = "?requesterMemberStateCode=BE&requesterNumber="
    assert said(url, f"/ms/BE/vat/0999123457{own}0123456749")["requestIdentifier"].startswith("WAPI")
    assert said(url, f"/ms/BE/vat/0999123457{own}0123456748")["userError"] == "INVALID_REQUESTER_INFO"


def test_it_says_what_it_can_be_told_and_what_it_knows(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("vies_standin", "--help")
    told = capsys.readouterr().out
    assert all(option in told for option in ("--slow 30", "--down", "--say html", "--say broken", "--say INVALID"))
    assert all(f"{number}  {code}" in told for number, code in TEST_CODES.items())
    assert all(number in told for number in NEWCOMERS)


def test_its_companies_have_sound_numbers_that_no_partner_of_the_demonstration_has() -> None:
    assert [str(vat.parse(number)) for number in NEWCOMERS] == list(NEWCOMERS)
    chance = random.Random(1)
    taken = {company.details.vat_number for country in ("BE", "NL") for company in companies(country, chance)}
    assert taken.isdisjoint(NEWCOMERS)


def test_it_can_be_told_to_be_busy(standin: Callable[..., str]) -> None:
    assert said(standin("--say", "MS_MAX_CONCURRENT_REQ"), "/ms/BE/vat/0999123457")["isValid"] is False


def test_it_can_be_told_to_be_down(standin: Callable[..., str]) -> None:
    with pytest.raises(urllib.error.HTTPError, match="503") as refused:
        said(standin("--down"), "/ms/BE/vat/0999123457")
    refused.value.close()
