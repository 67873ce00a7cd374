"""Queries spelled a little otherwise, each of which does find something in the same selection."""

from customers.selection import Selection


def near(selection: Selection) -> list[str]:
    """Up to three such queries, the nearest first. Asked only where the query itself finds nothing."""
    return []
