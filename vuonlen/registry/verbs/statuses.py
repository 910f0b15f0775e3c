"""Correcting a class that was decided wrongly: by another decision, which names the one it corrects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.domain.poverty import Status
from vuonlen.domain.problems import Refused
from vuonlen.registry.models import Act, Decision, Household, StatusPeriod
from vuonlen.registry.verbs.desk import Desk, changing, refuse
from vuonlen.registry.verbs.texts import line, shown
from vuonlen.rulebook.load import in_force


@dataclass(frozen=True, slots=True)
class Paper:
    """A decision as it is typed in."""

    number: str
    signed_on: date
    issuer: str


def correct_status(
    *,
    household: Household,
    by: User,
    reason: str,
    effective_on: date,
    revision: int,
    status: Status,
    paper: Paper,
) -> Act:
    """Another class from a day until the next one begins. Carried out by whoever approves, never alone."""
    with changing(
        "correct_status", household, by=by, reason=reason, effective_on=effective_on, revision=revision,
        right=Right.APPROVE_REGISTER,
    ) as desk:  # fmt: skip
        rows = list(StatusPeriod.objects.filter(household=desk.home).select_related("decision").order_by("valid_from"))
        now = next((one for one in rows if one.holds(effective_on)), None)
        if now is not None and now.status == status:
            refuse("G-STATUS-SAME", "status")
        decision = _decision(desk, paper, now.decision if now else None)
        row = StatusPeriod(
            household=desk.home, status=status.value, standard=_standard(effective_on), decision=decision,
            valid_from=effective_on, valid_to=now.valid_to if now else _next(desk, rows),
        )  # fmt: skip
        if now is not None and now.valid_from == effective_on:
            desk.book.remove(desk.act, now)
        elif now is not None:
            desk.end(now, _("phân loại"))
        desk.add(row)
    return desk.act


def _next(desk: Desk, rows: list[StatusPeriod]) -> date | None:
    """Where nothing holds on the day: until the next class begins."""
    since = desk.since()
    if desk.day < since:
        refuse("G-BEFORE-START", "effective_on", day=shown(desk.day), since=shown(since))
    return next((one.valid_from for one in rows if one.valid_from > desk.day), None)


def _decision(desk: Desk, paper: Paper, old: Decision | None) -> Decision:
    number = line(paper.number, "number", _("số quyết định"), most=60, required="G-BLANK")
    issuer = line(paper.issuer, "issuer", _("cơ quan ban hành"), most=150, required="G-BLANK")
    if paper.signed_on > timezone.localdate():
        refuse("G-DECISION-LATER", "signed_on", day=shown(paper.signed_on))
    place = desk.home.commune
    same = Decision.objects.filter(place=place, number=number, signed_on=paper.signed_on).first()
    if same is not None:
        if same == old or same.corrects_id != (old.pk if old else None):
            refuse("G-DECISION-TAKEN", "number", number=number, day=shown(paper.signed_on))
        return same  # one decision may correct many households
    decision = Decision(
        number=number, signed_on=paper.signed_on, issuer=issuer, place=place, area_path=place.path, corrects=old
    )
    desk.add(decision)
    return decision


def _standard(day: date) -> str:
    try:
        return in_force(day).id
    except Refused:
        refuse("G-STANDARD", "effective_on", day=shown(day))
