"""Addresses in the forms in which the registers of the member states write them, taken apart or left whole."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customers.official_address import MAX_ADDRESS, MAX_STREET, Address, split


@pytest.mark.parametrize(
    ("country", "text", "street", "postcode", "city"),
    [
        ("AT", "Kanalweg 1\nAT-1010 Wien", "Kanalweg 1", "1010", "Wien"),
        ("BE", "Kanaalkade 14\n2300 Turnhout", "Kanaalkade 14", "2300", "Turnhout"),
        ("BE", "  Rue de la Loi 16 \n\n1000  Bruxelles \n", "Rue de la Loi 16", "1000", "Bruxelles"),
        ("BE", "Kanaalkade 14, bus 2\r\n2300 Turnhout", "Kanaalkade 14, bus 2", "2300", "Turnhout"),
        ("BG", "бул. ВИТОША 12 обл.СОФИЯ, гр.СОФИЯ 1000", "бул. ВИТОША 12", "1000", "СОФИЯ"),
        ("BG", "обл. ПЛОВДИВ, гр. ПЛОВДИВ 4000\nул. ВОДНА 1", "ул. ВОДНА 1", "4000", "ПЛОВДИВ"),
        ("BG", "ул. ВОДНА 1", "ул. ВОДНА 1", "", ""),
        ("CY", "Προδρόμου, 75\nPARKVIEW HOUSE\n2063 Στρόβολος, Λευκωσία", "Προδρόμου, 75, PARKVIEW HOUSE", "2063",
         "Στρόβολος, Λευκωσία"),
        ("CZ", "Vodní 1929/62\nPRAHA 4 - KRČ\n140 00  PRAHA 4", "Vodní 1929/62, PRAHA 4 - KRČ", "140 00", "PRAHA 4"),
        ("DE", "---", "", "", ""),
        ("DE", "Kanalweg 1\n10115 Berlin", "Kanalweg 1", "10115", "Berlin"),
        ("DK", "Kanalgade 1\n2100 København Ø", "Kanalgade 1", "2100", "København Ø"),
        ("EE", "Kanali tn 4   10134 HARJU MAAKOND TALLINN", "Kanali tn 4", "10134", "HARJU MAAKOND TALLINN"),
        ("EE", "Kanali tn 4, 10134 Tallinn, Harju maakond", "Kanali tn 4", "10134", "Tallinn, Harju maakond"),
        ("ES", "---", "", "", ""),
        ("ES", "CALLE MAYOR 1\n28001 MADRID\nMADRID", "CALLE MAYOR 1", "28001", "MADRID"),
        ("ES", "CALLE MAYOR 1\n28220 MAJADAHONDA\nMADRID", "CALLE MAYOR 1", "28220", "MAJADAHONDA, MADRID"),
        ("FI", "Kanavakatu 2-4\n02150 ESPOO", "Kanavakatu 2-4", "02150", "ESPOO"),
        ("FR", "BAT A\n12 RUE DES TANNEURS\n75013 PARIS", "BAT A, 12 RUE DES TANNEURS", "75013", "PARIS"),
        ("FR", "TOUR DU QUAI\n92074 PARIS LA DEFENSE CEDEX", "TOUR DU QUAI", "92074", "PARIS LA DEFENSE CEDEX"),
        ("GB", "1 CANAL STREET\nBELFAST\nBT1 1AA", "1 CANAL STREET", "BT1 1AA", "BELFAST"),
        ("GB", "1 CANAL STREET\nBELFAST\nCO ANTRIM\nBT1 1AA\nGB", "1 CANAL STREET", "BT1 1AA", "BELFAST, CO ANTRIM"),
        ("GB", "1 CANAL STREET\nBELFAST BT1 1AA\nXI", "1 CANAL STREET", "BT1 1AA", "BELFAST"),
        ("GR", "ΕΡΜΟΥ            12\n10557 - ΑΘΗΝΑ", "ΕΡΜΟΥ 12", "105 57", "ΑΘΗΝΑ"),
        ("HR", "VODNA CESTA 32, ZAGREB, 10000 ZAGREB", "VODNA CESTA 32", "10000", "ZAGREB"),
        ("HU", "1117 BUDAPEST CSATORNA UTCA 18.", "CSATORNA UTCA 18.", "1117", "BUDAPEST"),
        ("HU", "1033 Budapest, Csatorna út 95.", "Csatorna út 95.", "1033", "Budapest"),
        ("IE", "3RD FLOOR, KILMORE HOUSE, DUBLIN 1", "3RD FLOOR, KILMORE HOUSE", "", "DUBLIN 1"),
        ("IE", "KILMORE HOUSE, CANAL STREET\nDUBLIN 6W", "KILMORE HOUSE, CANAL STREET", "", "DUBLIN 6W"),
        ("IE", "UNIT 4, MAIN STREET, SWORDS, CO. DUBLIN", "UNIT 4, MAIN STREET", "", "SWORDS, CO. DUBLIN"),
        ("IE", "KILMORE HOUSE, DUBLIN 4, D04 E5W5", "KILMORE HOUSE", "D04 E5W5", "DUBLIN 4"),
        ("IE", "MAIN STREET, SWORDS, CO. DUBLIN, K67 A1D2", "MAIN STREET", "K67 A1D2", "SWORDS, CO. DUBLIN"),
        ("IE", "KILMORE HOUSE, LIMERICK", "KILMORE HOUSE, LIMERICK", "", ""),
        ("IT", "VIA ROMA 1 \n00100 ROMA RM\n", "VIA ROMA 1", "00100", "ROMA RM"),
        ("LT", "Kanalo g. 9, LT-08105 Vilnius", "Kanalo g. 9", "08105", "Vilnius"),
        ("LT", "Kanalo g. 9, Vilniaus m., 08105 Vilniaus m. sav.", "Kanalo g. 9, Vilniaus m.", "08105",
         "Vilniaus m. sav."),
        ("LU", "7, RUE DE LA TOUR\nL-2165  LUXEMBOURG", "7, RUE DE LA TOUR", "2165", "LUXEMBOURG"),
        ("LV", "Kanāla iela 23A, Rīga, LV-1005", "Kanāla iela 23A", "LV-1005", "Rīga"),
        ("MT", "4, MARINA COURT\nCANAL STREET\nTA' XBIEX  XBX 1421", "4, MARINA COURT, CANAL STREET", "XBX 1421",
         "TA' XBIEX"),
        ("MT", "12, TRIQ IL-KBIRA\nQORMI\nQRM 1234", "12, TRIQ IL-KBIRA", "QRM 1234", "QORMI"),
        ("NL", "\nKEIZERSGRACHT 00123\n1015CJ AMSTERDAM\n", "KEIZERSGRACHT 123", "1015 CJ", "AMSTERDAM"),
        ("NL", "\nHOOFDWEG 00007 A\n1015 CJ DEN HAAG\n", "HOOFDWEG 7 A", "1015 CJ", "DEN HAAG"),
        ("PL", "UL. WODNA 1\n00-950 WARSZAWA", "UL. WODNA 1", "00-950", "WARSZAWA"),
        ("PT", "AV DO CANAL N 40\nLISBOA\n1069-300 LISBOA", "AV DO CANAL N 40", "1069-300", "LISBOA"),
        ("RO", "JUD. CLUJ, MUN. CLUJ-NAPOCA\nSTR. CANALULUI\nNR. 28", "STR. CANALULUI, NR. 28", "", "CLUJ-NAPOCA"),
        ("RO", "MUNICIPIUL BUCUREŞTI, SECTOR 2\nSTR. CANALULUI\nNR. 1", "STR. CANALULUI, NR. 1", "",
         "BUCUREŞTI, SECTOR 2"),
        ("RO", "STR. CANALULUI NR. 28", "STR. CANALULUI NR. 28", "", ""),
        ("SE", "KANALGATAN 1\n114 55 STOCKHOLM", "KANALGATAN 1", "114 55", "STOCKHOLM"),
        ("SE", "BOX 123 \n11455 STOCKHOLM", "BOX 123", "114 55", "STOCKHOLM"),
        ("SI", "KANALSKA CESTA 5, 1000 LJUBLJANA", "KANALSKA CESTA 5", "1000", "LJUBLJANA"),
        ("SI", "Kanalska cesta 5, LJUBLJANA, 1000 LJUBLJANA", "Kanalska cesta 5", "1000", "LJUBLJANA"),
        ("SK", "Vodná 10\n82108 Bratislava - mestská časť Ružinov\nSlovensko", "Vodná 10", "821 08",
         "Bratislava - mestská časť Ružinov"),
    ],
)  # fmt: skip
def test_addresses_come_apart_where_their_form_is_known(
    country: str, text: str, street: str, postcode: str, city: str
) -> None:
    assert split(text, country) == Address(street=street, postcode=postcode, city=city)


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("BE", "Kanaalkade 14\nTurnhout"),
        ("BE", "2300 Turnhout"),
        ("BE", "2300\nTurnhout"),
        ("FR", "12 RUE DES TANNEURS"),
        ("HU", "BUDAPEST CSATORNA UTCA 18."),
        ("XX", "Somewhere 1\n1234 Nowhere"),
        ("", "Somewhere 1\n1234 Nowhere"),
    ],
)
def test_what_has_no_known_form_is_offered_whole(country: str, text: str) -> None:
    assert split(text, country) == Address(street=", ".join(text.splitlines()))


@pytest.mark.parametrize("text", ["", " \n ", "---", " --- \n---", "-"])
def test_what_is_not_disclosed_is_nothing(text: str) -> None:
    assert split(text, "BE") == Address()


def test_what_is_too_long_for_a_street_is_left_out() -> None:
    assert split("x" * (MAX_STREET + 1), "BE") == Address()
    assert split(f"{'x' * (MAX_STREET + 1)}\n2300 Turnhout", "BE") == Address(postcode="2300", city="Turnhout")
    assert split("1, " * MAX_ADDRESS, "BE") == Address()


@settings(deadline=None)
@given(st.text(), st.sampled_from(["BE", "BG", "EE", "GB", "HU", "IE", "LV", "NL", "RO", "SK", "", "?"]))
def test_no_address_raises(text: str, country: str) -> None:
    fields = f"{text}\n{text} 1000", f"{text}, 1117 {text} {text}", f"гр. {text} 1000"
    for typed in (text, ",", ", ,", f", {text}", f"1000 {text}", *fields):
        assert len(split(typed, country).street) <= MAX_STREET
