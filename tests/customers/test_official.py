"""How far what people type departs from what registers write."""

import pytest

from customers.official import Likeness, address_likeness, name_likeness


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
