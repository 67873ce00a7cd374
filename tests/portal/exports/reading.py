"""A table of customers as its readers have it: on the pages, in a CSV file, in an Excel file."""

import csv
import re
from datetime import date, datetime
from html import unescape
from io import BytesIO, StringIO
from typing import Any

from django.http.response import HttpResponseBase
from django.test import Client
from openpyxl import load_workbook

from portal.exports.defusing import restored

BOM = "\ufeff"


def content_of(response: HttpResponseBase) -> bytes:
    assert response.status_code == 200, (response.status_code, response.headers.get("Location"))
    return b"".join(response.streaming_content)


def csv_rows(content: bytes) -> list[list[str]]:
    """Every cell as it is written, the head included."""
    text = content.decode("utf-8")
    assert text.startswith(BOM)
    return list(csv.reader(StringIO(text.removeprefix(BOM), newline=""), delimiter=";", strict=True))


def csv_texts(content: bytes) -> list[list[str]]:
    """Every cell as the text it stands for."""
    return [[restored(cell) for cell in row] for row in csv_rows(content)]


def xlsx_cells(content: bytes) -> list[list[Any]]:
    sheet = load_workbook(BytesIO(content)).active
    return [list(row) for row in sheet.iter_rows()]


def xlsx_texts(content: bytes) -> list[list[str]]:
    return [[_written(cell.value) for cell in row] for row in xlsx_cells(content)]


def _written(value: Any) -> str:
    if isinstance(value, (date, datetime)):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)


def screen_texts(client: Client, address: str) -> list[list[str]]:
    """All pages of the table, one row after another. The town under the company counts as a column."""
    url: str | None = f"/customers/?{address}"
    rows: list[list[str]] = []
    heads: list[str] = []
    while url:
        page = client.get(url).content.decode()
        first, *others = re.findall(r"<th scope=\"col\".*?</th>", page, re.DOTALL)
        heads = [*map(_text, re.findall(r"<a .*?</a>", first, re.DOTALL)), *map(_text, others)]
        for row in re.findall(r"<tr>\s*<td>.*?</tr>", page, re.DOTALL):
            company, *others = re.findall(r"<td\b.*?</td>", row, re.DOTALL)
            name, below = company.split("</a>", 1)
            town = re.sub(r"</?mark>|<wbr>", "", below).split('<span class="sub">')[1].split("<")[0]
            has_town = heads[1] == "Town" and len(heads) == len(others) + 2
            rows.append([_text(name), *([_text(town)] if has_town else []), *map(_text, others)])
        following = re.search(r'rel="next" href="([^"]+)"', page)
        url = unescape(following.group(1)) if following else None
    return [heads, *rows]


def _text(html: str) -> str:
    bare = re.sub(r"<svg.*?</svg>|</?mark>|<wbr>", "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", bare)).split())
