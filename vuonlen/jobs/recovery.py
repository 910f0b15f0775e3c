"""Jobs that lost their worker: found by the hold that nobody has, and queued again."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from vuonlen.domain.problems import Problem
from vuonlen.jobs import failures
from vuonlen.jobs.board import Board
from vuonlen.jobs.models import Job
from vuonlen.jobs.running import run_job

log = logging.getLogger("vuonlen.jobs")

ATTEMPTS = 5  # a job that takes its worker down each time must not do so for ever
KEPT = timedelta(days=14)  # finished entries of the queue; what became of a job stands in the job


def recover(board: Board) -> int:
    """Queue again what nobody works at. Returns how many. Safe beside other workers: each job is held meanwhile."""
    found = 0
    for key, task in Job.objects.filter(finished_at__isnull=True).values_list("pk", "task_id"):
        if _waits(task) or not board.hold(key):
            continue
        try:
            found += _take_up_again(key)
        finally:
            board.release(key)
    return found


def prune() -> None:
    """Drop old finished entries of the queue."""
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT).delete()


def _waits(task: str) -> bool:
    return _entry(task).filter(status=TaskResultStatus.READY).exists()


def _entry(task: str) -> QuerySet[Any]:
    """The entry of the queue; none for a job that never got one."""
    rows: QuerySet[Any] = DBTaskResult.objects.all()
    return rows.filter(pk=task) if task else rows.none()


@transaction.atomic
def _take_up_again(key: int) -> bool:
    job = Job.objects.select_for_update().get(pk=key)
    task = _entry(job.task_id).first()
    if job.finished or (task is not None and task.status == TaskResultStatus.READY):
        return False
    never_began = job.state == Job.State.WAITING and job.attempts == 0
    if never_began and (task is None or task.status == TaskResultStatus.FAILED):
        return _give_up(job, Problem("J-NO-TASK"))
    if job.attempts >= ATTEMPTS:
        return _give_up(job, Problem("J-LOST", values={"count": job.attempts}))
    log.warning("job %s was left by its worker and is taken up again (attempt %s)", job.public_id, job.attempts + 1)
    Job.objects.filter(pk=key).update(
        state=Job.State.WAITING, remaining=None, task_id=task.pk if task is not None else run_job.enqueue(key).id
    )
    _entry(job.task_id).update(
        status=TaskResultStatus.READY, started_at=None, finished_at=None, exception_class_path="", traceback=""
    )
    return True


def _give_up(job: Job, problem: Problem) -> bool:
    log.error("job %s is given up: %s", job.public_id, problem.code)
    Job.objects.filter(pk=job.pk).update(
        state=Job.State.FAILED, finished_at=timezone.now(), failure=failures.plain([problem]), remaining=None
    )
    return False
