"""What is worth a second look in an e-mail address: it is named, and nothing is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customers.email_hints import FREE_MAIL, Surroundings, hints, is_one_slip, near_banned, surroundings, typo_of

BESIDE = Surroundings(
    own=frozenset({"brightcloud.example"}),
    customers=frozenset({"atelier-janssens.example"}),
    shared=frozenset({"brightcloud.example"}),
    banned=["cronos.be"],
)


def codes(email: str, *, is_own: bool = True, signs: bool = True) -> list[str]:
    return [hint.code for hint in hints(email, is_own=is_own, beside=BESIDE, signs=signs)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gmai.com", "gmail.com"),
        ("gmaill.com", "gmail.com"),
        ("gnail.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("gmail.comm", "gmail.com"),
        ("GMIAL.COM", "gmail.com"),
        ("ｇｍｉａｌ.com", "gmail.com"),
        ("hotmial.com", "hotmail.com"),
        ("hotmal.be", "hotmail.be"),
        ("outlok.com", "outlook.com"),
        ("telnet.be", "telenet.be"),
        ("telenet.b", "telenet.be"),
        ("skynet.ne", "skynet.be"),
        ("proximsu.be", "proximus.be"),
        ("yaho.com", "yahoo.com"),
        ("wanado.fr", "wanadoo.fr"),
        ("gmail.com", ""),
        ("ymail.com", ""),
        ("mail.com", ""),
        ("hotmail.co.uk", ""),
        ("live.fr", ""),
        ("gmx.at", ""),
        ("brightcloud.example", ""),
        ("example.com", ""),
        ("", ""),
        ("be", ""),
    ],
)
def test_a_slip_in_a_well_known_domain_is_seen(typed: str, meant: str) -> None:
    assert typo_of(typed) == meant


def test_a_slip_in_the_domain_of_colleagues_is_seen() -> None:
    assert typo_of("brightclud.example", known={"brightcloud.example"}) == "brightcloud.example"
    assert typo_of("brightcloud.example", known={"brightcloud.example"}) == ""
    assert typo_of("acm.be", known={"acme.be"}) == ""


def test_no_well_known_domain_is_a_slip_of_another() -> None:
    assert {domain for domain in FREE_MAIL if typo_of(domain)} == set()


@pytest.mark.parametrize(
    ("typed", "meant", "is_slip"),
    [
        ("abcd", "abcd", False),
        ("abc", "abcd", True),
        ("abcde", "abcd", True),
        ("xabcd", "abcd", True),
        ("bcd", "abcd", True),
        ("axcd", "abcd", True),
        ("bacd", "abcd", True),
        ("abdc", "abcd", True),
        ("badc", "abcd", False),
        ("ab", "abcd", False),
        ("axyd", "abcd", False),
        ("aabcde", "abcd", False),
        ("", "a", True),
        ("", "", False),
    ],
)
def test_one_slip_is_one_letter(typed: str, meant: str, is_slip: bool) -> None:
    assert is_one_slip(typed, meant) is is_slip
    assert is_one_slip(meant, typed) is is_slip


@pytest.mark.parametrize(
    ("domain", "near"),
    [
        ("mail.cronos.be", "cronos.be"),
        ("a.b.cronos.be", "cronos.be"),
        ("CRONOS.BE.", ""),
        ("cronos.be", ""),
        ("ｃｒｏｎｏｓ.be", ""),
        ("cr0nos.be", "cronos.be"),
        ("cron0s.be", "cronos.be"),
        ("сronos.be", "cronos.be"),
        ("xn--ronos-0ye.be", "cronos.be"),
        ("crönos.be", "cronos.be"),
        ("cromos.be", "cronos.be"),
        ("cronoss.be", "cronos.be"),
        ("cronso.be", "cronos.be"),
        ("cronos.com", "cronos.be"),
        ("cronos.eu", "cronos.be"),
        ("cronos-group.be", "cronos.be"),
        ("my-cronos.be", "cronos.be"),
        ("notcronos.be", ""),
        ("chronos.be", "cronos.be"),
        ("chronologie.be", ""),
        ("brightcloud.example", ""),
        ("", ""),
    ],
)
def test_what_is_near_a_refused_domain_is_seen(domain: str, near: str) -> None:
    assert near_banned(domain, ["Cronos.be"]) == near


def test_nothing_is_near_where_nothing_is_refused() -> None:
    assert near_banned("mail.cronos.be", []) == near_banned("mail.cronos.be", [""]) == ""


@pytest.mark.parametrize(
    ("email", "is_own", "expected"),
    [
        ("els@brightcloud.example", True, []),
        ("els@brightcloud.example", False, ["own_domain"]),
        ("els@BrightCloud.example", False, ["own_domain"]),
        ("jan@atelier-janssens.example", False, []),
        ("jan@atelier-janssens.example", True, ["customers_domain"]),
        ("jan@gmail.com", True, ["free_mail"]),
        ("jan@gmail.com", False, ["free_mail"]),
        ("jan@gmial.com", False, ["typo"]),
        ("jan@brightclud.example", True, ["typo"]),
        ("jan@mail.cronos.be", True, ["near_banned"]),
        ("jan@cronos.be", True, []),
        ("jan", True, []),
        ("jan@", True, []),
        ("", True, []),
    ],
)
def test_an_address_is_looked_at_beside_the_others(email: str, is_own: bool, expected: list[str]) -> None:
    assert codes(email, is_own=is_own) == expected


def test_refused_domains_count_only_for_who_signs() -> None:
    assert codes("jan@mail.cronos.be", signs=False) == []


def test_hints_name_what_they_are_about() -> None:
    (typo,) = hints("jan@gmial.com", is_own=True, beside=BESIDE)
    assert (typo.field, typo.code, typo.params) == ("email", "typo", {"domain": "gmial.com", "meant": "gmail.com"})
    (near,) = hints("jan@mail.cronos.be", is_own=True, beside=BESIDE, signs=True)
    assert near.params == {"domain": "mail.cronos.be", "banned": "cronos.be"}


def test_a_domain_belongs_to_the_side_that_has_it_more_often() -> None:
    found = surroundings(
        [
            (True, "els@brightcloud.example"),
            (True, "tom@brightcloud.example"),
            (False, "anna@brightcloud.example"),
            (False, "jan@atelier.example"),
            (False, "ria@atelier.example"),
            (True, "guest@Atelier.example"),
            (True, "one@tied.example"),
            (False, "two@tied.example"),
            (True, "els@gmail.com"),
            (False, "list@ünder.example"),
            (False, "nothing"),
        ]
    )
    assert found.own == {"brightcloud.example", "tied.example"}
    assert found.customers == {"atelier.example", "xn--nder-zra.example"}
    assert found.shared == {"brightcloud.example", "atelier.example", "tied.example"}


@settings(deadline=None)
@given(st.text(), st.booleans())
def test_no_text_raises(email: str, is_own: bool) -> None:
    for hint in hints(f"{email}@{email}", is_own=is_own, beside=BESIDE, signs=True):
        assert hint.params["domain"]
