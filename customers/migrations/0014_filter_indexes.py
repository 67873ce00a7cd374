from django.db import migrations, models


def take_time(apps, schema_editor):
    """Pages have a time limit; building indexes of a large table has none."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET LOCAL statement_timeout = 0")


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0013_search_column_indexes'),
    ]

    operations = [
        migrations.RunPython(take_time, take_time),
        migrations.AddIndex(
            model_name='customersearch',
            index=models.Index(fields=['relationship', 'name_sort', 'customer'], name='search_relationship'),
        ),
        migrations.AddIndex(
            model_name='customersearch',
            index=models.Index(condition=models.Q(('status', 'ended')), fields=['name_sort', 'customer'], name='search_ended'),
        ),
    ]
