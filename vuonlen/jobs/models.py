"""Long work. Grain: one piece of work that one person asked for."""

from __future__ import annotations

from django.db import models

from vuonlen.accounts.models import User
from vuonlen.foundation.ids import public_id
from vuonlen.foundation.paths import PathField
from vuonlen.places.models import Place


class Job(models.Model):
    """State and progress, as its owner sees them. The queue holds only its key.

    While a job runs, progress, total, message, remaining and beat_at are those of `jobs.board`; see there.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200, blank=True)  # what the owner reads
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="jobs")
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    area_path = PathField(blank=True)  # of the place
    right = models.CharField(max_length=30, blank=True)  # whoever holds it there sees the job too
    work = models.CharField(max_length=200)  # dotted name of a `jobs.work.Work`
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)  # how often a worker took it up
    progress = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)  # unknown until the work knows
    message = models.CharField(max_length=300, blank=True)
    remaining = models.PositiveIntegerField(null=True)  # seconds; NULL: nothing can be said yet
    result_url = models.CharField(max_length=200, blank=True)  # where to go when it is done
    failure = models.JSONField(default=list)  # why it failed: problems of the catalogue, see jobs.failures
    error_id = models.CharField(max_length=12, blank=True)  # under which the log holds the rest
    task_id = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)  # last sign of life of its worker
    finished_at = models.DateTimeField(null=True)
    stop_asked_at = models.DateTimeField(null=True)  # PostgreSQL only, see jobs.board

    class Meta:
        db_table = "jobs_job"
        constraints = [
            models.CheckConstraint(
                name="jobs_job_state", condition=models.Q(state__in=["waiting", "running", "done", "failed"])
            ),
            models.CheckConstraint(
                name="jobs_job_finished",
                condition=models.Q(state__in=["done", "failed"], finished_at__isnull=False)
                | models.Q(state__in=["waiting", "running"], finished_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-id"], name="jobs_job_owner"),
            models.Index(fields=["id"], name="jobs_job_unfinished", condition=models.Q(finished_at__isnull=True)),
        ]

    @property
    def finished(self) -> bool:
        return self.state in (Job.State.DONE, Job.State.FAILED)
