from django.db import migrations

INDEX = "ALTER INDEX IF EXISTS contact_search_doc"


def let_pend(apps, schema_editor):
    """As the trigrams of customers do: a saved row's wait for those of others, and of what waits there is little."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"{INDEX} SET (fastupdate = on, gin_pending_list_limit = 256)")


def sort_in_at_once(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"{INDEX} SET (fastupdate = off)")
        schema_editor.execute(f"{INDEX} RESET (gin_pending_list_limit)")


class Migration(migrations.Migration):

    dependencies = [("contacts", "0007_contact_search")]

    operations = [migrations.RunPython(let_pend, sort_in_at_once)]
