"""Reads of jobs: whose they are, and how far they are at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vuonlen.accounts.models import User
from vuonlen.accounts.scope import rights, scope
from vuonlen.domain.problems import Problem
from vuonlen.foundation.paths import under_any
from vuonlen.jobs import failures
from vuonlen.jobs.board import asked_to_stop, posted
from vuonlen.jobs.models import Job

LONG = timedelta(seconds=15)  # a job that waits longer than this probably has no worker


def mine(user: User) -> QuerySet[Job]:
    return Job.objects.filter(owner=user)


def visible(user: User) -> QuerySet[Job]:
    """One's own, and those shown to whoever holds a right at their place."""
    told = Q(owner=user)
    for right in rights(user):
        told |= Q(right=right.value) & under_any(scope(user, right).paths, "area_path")
    return Job.objects.filter(told).select_related("owner", "place")


def find(user: User, public_id: str) -> Job:
    """Raises Http404, alike for what does not exist and what is not theirs."""
    job = visible(user).filter(public_id=public_id).first()
    if job is None:
        raise Http404
    return job


@dataclass(frozen=True, slots=True)
class Shown:
    """A job as its page shows it now. percent None: the total is not known. left: words, "" where nothing is known."""

    job: Job
    done: int
    total: int | None
    message: str
    percent: int | None
    left: str
    beat_at: datetime | None
    no_worker: bool
    problems: list[Problem]

    @property
    def finished(self) -> bool:
        return self.job.finished

    @property
    def stopping(self) -> bool:
        """Its owner has stopped it, and the worker has not noticed yet."""
        return not self.job.finished and asked_to_stop(self.job.pk)

    @property
    def stopped(self) -> bool:
        return any(one.code == "J-STOPPED" for one in self.problems)

    @property
    def word(self) -> str:
        """The state in words."""
        if self.stopping:
            return _("Đang dừng")
        if self.stopped:
            return _("Đã dừng theo yêu cầu")
        return {
            Job.State.WAITING: _("Đang chờ đến lượt"),
            Job.State.RUNNING: _("Đang chạy"),
            Job.State.DONE: _("Xong"),
            Job.State.FAILED: _("Dừng vì lỗi"),
        }[Job.State(self.job.state)]


def shown(job: Job) -> Shown:
    done, total, message, remaining, beat = job.progress, job.total, job.message, job.remaining, job.beat_at
    told = posted(job.pk) if job.state == Job.State.RUNNING else None
    if told is not None:
        now, beat = told
        done, total, message, remaining = now.done, now.total, now.message, now.remaining
    waits = job.state == Job.State.WAITING and timezone.now() - (beat or job.created_at) > LONG
    return Shown(
        job=job,
        done=done,
        total=total,
        message=message,
        percent=_percent(done, total),
        left=left(remaining) if job.state == Job.State.RUNNING else "",
        beat_at=beat,
        no_worker=waits,
        problems=failures.read(job.failure),
    )


def _percent(done: int, total: int | None) -> int | None:
    return None if total is None else 100 if not total else min(100, done * 100 // total)


def left(seconds: int | None) -> str:
    """How long it will still take, roughly."""
    if seconds is None:
        return ""
    if seconds < 60:
        return _("còn dưới 1 phút")
    minutes = -(-seconds // 60)
    if minutes < 60:
        return ngettext("còn khoảng {n} phút", "còn khoảng {n} phút", minutes).format(n=minutes)
    hours = round(minutes / 60)
    return ngettext("còn khoảng {n} giờ", "còn khoảng {n} giờ", hours).format(n=hours)
