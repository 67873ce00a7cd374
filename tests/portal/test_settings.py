"""What the environment makes of the settings: strict by default, and loose on one machine only."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ASKED = (
    "DEBUG",
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SESSION_COOKIE_NAME",
    "CSRF_COOKIE_NAME",
    "ALLOWED_HOSTS",
    "WHITENOISE_USE_FINDERS",
)
PRINT = f"import json, portal.settings as s; print(json.dumps({{name: getattr(s, name) for name in {ASKED!r}}}))"


def started(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PRINT], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_a_server_insists_on_https() -> None:
    answer = started(SECRET_KEY="x", ALLOWED_HOSTS="portal.example")

    assert list(json.loads(answer.stdout).values()) == [
        False,
        True,
        31_536_000,
        True,
        True,
        "__Host-sessionid",
        "__Host-csrftoken",
        ["portal.example"],
        False,
    ]


@pytest.mark.parametrize("environment", [{"LOCAL": "1"}, {"LOCAL": "1", "ALLOWED_HOSTS": "127.0.0.1,localhost"}])
def test_on_one_machine_it_is_tried_out_over_http_with_the_pages_of_the_portal(environment: dict[str, str]) -> None:
    answer = json.loads(started(**environment).stdout)

    assert set(answer.pop("ALLOWED_HOSTS")) <= {"127.0.0.1", "localhost", "[::1]"}
    assert list(answer.values()) == [False, False, 0, False, False, "sessionid", "csrftoken", True]


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({}, "Set SECRET_KEY to a long random text"),
        ({"ALLOWED_HOSTS": "127.0.0.1"}, "Set SECRET_KEY to a long random text"),
        ({"LOCAL": "1", "SECRET_KEY": "x", "ALLOWED_HOSTS": "portal.example"}, "LOCAL=1 is for this machine alone"),
        ({"LOCAL": "1", "ALLOWED_HOSTS": "localhost,*"}, "LOCAL=1 is for this machine alone"),
        ({"LOCAL": "1", "VIES_REQUESTER": "BE0123456748"}, "Write VIES_REQUESTER as a VAT number of an EU country"),
        ({"LOCAL": "1", "VIES_REQUESTER": "GB123456727"}, "Write VIES_REQUESTER as a VAT number of an EU country"),
        ({"LOCAL": "1", "HOLD_MINUTES": "0"}, "Set HOLD_MINUTES to a number of minutes, at least 1."),
        ({"LOCAL": "1", "SECOND_APPROVER_GROUNDS": "red_signal,lust"}, "SECOND_APPROVER_GROUNDS knows red_signal,"),
    ],
)
def test_what_would_be_open_to_others_or_cannot_work_does_not_start(environment: dict[str, str], told: str) -> None:
    answer = started(**environment)

    assert (answer.returncode, told in answer.stderr) == (1, True)
