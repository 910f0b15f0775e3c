"""Asking for long work, and asking again after it failed."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

import vuonlen.domain.problems.jobs  # noqa: F401  (fills the catalogue)
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.domain.problems import Problem, Refused
from vuonlen.jobs import board
from vuonlen.jobs.models import Job
from vuonlen.jobs.noting import note
from vuonlen.jobs.running import run_job
from vuonlen.jobs.work import Work, may_be_stopped
from vuonlen.places.models import Place


@transaction.atomic
def start(
    *,
    kind: str,
    owner: User,
    work: Work,
    arguments: dict[str, Any],
    title: str = "",
    place: Place | None = None,
    right: Right | None = None,
) -> Job:
    """A job, queued within the caller's transaction: it begins if and when that is committed.

    place, right: whoever holds the right there sees the job, not only its owner. The caller has checked that
    `owner` may ask for this work. Raises TypeError for arguments that JSON cannot hold.
    """
    json.dumps(arguments)
    job = Job.objects.create(
        kind=kind,
        title=title,
        owner=owner,
        place=place,
        area_path=place.path if place is not None else "",
        right=right.value if right is not None else "",
        work=work.name,
        arguments=arguments,
    )
    board.clear(job.pk)
    note(job, owner, "jobs.start")
    _enqueue(job)
    return job


@transaction.atomic
def again(*, job: Job, by: User) -> Job:
    """Run a failed job once more; its work goes on where it stopped. Raises Refused, PermissionDenied."""
    if job.owner_id != by.pk or not by.is_active:
        raise PermissionDenied
    rows = Job.objects.filter(pk=job.pk, state=Job.State.FAILED)
    fresh: dict[str, Any] = {"attempts": 0, "failure": [], "error_id": "", "finished_at": None, "remaining": None}
    fresh |= {"result_url": ""}
    if not rows.update(state=Job.State.WAITING, **fresh):
        raise Refused(Problem("J-NOT-FAILED"))
    board.forget_stop(job.pk)
    note(job, by, "jobs.again")
    _enqueue(job)
    return job


def stop(*, job: Job, by: User) -> None:
    """Give up a job that one asked for. The worker ends it, at its next step or when its turn comes, and then notes it.

    Raises PermissionDenied for anybody else, Refused for what is over and for what may not be left half-way.
    """
    if job.owner_id != by.pk or not by.is_active:
        raise PermissionDenied
    if not may_be_stopped(job.work):
        raise Refused(Problem("J-NO-STOP"))
    if not Job.objects.filter(pk=job.pk, finished_at__isnull=True).exists():
        raise Refused(Problem("J-OVER"))
    board.ask_to_stop(job.pk)


def _enqueue(job: Job) -> None:
    """The queue stands in the same database and shares the transaction: there is never one without the other."""
    told = run_job.enqueue(job.pk)
    Job.objects.filter(pk=job.pk).update(task_id=told.id)
    job.refresh_from_db()
