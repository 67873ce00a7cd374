"""The steps in which a request is filled in, and how far a draft has come. Pure."""

from collections.abc import Collection
from enum import StrEnum


class Step(StrEnum):
    VAT = "vat"
    DETAILS = "details"
    CONTACTS = "contacts"
    REVIEW = "review"


ORDER = tuple(Step)


def first_open(done: Collection[str]) -> Step:
    """The first step whose last *Next* was not valid; the review once all before it are."""
    return next((step for step in ORDER if step not in done), Step.REVIEW)
