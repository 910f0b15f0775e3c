"""Things that tests propose. They write to real tables; nothing of the mechanism is replaced."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from vuonlen.accounts.models import Appointment, User
from vuonlen.accounts.rights import Right, Role
from vuonlen.approval.kinds import Kind, Line, Moved
from vuonlen.approval.models import Proposal
from vuonlen.domain.names import fold
from vuonlen.domain.problems import Problem, Refused
from vuonlen.foundation.paths import step
from vuonlen.jobs.work import Progress
from vuonlen.places.models import Kind as PlaceKind
from vuonlen.places.models import Level, Place

SINCE = date(2025, 7, 1)
#: what the tests put into settings.PROPOSAL_KINDS
KINDS = {
    "test.village": "tests.approval.things.VILLAGE",
    "test.villages": "tests.approval.things.VILLAGES",
    "test.appoint": "tests.approval.things.APPOINT",
}


def villages(commune: int) -> list[str]:
    return list(Place.objects.filter(parent=commune).order_by("path").values_list("name", flat=True))


def add_village(commune: int, name: str) -> Place:
    parent = Place.objects.get(pk=commune)
    number = Place.objects.filter(parent=parent).count() + 1
    return Place.objects.create(
        code=f"{parent.code}-{number}",
        level=Level.VILLAGE,
        kind=PlaceKind.VILLAGE,
        name=name,
        name_folded=fold(name),
        path=parent.path + step(number),
        parent=parent,
        valid_from=SINCE,
    )


# ---- one village more -----------------------------------------------------------------------------------------------


def _fingerprint(payload: dict[str, Any]) -> str:
    return json.dumps([Place.objects.get(pk=payload["commune"]).name, villages(payload["commune"])])


def _describe(payload: dict[str, Any]) -> list[Line]:
    count = len(villages(payload["commune"]))
    told = [Line("Thôn mới", one) for one in payload.get("names", [payload.get("name")])]
    return [Line("Số thôn", str(count + len(told)), before=str(count)), *told]


def _apply(proposal: Proposal, by: User) -> str:
    if proposal.payload["name"] == "đã khác":
        raise Moved
    if proposal.payload["name"] == "hỏng":
        add_village(proposal.payload["commune"], "nửa chừng")
        raise RuntimeError("broken half-way")
    made = add_village(proposal.payload["commune"], proposal.payload["name"])
    return f"/dia-ban/{made.public_id}/"


def _refused(proposal: Proposal, by: User, reason: str) -> None:
    """Leaves a trace, in the transaction of the refusal."""
    Place.objects.filter(pk=proposal.payload["commune"]).update(source=f"{proposal.public_id}: {reason}")


VILLAGE = Kind(
    propose=Right.IMPORT,
    approve=Right.APPROVE_REGISTER,
    fingerprint=_fingerprint,
    describe=_describe,
    apply=_apply,
    refused=_refused,
)


# ---- many villages, in the background -------------------------------------------------------------------------------

stop_before: set[str] = set()  # names at which the work breaks, as a kill would


def _apply_many(proposal: Proposal, by: User, progress: Progress) -> str:
    names = proposal.payload["names"]
    there = set(villages(proposal.payload["commune"]))
    for number, name in enumerate(names, 1):
        if name in there:
            continue
        if name in stop_before:
            raise SystemExit(name)
        with transaction.atomic():
            add_village(proposal.payload["commune"], name)
        progress.step(number, len(names), name)
    return "/dia-ban/"


VILLAGES = Kind(
    propose=Right.IMPORT,
    approve=Right.APPROVE_REGISTER,
    fingerprint=_fingerprint,
    describe=_describe,
    apply_in_job=_apply_many,
)


# ---- a role ---------------------------------------------------------------------------------------------------------


def _held(payload: dict[str, Any]) -> str:
    rows = Appointment.objects.filter(user=payload["user"]).order_by("pk")
    return json.dumps(list(rows.values_list("role", "place", "valid_to")), default=str)


def running(user: int, role: str, place: int) -> bool:
    today = timezone.localdate()
    rows = Appointment.objects.filter(user=user, role=role, place=place)
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today)).exists()


def _appoint(proposal: Proposal, by: User) -> None:
    told = proposal.payload
    if running(told["user"], told["role"], told["place"]):
        raise Refused(Problem("A-KIND", values={"kind": "vai trò đang giữ"}))
    place = Place.objects.get(pk=told["place"])
    today = timezone.localdate()
    Appointment.objects.create(user_id=told["user"], role=Role(told["role"]), place=place, valid_from=today)


APPOINT = Kind(
    propose=Right.PROPOSE_ROLES,
    approve=Right.APPROVE_ROLES,
    fingerprint=_held,
    describe=lambda told: [Line("Bổ nhiệm", str(told["role"]))],
    apply=_appoint,
    interested=lambda told: {told["user"]},
)
