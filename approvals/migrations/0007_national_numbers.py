import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('approvals', '0006_mails_of_events'),
        ('customers', '0007_national_numbers'),
    ]

    operations = [
        migrations.AddField(
            model_name='registrationrequest',
            name='national_number',
            field=models.CharField(blank=True, default='', max_length=60, verbose_name='national registration number'),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(model_name='registrationrequest', name='request_one_open_per_partner_and_vat'),
        migrations.AddConstraint(
            model_name='registrationrequest',
            constraint=models.UniqueConstraint(
                models.F('partner'),
                django.db.models.functions.comparison.Coalesce(
                    django.db.models.functions.comparison.NullIf(models.F('vat_number'), models.Value('')),
                    models.F('national_number'),
                ),
                condition=models.Q(
                    ('state__in', ('draft', 'submitted', 'changes_requested')),
                    models.Q(('national_number', ''), ('vat_number', ''), _negated=True),
                ),
                name='request_one_open_per_partner_and_number',
            ),
        ),
        migrations.AddConstraint(
            model_name='registrationrequest',
            constraint=models.CheckConstraint(
                condition=models.Q(('vat_number', ''), ('national_number', ''), _connector='OR'),
                name='request_number_of_one_kind',
            ),
        ),
    ]
