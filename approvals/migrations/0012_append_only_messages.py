from django.db import migrations

from customers.append_only import guards, lifts

GUARDED = {"Message": "author_id", "Attachment": ""}


def guard(apps, schema_editor):
    for model, forgets in GUARDED.items():
        rows = apps.get_model("approvals", model)._meta
        columns = [field.column for field in rows.local_concrete_fields]
        for statement in guards(schema_editor.connection.vendor, rows.db_table, columns, forgets=forgets):
            schema_editor.execute(statement, None)


def unguard(apps, schema_editor):
    for model in GUARDED:
        table = apps.get_model("approvals", model)._meta.db_table
        for statement in lifts(schema_editor.connection.vendor, table):
            schema_editor.execute(statement, None)


class Migration(migrations.Migration):

    dependencies = [
        ('approvals', '0011_copies'),
        ('customers', '0009_append_only_events'),
    ]

    operations = [
        migrations.RunPython(guard, unguard),
    ]
