import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('approvals', '0010_second_approvals_told'),
    ]

    operations = [
        migrations.AddField(
            model_name='registrationrequest',
            name='copied_from',
            field=models.ForeignKey(blank=True, editable=False, help_text='The rejected or withdrawn request whose answers it began with.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='approvals.registrationrequest', verbose_name='started again from'),
        ),
    ]
