"""The domains of e-mail addresses, so that one domain is one text however it is spelled. Pure."""

import unicodedata


def domain_of(email: str) -> str:
    """The domain of an address, folded, in its ASCII form: look-alike spellings of one domain come out the same."""
    domain = unicodedata.normalize("NFKC", email.rpartition("@")[2]).strip().rstrip(".。").casefold()
    try:
        return domain.encode("idna").decode("ascii").casefold()
    except UnicodeError:
        return domain


def readable(domain: str) -> str:
    """A folded domain as people read it: `xn--exmple-cua.be` -> `exämple.be`."""
    try:
        return domain.encode("ascii").decode("idna")
    except UnicodeError:
        return domain
