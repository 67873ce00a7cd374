from django.db import migrations, transaction
from django.db.utils import DatabaseError

TABLE = "customers_customersearch"


def prepare_search(apps, schema_editor):
    """On PostgreSQL: compare the folded columns byte by byte, and find parts of words by trigrams.

    The extension needs a role that may create it (PostgreSQL 13 and later: the owner of the database). Where it can
    be neither found nor created the portal works all the same, only slower in large tables; create it as a superuser
    and run the two statements below by hand, or migrate back to 0002 and forth again.
    """
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(
        f'ALTER TABLE {TABLE}'
        ' ALTER COLUMN name_sort TYPE varchar(400) COLLATE "C",'
        ' ALTER COLUMN vat TYPE varchar(20) COLLATE "C",'
        ' ALTER COLUMN doc TYPE text COLLATE "C"'
    )
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError:
        return
    schema_editor.execute(f"CREATE INDEX search_doc ON {TABLE} USING gin (doc gin_trgm_ops) WITH (fastupdate = off)")
    schema_editor.execute(f"ALTER TABLE {TABLE} ALTER COLUMN doc SET STATISTICS 400")


def undo(apps, schema_editor):
    """Only the index goes: the collation is right for these columns whatever the version."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS search_doc")


class Migration(migrations.Migration):
    dependencies = [("customers", "0002_industries")]

    operations = [migrations.RunPython(prepare_search, undo)]
