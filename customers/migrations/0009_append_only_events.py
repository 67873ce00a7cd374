import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from customers.append_only import guards, lifts


def guard(apps, schema_editor):
    events = apps.get_model("customers", "Event")._meta
    columns = [field.column for field in events.local_concrete_fields]
    for statement in guards(schema_editor.connection.vendor, events.db_table, columns, forgets="actor_id"):
        schema_editor.execute(statement, None)


def unguard(apps, schema_editor):
    table = apps.get_model("customers", "Event")._meta.db_table
    for statement in lifts(schema_editor.connection.vendor, table):
        schema_editor.execute(statement, None)


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0008_phone_index'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='event',
            name='at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='at'),
        ),
        migrations.AlterField(
            model_name='event',
            name='partner',
            field=models.ForeignKey(blank=True, help_text='Empty for what is of no partner: the list of industries, an account of staff.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='customers.partner'),
        ),
        migrations.AddIndex(
            model_name='customer',
            index=models.Index(fields=['name', 'id'], name='customer_name'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['-at', '-id'], name='event_at'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['partner', '-at'], name='event_partner_at'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['actor', '-at'], name='event_actor_at'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['actor_name', '-at'], name='event_actor_name_at'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['action', '-at'], name='event_action_at'),
        ),
        migrations.RunPython(guard, unguard),
    ]
