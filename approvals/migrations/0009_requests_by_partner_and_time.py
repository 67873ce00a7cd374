from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('approvals', '0008_answers_due'),
        ('customers', '0008_phone_index'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='registrationrequest',
            index=models.Index(fields=['partner', 'submitted_at'], name='request_partner_submitted'),
        ),
    ]
