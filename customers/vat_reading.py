"""Finds the number in what stands around it: labels, a company's name, a court and its town. Pure.

A text can be read in more than one way (*VAT No 974…*: the word "number", or Norway?), so this gives the ways in their
order of likelihood, and `customers.vat` takes the first that holds a number.
"""

import re
from collections.abc import Iterator

from customers.vat_formats import PREFIXES

# Words that announce a VAT number and that also stand glued to it: `BTWBE0477472701`.
# fmt: off
_ANNOUNCING = frozenset({
    "AFM", "ALV", "BCE", "BTW", "BTWID", "BTWNR", "BTWNUMMER", "CIF", "CUI", "CVR", "CVRNR", "DDS", "DDV", "DIC",
    "DPH", "ICDPH", "IVA", "KBO", "KBONR", "KBONUMMER", "KMKR", "MOMS", "MVA", "MWST", "MWSTNR", "NIF", "NIP", "OIB",
    "ONDERNEMINGSNR", "ONDERNEMINGSNUMMER", "ORGNR", "PDV", "PIVA", "PVM", "PVN", "TPV", "TVA", "TVANR", "UID",
    "UIDNR", "UST", "USTID", "USTIDNR", "USTNR", "VAT", "VATID", "VATIN", "VATNO", "VATNR", "VATREG",
})
# fmt: on

# Words that only ever stand beside one of those.
# fmt: off
_FILLING = frozenset({
    "AJOUTEE", "BELASTING", "CF", "CODE", "COD", "COMPANY", "DES", "DU", "ENTERPRISE", "ENTREPRISE", "EORI", "FISCAL",
    "HET", "ID", "IDENTIFICATIE", "IDENTIFICATIENUMMER", "IDENTIFICATION", "IDENTIFIKATIONSNUMMER", "IDNO", "IDNR",
    "INTRA", "INTRACOM", "INTRACOMMUNAUTAIRE", "LA", "LE", "ME", "NE", "NR", "NRO", "NUM", "NUMBER", "NUMER",
    "NUMERO", "NUMMER", "ON", "OP", "PARTITA", "PI", "REG", "REGISTRATIE", "REGISTRATION", "RPM", "RPR", "SIREN",
    "SIRET", "STEUER", "SUR", "TAX", "TAXE", "UMSATZSTEUER", "VALEUR", "ДДС", "ЗДДС", "ИН", "ПО", "ΑΦΜ",
})
# fmt: on
_LABELS = _ANNOUNCING | _FILLING

# Labels in one place and part of the number in another: "numéro DE TVA" and Germany, "VAT NO." and Norway, "N° TVA" and
# a Spanish letter.
_EITHER = frozenset({"D", "DE", "EU", "L", "N", "NO", "P", "SE"})
_GLUED_LABEL = re.compile(rf"(?:{'|'.join(sorted(_ANNOUNCING, key=len, reverse=True))})+")
_NUMBER_SIGNS = str.maketrans({"№": "N ", "º": " ", "°": " "})
_ABBREVIATION = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]\.){2,}[^\W\d_]?(?![^\W\d_])")
# Irish numbers of old may hold + or * in second place; anywhere else these are ornament.
_ORNAMENT = re.compile(r"(?<![0-9])[+*]|[+*](?![0-9]{5})")
_ZERO_BEFORE_ZERO = re.compile(r"\(\s*0\s*\)(?=[\s./-]*0)")
# What holds digits and is no number: the law that German imprints cite (§ 27a UStG), a Peppol scheme (0208:, 9925:).
_CITED = re.compile(r"§+\s*[0-9]+\s*(?:[A-Z](?![A-Z]))?|(?<![0-9])(?:0208|99[0-9]{2}):(?=\s*[A-Z0-9])")
_WORD = re.compile(r"(?:[^\W_]|[+*])+")


def without_number_signs(text: str) -> str:
    """Take the sign out of `N°` and `Nº` before it is folded: it would leave a letter that means something else."""
    return text.translate(_NUMBER_SIGNS)


def readings(text: str) -> list[str]:
    """Return the ways to read a folded text as prefix and number, without separators, the likeliest first.

    `BTW BE 0477.472.701 RPR Leuven` -> `["BE0477472701"]`. Empty where nothing but labels is left.
    """
    text = _ABBREVIATION.sub(lambda match: match[0].replace(".", ""), text.upper())
    text = _CITED.sub(" ", _ZERO_BEFORE_ZERO.sub("", text))
    words = _WORD.findall(_ORNAMENT.sub(" ", text))
    start = next((place for place, word in enumerate(words) if _has_digit(word)), len(words))
    if start == len(words):
        labels = _LABELS if _LABELS.isdisjoint(words) else _LABELS | _EITHER
        left = "".join(word for word in words if word not in labels)
        return [left] if left else []
    found = [reading for attempt in _attempts(words, start) for reading in attempt]
    return list(dict.fromkeys(filter(None, found)))


def _attempts(words: list[str], start: int) -> Iterator[list[str]]:
    lead, body = words[:start], _until_prose(words[start:])
    yield _joined(lead, body)
    yield _joined(_without_names(lead, body), body)
    if body[-1] in PREFIXES and len(body) > 1:
        yield _joined([body[-1]], body[:-1])
    announced = [place for place, word in enumerate(words) if word in _ANNOUNCING]
    for place in reversed(announced):
        after = words[place + 1 :]
        first = next((index for index, word in enumerate(after) if _has_digit(word)), None)
        if first is not None:
            yield _joined([word for word in after[:first] if len(word) <= 3], _until_prose(after[first:]))
            break


def _without_names(lead: list[str], body: list[str]) -> list[str]:
    """Leave out a company's name; without a prefix, two letters right before the number may be meant as one."""
    known = [word for word in lead if word in PREFIXES or word in _LABELS]
    if body[0].startswith(tuple(PREFIXES)) or not _LABELS.issuperset(known):
        return known
    return known + [word for word in lead[-1:] if word not in known and len(word) <= 2]


def _until_prose(words: list[str]) -> list[str]:
    """Cut at the first word of three letters or more: a town, a tax word, the next fact of an invoice's footer."""
    end = next((place for place, word in enumerate(words) if len(word) > 2 and not _has_digit(word)), len(words))
    return words[:end]


def _joined(lead: list[str], body: list[str]) -> list[str]:
    """Put prefix and number together, in two ways where a word of the lead may be a label or not."""
    head = _unglued(body[0])
    number = "".join([head, *body[1:]])
    labelled = head != body[0] or not _LABELS.isdisjoint(lead)
    prefixed = number.startswith(tuple(PREFIXES)) or any(word in PREFIXES and word not in _EITHER for word in lead)
    ways: tuple[list[str], list[str]] = ([], [])
    for place, word in enumerate(lead):
        kept = _kept(word, at_start=place == 0, at_end=place == len(lead) - 1, labelled=labelled, prefixed=prefixed)
        for way, is_kept in zip(ways, kept, strict=True):
            if is_kept:
                way.append(_unglued(word))
    return ["".join(way) + number for way in ways]


def _kept(word: str, *, at_start: bool, at_end: bool, labelled: bool, prefixed: bool) -> tuple[bool, bool]:
    """Say whether a word before the number belongs to it: in the likelier reading, and in the other one."""
    if word in _LABELS:
        return False, False
    if word not in _EITHER:
        return True, True
    if len(word) == 1:
        return at_end and not labelled, at_end and labelled
    if prefixed or not (at_start or at_end):
        return False, False
    if word == "NO" and labelled:
        return at_start, at_end
    if word == "SE" and labelled and at_start:
        return True, False
    return True, True


def _unglued(word: str) -> str:
    return _GLUED_LABEL.sub("", word, count=1) if _GLUED_LABEL.match(word) else word


def _has_digit(word: str) -> bool:
    return any(character.isdigit() for character in word)
