"""Reads of staff: who works in an area, and whether somebody may manage them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from vuonlen.accounts.models import Appointment, User
from vuonlen.accounts.rights import RIGHTS, SECOND_FACTOR, Right, Role
from vuonlen.accounts.scope import Anyone, rights, scope, scope_any
from vuonlen.domain.names import order_key
from vuonlen.foundation.paths import under_any

MANAGING = frozenset({Right.PROPOSE_ROLES, Right.APPROVE_ROLES})


def users_of(by: Anyone) -> QuerySet[User]:
    """Users whose office, or one of whose roles of any time, lies in the area that `by` manages."""
    paths = scope_any(by, MANAGING).paths
    if not paths:
        return User.objects.none()
    roles = Appointment.objects.filter(under_any(paths, "place__path"), user=OuterRef("pk"))
    return User.objects.filter(under_any(paths, "place__path") | Q(Exists(roles)))


def listed(by: Anyone) -> list[User]:
    """The same for the page: those at work first, by given name, with `current` roles in memory."""
    now = Appointment.objects.filter(not_over()).select_related("place").order_by("valid_from", "id")
    rows = users_of(by).select_related("place").prefetch_related(Prefetch("appointments", now, to_attr="current"))
    return sorted(rows, key=lambda one: (one.left_on is not None, _by_name(str(one)), one.pk))


def not_over(prefix: str = "") -> Q:
    """Roles that hold today or will."""
    today = timezone.localdate()
    return Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": today})


def roles_of(user: User) -> list[Appointment]:
    """Every role of any time, the newest first."""
    return list(user.appointments.select_related("place").order_by("-valid_from", "-id"))


def manages(by: Anyone, user: User) -> bool:
    """Whether everything that `user` is lies in the area that `by` manages: the office, and each role not over.

    Otherwise the officer of a commune could lock out an approver of the province who lives there.
    """
    area = scope_any(by, MANAGING)
    paths = [one.place.path for one in user.appointments.filter(not_over()).select_related("place")]
    if user.place is not None:
        paths.append(user.place.path)
    return bool(paths) and all(area.covers(path) for path in paths)


def may_reset(by: Anyone) -> bool:
    """Whether `by` may hand out passwords at all: nobody who approves anything anywhere."""
    held = rights(by)
    return Right.PROPOSE_ROLES in held and not held & SECOND_FACTOR


def may_propose_at(by: Anyone, path: str) -> bool:
    return scope(by, Right.PROPOSE_ROLES).covers(path)


def two_pairs_of_eyes() -> bool:
    """Whether one person may propose a role and another approve it, somewhere: the installation is on its feet."""
    today = timezone.localdate()
    rows = Appointment.objects.filter(not_over(), valid_from__lte=today, user__is_active=True, user__left_on=None)
    held = list(rows.values_list("user_id", "role"))
    proposers = _holders(held, Right.PROPOSE_ROLES)
    approvers = _holders(held, Right.APPROVE_ROLES)
    return any(one != other for one in proposers for other in approvers)


def _holders(held: Iterable[tuple[int, str]], right: Right) -> set[int]:
    return {user for user, role in held if right in RIGHTS[Role(role)]}


def _by_name(full: str) -> str:
    """The given name stands last in Vietnamese and is what people look for."""
    words = full.split()
    return order_key(" ".join([*words[-1:], *words[:-1]]))
