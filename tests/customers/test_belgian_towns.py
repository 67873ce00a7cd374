"""The towns of Belgian postcodes: both languages, the places within municipalities, and how people write them."""

import csv
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customers import postal
from customers.belgian_towns import TOWNS, is_town_of, names, towns


@pytest.mark.parametrize(
    ("postcode", "known"),
    [
        ("2300", ["Turnhout"]),
        ("1000", ["Brussel", "Bruxelles"]),
        ("1020", ["Brussel", "Bruxelles", "Laken", "Laeken"]),
        ("1050", ["Brussel", "Bruxelles", "Elsene", "Ixelles"]),
        ("1060", ["Sint-Gillis", "Saint-Gilles"]),
        ("1640", ["Sint-Genesius-Rode", "Rhode-Saint-Genèse"]),
        ("3792", ["Voeren", "Fourons", "Sint-Pieters-Voeren", "Fouron-Saint-Pierre"]),
        ("4700", ["Eupen"]),
        ("7850", ["Edingen", "Enghien", "Lettelingen", "Petit-Enghien", "Mark", "Marcq"]),
        ("9300", ["Aalst", "Alost"]),
        ("9600", ["Ronse", "Renaix"]),
        ("0000", []),
        ("", []),
        ("23000", []),
    ],
)
def test_a_postcode_has_its_towns_in_dutch_and_french(postcode: str, known: list[str]) -> None:
    assert names(postcode) == known


def test_a_town_is_called_by_its_dutch_name_in_every_language_but_french() -> None:
    (town,) = towns("9600")
    assert [town.name(language) for language in ("nl", "fr", "en")] == ["Ronse", "Renaix", "Ronse"]


@pytest.mark.parametrize(
    ("postcode", "typed"),
    [
        ("2300", "turnhout"),
        ("2300", " TURNHOUT "),
        ("2300", "B-2300 Turnhout"),
        ("1000", "Bruxelles"),
        ("1000", "Brussels"),
        ("1000", "Brussel 1"),
        ("1000", "Brussel/Bruxelles"),
        ("1030", "Brussel"),
        ("1030", "schaerbeek"),
        ("1060", "St. Gillis"),
        ("1060", "St-Gilles"),
        ("1060", "Sint-Gillis (Brussel)"),
        ("1160", "Auderghem"),
        ("1420", "Braine-l’Alleud"),
        ("1420", "Braine l'Alleud"),
        ("1420", "BRAINE L ALLEUD"),
        ("1420", "Eigenbrakel"),
        ("2018", "Antwerp"),
        ("2600", "Antwerpen-Berchem"),
        ("2600", "Berchem (Antwerpen)"),
        ("2970", "'s Gravenwezel"),
        ("3700", "Tongeren"),
        ("3700", "Tongres-Looz"),
        ("4000", "Liege"),
        ("4000", "Luik"),
        ("4780", "St. Vith"),
        ("8300", "Knokke"),
        ("8670", "Koksyde"),
        ("9000", "Ghent"),
        ("9000", "Gand"),
        ("9120", "Beveren"),
    ],
)
def test_a_town_is_known_however_it_is_written(postcode: str, typed: str) -> None:
    assert is_town_of(postcode, typed)


@pytest.mark.parametrize(
    ("postcode", "typed"),
    [
        ("2300", "Antwerpen"),
        ("2300", "Turn"),
        ("2300", ""),
        ("2300", "2300"),
        ("2300", "Brussels"),
        ("9000", "Brussel"),
        ("1060", "Sint"),
        ("1420", "Braine-le-Comte"),
        ("1000", "东京"),
        ("0000", "Turnhout"),
        ("", "Turnhout"),
        ("²³⁰⁰", "Turnhout"),
        ("1" * 10_000, "Turnhout"),
        ("2300", "x" * 100_000),
    ],
)
def test_another_town_is_not(postcode: str, typed: str) -> None:
    assert not is_town_of(postcode, typed)


def test_every_line_of_the_list_is_a_postcode_and_a_name_that_is_known() -> None:
    with TOWNS.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert len({line["postcode"] for line in lines}) == 1149
    for line in lines:
        assert postal.check(line["postcode"], "BE") == line["postcode"]
        for name in filter(None, (line["nl"], line["fr"])):
            assert re.fullmatch(r"[A-Z'ÀÉÊÈÎÔ][\w' -]+", name), name
            assert is_town_of(line["postcode"], name), name
            assert is_town_of(line["postcode"], name.upper()), name


def test_lines_stand_in_the_order_of_their_postcodes_and_once() -> None:
    with TOWNS.open(encoding="utf-8") as file:
        lines = file.read().splitlines()[1:]
    assert [line[:4] for line in lines] == sorted(line[:4] for line in lines)
    assert len(lines) == len(set(lines))


@settings(deadline=None)
@given(st.text(), st.text())
def test_nothing_that_is_typed_raises(postcode: str, city: str) -> None:
    assert is_town_of(postcode, city) in (True, False)
