"""Asking for an export, and the work that writes a large one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

import vuonlen.domain.problems.search  # noqa: F401  (fills the catalogue)
from vuonlen.accounts import scope as rights
from vuonlen.accounts.actions import chain_of
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.domain.problems import Problem, Refused
from vuonlen.jobs.actions import start
from vuonlen.jobs.work import Progress, stoppable_work
from vuonlen.journal.actions import Act, record
from vuonlen.places.models import Place
from vuonlen.registry.search.actions import purpose_in_words
from vuonlen.registry.search.exporting import writing
from vuonlen.registry.search.filters import Filters
from vuonlen.registry.search.models import Export
from vuonlen.registry.search.queries import every, read_as

AT_ONCE = 500  # households that are written while the user waits


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to take out. told: the filters in words. purpose, note: asked for with full ID numbers."""

    filters: Filters
    told: str
    format: str = "xlsx"
    id_numbers: bool = False
    purpose: str = ""
    note: str = ""


def export(*, by: User, wanted: Wanted) -> Export:
    """A file of the list: at once where it is small, by a job where it is not.

    Raises PermissionDenied without the right, Refused at the daily ceiling, without a purpose, or for an empty list.
    """
    places = [one.place for one in rights.held(by) if Right.EXPORT in one.rights]
    if not places or (wanted.id_numbers and not rights.scope(by, Right.SEE_ID_NUMBER)):
        raise PermissionDenied
    why = purpose_in_words(wanted.purpose, wanted.note) if wanted.id_numbers else ""
    first = next(every(read_as(by, wanted.filters, AT_ONCE + 1, Right.EXPORT)), [])
    if not first:
        raise Refused(Problem("Q-EMPTY"))
    writing.remove_old()
    with transaction.atomic():
        one = _ask(by, wanted, why, places[0])
        large = len(first) > AT_ONCE
        if large:
            title = _("Trích xuất danh sách hộ ({format})").format(format=wanted.format.upper())
            job = start(kind="export", owner=by, work=write_export, arguments={"export": one.public_id}, title=title)
            Export.objects.filter(pk=one.pk).update(job=job.public_id)
            one.refresh_from_db()
    if not large:
        writing.write(one)
    return one


@stoppable_work
def write_export(progress: Progress, export: str) -> str:
    """Begins anew when it was cut off: the file is replaced."""
    one = Export.objects.select_related("by").get(public_id=export)
    try:
        writing.write(one, progress.step)
    except Refused:
        Export.objects.filter(pk=one.pk).update(state=Export.State.FAILED)
        raise
    return reverse("registry_search:exported", args=[one.public_id])


def downloaded(*, by: User, export: Export) -> None:
    """Somebody fetched the file; each time is an entry. Raises PermissionDenied for another person's."""
    if export.by_id != by.pk:
        raise PermissionDenied
    with transaction.atomic():
        _note(by, export, "search.download", _home(by))


def left_today(user: User) -> int:
    """How many exports `user` may still ask for today."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
    day = Export.objects.filter(by=user, at__gte=midnight, at__lt=midnight + timedelta(days=1))
    return max(0, settings.EXPORTS_A_DAY - day.count())


def _ask(by: User, wanted: Wanted, why: str, place: Place) -> Export:
    User.objects.select_for_update().get(pk=by.pk)  # two at once are counted one after the other
    if not left_today(by):
        raise Refused(Problem("Q-EXPORTS", values={"most": settings.EXPORTS_A_DAY}))
    one = Export.objects.create(
        by=by,
        at=timezone.now(),
        format=wanted.format,
        filters=wanted.filters.parameters(),
        told=wanted.told,
        purpose=why,
        id_numbers=wanted.id_numbers,
    )
    _note(by, one, "search.export", place)
    return one


def _note(by: User, one: Export, act: str, place: Place | None) -> None:
    after = {"format": one.format, "filters": one.filters, "id_numbers": one.id_numbers}
    fields = ["id_number"] if one.id_numbers else []
    who = rights.actor(by, place.path if place else "", Right.EXPORT)
    record(chain_of(place), who, Act(act, "export", one.public_id, after=after, fields=fields, reason=one.purpose))


def _home(user: User) -> Place | None:
    return next((one.place for one in rights.held(user) if Right.EXPORT in one.rights), None)
