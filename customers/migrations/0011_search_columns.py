import django.db.models.deletion
from django.db import migrations, models

TABLE = "customers_customersearch"


def compare_bytes(apps, schema_editor):
    """Fold and compare as the columns of 0003 do."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f'ALTER TABLE {TABLE}'
            ' ALTER COLUMN town_sort TYPE varchar(120) COLLATE "C",'
            ' ALTER COLUMN partner_sort TYPE varchar(200) COLLATE "C",'
            ' ALTER COLUMN relationship TYPE varchar(20) COLLATE "C",'
            ' ALTER COLUMN country TYPE varchar(2) COLLATE "C",'
            ' ALTER COLUMN gap TYPE varchar(40) COLLATE "C"'
        )


def text(length, **options):
    return models.CharField(default="", max_length=length, **options)


class Migration(migrations.Migration):

    dependencies = [("customers", "0010_latest_of_a_partner")]

    operations = [
        migrations.AddField("customersearch", "town_sort", text(120), preserve_default=False),
        migrations.AddField("customersearch", "partner_sort", text(200), preserve_default=False),
        migrations.AddField("customersearch", "approved_at", models.DateTimeField(null=True)),
        migrations.AddField("customersearch", "relationship", text(20), preserve_default=False),
        migrations.AddField("customersearch", "country", text(2), preserve_default=False),
        migrations.AddField(
            "customersearch",
            "industry",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="customers.industry",
            ),
        ),
        migrations.AddField("customersearch", "gap", text(40, blank=True), preserve_default=False),
        migrations.RunPython(compare_bytes, migrations.RunPython.noop),
    ]
