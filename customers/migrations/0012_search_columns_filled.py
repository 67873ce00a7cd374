from contextlib import contextmanager

from django.db import migrations

from customers.search_text import fold

UPDATE = """
UPDATE customers_customersearch SET
    town_sort = town.folded, partner_sort = partner.folded, approved_at = customer.approved_at,
    relationship = customer.relationship, country = customer.country, industry_id = customer.industry_id
FROM customers_customer customer
    JOIN search_town town ON town.city = customer.city
    JOIN search_partner partner ON partner.id = customer.partner_id
WHERE customer.id = customers_customersearch.customer_id
"""


DOC = "CREATE INDEX search_doc ON customers_customersearch USING gin (doc gin_trgm_ops) WITH (fastupdate = off)"


@contextmanager
def bulk(schema_editor):
    """For a statement over all rows of a large table, on PostgreSQL: without the time limit of pages, and without the
    trigram index, which is quicker built again than kept true for each row."""
    if schema_editor.connection.vendor != "postgresql":
        yield
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        # Where the extension may not be created, there is none.
        cursor.execute("SELECT to_regclass('search_doc') IS NOT NULL")
        (is_there,) = cursor.fetchone()
        cursor.execute("DROP INDEX IF EXISTS search_doc")
        yield
        # What hangs on the rows is checked now: nobody alters a table that has checks to come.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        if is_there:
            cursor.execute(DOC)


def fill(apps, schema_editor):
    with bulk(schema_editor):
        write(apps, schema_editor)


def write(apps, schema_editor):
    """One statement for all rows: each town and each partner is folded once."""
    customers = apps.get_model("customers", "Customer").objects
    towns = customers.order_by().values_list("city", flat=True).distinct()
    partners = apps.get_model("customers", "Partner").objects.order_by().values_list("id", "name")
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE search_town (city varchar(120) PRIMARY KEY, folded varchar(120))")
        cursor.execute("CREATE TEMPORARY TABLE search_partner (id bigint PRIMARY KEY, folded varchar(200))")
        cursor.executemany(
            "INSERT INTO search_town VALUES (%s, %s)", [(town, fold(town)[:120]) for town in towns.iterator()]
        )
        cursor.executemany(
            "INSERT INTO search_partner VALUES (%s, %s)", [(key, fold(name)[:200]) for key, name in partners]
        )
        cursor.execute(UPDATE)
        cursor.execute("DROP TABLE search_town")
        cursor.execute("DROP TABLE search_partner")


class Migration(migrations.Migration):

    dependencies = [("customers", "0011_search_columns")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
