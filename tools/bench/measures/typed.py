"""Somebody types at the table in a real browser, a key every 200 ms: from the last key to the hits on the screen.

The moment that the page waits after a key is part of it. The clock is the page's own: it starts where the
browser has the last key, and stops once the frame with the hits is painted.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from playwright.sync_api import Page, sync_playwright

from tests import chromium
from tools.bench import terms
from tools.bench.goals import Result, exact, judged, told
from tools.bench.honesty import Dishonest, checked
from tools.bench.ratios import percentile
from tools.bench.run import Run
from tools.bench.site import Person, Site
from tools.bench.terms import Term

KEY = 200
"""Milliseconds between two keys."""
WAITED = 150
"""Milliseconds that the page waits after a key before it searches."""
TYPED = 40
TYPED_IN_SHORT = 5

# `shown`: what the address bar says, and when its hits had been painted; null while an answer is awaited.
WATCH = """() => {
  const box = document.querySelector("#q");
  box.addEventListener("input", (event) => { window.keyed = event.timeStamp; });
  document.addEventListener("htmx:beforeRequest", () => { window.shown = null; });
  document.addEventListener("htmx:afterSettle", () => {
    requestAnimationFrame(() => setTimeout(() => {
      const query = new URLSearchParams(location.search).get("q");
      // What an answer to fewer letters left behind gives way.
      if (window.shown?.query !== query) window.shown = { query, at: performance.now() };
    }));
  });
}"""
ROWS = "links => links.map((link) => link.pathname.split('/')[2])"


def keys_to_hits(run: Run, site: Site) -> Iterator[Result]:
    """Milliseconds, of a CSM who may see all customers. Raises Dishonest where the screen shows other rows than asked
    for by address."""
    person = site.csm
    count = TYPED_IN_SHORT if run.is_short else TYPED
    run.tell(f"typing {count} searches into Chromium")
    with site.connect() as connection:
        some = terms.mixed(connection, person, count)
    with ThreadPoolExecutor(1) as pool:
        checking = pool.submit(checked, person.product, some)
        with _table(person) as page:
            shown = checking.result()
            _type(page, min(some, key=lambda term: len(term.text)), shown)
            taken = [_type(page, term, shown) for term in some]
    note = f"a key every {KEY} ms, {count} searches, {WAITED} ms of it waited by the page"
    middle, tail = percentile(taken, 0.5), percentile(taken, 0.95)
    yield judged("typing", "median", exact(round(middle, 1)), customers=site.customers, note=note)
    yield told("typing", "p95", exact(round(tail, 1)))


def _type(page: Page, term: Term, shown: dict[str, list[str]]) -> float:
    box = page.locator("#q")
    if box.input_value():
        box.fill("")
        page.wait_for_function("() => window.shown && window.shown.query === null")
    page.evaluate("window.shown = null")
    box.press_sequentially(term.text, delay=KEY)
    page.wait_for_function("text => window.shown && window.shown.query === text", arg=term.text, polling=10)
    rows: list[str] = page.locator("#results .row-link").evaluate_all(ROWS)
    if rows != shown[term.path]:
        raise Dishonest(f"“{term.text}” typed shows {len(rows)} rows; asked for by address it shows others")
    taken: float = page.evaluate("window.shown.at - window.keyed")
    return taken


@contextmanager
def _table(person: Person) -> Iterator[Page]:
    """The table of customers in a browser in which the person is signed in."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.executable(), args=chromium.OPTIONS)
        context = browser.new_context(
            base_url=f"http://{person.product.address}",
            # As from the web server in front: without it the portal leads to https.
            extra_http_headers={"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"},
            viewport={"width": 1280, "height": 800},
        )
        # Set for the same host over https: the browser refuses a secure cookie that a program sets for http.
        address = f"https://{person.product.address}"
        cookies = person.product.cookies.items()
        context.add_cookies([{"name": name, "value": value, "url": address, "secure": True} for name, value in cookies])
        page = context.new_page()
        page.goto("/customers/?view=all")
        page.evaluate(WATCH)
        page.locator("#q").focus()
        yield page
        browser.close()
