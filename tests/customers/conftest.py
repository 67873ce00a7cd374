"""Customers of two partners, some of the same name."""

import pytest

from customers.models import Customer, Partner
from tests import builders


@pytest.fixture
def ours(partner: Partner) -> list[Customer]:
    return [builders.make_customer(partner, name=f"Zwaan {place}", city="Gent") for place in range(5)]


@pytest.fixture
def theirs(other_partner: Partner) -> list[Customer]:
    names = ("Zwaan 0", "Zwaan 2 b", "Zwaluw", "Aalscholver")
    return [builders.make_customer(other_partner, name=name, city="Gent") for name in names]
