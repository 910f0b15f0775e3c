"""The entry in the journal of what its owner did with a job."""

from __future__ import annotations

from vuonlen.accounts.actions import chain_of
from vuonlen.accounts.models import User
from vuonlen.accounts.scope import actor
from vuonlen.jobs.models import Job
from vuonlen.journal.actions import Act, record


def note(job: Job, by: User, act: str) -> None:
    after = {"kind": job.kind, "work": job.work, "arguments": job.arguments}
    record(chain_of(job.place), actor(by, job.area_path), Act(act, "job", job.public_id, after=after))
