from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('approvals', '0005_notifications'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='mailing',
            constraint=models.UniqueConstraint(fields=('event', 'recipient'), name='mailing_once'),
        ),
        migrations.AddConstraint(
            model_name='mailing',
            constraint=models.UniqueConstraint(fields=('day', 'recipient'), name='mailing_one_digest_a_day'),
        ),
        migrations.AddConstraint(
            model_name='mailing',
            constraint=models.CheckConstraint(condition=models.Q(('event__isnull', True), ('day__isnull', True), _connector='XOR'), name='mailing_event_xor_day'),
        ),
        migrations.AddConstraint(
            model_name='mailing',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['waiting', 'sent', 'refused', 'settled', 'given_up'])), name='mailing_outcome_known'),
        ),
    ]
