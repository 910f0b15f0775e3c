"""The one gateway to rows of an area: who may see what, and where. Default deny.

A role for a place reaches what lies under it today and under every unit that it came from, wholly or in part:
the officer of Phường Bắc Kạn answers for the households of the former Xã Nông Thượng.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils import timezone

from vuonlen.accounts.models import Appointment, User
from vuonlen.accounts.rights import RIGHTS, Right, Role
from vuonlen.foundation.paths import under_any
from vuonlen.foundation.periods import at
from vuonlen.journal.actions import Actor
from vuonlen.places.models import Place
from vuonlen.places.queries import reach

Rows = TypeVar("Rows", bound=QuerySet[Any])


@dataclass(frozen=True, slots=True)
class Scope:
    """Paths of the tree at and below which a user holds a right."""

    paths: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.paths)

    def covers(self, path: str) -> bool:
        return any(path.startswith(one) for one in self.paths)

    def of(self, rows: Rows, field: str = "area_path") -> Rows:
        """`rows` of this area only; none when the user holds the right nowhere."""
        return rows.filter(under_any(self.paths, field))


def appointments(user: User | AnonymousUser, on: date | None = None) -> list[Appointment]:
    """Roles held on a day (default today). None for a user who is closed or not signed in."""
    if not user.is_authenticated or not user.is_active:
        return []
    day = on or timezone.localdate()
    rows = Appointment.objects.filter(at(day), user_id=user.pk).select_related("place").order_by("id")
    return list(rows)


def scope(user: User | AnonymousUser, right: Right, on: date | None = None) -> Scope:
    """Where `user` holds `right`."""
    held = [one for one in appointments(user, on) if right in RIGHTS[Role(one.role)]]
    return Scope(tuple(sorted(reach(one.place for one in held))))


def rights(user: User | AnonymousUser, path: str | None = None) -> frozenset[Right]:
    """Rights held anywhere, or at one path."""
    found: set[Right] = set()
    for one in appointments(user):
        if path is None or any(path.startswith(start) for start in reach([one.place])):
            found |= RIGHTS[Role(one.role)]
    return frozenset(found)


def may(user: User | AnonymousUser, right: Right, path: str) -> bool:
    """Whether `user` holds `right` at `path`."""
    return scope(user, right).covers(path)


def actor(user: User, path: str = "") -> Actor:
    """`user` as the journal names them: with the role that holds at `path`."""
    held: Iterable[Appointment] = appointments(user)
    for one in held:
        if any(path.startswith(start) for start in reach([one.place])):
            return Actor(user.pk, str(user), one.role)
    return Actor(user.pk, str(user), "")


def household_places(user: User) -> QuerySet[Place]:
    """Communes and villages in which `user` may read households."""
    return scope(user, Right.READ_HOUSEHOLDS).of(Place.objects.all(), "path")
