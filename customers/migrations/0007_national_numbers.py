import django.db.models.functions.comparison
from django.db import migrations, models

NATIONAL_NUMBER = models.CharField(
    blank=True,
    default='',
    help_text='Where it has no VAT number: country and number, as `customers.national` writes them.',
    max_length=60,
    verbose_name='national registration number',
)
REASON = models.CharField(
    blank=True,
    choices=[('exempt', 'It is exempt from VAT'), ('not_yet_registered', 'It is not registered for VAT yet')],
    default='',
    max_length=20,
    verbose_name='why it has no VAT number',
)


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0006_who_asked_the_register'),
    ]

    operations = [
        *[
            migrations.AddField(model_name=model, name=name, field=field, preserve_default=False)
            for model in ('customer', 'historicalcustomer')
            for name, field in (('national_number', NATIONAL_NUMBER), ('no_vat_reason', REASON))
        ],
        migrations.RemoveConstraint(model_name='customer', name='customer_one_per_partner_and_vat'),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.UniqueConstraint(
                models.F('partner'),
                django.db.models.functions.comparison.Coalesce(
                    django.db.models.functions.comparison.NullIf(models.F('vat_number'), models.Value('')),
                    models.F('national_number'),
                ),
                condition=models.Q(
                    ('status__in', ('pending', 'active', 'ended')),
                    models.Q(('national_number', ''), ('vat_number', ''), _negated=True),
                ),
                name='customer_one_per_partner_and_number',
                violation_error_message='This partner already has a customer with this number.',
            ),
        ),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(('national_number', ''), ('no_vat_reason', '')),
                    models.Q(
                        ('no_vat_reason__in', ['exempt', 'not_yet_registered']),
                        ('vat_number', ''),
                        models.Q(('national_number', ''), _negated=True),
                    ),
                    _connector='OR',
                ),
                name='customer_national_number_instead_of_vat',
            ),
        ),
    ]
