"""Take the pictures of the README anew, from fresh demo data: `make screenshots`."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import chromium  # noqa: E402

IMAGES = ROOT / "docs" / "images"
PASSWORD = "demo-portal-2026"  # noqa: S105
RESELLER, APPROVER = "reseller@brightcloud.example", "approver@arxus.example"


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    with portal() as address, sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium.executable(), args=chromium.OPTIONS)
        page = chrome.new_page(base_url=address, viewport={"width": 1280, "height": 900})
        sign_in(page, RESELLER)
        shoot(page, "home")
        page.goto("/customers/?q=bv")
        shoot(page, "customers")
        page.goto("/requests/")
        page.locator(".work > li", has_text="Step 4 of 4").get_by_role("link").click()
        page.locator(".stepper").get_by_role("link", name="Contacts").click()
        shoot(page, "wizard-contacts")
        chrome.close()
        chrome = playwright.chromium.launch(executable_path=chromium.executable(), args=chromium.OPTIONS)
        page = chrome.new_page(base_url=address, viewport={"width": 1280, "height": 900})
        sign_in(page, APPROVER)
        page.goto("/admin/approvals/registrationrequest/")
        shoot(page, "queue")
        page.locator(".queue .row-link").nth(2).click()
        shoot(page, "decision")
        chrome.close()


def sign_in(page: Page, email: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def shoot(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"{name}.png")


@contextmanager
def portal() -> Iterator[str]:
    """A portal of its own with demo data, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "DEBUG": "1",
            "DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3",
            "MEDIA_ROOT": f"{folder}/media",
        }
        manage = [sys.executable, "manage.py"]
        for command in (["migrate", "--verbosity", "0"], ["seed_demo"]):
            subprocess.run([*manage, *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        command = [*manage, "runserver", "--noreload", str(port)]
        server = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/healthz/ready")
            yield address
        finally:
            server.terminate()
            server.wait()


def wait_for(url: str, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url)  # noqa: S310
            return
        except urllib.error.URLError:
            time.sleep(0.2)
    raise TimeoutError(url)


if __name__ == "__main__":
    main()
