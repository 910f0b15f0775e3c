"""What must be true of a user and of a role before anybody decides."""

from __future__ import annotations

import re
from datetime import date

from django.db.models import Q
from django.utils import timezone

import vuonlen.domain.problems.accounts  # noqa: F401  (fills the catalogue)
from vuonlen.accounts.models import Appointment, User
from vuonlen.accounts.rights import LEVELS, Role
from vuonlen.domain.problems import Problem, Refused
from vuonlen.places.models import Place

_USERNAME = re.compile(r"[a-z][a-z0-9.-]{2,59}")


def overlapping(user: User, role: str, place: Place, begin: date, end: date | None) -> list[Appointment]:
    """Appointments of the same role for the same place that touch the period."""
    rows = user.appointments.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=begin), role=role, place=place)
    return [one for one in rows.order_by("id") if end is None or one.valid_from < end]


def role_faults(user: User, role: Role, place: Place, begin: date, end: date | None) -> list[Problem]:
    """Why `user` cannot hold `role` for `place` in that period."""
    found = []
    if user.left_on is not None or not user.is_active:
        found.append(Problem("N-CLOSED", cell="user", values={"name": user}))
    if place.level not in LEVELS[role]:
        found.append(Problem("N-ROLE-LEVEL", cell="place", values={"role": role.label, "place": place}))
    if end is not None and end <= begin:
        found.append(Problem("N-ROLE-DAYS", cell="valid_to"))
    elif place.valid_from > begin or (place.valid_to is not None and (end is None or end > place.valid_to)):
        found.append(Problem("N-ROLE-PLACE", cell="place", values={"place": place}))
    elif overlapping(user, role, place, begin, end):
        found.append(Problem("N-ROLE-HELD", cell="role", values={"name": user, "place": place}))
    return found


def check_begin(begin: date) -> None:
    """Raises Refused for a day that has passed: nobody gets a right over what is already done."""
    if begin < timezone.localdate():
        raise Refused(Problem("N-ROLE-PAST", cell="valid_from", values={"day": f"{begin:%d/%m/%Y}"}))


def check_new_user(username: str, full_name: str) -> tuple[str, str]:
    """Both cleaned. Raises Refused."""
    username, full_name = username.strip().lower(), " ".join(full_name.split())
    found = []
    if not _USERNAME.fullmatch(username):
        found.append(Problem("N-USERNAME", cell="username", values={"username": username[:60]}))
    elif User.objects.filter(username=username).exists():
        found.append(Problem("N-USERNAME-TAKEN", cell="username", values={"username": username}))
    if not full_name or not full_name.isprintable():
        found.append(Problem("N-NAME", cell="full_name"))
    elif len(full_name) > 120:
        found.append(Problem("N-NAME-LONG", cell="full_name", values={"most": 120}))
    if found:
        raise Refused(*found)
    return username, full_name


def check_reason(reason: str) -> str:
    reason = " ".join(reason.split())
    if not reason:
        raise Refused(Problem("N-REASON", cell="reason"))
    return reason
