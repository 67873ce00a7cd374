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


def fill(apps, schema_editor):
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
