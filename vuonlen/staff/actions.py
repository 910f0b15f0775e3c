"""Users and roles: who comes, who gets a role, who leaves, who takes over."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from vuonlen.accounts.actions import chain_of, drop_sessions
from vuonlen.accounts.models import Appointment, User
from vuonlen.accounts.rights import Right, Role
from vuonlen.accounts.scope import actor, forget
from vuonlen.approval import actions as approval
from vuonlen.approval.models import Proposal
from vuonlen.domain.problems import Problem, Refused
from vuonlen.journal.actions import SYSTEM, Act, Actor, record
from vuonlen.places.models import Place
from vuonlen.staff import queries
from vuonlen.staff.checks import check_begin, check_new_user, check_reason, role_faults
from vuonlen.staff.kinds import end_role, told

APPOINT, WITHDRAW = "staff.appoint", "staff.withdraw"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class NewUser:
    """password: shown once and kept nowhere; the user must replace it at the first sign-in."""

    user: User
    password: str


@dataclass(frozen=True, slots=True)
class Closed:
    """proposed: roles for the successor, waiting for approval. left: roles for which none could be raised, and why."""

    user: User
    proposed: list[Proposal]
    left: list[tuple[Appointment, Refused]]


def one_time_password() -> str:
    """Four groups of four, easy to read aloud; 79 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


# ---- coming -------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_user(*, by: User, username: str, full_name: str, place: Place, phone: str = "") -> NewUser:
    """A user without any role, at an office in the area of `by`."""
    if not queries.may_propose_at(by, place.path):
        raise PermissionDenied
    return _create(actor(by, place.path, Right.PROPOSE_ROLES), username, full_name, place, phone)


@transaction.atomic
def install_user(
    *, username: str, full_name: str, place: Place, role: Role | None = None, document: str = ""
) -> NewUser:
    """The first people of an installation, from its command line. Raises Refused once two pairs of eyes are there."""
    _refuse_once_installed()
    new = _create(SYSTEM, username, full_name, place, "")
    if role is not None:
        install_role(user=new.user, role=role, place=place, document=document)
    return new


@transaction.atomic
def install_role(*, user: User, role: Role, place: Place, document: str = "") -> Appointment:
    """The same for a role. Raises Refused."""
    _refuse_once_installed()
    today = timezone.localdate()
    faults = role_faults(user, role, place, today, None)
    if faults:
        raise Refused(*faults)
    row = Appointment.objects.create(user=user, role=role, place=place, valid_from=today, document=document)
    forget()
    entry = Act(
        "staff.install_role", "user", user.public_id, after=told(row), fields=["role", "place"],
        reason=row.get_role_display(), place=place.key,
    )  # fmt: skip
    record(chain_of(place), SYSTEM, entry)
    return row


def _refuse_once_installed() -> None:
    if queries.two_pairs_of_eyes():
        raise Refused(Problem("N-FIRST-ONLY"))


def _create(who: Actor, username: str, full_name: str, place: Place, phone: str) -> NewUser:
    username, full_name = check_new_user(username, full_name)
    password = one_time_password()
    user = User(username=username, full_name=full_name, phone=phone.strip()[:20], place=place)
    user.must_change_password = True
    user.set_password(password)
    user.save()
    entry = Act("staff.add_user", "user", user.public_id, after={"username": username}, place=place.key)
    record(chain_of(place), who, entry)
    return NewUser(user, password)


@transaction.atomic
def new_password(*, by: User, user: User) -> str:
    """A one-time password for somebody who forgot theirs. Their sessions end; the second factor stays as it is.

    Not from whoever approves anything: with the password of a colleague they would propose and approve alone.
    """
    user = _managed(by, user)
    if not queries.may_reset(by):
        raise Refused(Problem("N-PASSWORD-APPROVER"))
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    record(chain_of(user.place), _who(by, user), Act("staff.new_password", "user", user.public_id))
    return password


# ---- roles --------------------------------------------------------------------------------------------------------


def propose_role(
    *, by: User, user: User, role: Role, place: Place, valid_from: date, valid_to: date | None = None,
    document: str = "", reason: str,
) -> Proposal:  # fmt: skip
    """Raises PermissionDenied out of the area of `by`, Refused otherwise; nothing holds before another approves."""
    if not queries.may_propose_at(by, place.path):
        raise PermissionDenied
    if by.pk == user.pk:
        raise Refused(Problem("N-ROLE-SELF", cell="user"))
    faults = role_faults(user, role, place, valid_from, valid_to)
    if faults:
        raise Refused(*faults)
    check_begin(valid_from)
    return approval.propose(
        kind=APPOINT,
        by=by,
        place=place,
        title=_("Giao vai trò {role} cho {name} tại {place}").format(role=role.label, name=user, place=place)[:300],
        payload={
            "user": user.public_id,
            "role": role.value,
            "place": place.public_id,
            "from": valid_from.isoformat(),
            "to": valid_to.isoformat() if valid_to else None,
            "document": " ".join(document.split())[:200],
        },
        reason=check_reason(reason),
    )


def propose_withdrawal(*, by: User, appointment: Appointment, on: date, reason: str) -> Proposal:
    """To end a role on a day. (Closing the account takes all of them at once, without waiting.)"""
    if not queries.may_propose_at(by, appointment.place.path):
        raise PermissionDenied
    if appointment.valid_to is not None and appointment.valid_to <= timezone.localdate():
        raise Refused(Problem("N-ROLE-ENDED"))
    check_begin(on)
    title = _("Thu hồi vai trò {role} của {name} tại {place}").format(
        role=appointment.get_role_display(), name=appointment.user, place=appointment.place
    )
    return approval.propose(
        kind=WITHDRAW,
        by=by,
        place=appointment.place,
        title=title[:300],
        payload={"appointment": appointment.public_id, "on": on.isoformat()},
        reason=check_reason(reason),
    )


# ---- leaving ------------------------------------------------------------------------------------------------------


@transaction.atomic
def close_user(*, by: User, user: User, successor: User | None, reason: str) -> Closed:
    """The account is closed at once: no session, no role from today. What they proposed stands with the successor.

    The roles of the one who leaves are proposed for the successor, one by one, and hold only when somebody approves.
    """
    reason = check_reason(reason)
    if by.pk == user.pk:
        raise Refused(Problem("N-CLOSE-SELF", cell="user"))
    user = _managed(by, user)
    if successor is not None and not _may_follow(by, user, successor):
        raise Refused(Problem("N-SUCCESSOR", cell="successor"))
    roles = _shut(user, successor, reason, _who(by, user))
    if successor is None:
        return Closed(user, [], [])
    approval.hand_over(by=by, from_user=user, to_user=successor)
    return Closed(user, *_for_successor(by, roles, successor, reason))


@transaction.atomic
def shut_user(*, user: User, reason: str) -> User:
    """The same from the command line, when nobody is left who could: it takes away and gives nothing."""
    reason = check_reason(reason)
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.left_on is not None:
        raise Refused(Problem("N-CLOSED", values={"name": locked}))
    _shut(locked, None, reason, SYSTEM)
    return locked


def _shut(user: User, successor: User | None, reason: str, who: Actor) -> list[Appointment]:
    """Returns the roles that ended with it."""
    today = timezone.localdate()
    roles = list(user.appointments.filter(queries.not_over()).select_related("place").order_by("id"))
    user.is_active, user.left_on, user.successor = False, today, successor
    user.save(update_fields=["is_active", "left_on", "successor"])
    drop_sessions(user)
    for one in roles:
        end_role(one, today)
    after = {
        "left_on": today,
        "successor": successor.public_id if successor else None,
        "roles": [told(one) for one in roles],
    }
    entry = Act("staff.close_user", "user", user.public_id, after=after, fields=["left_on", "roles"], reason=reason)
    record(chain_of(user.place), who, entry)
    return roles


def _for_successor(
    by: User, roles: list[Appointment], successor: User, reason: str
) -> tuple[list[Proposal], list[tuple[Appointment, Refused]]]:
    proposed, left = [], []
    for one in roles:
        try:
            proposed.append(
                propose_role(
                    by=by,
                    user=successor,
                    role=Role(one.role),
                    place=one.place,
                    valid_from=timezone.localdate(),
                    document=one.document,
                    reason=reason,
                )
            )
        except Refused as why:
            left.append((one, why))
        except PermissionDenied:  # an approver closed the account, who may not propose
            left.append((one, Refused(Problem("N-PROPOSE-OTHER"))))
    return proposed, left


def _managed(by: User, user: User) -> User:
    """The row, locked. Raises PermissionDenied out of sight, Refused for who has left or works elsewhere too."""
    if not queries.users_of(by).filter(pk=user.pk).exists():
        raise PermissionDenied
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.left_on is not None:
        raise Refused(Problem("N-CLOSED", cell="user", values={"name": locked}))
    if not queries.manages(by, locked):
        raise Refused(Problem("N-NOT-YOURS", values={"name": locked}))
    return locked


def _may_follow(by: User, user: User, successor: User) -> bool:
    here = successor.is_active and successor.left_on is None and successor.pk != user.pk
    return here and queries.users_of(by).filter(pk=successor.pk).exists()


def _who(by: User, user: User) -> Actor:
    return actor(by, user.place.path if user.place is not None else "", Right.PROPOSE_ROLES)
