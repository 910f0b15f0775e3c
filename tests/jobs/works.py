"""Work that tests ask for. Real processes load this module: they find it by its name."""

from __future__ import annotations

import time

from django.db import transaction

from vuonlen.accounts.models import Reveal, User
from vuonlen.domain.problems import Problem, Refused
from vuonlen.jobs.work import Progress, stoppable_work, work
from vuonlen.places.models import Place


def trace(what: str) -> None:
    """A row that says that something was done: its purpose is `what`."""
    user = User.objects.get(username="owner")
    Reveal.objects.create(user=user, at="2026-01-01T00:00Z", field="f", object_type="t", object_id="1", purpose=what)


def traces() -> list[str]:
    return list(Reveal.objects.order_by("id").values_list("purpose", flat=True))


@work
def short(progress: Progress, *, words: str) -> str:
    progress.step(1, 2, words)
    trace(words)
    progress.step(2, message="đã xong")
    return "/dia-ban/"


@work
def broken(progress: Progress) -> None:
    progress.step(1, 3, "nửa chừng")
    raise ZeroDivisionError("secret detail")


@work
def refused(progress: Progress) -> None:
    raise Refused(Problem("J-NO-TASK"))


@work
def mended(progress: Progress) -> None:
    """Fails until somebody mends the world."""
    if not Place.objects.filter(code="99999").exists():
        raise RuntimeError("not yet")


@work
def batches(progress: Progress, *, count: int, seconds: float, in_one: bool = False) -> str:
    """`count` steps, each in a transaction of its own (or all in one) that marks what it did. Goes on after a kill."""
    if in_one:
        with transaction.atomic():
            _all(progress, count, seconds)
    else:
        _all(progress, count, seconds)
    return "/dia-ban/"


def _all(progress: Progress, count: int, seconds: float) -> None:
    done = set(traces())
    for number in range(1, count + 1):
        if str(number) in done:
            continue
        with transaction.atomic():
            trace(str(number))
            time.sleep(seconds)
        progress.step(number, count, f"bước {number}")


def no_work(progress: Progress) -> None:
    """Not marked: a job must never call it."""
    trace("never")


@stoppable_work
def given_up(progress: Progress, *, count: int, seconds: float) -> str:
    """As `batches`; may be stopped."""
    _all(progress, count, seconds)
    return "/dia-ban/"


@stoppable_work
def cleans_up(progress: Progress, *, count: int, seconds: float) -> str:
    """Removes its traces when it is stopped, and tells where to look."""
    try:
        _all(progress, count, seconds)
    except Refused:
        Reveal.objects.all().delete()
    return "/nhap-danh-sach/"
