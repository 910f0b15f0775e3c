"""Long work. Grain: one piece of work that one person asked for."""

from __future__ import annotations

from django.db import models

from vuonlen.accounts.models import User
from vuonlen.foundation.ids import public_id


class Job(models.Model):
    """State and progress, as its owner sees them. The work itself is a task of the queue."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    kind = models.CharField(max_length=60)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="jobs")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    progress = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)  # unknown until the work knows
    message = models.CharField(max_length=300, blank=True)
    result_url = models.CharField(max_length=200, blank=True)  # where to go when it is done
    task_id = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    beat_at = models.DateTimeField(null=True)  # last sign of life: a job that lost its worker is taken up again
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "jobs_job"
        indexes = [models.Index(fields=["owner", "-created_at"], name="jobs_job_owner")]
