import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('approvals', '0002_conversations'),
        ('customers', '0006_who_asked_the_register'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FirstApproval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('approved_at', models.DateTimeField(auto_now_add=True, verbose_name='approved')),
                ('signals', models.JSONField(default=list, verbose_name='checks as seen')),
                ('override_reason', models.TextField(blank=True, verbose_name='reason for approving all the same')),
            ],
            options={
                'verbose_name': 'first approval',
                'verbose_name_plural': 'first approvals',
            },
        ),
        migrations.AddField(
            model_name='decision',
            name='first_approved_by',
            field=models.ForeignKey(blank=True, help_text='Where two persons had to approve: the other one.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='first approved by'),
        ),
        migrations.AddField(
            model_name='decision',
            name='override_reason',
            field=models.TextField(blank=True, help_text='For staff; the partner never reads it.', verbose_name='reason for approving all the same'),
        ),
        migrations.AddField(
            model_name='decision',
            name='signals',
            field=models.JSONField(default=list, verbose_name='checks as seen'),
        ),
        migrations.AddField(
            model_name='registrationrequest',
            name='held_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='held since'),
        ),
        migrations.AddField(
            model_name='registrationrequest',
            name='held_by',
            field=models.ForeignKey(blank=True, editable=False, help_text='The approver who works on it; counts while it has not lapsed.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='held by'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('first_approved_by__isnull', True), models.Q(('first_approved_by', models.F('decided_by')), _negated=True), _connector='OR'), name='decision_by_two_persons'),
        ),
        migrations.AddConstraint(
            model_name='registrationrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('held_at__isnull', True), ('held_by__isnull', True)), models.Q(('held_at__isnull', False), ('held_by__isnull', False)), _connector='OR'), name='request_held_by_somebody_since'),
        ),
        migrations.AddConstraint(
            model_name='registrationrequest',
            constraint=models.CheckConstraint(condition=models.Q(('held_by__isnull', True), ('state', 'submitted'), _connector='OR'), name='request_held_only_while_submitted'),
        ),
        migrations.AddField(
            model_name='firstapproval',
            name='approved_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='firstapproval',
            name='submission',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='first_approval', to='approvals.submission'),
        ),
    ]
