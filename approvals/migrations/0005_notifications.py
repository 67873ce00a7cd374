import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


def link_events(apps, schema_editor):
    """Every mail so far was about one recorded move of a request; one whose record is not found has nothing to tell."""
    Event = apps.get_model("customers", "Event")
    Mailing = apps.get_model("approvals", "Mailing")
    for mailing in Mailing.objects.select_related("request"):
        events = Event.objects.filter(reference=mailing.request.reference, action=f"request.{mailing.kind}")
        found = list(events.order_by("at", "pk"))
        told = [event for event in found if event.facts.get("version", mailing.version) == mailing.version]
        if not told:
            mailing.delete()
            continue
        mailing.event = told[-1]
        if mailing.kind == "submitted" and mailing.version > 1:
            mailing.kind = "resubmitted"
        mailing.save()


class Migration(migrations.Migration):

    dependencies = [
        ('approvals', '0004_asked_changes'),
        ('customers', '0006_who_asked_the_register'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='key')),
                ('kind', models.CharField(choices=[('submitted', 'Request sent'), ('changes_requested', 'Changes asked for'), ('resubmitted', 'Request sent again'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn'), ('message', 'Message'), ('late', 'Waits too long'), ('digest', 'What waits too long, once a day')], max_length=20, verbose_name='kind')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='read')),
            ],
            options={
                'verbose_name': 'notification',
                'verbose_name_plural': 'notifications',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='NotificationChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('submitted', 'Request sent'), ('changes_requested', 'Changes asked for'), ('resubmitted', 'Request sent again'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn'), ('message', 'Message'), ('late', 'Waits too long'), ('digest', 'What waits too long, once a day')], max_length=20, verbose_name='kind')),
                ('by_mail', models.BooleanField(verbose_name='by mail')),
            ],
            options={
                'verbose_name': 'choice of notification',
                'verbose_name_plural': 'choices of notification',
            },
        ),
        migrations.RemoveConstraint(
            model_name='mailing',
            name='mailing_once',
        ),
        migrations.RemoveConstraint(
            model_name='mailing',
            name='mailing_outcome_known',
        ),
        migrations.RemoveField(
            model_name='mailing',
            name='actor_name',
        ),
        migrations.AddField(
            model_name='mailing',
            name='day',
            field=models.DateField(blank=True, help_text='Of a digest, which is about no one event.', null=True, verbose_name='day'),
        ),
        migrations.AddField(
            model_name='mailing',
            name='event',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mailings', to='customers.event'),
        ),
        migrations.AddField(
            model_name='mailing',
            name='message',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mailings', to='approvals.message'),
        ),
        migrations.AddField(
            model_name='registrationrequest',
            name='due_at',
            field=models.DateTimeField(blank=True, help_text='While it waits for us: by when we want to answer.', null=True, verbose_name='answer due'),
        ),
        migrations.AlterField(
            model_name='mailing',
            name='kind',
            field=models.CharField(choices=[('submitted', 'Request sent'), ('changes_requested', 'Changes asked for'), ('resubmitted', 'Request sent again'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn'), ('message', 'Message'), ('late', 'Waits too long'), ('digest', 'What waits too long, once a day')], max_length=20, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='mailing',
            name='outcome',
            field=models.CharField(choices=[('waiting', 'Waiting'), ('sent', 'Sent'), ('refused', 'Not sent: the reader may no longer see what it is about'), ('settled', 'Not sent: nothing was left to tell'), ('given_up', 'Given up: the mail server did not take it')], default='waiting', max_length=12, verbose_name='outcome'),
        ),
        migrations.AlterField(
            model_name='mailing',
            name='request',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mailings', to='approvals.registrationrequest'),
        ),
        migrations.AlterField(
            model_name='mailing',
            name='version',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Of the submission it is about.', null=True, verbose_name='version'),
        ),
        migrations.AddIndex(
            model_name='registrationrequest',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='request_due'),
        ),
        migrations.AddField(
            model_name='notification',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notifications', to='customers.event'),
        ),
        migrations.AddField(
            model_name='notification',
            name='message',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notifications', to='approvals.message'),
        ),
        migrations.AddField(
            model_name='notification',
            name='partner',
            field=models.ForeignKey(help_text="Whose matter it is: nobody else's to read.", on_delete=django.db.models.deletion.PROTECT, related_name='+', to='customers.partner'),
        ),
        migrations.AddField(
            model_name='notification',
            name='recipient',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='notification',
            name='request',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notifications', to='approvals.registrationrequest'),
        ),
        migrations.AddField(
            model_name='notificationchoice',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notification_choices', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(fields=['recipient', '-created_at', '-id'], name='notification_latest'),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(condition=models.Q(('read_at__isnull', True)), fields=['recipient'], name='notification_unread'),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.UniqueConstraint(fields=('event', 'recipient'), name='notification_once'),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['submitted', 'changes_requested', 'resubmitted', 'approved', 'rejected', 'withdrawn', 'message', 'late', 'digest'])), name='notification_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.CheckConstraint(condition=models.Q(('request__isnull', False), ('message__isnull', False), _connector='OR'), name='notification_about_something'),
        ),
        migrations.AddConstraint(
            model_name='notificationchoice',
            constraint=models.UniqueConstraint(fields=('user', 'kind'), name='notification_choice_once'),
        ),
        migrations.RunPython(link_events, migrations.RunPython.noop),
    ]
