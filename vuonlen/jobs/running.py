"""Running a job: taken up, told how far, ended. The queue of django-tasks calls `run_job`."""

from __future__ import annotations

import logging
import secrets
import threading
from contextlib import suppress
from types import TracebackType
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections, connection, transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from vuonlen.accounts.row_security import widened
from vuonlen.domain.problems import Problem, Refused
from vuonlen.jobs import failures
from vuonlen.jobs.board import Board, asked_to_stop, forget_stop
from vuonlen.jobs.models import Job
from vuonlen.jobs.noting import note
from vuonlen.jobs.work import Interrupted, Progress, find

log = logging.getLogger("vuonlen.jobs")

BEAT = 1.0  # seconds


class Desk:
    """What this process works with. board None: jobs are done at once, where they are asked for (tests)."""

    board: Board | None = None
    progress: Progress | None = None  # of the job that runs now
    stopping = False

    @classmethod
    def stop(cls) -> None:
        """For a signal handler: the job that runs is given back at its next step."""
        cls.stopping = True
        if cls.progress is not None:
            cls.progress.stop()


@task()
def run_job(job: int) -> None:
    """Run one job unless somebody else is at it, or it is finished. The hold makes a second call harmless."""
    board = Desk.board
    if board is None:
        _run(job, None)
    elif board.hold(job):
        try:
            _run(job, board)
        finally:
            with suppress(DatabaseError, InterfaceError):  # with the connection the hold is gone as well
                board.release(job)


def _run(key: int, board: Board | None) -> None:
    job = _take_up(key)
    if job is None:
        return
    progress = Desk.progress = Progress(job.progress, job.total)
    if Desk.stopping:
        progress.stop()
    if asked_to_stop(key):
        progress.halt()
    try:
        with widened(), Pulse(board, job.pk, progress):
            url = find(job.work).call(progress, **job.arguments)
    except Interrupted:
        _end(job, progress, state=Job.State.WAITING, attempts=F("attempts") - 1)
    except (OperationalError, InterfaceError):
        log.exception("job %s lost its database; it is taken up again", job.public_id)
        connection.close()
        _end(job, progress, state=Job.State.WAITING)
    except Refused as why:
        _end(job, progress, state=Job.State.FAILED, failure=failures.plain(why.problems))
    except Exception:
        error = secrets.token_hex(4)
        log.exception("job %s failed, error %s", job.public_id, error)
        told = failures.plain([Problem("J-ERROR", values={"error": error})])
        _end(job, progress, state=Job.State.FAILED, failure=told, error_id=error)
    else:
        _ended(job, progress, url or "")
    finally:
        Desk.progress = None


def _ended(job: Job, progress: Progress, url: str) -> None:
    """It came to its end: by itself, or because it was stopped and has cleaned up after itself."""
    if progress.reached_stop:
        told = failures.plain([Problem("J-STOPPED")])
        _end(job, progress, state=Job.State.FAILED, failure=told, result_url=url)
    else:
        _end(job, progress, state=Job.State.DONE, result_url=url)


def _take_up(key: int) -> Job | None:
    """The job, now running; None where it is finished already."""
    rows = Job.objects.filter(pk=key, finished_at__isnull=True)
    now = timezone.now()
    if not rows.update(state=Job.State.RUNNING, attempts=F("attempts") + 1, started_at=now, beat_at=now):
        return None
    return Job.objects.get(pk=key)


def _end(job: Job, progress: Progress, *, state: Job.State, **values: Any) -> None:
    now = progress.now
    if state in (Job.State.DONE, Job.State.FAILED):
        values["finished_at"] = timezone.now()
    if state == Job.State.DONE and now.total is not None:
        values["progress"] = now.total
    values = {"progress": now.done, "total": now.total, "message": now.message, **values}
    rows = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING)
    with transaction.atomic():
        changed = rows.update(state=state, remaining=None, beat_at=timezone.now(), **values)
        if changed and progress.reached_stop and "finished_at" in values:
            note(job, job.owner, "jobs.stop")
    if "finished_at" in values:
        forget_stop(job.pk)


class Pulse:
    """Posts the progress once a second in a thread of its own, as long as the work runs and the process lives."""

    def __init__(self, board: Board | None, job: int, progress: Progress) -> None:
        self._board, self._job, self._progress = board, job, progress
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"pulse-{job}", daemon=True)

    def __enter__(self) -> None:
        if self._board is not None:
            self._thread.start()

    def __exit__(self, kind: type[BaseException] | None, _why: BaseException | None, _at: TracebackType | None) -> None:
        if self._board is not None:
            self._end.set()
            self._thread.join()

    def _beat(self) -> None:
        assert self._board is not None
        try:
            while True:
                try:
                    self._board.post(self._job, self._progress.now)
                    if asked_to_stop(self._job):
                        self._progress.halt()
                except (DatabaseError, InterfaceError, OSError):
                    log.warning("progress of job %s could not be posted", self._job, exc_info=True)
                    close_old_connections()
                if self._end.wait(BEAT):
                    return
        finally:
            connection.close()  # of this thread
