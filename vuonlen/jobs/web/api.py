"""How far long work is."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema

from vuonlen.foundation.web.api import FAULTS, PublicId
from vuonlen.jobs.queries import Shown, find, shown

router = Router(tags=["jobs"])


class JobOut(Schema):
    """total, percent None: not known yet. result_url: where to go when it is done."""

    public_id: str
    kind: str
    title: str
    state: str
    done: int
    total: int | None
    percent: int | None
    message: str
    result_url: str
    created_at: datetime
    finished_at: datetime | None


@router.get("/jobs/{public_id}", response={200: JobOut, **FAULTS}, operation_id="job")
def job(request: HttpRequest, public_id: PublicId) -> JobOut:
    """One's own work, or work shown to whoever holds a right at its place."""
    told: Shown = shown(find(request.user, public_id))  # type: ignore[arg-type]
    return JobOut(
        public_id=told.job.public_id,
        kind=told.job.kind,
        title=told.job.title,
        state=told.job.state,
        done=told.done,
        total=told.total,
        percent=told.percent,
        message=told.message,
        result_url=told.job.result_url,
        created_at=told.job.created_at,
        finished_at=told.job.finished_at,
    )
