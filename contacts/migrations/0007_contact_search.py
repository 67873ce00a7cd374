import django.db.models.deletion
from django.db import migrations, models

from customers.search_rows import phone_forms
from customers.search_text import document, domain, fold

BATCH = 2_000
TABLE = "contacts_contactsearch"


def compare_bytes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f'ALTER TABLE {TABLE}'
            ' ALTER COLUMN name_sort TYPE varchar(250) COLLATE "C",'
            ' ALTER COLUMN doc TYPE text COLLATE "C"'
        )


def fill(apps, schema_editor):
    contacts = apps.get_model("contacts", "Contact").objects.order_by("pk")
    search = apps.get_model("contacts", "ContactSearch")
    last = 0
    while batch := list(contacts.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        search.objects.bulk_create([row(search, contact) for contact in batch])
    if schema_editor.connection.vendor == "postgresql":
        # What hangs on the rows is checked now: nobody alters a table that has checks to come.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def row(search, contact):
    name = f"{contact.first_name} {contact.last_name}".strip()
    phones = phone_forms(contact.phone) if contact.phone else ""
    return search(
        contact=contact,
        partner_id=contact.partner_id,
        name_sort=fold(name)[:250],
        doc=document([name, contact.email, phones, domain(contact.email), contact.number]),
    )


def find_parts(apps, schema_editor):
    """Trigrams, as for customers; where the extension may not be had, contacts are found more slowly."""
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'")
        (is_there,) = cursor.fetchone()
    if is_there:
        schema_editor.execute(
            f"CREATE INDEX contact_search_doc ON {TABLE} USING gin (doc gin_trgm_ops) WITH (fastupdate = off)"
        )
        schema_editor.execute(f"ALTER TABLE {TABLE} ALTER COLUMN doc SET STATISTICS 400")


class Migration(migrations.Migration):

    dependencies = [("contacts", "0006_search_gaps")]

    operations = [
        migrations.CreateModel(
            name="ContactSearch",
            fields=[
                (
                    "contact",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search",
                        serialize=False,
                        to="contacts.contact",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="customers.partner",
                    ),
                ),
                ("name_sort", models.CharField(max_length=250)),
                ("doc", models.TextField()),
            ],
        ),
        migrations.RunPython(compare_bytes, migrations.RunPython.noop),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="contactsearch",
            index=models.Index(
                condition=models.Q(("partner__isnull", False)),
                fields=["partner", "name_sort", "contact"],
                name="contact_search_own",
            ),
        ),
        migrations.RunPython(find_parts, migrations.RunPython.noop),
    ]
