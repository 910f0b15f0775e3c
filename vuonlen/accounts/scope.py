"""The one gateway to rows of an area: who may see what, and where. Default deny.

A role for a place reaches what lies under it today and under every unit that it came from, wholly or in part:
the officer of Phường Bắc Kạn answers for the households of the former Xã Nông Thượng.

Within a request the roles of a user are read once (two queries); outside a request, at every question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils import timezone

from vuonlen.accounts.models import Appointment, User
from vuonlen.accounts.reaching import reached
from vuonlen.accounts.rights import RIGHTS, Right, Role
from vuonlen.foundation.paths import under_any
from vuonlen.foundation.periods import at
from vuonlen.journal.actions import Actor
from vuonlen.places.models import Place

Rows = TypeVar("Rows", bound=QuerySet[Any])
Anyone = User | AnonymousUser


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


@dataclass(frozen=True, slots=True)
class Held:
    """One role that a user holds on a day, with all that it reaches."""

    appointment: Appointment
    role: Role
    place: Place
    paths: frozenset[str]

    @property
    def rights(self) -> frozenset[Right]:
        return RIGHTS[self.role]

    def covers(self, path: str) -> bool:
        return any(path.startswith(one) for one in self.paths)


_remembered: ContextVar[dict[tuple[int, date], list[Held]] | None] = ContextVar("vuonlen_roles", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Roles are read once per user within this block: one request."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def forget() -> None:
    """Roles were changed: read them again."""
    known = _remembered.get()
    if known is not None:
        known.clear()


def held(user: Anyone, on: date | None = None) -> list[Held]:
    """Roles held on a day (default today). None for a user who is closed or not signed in, superuser or not."""
    if not user.is_authenticated or not user.is_active or user.left_on is not None:
        return []
    day = on or timezone.localdate()
    known = _remembered.get()
    if known is not None and (user.pk, day) in known:
        return known[user.pk, day]
    rows = list(Appointment.objects.filter(at(day), user_id=user.pk).select_related("place").order_by("id"))
    paths = reached({one.place_id for one in rows})
    found = [Held(one, Role(one.role), one.place, paths[one.place_id]) for one in rows]
    if known is not None:
        known[user.pk, day] = found
    return found


def appointments(user: Anyone, on: date | None = None) -> list[Appointment]:
    """The same as rows."""
    return [one.appointment for one in held(user, on)]


def scope(user: Anyone, right: Right, on: date | None = None) -> Scope:
    """Where `user` holds `right`."""
    return scope_any(user, {right}, on)


def scope_any(user: Anyone, wanted: Collection[Right], on: date | None = None) -> Scope:
    """Where `user` holds one of the rights."""
    paths = {path for one in held(user, on) if one.rights.intersection(wanted) for path in one.paths}
    return Scope(tuple(sorted(paths)))


def rights(user: Anyone, path: str | None = None) -> frozenset[Right]:
    """Rights held anywhere, or at one path."""
    found: set[Right] = set()
    for one in held(user):
        if path is None or one.covers(path):
            found |= one.rights
    return frozenset(found)


def may(user: Anyone, right: Right, path: str) -> bool:
    """Whether `user` holds `right` at `path`."""
    return scope(user, right).covers(path)


def actor(user: User, path: str = "", right: Right | None = None) -> Actor:
    """`user` as the journal names them: with a role that reaches `path`, one that gives `right` before others."""
    reaching = [one for one in held(user) if one.covers(path)]
    reaching.sort(key=lambda one: right is not None and right not in one.rights)
    return Actor(user.pk, str(user), reaching[0].role.value if reaching else "")


def household_places(user: User) -> QuerySet[Place]:
    """Communes and villages in which `user` may read households."""
    return scope(user, Right.READ_HOUSEHOLDS).of(Place.objects.all(), "path")
