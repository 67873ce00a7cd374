"""What a page says, for tests that read it as somebody would."""

import re
from html import unescape

from django.http import HttpResponse


def text_of(response: HttpResponse) -> str:
    """The words of the main part, blanks squeezed: what stands in the frame around it does not count."""
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?mark>|<wbr>", "", main))).split())


def links_of(response: HttpResponse) -> list[str]:
    """Where the links of the main part lead, in order."""
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return [unescape(found) for found in re.findall(r'<a\b[^>]*?\bhref="([^"]*)"', main)]


def companies_in(response: HttpResponse) -> list[str]:
    """The companies of the table, in order."""
    rows = re.findall(r'<a class="row-link"[^>]*>(.*?)</a>', response.content.decode(), re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", row)).strip() for row in rows]
