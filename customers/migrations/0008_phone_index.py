from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0007_national_numbers'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='customer',
            index=models.Index(fields=['phone'], name='customer_phone'),
        ),
    ]
