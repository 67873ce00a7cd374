"""Which company is a person's own."""

from typing import Any

from customers.models import Customer


def own_company(user: Any) -> Customer | None:
    """The company whose own user this is; None for everybody else."""
    membership = getattr(user, "membership", None)
    return membership.customer if membership is not None else None
