"""Asking for long work, and asking again after it failed."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

import vuonlen.domain.problems.jobs  # noqa: F401  (fills the catalogue)
from vuonlen.accounts.actions import chain_of
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.accounts.scope import actor
from vuonlen.domain.problems import Problem, Refused
from vuonlen.jobs.models import Job
from vuonlen.jobs.running import run_job
from vuonlen.jobs.work import Work
from vuonlen.journal.actions import Act, record
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
    _note(job, owner, "jobs.start")
    _enqueue(job)
    return job


@transaction.atomic
def again(*, job: Job, by: User) -> Job:
    """Run a failed job once more; its work goes on where it stopped. Raises Refused, PermissionDenied."""
    if job.owner_id != by.pk or not by.is_active:
        raise PermissionDenied
    rows = Job.objects.filter(pk=job.pk, state=Job.State.FAILED)
    fresh: dict[str, Any] = {"attempts": 0, "failure": [], "error_id": "", "finished_at": None, "remaining": None}
    if not rows.update(state=Job.State.WAITING, **fresh):
        raise Refused(Problem("J-NOT-FAILED"))
    _note(job, by, "jobs.again")
    _enqueue(job)
    return job


def _enqueue(job: Job) -> None:
    """The queue stands in the same database and shares the transaction: there is never one without the other."""
    told = run_job.enqueue(job.pk)
    Job.objects.filter(pk=job.pk).update(task_id=told.id)
    job.refresh_from_db()


def _note(job: Job, by: User, act: str) -> None:
    after = {"kind": job.kind, "work": job.work, "arguments": job.arguments}
    path = job.area_path
    record(chain_of(job.place), actor(by, path), Act(act, "job", job.public_id, after=after))
