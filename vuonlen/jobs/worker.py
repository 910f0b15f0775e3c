"""The process that does the jobs: django-tasks-db's worker, and around it recovery, stopping and patience."""

from __future__ import annotations

import logging
import signal
import time
from types import FrameType

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from vuonlen.accounts.row_security import widen_process
from vuonlen.jobs.board import Board, make
from vuonlen.jobs.recovery import prune, recover
from vuonlen.jobs.running import Desk

log = logging.getLogger("vuonlen.jobs")

LOOK = 0.5  # seconds between looks into the queue
SWEEP = 5.0  # seconds between looks for lost jobs
REST = 2.0  # seconds after the database did not answer


def run(*, once: bool = False) -> int:
    """Work until SIGTERM or Ctrl-C; a second one ends at once. once: until the queue is empty."""
    widen_process()
    board = Desk.board = make()
    queue = _queue()
    _listen(queue)
    swept = 0.0
    while not Desk.stopping:
        try:
            close_old_connections()
            if time.monotonic() - swept >= SWEEP or not swept:
                _sweep(board, first=not swept)
                swept = time.monotonic()
            if DBTaskResult.objects.ready().exists():  # only a look: the queue itself takes the lock of a writer
                queue.run()
            if once and not DBTaskResult.objects.ready().exists():
                break
        except (DatabaseError, InterfaceError):
            log.exception("the database did not answer; the worker tries again")
            connection.close()
            _rest(REST)
        _rest(LOOK)
    connection.close()
    return 0


def _queue() -> Worker:
    """batch: returns when nothing waits, so that lost jobs are looked for in between."""
    return Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )


def _sweep(board: Board, *, first: bool) -> None:
    recover(board)
    if first:
        prune()


def _listen(queue: Worker) -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        if Desk.stopping:
            raise SystemExit(1)  # the job stays as it is and is taken up by the next worker
        queue.running = False
        Desk.stop()

    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, stop)


def _rest(seconds: float) -> None:
    """Sleep in slices: a signal ends it soon. An Event must not be set by a signal handler of the waiting thread."""
    until = time.monotonic() + seconds
    while not Desk.stopping and time.monotonic() < until:
        time.sleep(0.05)
