from collections import defaultdict

from django.conf import settings
from django.db import migrations

from contacts.gaps import gap_code, gaps, must_be_mended
from contacts.policy import ContactKind, Role, Side
from contacts.violations import Nominee
from customers import phone

BATCH = 1_000


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


def fill(apps, schema_editor):
    """Only rows with a gap are written; few have one."""
    search = apps.get_model("customers", "CustomerSearch").objects
    assignments = apps.get_model("contacts", "RoleAssignment").objects
    last = 0
    while batch := list(
        apps.get_model("customers", "Customer").objects.order_by("pk").filter(pk__gt=last)[:BATCH]
    ):
        last = batch[-1].pk
        holders = defaultdict(dict)
        for one in assignments.filter(customer__in=batch).select_related("contact").order_by():
            holders[one.customer_id][Role(one.role)] = nominee(one.contact)
        found = defaultdict(list)
        for customer in batch:
            judged = gaps(
                holders[customer.pk],
                relationship=customer.relationship,
                uses_secwise_watch=customer.uses_secwise_watch,
                blocked_domains=settings.COMMERCIAL_EMAIL_BLOCKED_DOMAINS,
            )
            if code := gap_code(must_be_mended(judged)):
                found[code].append(customer.pk)
        for code, keys in found.items():
            search.filter(pk__in=keys).update(gap=code)


class Migration(migrations.Migration):

    dependencies = [("contacts", "0005_email_index"), ("customers", "0013_search_column_indexes")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
