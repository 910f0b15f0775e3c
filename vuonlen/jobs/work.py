"""What a job does: a function that is marked as work, and the progress that it tells while it runs.

The contract of a work:

- It takes a `Progress` first, then keyword arguments that JSON can hold; it returns an address to go to, or None.
- It is called again after its process was killed, with the same arguments. It must then go on where it stopped, or
  begin anew without doing anything twice: what is done is marked in the transaction that does it.
- It lets `Interrupted` pass: that is how it is asked to stop.
- One that may be given up half-way says so (`stoppable_work`). When its owner stops it, the next step raises `Stopped`,
  which is a `Refused`: whatever cleans up after one cleans up here too.
- A `Refused` that it raises is told to the owner as it stands; any other error by a number that stands in the log.
- Messages of progress hold no personal data: they are kept outside the database for a while.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.module_loading import import_string

import vuonlen.domain.problems.jobs  # noqa: F401  (fills the catalogue)
from vuonlen.domain.problems import Problem, Refused


class Interrupted(BaseException):
    """The worker is to stop: the job will be taken up again. No Exception, so that no `except Exception` keeps it."""


class Stopped(Refused):
    """Its owner does not want it any more. It is not taken up again."""

    def __init__(self) -> None:
        super().__init__(Problem("J-STOPPED"))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How far a work is. total None: not known yet. remaining: seconds, None while nothing can be said."""

    done: int = 0
    total: int | None = None
    message: str = ""
    remaining: int | None = None


class Progress:
    """Handed to a work. Telling costs nothing: somebody else carries it to the page, once a second."""

    def __init__(self, done: int = 0, total: int | None = None) -> None:
        self.now = Snapshot(done, total)
        self._stop = False
        self._halt = False
        self.reached_stop = False  # a step was refused because its owner stopped it
        self._since: tuple[float, int] | None = None  # when this run told its first step, and which

    def step(self, done: int, total: int | None = None, message: str = "") -> None:
        """`done` of `total` units of work; both may only grow. Raises Interrupted and Stopped."""
        if self._stop:
            raise Interrupted
        if self._halt:
            self.reached_stop = True
            raise Stopped
        clock = time.monotonic()
        if self._since is None or done < self._since[1]:
            self._since = (clock, done)
        kept = self.now.total if total is None else total
        told = message or self.now.message
        self.now = Snapshot(done, kept, told[:300], _remaining(self._since, clock, done, kept))

    def stop(self) -> None:
        """The next `step` raises Interrupted. May be called from a signal handler."""
        self._stop = True

    def halt(self) -> None:
        """The next `step` raises Stopped. Called in another thread."""
        self._halt = True


def _remaining(since: tuple[float, int], clock: float, done: int, total: int | None) -> int | None:
    began, first = since
    if total is None or done <= first or clock - began < 1:
        return None
    return round((clock - began) / (done - first) * max(0, total - done))


@dataclass(frozen=True, slots=True)
class Work:
    """A function that a job may call. Nothing else named in the table of jobs is ever called."""

    call: Callable[..., str | None]
    name: str
    stoppable: bool = False


def work(function: Callable[..., str | None]) -> Work:
    """Mark a module's function `f(progress, **arguments)` as work."""
    return Work(function, f"{function.__module__}.{function.__qualname__}")


def stoppable_work(function: Callable[..., str | None]) -> Work:
    """The same for what its owner may give up half-way: it leaves nothing behind that anybody would have to mend."""
    return replace(work(function), stoppable=True)


def find(name: str) -> Work:
    """Raises LookupError for what is not there, or is no work."""
    try:
        found: Any = import_string(name)
    except ImportError as why:
        raise LookupError(name) from why
    if not isinstance(found, Work):
        raise LookupError(name)
    return found


def may_be_stopped(name: str) -> bool:
    try:
        return find(name).stoppable
    except LookupError:
        return False
