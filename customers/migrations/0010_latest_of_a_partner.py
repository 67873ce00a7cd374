from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0009_append_only_events'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='customer',
            index=models.Index(condition=models.Q(('approved_at__isnull', False)), fields=['partner', '-approved_at'], name='customer_partner_approved'),
        ),
    ]
