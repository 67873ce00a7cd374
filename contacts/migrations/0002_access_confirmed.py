import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0001_initial'),
        ('customers', '0006_who_asked_the_register'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='contact',
            name='access_confirmed_at',
            field=models.DateTimeField(blank=True, editable=False, help_text='When Arxus confirmed portal access and ServiceNow permissions.', null=True, verbose_name='access confirmed'),
        ),
        migrations.AddField(
            model_name='contact',
            name='access_confirmed_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='access confirmed by'),
        ),
        migrations.AddField(
            model_name='historicalcontact',
            name='access_confirmed_at',
            field=models.DateTimeField(blank=True, editable=False, help_text='When Arxus confirmed portal access and ServiceNow permissions.', null=True, verbose_name='access confirmed'),
        ),
        migrations.AddField(
            model_name='historicalcontact',
            name='access_confirmed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='access confirmed by'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('access_confirmed_at__isnull', True), ('access_confirmed_by__isnull', True)), models.Q(('access_confirmed_at__isnull', False), ('access_confirmed_by__isnull', False)), _connector='OR'), name='contact_access_confirmed_by_somebody'),
        ),
    ]
