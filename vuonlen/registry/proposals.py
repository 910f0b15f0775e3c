"""What one person proposes and another approves: merging, striking a double entry, correcting a class, moving away.

Each kind keeps the revision of the households that it was made on: any later change of them makes it stale.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from vuonlen.accounts import scope as rights
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.approval.actions import propose
from vuonlen.approval.kinds import Kind, Line, Moved, Payload
from vuonlen.approval.models import Proposal
from vuonlen.approval.people import approvers
from vuonlen.domain.poverty import Status
from vuonlen.domain.problems import Problem, Refused
from vuonlen.places.models import Place
from vuonlen.registry.models import Act, Change, Household
from vuonlen.registry.queries import household_as_of, open_members
from vuonlen.registry.telling import words
from vuonlen.registry.verbs.desk import Conflict, check_day, check_place, refuse
from vuonlen.registry.verbs.households import strike_household
from vuonlen.registry.verbs.joining import merge_households
from vuonlen.registry.verbs.moving import receive_household
from vuonlen.registry.verbs.statuses import Paper, correct_status
from vuonlen.registry.verbs.texts import shown
from vuonlen.registry.verbs.undoing import undo_decided

# ---- proposing ----------------------------------------------------------------------------------------------------


def propose_merge(*, household: Household, into: Household, by: User, reason: str, effective_on: date) -> Proposal:
    """Raises PermissionDenied and Refused."""
    if household.pk == into.pk:
        refuse("G-MERGE-SAME", "into")
    _open(household)
    _open(into)
    if not rights.may(by, Right.EDIT_HOUSEHOLDS, into.area_path):
        raise PermissionDenied
    _somebody(by, household, into.commune)
    title = _("Nhập hộ {one} vào hộ {other}").format(one=household, other=into)
    told = _payload(household, effective_on) | {"into": into.pk, "into_revision": into.revision}
    return _propose("registry.merge", household, by, reason, title, told)


def propose_strike(
    *, household: Household, by: User, reason: str, effective_on: date, twin: Household | None = None
) -> Proposal:
    """twin: the entry that stays."""
    _open(household)
    title = _("Bỏ hộ ghi trùng {one}").format(one=household)
    told = _payload(household, effective_on) | {"twin": twin.pk if twin else None}
    return _propose("registry.close", household, by, reason, title, told)


def propose_status(
    *, household: Household, by: User, reason: str, effective_on: date, status: Status, paper: Paper
) -> Proposal:
    _open(household)
    check_day(effective_on)
    title = _("Sửa phân loại hộ {one} thành {status}").format(one=household, status=words.status(status))
    told = _payload(household, effective_on) | {
        "status": status.value,
        "number": paper.number,
        "signed_on": paper.signed_on.isoformat(),
        "issuer": paper.issuer,
    }
    return _propose("registry.correct_status", household, by, reason, title, told)


def propose_move(
    *, household: Household, by: User, reason: str, effective_on: date, place: Place, address: str = ""
) -> Proposal:
    """To a place where `by` has no right. Whoever approves must have theirs at both ends."""
    _open(household)
    check_day(effective_on)
    check_place(place, effective_on)
    _somebody(by, household, place)
    title = _("Chuyển hộ {one} đến {place}").format(one=household, place=place)
    told = _payload(household, effective_on) | {"place": place.pk, "address": address}
    return _propose("registry.move_out", household, by, reason, title, told)


def propose_undo(*, household: Household, act: Act, by: User, reason: str) -> Proposal:
    """To undo what two persons decided."""
    title = _("Hoàn tác việc “{verb}” của hộ {one}").format(verb=words.verb(act.verb), one=household)
    told = {"household": household.pk, "revision": household.revision, "act": act.pk}
    return _propose("registry.undo", household, by, reason, title, told)


def _propose(kind: str, home: Household, by: User, reason: str, title: str, told: Payload) -> Proposal:
    _rehearse(kind, home, by, reason, told)
    return propose(kind=kind, by=by, place=home.commune, title=title[:300], payload=told, reason=reason)


def _rehearse(kind: str, home: Household, by: User, reason: str, told: Payload) -> None:
    """Do it as whoever may approve it would, and take it back: what cannot be done is told now, at its field."""
    if not rights.may(by, Right.EDIT_HOUSEHOLDS, home.area_path):
        raise PermissionDenied
    others = {one.pk: one for one in approvers(Right.APPROVE_REGISTER, home.commune, {by.pk})}
    if "place" in told or "into" in told:
        place = Place.objects.get(pk=told["place"]) if "place" in told else _home(told, "into").commune
        both = {one.pk for one in approvers(Right.APPROVE_REGISTER, place, {by.pk})}
        others = {pk: one for pk, one in others.items() if pk in both}
    if not others:
        return  # `propose` refuses it
    try:
        with transaction.atomic():
            _do(kind, told, next(iter(others.values())), reason)
            transaction.set_rollback(True)
    except Conflict as why:
        raise Refused(Problem("G-CHANGED")) from why


def _payload(home: Household, day: date) -> Payload:
    return {"household": home.pk, "revision": home.revision, "effective_on": day.isoformat()}


def _open(home: Household) -> None:
    if home.closed_on is not None:
        refuse("G-CLOSED", day=shown(home.closed_on))


def _somebody(by: User, home: Household, other: Place) -> None:
    """Raises Refused where nobody but `by` may approve at both ends."""
    here = {one.pk for one in approvers(Right.APPROVE_REGISTER, home.commune, {by.pk})}
    there = {one.pk for one in approvers(Right.APPROVE_REGISTER, other, {by.pk})}
    if not here & there:
        refuse("G-BOTH-ENDS", one=home.commune.name, other=other.name)


# ---- what approving does ------------------------------------------------------------------------------------------


def _fingerprint(told: Payload) -> str:
    """Revisions of the households, and how many acts stand on what would be undone."""
    keys = [told[name] for name in ("household", "into", "twin") if told.get(name)]
    rows = Household.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "revision")
    return ";".join(f"{pk}:{revision}" for pk, revision in rows)


def _home(told: Payload, name: str = "household") -> Household:
    home = Household.objects.filter(pk=told[name]).first()
    if home is None:
        raise Moved
    return home


def _page(home: Household) -> str:
    return reverse("registry:household", args=[home.public_id])


def _do(kind: str, told: Payload, by: User, reason: str) -> Household:
    """On the revision that was proposed on. Raises Refused, Conflict, PermissionDenied, Moved."""
    home = _home(told)
    common: dict[str, Any] = {"household": home, "by": by, "reason": reason}
    if "effective_on" in told:
        common |= {"effective_on": date.fromisoformat(told["effective_on"]), "revision": told["revision"]}
    _CALLS[kind](told, common)
    return home


def _apply(proposal: Proposal, by: User) -> str | None:
    """In the name of whoever approves."""
    reason = _("{reason} (đề nghị của {who})").format(reason=proposal.reason, who=proposal.proposed_by)
    try:
        home = _do(proposal.kind, proposal.payload, by, reason[:2000])
    except Conflict as why:
        raise Moved from why
    return _page(home)


def _both(by: User, other: Place) -> None:
    """Raises Refused where `by` may not approve at the other end: the proposal waits for somebody who may."""
    if not rights.may(by, Right.APPROVE_REGISTER, other.path):
        refuse("G-APPROVE-BOTH", place=other.name)


def _merge(told: Payload, common: dict[str, Any]) -> Act:
    into = _home(told, "into")
    _both(common["by"], into.commune)
    return merge_households(**common, into=into, revision_into=told["into_revision"])


def _strike(_told: Payload, common: dict[str, Any]) -> Act:
    return strike_household(**common)


def _status(told: Payload, common: dict[str, Any]) -> Act:
    paper = Paper(told["number"], date.fromisoformat(told["signed_on"]), told["issuer"])
    return correct_status(**common, status=Status(told["status"]), paper=paper)


def _move(told: Payload, common: dict[str, Any]) -> Act:
    if not rights.may(common["by"], Right.APPROVE_REGISTER, common["household"].area_path):
        raise PermissionDenied
    place = Place.objects.select_related("parent").get(pk=told["place"])
    _both(common["by"], place)
    return receive_household(**common, place=place, address=told["address"])


def _undo(told: Payload, common: dict[str, Any]) -> Act:
    act = Act.objects.select_related("reverses").get(pk=told["act"])
    return undo_decided(act=act, by=common["by"], reason=common["reason"])


# ---- what it tells ------------------------------------------------------------------------------------------------


def _lines(told: Payload) -> list[Line]:
    home = _home(told)
    found = [Line(_("Hộ"), str(home), url=_page(home))]
    if "effective_on" in told:
        found.append(Line(_("Có hiệu lực từ ngày"), f"{date.fromisoformat(told['effective_on']):%d/%m/%Y}"))
    return found


def _describe_merge(told: Payload) -> list[Line]:
    into = _home(told, "into")
    members = ", ".join(one.person.name for one in open_members(_home(told)))
    return [
        *_lines(told),
        Line(_("Nhập vào hộ"), str(into), url=_page(into)),
        Line(_("Thành viên chuyển sang"), members),
        Line(_("Phân loại giữ lại"), words.status(into.status)),
    ]


def _describe_strike(told: Payload) -> list[Line]:
    found = [*_lines(told), Line(_("Sau khi duyệt"), words.closed("entered_twice"), "")]
    if told.get("twin"):
        twin = _home(told, "twin")
        found.append(Line(_("Hộ giữ lại"), str(twin), url=_page(twin)))
    return found


def _describe_status(told: Payload) -> list[Line]:
    day = date.fromisoformat(told["effective_on"])
    now = household_as_of(_home(told), day).status
    signed = f"{date.fromisoformat(told['signed_on']):%d/%m/%Y}"
    return [
        *_lines(told),
        Line(_("Phân loại"), words.status(told["status"]), words.status(now.status) if now else ""),
        Line(_("Quyết định"), f"{told['number']} ({signed})", str(now.decision) if now else ""),
        Line(_("Cơ quan ban hành"), told["issuer"]),
    ]


def _describe_move(told: Payload) -> list[Line]:
    home = _home(told)
    place = Place.objects.select_related("parent").get(pk=told["place"])
    return [
        *_lines(told),
        Line(_("Nơi ở"), str(place), str(home.village or home.commune)),
        Line(_("Người duyệt"), _("phải có quyền duyệt ở cả nơi đi và nơi đến")),
    ]


def _describe_undo(told: Payload) -> list[Line]:
    act = Act.objects.get(pk=told["act"])
    rows = Change.objects.filter(act=act).count()
    verb = words.verb(act.verb)
    return [*_lines(told), Line(_("Việc được hoàn tác"), verb), Line(_("Số dòng trở lại như cũ"), str(rows))]


_CALLS: dict[str, Callable[[Payload, dict[str, Any]], Act]] = {
    "registry.merge": _merge,
    "registry.close": _strike,
    "registry.correct_status": _status,
    "registry.move_out": _move,
    "registry.undo": _undo,
}


def _kind(describe: Callable[[Payload], list[Line]]) -> Kind:
    return Kind(
        propose=Right.EDIT_HOUSEHOLDS,
        approve=Right.APPROVE_REGISTER,
        fingerprint=_fingerprint,
        describe=describe,
        apply=_apply,
    )


MERGE = _kind(_describe_merge)
STRIKE = _kind(_describe_strike)
STATUS = _kind(_describe_status)
MOVE = _kind(_describe_move)
UNDO = _kind(_describe_undo)
