from collections import defaultdict
from importlib import import_module

from django.conf import settings
from django.db import migrations

from contacts.gaps import gap_code, gaps, must_be_mended
from contacts.policy import ContactKind, Role, Side
from contacts.violations import Nominee
from customers import phone
from customers.search_text import domain

BATCH = 500
bulk = import_module("customers.migrations.0012_search_columns_filled").bulk


def is_personal(number):
    try:
        return phone.parse(number, None).is_personal_line
    except phone.PhoneFault:
        return False


def nominee(contact):
    return Nominee(
        name="",
        side=Side.OWN if contact.partner_id else Side.CUSTOMER,
        kind=ContactKind(contact.kind),
        email=contact.email,
        has_phone=bool(contact.phone),
        phone_is_personal=is_personal(contact.phone),
        has_left=contact.removed_at is not None,
    )


def gap(customer, holders):
    judged = gaps(
        holders,
        relationship=customer.relationship,
        uses_secwise_watch=customer.uses_secwise_watch,
        blocked_domains=settings.COMMERCIAL_EMAIL_BLOCKED_DOMAINS,
    )
    return gap_code(must_be_mended(judged))


def fill(apps, schema_editor):
    with bulk(schema_editor):
        write(apps)


def write(apps):
    """What is wrong with the roles of each customer, and the domains that its people are found by."""
    search = apps.get_model("customers", "CustomerSearch").objects
    customers = apps.get_model("customers", "Customer").objects.order_by("pk")
    assignments = apps.get_model("contacts", "RoleAssignment").objects.select_related("contact").order_by()
    contacts = apps.get_model("contacts", "Contact").objects.order_by()
    last = 0
    while batch := list(customers.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        holders, domains = defaultdict(dict), defaultdict(set)
        for one in assignments.filter(customer__in=batch):
            holders[one.customer_id][Role(one.role)] = nominee(one.contact)
            domains[one.customer_id].add(domain(one.contact.email))
        for customer, email in contacts.filter(customer__in=batch).values_list("customer", "email"):
            domains[customer].add(domain(email))
        by_key = {customer.pk: customer for customer in batch}
        rows = list(search.filter(pk__in=by_key))
        for row in rows:
            row.gap = gap(by_key[row.pk], holders[row.pk])
            if row.people:
                more = "".join(f"{word} " for word in sorted(domains[row.pk]))
                row.people, row.doc = row.people + more, row.doc + more
        search.bulk_create(
            rows, update_conflicts=True, unique_fields=["customer"], update_fields=["gap", "people", "doc"]
        )


class Migration(migrations.Migration):

    dependencies = [("contacts", "0005_email_index"), ("customers", "0013_search_column_indexes")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
