import django.db.models.deletion
from django.db import migrations, models


def take_time(apps, schema_editor):
    """Pages have a time limit; building indexes of a large table has none."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET LOCAL statement_timeout = 0")


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0012_search_columns_filled'),
    ]

    operations = [
        migrations.RunPython(take_time, take_time),
        migrations.AlterField(
            model_name='customersearch',
            name='industry',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='customers.industry'),
        ),
        migrations.AddIndex(
            model_name='customersearch',
            index=models.Index(fields=['town_sort', 'name_sort', 'customer'], name='search_town'),
        ),
        migrations.AddIndex(
            model_name='customersearch',
            index=models.Index(fields=['approved_at', 'customer'], name='search_approved'),
        ),
        migrations.AddIndex(
            model_name='customersearch',
            index=models.Index(fields=['partner_sort', 'name_sort', 'customer'], name='search_partner_sort'),
        ),
        migrations.AddIndex(
            model_name='customersearch',
            index=models.Index(fields=['country', 'name_sort', 'customer'], name='search_country'),
        ),
        migrations.AddIndex(
            model_name='customersearch',
            index=models.Index(fields=['industry', 'name_sort', 'customer'], name='search_industry'),
        ),
        migrations.AddIndex(
            model_name='customersearch',
            index=models.Index(condition=models.Q(('gap', ''), _negated=True), fields=['name_sort', 'customer'], name='search_gap'),
        ),
    ]
