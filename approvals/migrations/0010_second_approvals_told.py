from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('approvals', '0009_requests_by_partner_and_time'),
        ('customers', '0008_phone_index'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='notification',
            name='notification_kind_known',
        ),
        migrations.AlterField(
            model_name='mailing',
            name='kind',
            field=models.CharField(choices=[('submitted', 'Request sent'), ('changes_requested', 'Changes asked for'), ('resubmitted', 'Request sent again'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn'), ('message', 'Message'), ('second_approval', 'Waits for a second approver'), ('late', 'Waits too long'), ('digest', 'What waits too long, once a day')], max_length=20, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='notification',
            name='kind',
            field=models.CharField(choices=[('submitted', 'Request sent'), ('changes_requested', 'Changes asked for'), ('resubmitted', 'Request sent again'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn'), ('message', 'Message'), ('second_approval', 'Waits for a second approver'), ('late', 'Waits too long'), ('digest', 'What waits too long, once a day')], max_length=20, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='notificationchoice',
            name='kind',
            field=models.CharField(choices=[('submitted', 'Request sent'), ('changes_requested', 'Changes asked for'), ('resubmitted', 'Request sent again'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn'), ('message', 'Message'), ('second_approval', 'Waits for a second approver'), ('late', 'Waits too long'), ('digest', 'What waits too long, once a day')], max_length=20, verbose_name='kind'),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['submitted', 'changes_requested', 'resubmitted', 'approved', 'rejected', 'withdrawn', 'message', 'second_approval', 'late', 'digest'])), name='notification_kind_known'),
        ),
    ]
