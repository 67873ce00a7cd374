"""Phone numbers as people type them: E.164, with the extension apart. Pure.

Plans and lengths: Google's libphonenumber, as the package phonenumbers carries it. Its geocoder and carrier modules
stay out: they cost seconds and a hundred megabytes.

Decided:

- *Possible* is the length, *valid* the plan. The impossible is refused; what is possible and not valid passes with
  `is_valid` false, as plans lag behind what operators hand out.
- Letters are refused, where libphonenumber reads them as the keys of a keypad: `1-800-FLOWERS`, `+32 475 (office)`.
- 00 stands for + everywhere, whatever a country dials itself.
- `(0)` behind a country code is left out, but stays where the number is only valid with it (Italy).
- 0590, 0596, 0262 … typed with +33 or for France are numbers of Guadeloupe, Martinique, Réunion …, which France's plan
  leads to and which have country codes of their own.
- A *personal line* (for roles that need a phone) rings at a person or a desk and costs the caller what a call
  costs: fixed, mobile, voice over IP, personal numbers, and what no plan knows yet. Freephone, shared-cost, premium,
  company-wide access numbers (Belgium's 078), voicemail and pagers are none.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType, ValidationResult

from customers.country_codes import territory
from customers.faults import Fault
from customers.typed_text import MAX_CHARACTERS, BrokenText, plain

_KINDS = {
    PhoneNumberType.FIXED_LINE: "fixed",
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.FIXED_LINE_OR_MOBILE: "fixed_or_mobile",
    PhoneNumberType.TOLL_FREE: "freephone",
    PhoneNumberType.PREMIUM_RATE: "premium",
    PhoneNumberType.SHARED_COST: "shared_cost",
    PhoneNumberType.VOIP: "voip",
    PhoneNumberType.PERSONAL_NUMBER: "personal",
    PhoneNumberType.PAGER: "pager",
    PhoneNumberType.UAN: "company_access",
    PhoneNumberType.VOICEMAIL: "voicemail",
}
PERSONAL_KINDS = frozenset({"fixed", "mobile", "fixed_or_mobile", "voip", "personal", "unknown"})

_OVERSEAS = {"590": "GP", "690": "GP", "691": "GP", "594": "GF", "694": "GF", "596": "MQ", "696": "MQ", "697": "MQ"}
_OVERSEAS |= {"262": "RE", "692": "RE", "693": "RE", "269": "YT", "639": "YT"}
_FALLBACK_REGION = "BE"

_TEL = re.compile(r"\s*tel\s*[.:]+\s*", re.IGNORECASE)
_EXTENSION_WORDS = (
    "extension|extensie|extn|ext|poste|post|toestel|tst|durchwahl|dw|nebenstelle|nst|interno|intern|int"
    "|apparaat|app|x|#"
)
_EXTENSION = re.compile(
    rf"(?<=[0-9)\]])[\s,;./(\[-]*(?:{_EXTENSION_WORDS})[\s.:=#]*([0-9]{{1,10}})[\s)\]]*\Z", re.IGNORECASE
)
_CONTEXT = re.compile(r";phone-context=([^;]*)", re.IGNORECASE)
_TRUNK_ZERO = re.compile(r"[(\[]\s*0\s*[)\]]")
_SEPARATORS = re.compile(r"[\s().\[\]/~·•_-]+")


@dataclass(frozen=True)
class Phone:
    """A number that can be dialled."""

    e164: str
    extension: str
    """Digits, or ""."""
    readable: str
    """International, with the extension: `+32 2 555 12 12 ext. 5`. Parses to the same."""
    country: str
    """The region whose plan it is in (ISO 3166), "001" for worldwide services, "" where none claims it."""
    kind: str
    """fixed, mobile, fixed_or_mobile, voip, personal, freephone, shared_cost, premium, company_access, pager,
    voicemail, unknown."""
    is_valid: bool
    """Whether the numbering plan knows it; if not, its length is right all the same."""

    def __str__(self) -> str:
        return self.e164

    @property
    def is_personal_line(self) -> bool:
        """Whether it does for a role that needs somebody's own phone."""
        return self.kind in PERSONAL_KINDS


class PhoneFault(Fault):
    """What is wrong with a phone number; `example` is always a number of the country in question.

    - empty (example).
    - format (example): characters that no phone number has.
    - letters (example): letters, other than those of an extension.
    - unknown_calling_code (example): + and digits that no country starts with.
    - unknown_country (example): a national number, and no country to read it with.
    - short_number (example): an emergency or service number, which cannot be called from elsewhere.
    - impossible (example): too few or too many digits.
    - premium (example): the caller pays extra.
    - not_personal (kind): from `check_personal` only.
    """


def parse(text: str | None, country: str | None) -> Phone:
    """Return the number; a national one is read with `country` (ISO 3166).

    Raises PhoneFault, and nothing else, whatever the text.
    """
    region = _region(country)
    text = text or ""
    if len(text) > MAX_CHARACTERS:
        raise _fault("impossible", region)
    try:
        typed = plain(text).strip()
    except BrokenText:
        raise _fault("format", region) from None
    number, extension = _split(typed)
    if not number:
        raise _fault("format" if extension else "empty", region)
    if re.search(r"[^\W\d_]", number):
        raise _fault("letters", region)
    return _phone(_best([_parsed(digits, region) for digits in _dialled(number, region)]), extension, region)


@lru_cache(maxsize=4_096)  # Asked for by the search and by the role policy, one after the other.
def read(e164: str) -> PhoneNumber | None:
    """A number that is on record, as libphonenumber has it; None for what it cannot read."""
    try:
        return phonenumbers.parse(e164)
    except NumberParseException:
        return None


@lru_cache(maxsize=4_096)  # Whoever fills a role for one customer mostly does for others.
def is_personal_line(e164: str) -> bool:
    """Whether a number that is on record does for a role that needs somebody's own phone: as `Phone` says of it once
    parsed, told several times as quickly for those that a plan knows."""
    kind = _known_kind(e164)
    if kind:
        return kind in PERSONAL_KINDS
    try:
        return parse(e164, None).is_personal_line
    except PhoneFault:
        return False


def _known_kind(e164: str) -> str:
    """ "" for what only `parse` can tell; France's plan leads to other countries' numbers."""
    number = read(e164)
    if number is None or number.country_code == 33:
        return ""
    if f"+{number.country_code}{phonenumbers.national_significant_number(number)}" != e164:
        return ""
    return _KINDS.get(phonenumbers.number_type(number), "")


def check_personal(phone: Phone) -> None:
    """Raise PhoneFault("not_personal") where the number is no personal line."""
    if not phone.is_personal_line:
        raise PhoneFault("not_personal", kind=phone.kind)


def _region(country: str | None) -> str:
    code = territory(country)
    return code if code in phonenumbers.SUPPORTED_REGIONS else ""


def _fault(code: str, region: str) -> PhoneFault:
    number = phonenumbers.example_number(region or _FALLBACK_REGION)
    example = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL) if number else ""
    return PhoneFault(code, example=example)


def _split(typed: str) -> tuple[str, str]:
    """Take label, extension and the parameters of a `tel:` address off."""
    typed = _TEL.sub("", typed, count=1) if _TEL.match(typed) else typed
    if context := _CONTEXT.search(typed):
        typed = typed[: context.start()] + typed[context.end() :]
        if context[1].startswith("+") and not typed.startswith("+"):
            typed = context[1] + typed
    if match := _EXTENSION.search(typed):
        return typed[: match.start()].strip(), match[1]
    return typed.strip(), ""


def _dialled(number: str, region: str) -> list[str]:
    """Return the number as digits with + where it is international; two ways where a (0) may belong to it or not."""
    number = re.sub(r"\A[\s(\[]*(?:\+[\s+]*)?00(?=[\s()\[\]1-9])", "+", number)
    number = re.sub(r"\A[\s(\[]*\+[\s+]*", "+", number)
    ways = [number]
    if number.startswith("+") and _TRUNK_ZERO.search(number):
        ways = [_TRUNK_ZERO.sub("", number, count=1), number]
    ways = [_SEPARATORS.sub("", way) for way in ways]
    if not all(re.fullmatch(r"\+?[0-9]+", way) for way in ways):
        raise _fault("format", region)
    if not ways[0].startswith("+") and not region:
        raise _fault("unknown_country", region)
    return ways


def _parsed(digits: str, region: str) -> PhoneNumber:
    try:
        number = phonenumbers.parse(digits, region or None)
    except NumberParseException as error:
        if error.error_type == NumberParseException.INVALID_COUNTRY_CODE:
            raise _fault("unknown_calling_code", region) from None
        raise _fault("impossible", region) from None
    national = phonenumbers.national_significant_number(number)
    overseas = _OVERSEAS.get(national[:3])
    if number.country_code != 33 or not overseas:
        return number
    moved = phonenumbers.parse("0" + national, overseas)
    # libphonenumber counts some of their fixed numbers to France as well; France numbers none of its own so.
    is_french = phonenumbers.is_valid_number(number) and national[0] not in "25"
    return moved if phonenumbers.is_valid_number(moved) and not is_french else number


def _best(numbers: list[PhoneNumber]) -> PhoneNumber:
    return next(filter(phonenumbers.is_valid_number, numbers), numbers[0])


def _phone(number: PhoneNumber, extension: str, region: str) -> Phone:
    of_number = phonenumbers.region_code_for_number(number) or ""
    advice = of_number if of_number in phonenumbers.SUPPORTED_REGIONS else region
    is_valid = phonenumbers.is_valid_number(number)
    if not is_valid and _is_short(number):
        raise _fault("short_number", region)
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE or not _is_stable(e164):
        raise _fault("impossible", advice)
    kind = _KINDS.get(phonenumbers.number_type(number), "unknown")
    if kind == "premium":
        raise _fault("premium", advice)
    readable = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    return Phone(
        e164=e164,
        extension=extension,
        readable=f"{readable} ext. {extension}" if extension else readable,
        country=of_number,
        kind=kind,
        is_valid=is_valid,
    )


def _is_stable(e164: str) -> bool:
    """Whether a number reads as itself: one of zeros only, say, loses some on the way."""
    return phonenumbers.format_number(phonenumbers.parse(e164), PhoneNumberFormat.E164) == e164


def _is_short(number: PhoneNumber) -> bool:
    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(number.country_code or 0, ())
    national = phonenumbers.national_significant_number(number)
    return any(
        phonenumbers.is_valid_short_number_for_region(number, region)
        or phonenumbers.is_emergency_number(national, region)
        for region in regions
    )
