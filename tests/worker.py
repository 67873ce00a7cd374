"""The background worker, run by a test when it wants what is queued to happen."""

from django_tasks_db.management.commands.db_worker import Worker


def run_queued_tasks() -> None:
    """Run every task that is due, as `manage.py db_worker` does, and come back."""
    Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="tests",
        excluded_queue_names=[],
    ).run()
