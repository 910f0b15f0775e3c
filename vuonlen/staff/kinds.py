"""Roles as proposals: what one person proposes, another approves, and neither is the one it is about."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from vuonlen.accounts.actions import chain_of
from vuonlen.accounts.models import Appointment, User
from vuonlen.accounts.rights import Right, Role
from vuonlen.accounts.scope import actor, forget
from vuonlen.approval.kinds import Kind, Line, Moved, Payload
from vuonlen.approval.models import Proposal
from vuonlen.domain.problems import Problem
from vuonlen.journal.actions import Act, record
from vuonlen.places.models import Place
from vuonlen.staff.checks import overlapping, role_faults


def period(begin: date, end: date | None) -> str:
    if end is None:
        return _("từ {begin}, không thời hạn").format(begin=f"{begin:%d/%m/%Y}")
    return _("từ {begin} đến hết ngày trước {end}").format(begin=f"{begin:%d/%m/%Y}", end=f"{end:%d/%m/%Y}")


# ---- appoint ------------------------------------------------------------------------------------------------------


def _wanted(payload: Payload) -> tuple[User, Role, Place, date, date | None]:
    user = User.objects.get(public_id=payload["user"])
    place = Place.objects.select_related("parent").get(public_id=payload["place"])
    end = date.fromisoformat(payload["to"]) if payload["to"] else None
    return user, Role(payload["role"]), place, date.fromisoformat(payload["from"]), end


def _appoint_fingerprint(payload: Payload) -> str:
    user, role, place, begin, end = _wanted(payload)
    others = [(one.pk, one.valid_to) for one in overlapping(user, role, place, begin, end)]
    return f"{user.pk} {user.is_active} {user.left_on} {place.valid_to} {others}"


def _appoint_lines(payload: Payload) -> list[Line]:
    user, role, place, begin, end = _wanted(payload)
    return [
        Line(_("Người"), f"{user} ({user.username})"),
        Line(_("Vai trò"), str(role.label)),
        Line(_("Nơi"), f"{place} ({place.code})"),
        Line(_("Thời gian"), period(begin, end)),
        Line(_("Giấy tờ"), payload["document"] or _("không ghi")),
    ]


def _appoint(proposal: Proposal, by: User) -> str | None:
    user, role, place, begin, end = _wanted(proposal.payload)
    begin = max(begin, timezone.localdate())  # not backwards, however long the decision took
    faults = role_faults(user, role, place, begin, end)
    if proposal.proposed_by_id == user.pk:  # however it came to be proposed
        faults.append(Problem("N-ROLE-SELF"))
    if faults:
        raise Moved(*faults)
    row = Appointment.objects.create(
        user=user, role=role, place=place, valid_from=begin, valid_to=end, document=proposal.payload["document"]
    )
    _note(by, place, "staff.appoint", row, {"proposal": proposal.public_id})
    return None


# ---- withdraw -----------------------------------------------------------------------------------------------------


def _held(payload: Payload) -> Appointment:
    return Appointment.objects.select_related("user", "place__parent").get(public_id=payload["appointment"])


def _withdraw_fingerprint(payload: Payload) -> str:
    one = _held(payload)
    return f"{one.pk} {one.valid_from} {one.valid_to}"


def _withdraw_lines(payload: Payload) -> list[Line]:
    one, on = _held(payload), date.fromisoformat(payload["on"])
    return [
        Line(_("Người"), f"{one.user} ({one.user.username})"),
        Line(_("Vai trò"), one.get_role_display()),
        Line(_("Nơi"), f"{one.place} ({one.place.code})"),
        Line(_("Thời gian"), period(one.valid_from, max(on, one.valid_from)), period(one.valid_from, one.valid_to)),
    ]


def _withdraw(proposal: Proposal, by: User) -> str | None:
    one = _held(proposal.payload)
    end_role(one, date.fromisoformat(proposal.payload["on"]))
    _note(by, one.place, "staff.withdraw", one, {"proposal": proposal.public_id})
    return None


def end_role(appointment: Appointment, on: date) -> None:
    """The role ends on that day, which it no longer holds; one that had not begun never holds."""
    appointment.valid_to = max(on, appointment.valid_from)
    appointment.save(update_fields=["valid_to"])
    forget()


def _note(by: User, place: Place, act: str, row: Appointment, more: dict[str, Any]) -> None:
    forget()
    entry = Act(
        act, "user", row.user.public_id, after=told(row) | more, fields=["role", "place", "period"],
        reason=row.get_role_display(), place=place.key,
    )  # fmt: skip
    record(chain_of(place), actor(by, place.path, Right.APPROVE_ROLES), entry)


def told(row: Appointment) -> dict[str, Any]:
    return {
        "user": row.user.public_id, "role": row.role, "place": row.place.key, "from": row.valid_from,
        "to": row.valid_to, "document": row.document,
    }  # fmt: skip


def _subject_of_appointment(payload: Payload) -> Collection[int]:
    return (_wanted(payload)[0].pk,)


def _subject_of_withdrawal(payload: Payload) -> Collection[int]:
    return (_held(payload).user_id,)


APPOINT = Kind(
    propose=Right.PROPOSE_ROLES,
    approve=Right.APPROVE_ROLES,
    fingerprint=_appoint_fingerprint,
    describe=_appoint_lines,
    apply=_appoint,
    interested=_subject_of_appointment,
)
WITHDRAW = Kind(
    propose=Right.PROPOSE_ROLES,
    approve=Right.APPROVE_ROLES,
    fingerprint=_withdraw_fingerprint,
    describe=_withdraw_lines,
    apply=_withdraw,
    interested=_subject_of_withdrawal,
)
