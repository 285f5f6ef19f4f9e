"""What is done in the background: at once, or by `manage.py db_worker` when TASKS=database."""

from django_tasks import task

from reports.publishing import attempts


@task()
def publish(attempt: int):
    """Do the attempt with that number. Told in the attempt itself how it went."""
    attempts.run(attempt)
