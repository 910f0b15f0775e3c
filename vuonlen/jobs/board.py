"""Where a worker posts how far a job is, and the hold by which everybody knows that a worker is at it.

The work may have one transaction open all the time, so what it writes itself is not seen before it ends. Therefore:

PostgreSQL  a second connection writes to the row of the job; the hold is an advisory lock of the working session.
SQLite      there is one writer only, and it is the work: progress goes to a small file beside the database
            (`jobs/` of the installation), and the hold is a lock on one byte of a file there. Web server and worker
            stand on one machine then, as they must with SQLite.

Both holds belong to a process and are given up by the system when it dies, by `kill -9` too: whether a job is lost
is known at once and without guessing from the age of a beat. The beat is shown to people.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Protocol

from django.conf import settings
from django.db import connection
from django.utils import timezone

from vuonlen.jobs.models import Job
from vuonlen.jobs.work import Snapshot

_ADVISORY = 0x564A << 44  # keeps our advisory locks apart from those of others in one database


class Board(Protocol):
    """hold: whether this process has the job now; give it back by `release`."""

    def hold(self, job: int) -> bool: ...

    def release(self, job: int) -> None: ...

    def post(self, job: int, now: Snapshot) -> None: ...


class DatabaseBoard:
    """For PostgreSQL. `post` is called in a thread of its own, which therefore has a connection of its own."""

    def hold(self, job: int) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_ADVISORY + job])
            return bool(cursor.fetchone()[0])

    def release(self, job: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_ADVISORY + job])

    def post(self, job: int, now: Snapshot) -> None:
        with connection.cursor() as cursor:  # never waits: a row that is being written is left for the next second
            cursor.execute(
                "UPDATE jobs_job SET progress = %s, total = %s, message = %s, remaining = %s, beat_at = %s WHERE id = "
                "(SELECT id FROM jobs_job WHERE id = %s AND state = 'running' FOR UPDATE SKIP LOCKED)",
                [now.done, now.total, now.message, now.remaining, timezone.now(), job],
            )


class FileBoard:
    """For SQLite."""

    def __init__(self) -> None:
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        # Kept open: closing any descriptor of this file would give up every lock that this process has in it.
        self._locks: IO[bytes] = open(folder() / "locks", "ab", buffering=0)  # noqa: SIM115

    def hold(self, job: int) -> bool:
        try:
            fcntl.lockf(self._locks, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, job)
        except OSError:
            return False
        return True

    def release(self, job: int) -> None:
        _file(job).unlink(missing_ok=True)
        fcntl.lockf(self._locks, fcntl.LOCK_UN, 1, job)

    def post(self, job: int, now: Snapshot) -> None:
        told = json.dumps(asdict(now) | {"at": timezone.now().isoformat()}, ensure_ascii=False)
        written = _file(job).with_suffix(".part")
        written.write_text(told, "utf-8")
        os.replace(written, _file(job))  # a reader sees the old or the new one, never a half


def folder() -> Path:
    return Path(settings.HOME) / "jobs"


def _file(job: int) -> Path:
    return folder() / f"{job}.json"


def posted(job: int) -> tuple[Snapshot, datetime] | None:
    """What was posted in a file for a running job, and when. None on PostgreSQL, where it stands in the row."""
    if connection.vendor == "postgresql":
        return None
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        told: dict[str, Any] = json.loads(_file(job).read_text("utf-8"))
        at = datetime.fromisoformat(told.pop("at"))
        return Snapshot(**told), at
    return None


# ---- stopping: asked by whoever gave the job, on the web; answered by the worker, while the work may hold a lock ----


def ask_to_stop(job: int) -> None:
    """Never waits for the work: on SQLite that may be the only writer for a long time, so a file says it."""
    if connection.vendor == "postgresql":
        Job.objects.filter(pk=job).update(stop_asked_at=timezone.now())
        return
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    _stop(job).touch()


def asked_to_stop(job: int) -> bool:
    if connection.vendor == "postgresql":
        return Job.objects.filter(pk=job, stop_asked_at__isnull=False).exists()
    return _stop(job).exists()


def forget_stop(job: int) -> None:
    """It was answered, or does not matter any more."""
    if connection.vendor == "postgresql":
        Job.objects.filter(pk=job).update(stop_asked_at=None)
    else:
        _stop(job).unlink(missing_ok=True)


def clear(job: int) -> None:
    """For a new job: files of another one with its key, from before a backup was restored, must not speak of it."""
    if connection.vendor != "postgresql":
        _file(job).unlink(missing_ok=True)
        _stop(job).unlink(missing_ok=True)


def _stop(job: int) -> Path:
    return folder() / f"{job}.stop"


def make() -> Board:
    """The board for the database of this installation."""
    return DatabaseBoard() if connection.vendor == "postgresql" else FileBoard()
