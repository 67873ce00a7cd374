"""What registers write, in fields, and how far what people type departs from it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customers.official import MAX_STREET, Address, Likeness, address_likeness, name_likeness, split


@pytest.mark.parametrize(
    ("country", "text", "street", "postcode", "city"),
    [
        ("BE", "Kanaalkade 14\n2300 Turnhout", "Kanaalkade 14", "2300", "Turnhout"),
        ("BE", "  Rue de la Loi 16 \n\n1000  Bruxelles \n", "Rue de la Loi 16", "1000", "Bruxelles"),
        ("NL", "\nKEIZERSGRACHT 00123\n1015CJ AMSTERDAM\n", "KEIZERSGRACHT 123", "1015 CJ", "AMSTERDAM"),
        ("NL", "\nHOOFDWEG 00007 A\n1015 CJ DEN HAAG\n", "HOOFDWEG 7 A", "1015 CJ", "DEN HAAG"),
        ("FR", "BAT A\n12 RUE DES TANNEURS\n75013 PARIS", "BAT A, 12 RUE DES TANNEURS", "75013", "PARIS"),
        ("LU", "7, RUE DE LA TOUR\nL-2165  LUXEMBOURG", "7, RUE DE LA TOUR", "2165", "LUXEMBOURG"),
        ("DE", "Kanalweg 1\n10115 Berlin", "Kanalweg 1", "10115", "Berlin"),
        ("AT", "Kanalweg 1\nAT-1010 Wien", "Kanalweg 1", "1010", "Wien"),
        ("IT", "VIA ROMA 1 \n00100 ROMA RM\n", "VIA ROMA 1", "00100", "ROMA RM"),
        ("PL", "UL. WODNA 1\n00-950 WARSZAWA", "UL. WODNA 1", "00-950", "WARSZAWA"),
        ("SE", "KANALGATAN 1\n114 55 STOCKHOLM", "KANALGATAN 1", "114 55", "STOCKHOLM"),
        ("GR", "ΕΡΜΟΥ 12\n10557 - ΑΘΗΝΑ", "ΕΡΜΟΥ 12", "105 57", "ΑΘΗΝΑ"),
        ("IE", "3RD FLOOR, KILMORE HOUSE, DUBLIN 1", "3RD FLOOR, KILMORE HOUSE, DUBLIN 1", "", ""),
        ("BE", "Kanaalkade 14\nTurnhout", "Kanaalkade 14, Turnhout", "", ""),
        ("BE", "2300 Turnhout", "2300 Turnhout", "", ""),
        ("BE", "", "", "", ""),
        ("BE", "x" * (MAX_STREET + 1), "", "", ""),
    ],
)
def test_addresses_come_apart_where_their_form_is_known(
    country: str, text: str, street: str, postcode: str, city: str
) -> None:
    assert split(text, country) == Address(street=street, postcode=postcode, city=city)


@settings(deadline=None)
@given(st.text(), st.text(max_size=3))
def test_no_address_raises(text: str, country: str) -> None:
    found = split(text, country)
    assert len(found.street) <= MAX_STREET


@pytest.mark.parametrize(
    ("official", "given", "likeness"),
    [
        ("KEMPENVAART LOGISTIEK NV", ["Kempenvaart Logistiek N.V."], Likeness.SAME),
        ("NV Kempenvaart", ["Kempenvaart NV"], Likeness.SAME),
        ("SOCIETE D'ENERGIE SA", ["Société d’Énergie SA"], Likeness.SAME),
        ("KEMPENVAART LOGISTIEK NV", ["Kempenvaart Logistiek"], Likeness.CLOSE),
        ("KEMPENVAART LOGISTIEK NV", ["Kempenvaart Logistik NV"], Likeness.CLOSE),
        ("KEMPENVAART LOGISTIEK NV", ["Kempi", "Kempenvaart Logistiek NV"], Likeness.SAME),
        ("BROUWERIJ DE HOPDUVEL NV", ["Drukkerij Zonneschijn BV", ""], Likeness.DIFFERENT),
        ("NV", ["Hopduvel"], Likeness.DIFFERENT),
        ("BROUWERIJ DE HOPDUVEL NV", [""], Likeness.DIFFERENT),
        ("", ["Brouwerij De Hopduvel NV"], Likeness.NOT_DISCLOSED),
    ],
)
def test_names_are_compared_as_people_read_them(official: str, given: list[str], likeness: Likeness) -> None:
    assert name_likeness(official, *given) == likeness


@pytest.mark.parametrize(
    ("country", "official", "given", "likeness"),
    [
        ("BE", "Kanaalkade 14\n2300 Turnhout", ("Kanaalkade 14", "2300", "Turnhout"), Likeness.SAME),
        ("NL", "\nGRACHT 00123\n1015CJ AMSTERDAM", ("Gracht 123", "1015 CJ", "Amsterdam"), Likeness.SAME),
        ("LU", "7, RUE DE LA TOUR\nL-2165  LUXEMBOURG", ("Rue de la Tour 7", "2165", "Luxembourg"), Likeness.SAME),
        ("BE", "Kanaalkade 14\n2300 Turnhout", ("Kanaalkade 14 bus 2", "2300", "Turnhout"), Likeness.CLOSE),
        ("BE", "Kanaalkade 14\n2300 Turnhout", ("Stationsstraat 2", "2300", "Turnhout"), Likeness.DIFFERENT),
        ("IE", "KILMORE HOUSE, DUBLIN 1", ("Kilmore House", "", "Dublin 1"), Likeness.SAME),
        ("DE", "", ("Kanalweg 1", "10115", "Berlin"), Likeness.NOT_DISCLOSED),
    ],
)
def test_addresses_are_compared_whatever_their_order(
    country: str, official: str, given: tuple[str, str, str], likeness: Likeness
) -> None:
    street, postcode, city = given
    assert address_likeness(official, country, street=street, postcode=postcode, city=city) == likeness
