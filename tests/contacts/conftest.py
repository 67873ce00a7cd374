import pytest

from customers.models import Customer, CustomerStatus, Partner
from tests.builders import make_customer


@pytest.fixture
def pending(partner: Partner) -> Customer:
    return make_customer(partner, status=CustomerStatus.PENDING, approved_at=None)
