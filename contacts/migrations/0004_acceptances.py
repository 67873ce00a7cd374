import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from customers.append_only import guards, lifts


def guard(apps, schema_editor):
    acceptances = apps.get_model("contacts", "Acceptance")._meta
    columns = [field.column for field in acceptances.local_concrete_fields]
    for statement in guards(schema_editor.connection.vendor, acceptances.db_table, columns):
        schema_editor.execute(statement, None)


def unguard(apps, schema_editor):
    table = apps.get_model("contacts", "Acceptance")._meta.db_table
    for statement in lifts(schema_editor.connection.vendor, table):
        schema_editor.execute(statement, None)


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0003_phone_index'),
        ('customers', '0009_append_only_events'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Acceptance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_name', models.CharField(max_length=120, verbose_name='first name')),
                ('last_name', models.CharField(max_length=120, verbose_name='last name')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('phone', models.CharField(blank=True, help_text='E.164', max_length=20, verbose_name='phone number')),
                ('phone_extension', models.CharField(blank=True, max_length=10, verbose_name='extension')),
                ('accepted_on', models.DateField(verbose_name='accepted on')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded')),
            ],
            options={
                'verbose_name': 'acceptance of the Microsoft agreement',
                'verbose_name_plural': 'acceptances of the Microsoft agreement',
                'ordering': ['-recorded_at', '-pk'],
                'default_permissions': ('add', 'view'),
            },
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(fields=['last_name', 'first_name', 'id'], name='contact_name'),
        ),
        migrations.AddField(
            model_name='acceptance',
            name='customer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acceptances', to='customers.customer', verbose_name='customer'),
        ),
        migrations.AddField(
            model_name='acceptance',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by'),
        ),
        migrations.AddIndex(
            model_name='acceptance',
            index=models.Index(fields=['customer', '-recorded_at'], name='acceptance_customer_at'),
        ),
        migrations.RunPython(guard, unguard),
    ]
