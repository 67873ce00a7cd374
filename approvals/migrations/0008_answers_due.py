from datetime import timedelta

from django.conf import settings
from django.db import migrations, models

from approvals.working_time import after


def name_a_moment(apps, schema_editor):
    """What waits already gets the whole time from its latest version on."""
    RegistrationRequest = apps.get_model("approvals", "RegistrationRequest")
    for request in RegistrationRequest.objects.filter(state="submitted"):
        latest = request.submissions.order_by("version").last()
        if latest is not None:
            request.due_at = after(settings.OFFICE, latest.submitted_at, timedelta(hours=settings.ANSWER_TARGET_HOURS))
            request.save(update_fields=["due_at"])


class Migration(migrations.Migration):

    dependencies = [
        ('approvals', '0007_national_numbers'),
        ('customers', '0007_national_numbers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='registrationrequest',
            constraint=models.CheckConstraint(condition=models.Q(('due_at__isnull', True), ('state', 'submitted'), _connector='OR'), name='request_due_only_while_submitted'),
        ),
        migrations.RunPython(name_a_moment, migrations.RunPython.noop),
    ]
