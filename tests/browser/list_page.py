"""The table of customers as its tests in a browser see it."""

import re

from playwright.sync_api import Locator, Page, expect

from contacts import search_rows
from customers.models import Customer, CustomerStatus, Partner
from tests import builders


def fill(partner: Partner) -> list[Customer]:
    """More than a page of customers, by name; two are in the Netherlands."""
    customers = [
        Customer(
            partner=partner,
            name=f"Made {number:02} NV",
            country="NL" if number < 2 else "BE",
            city=f"Town {(7 * number + 3) % 52:02}",
        )
        for number in range(52)
    ]
    made = builders.make_customer(partner, name="Model NV")
    for customer in customers:
        customer.industry, customer.status = made.industry, CustomerStatus.ACTIVE
        customer.approved_at, customer.relationship = made.approved_at, made.relationship
    Customer.objects.bulk_create(customers)
    made.delete()
    search_rows.refresh(Customer.objects.all())
    return customers


def is_at(page: Page, query: str, first: str) -> None:
    expect(page).to_have_url(re.compile(r"/customers/" + re.escape(query) + "$"))
    expect(page.locator("#results .row-link").first).to_have_text(first)


def head(page: Page, name: str) -> Locator:
    return page.locator("thead a", has_text=name)


def chip(page: Page, name: str) -> Locator:
    return page.locator(".chip > summary", has_text=name)


def link(page: Page, name: str) -> Locator:
    return page.locator("#results").get_by_role("link", name=name)
