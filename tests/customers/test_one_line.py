"""Free text of one line is kept as people see it."""

import pytest

from customers.one_line import LineFault, one_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Kempenvaart   Logistiek\tNV ", "Kempenvaart Logistiek NV"),
        ("Cafe\u0301", "Café"),
        ("\u200bAcme\ufeff", "Acme"),
        ("Ac\u00adme", "Acme"),
        ("A\u00a0B", "A B"),
        ("\u200b\u2060", ""),
        ("\u3164\u2800", ""),
        ("\u200d", ""),
        ("   ", ""),
        ("Ünïcode \U0001f469\u200d\U0001f4bb", "Ünïcode \U0001f469\u200d\U0001f4bb"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("O'Brien & <b>Zonen</b> {{7*7}} %(x)s", "O'Brien & <b>Zonen</b> {{7*7}} %(x)s"),
        ("Null", "Null"),
    ],
)
def test_what_people_see_is_what_is_kept(typed: str, kept: str) -> None:
    assert one_line(typed) == kept


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("Kanaalkade 14\n2300 Turnhout", "several_lines"),
        ("a\u2028b", "several_lines"),
        ("Acme\x00", "control_character"),
        ("\x1b[31mAcme", "control_character"),
        ("\ud800", "control_character"),
        ("Acme \ufffd", "control_character"),
        ("\u202eexe.fdp", "turned_text"),
        ("\u2067Acme", "turned_text"),
        ("A" + "\u0323" * 300, "piled_marks"),
    ],
)
def test_what_deceives_or_breaks_is_named(typed: str, fault: str) -> None:
    with pytest.raises(LineFault) as caught:
        one_line(typed)
    assert caught.value.code == fault


def test_the_same_text_comes_out_the_same_again() -> None:
    once = one_line(" Cafe\u0301 \u200b de\u00a0Kroon ")
    assert one_line(once) == once == "Café de Kroon"
