import pytest

from contacts.models import Contact
from customers.models import Partner
from portal.models import User
from tests import builders
from tests.conftest import SignIn
from tests.portal.onboarding.walk import Walk


@pytest.fixture
def own_contact(partner: Partner) -> Contact:
    return builders.make_contact(partner, first_name="Els", last_name="Goossens", email="els@brightcloud.example")


@pytest.fixture
def walk(onboarder: User, signed_in: SignIn) -> Walk:
    return Walk(signed_in(onboarder))
