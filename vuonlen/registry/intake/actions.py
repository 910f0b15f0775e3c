"""Bringing a list, reviewing it, putting it before somebody else. Each is one transaction with its journal entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from vuonlen.accounts.actions import chain_of
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.accounts.scope import actor, may
from vuonlen.approval.actions import propose as put_before
from vuonlen.approval.models import Proposal
from vuonlen.domain.problems import Problem, Refused
from vuonlen.jobs.actions import start
from vuonlen.jobs.models import Job
from vuonlen.journal.actions import Act, record
from vuonlen.places.models import Level, Place
from vuonlen.registry.intake import files, settling
from vuonlen.registry.intake.models import Batch, Note, Staged, Suspect
from vuonlen.registry.intake.settling import count, locked
from vuonlen.registry.intake.staging.job import read_upload
from vuonlen.registry.intake.texts import line, text
from vuonlen.rulebook.load import find, in_force, shipped

IMPORT, UNDO = "registry.import", "registry.undo_import"  # kinds of proposals
_FATES = (Staged.Fate.LEAVE, Staged.Fate.MOVED_AWAY, Staged.Fate.DISSOLVED)


@dataclass(frozen=True, slots=True)
class Terms:
    """What is said about a list when it is brought. standard blank: the one in force on the reference date.

    effective_on None: the classes hold from the day of the decision. everyone None: as the file looks.
    """

    reference_date: date
    number: str
    signed_on: date
    issuer: str
    standard: str = ""
    effective_on: date | None = None
    everyone: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it comes. max_rows, max_mb: larger limits, for commands only."""

    name: str
    chunks: Iterable[bytes]
    max_rows: int | None = None
    max_mb: int | None = None


def upload(*, by: User, place: Place, terms: Terms, file: Upload, in_background: bool = True) -> Batch:
    """Keep a list and have it read. Raises PermissionDenied, Refused; nothing is kept then.

    in_background False: the caller reads it with `staging.work.stage`.
    """
    _right(by, place)
    told = _checked(place, terms)
    most = (file.max_mb or files.MOST_BYTES // 2**20) * 2**20
    kept = files.keep(file.chunks, most)
    try:
        with transaction.atomic():
            batch = Batch.objects.create(
                place=place,
                area_path=place.path,
                by=by,
                at=timezone.now(),
                file_name=line(file.name, "file", most=200),
                stored_as=kept.stored_as,
                size=kept.size,
                sha256=kept.sha256,
                max_rows=file.max_rows,
                max_mb=file.max_mb,
                **told,
            )
            _note(batch, by, "upload", after={"sha256": kept.sha256, "size": kept.size, **told})
            if in_background:
                batch.job = start(
                    kind="registry.read_list", owner=by, work=read_upload, arguments={"batch": batch.public_id},
                    title=_("Đọc danh sách {name}").format(name=batch.file_name)[:200], place=place, right=Right.IMPORT,
                )  # fmt: skip
                Batch.objects.filter(pk=batch.pk).update(job=batch.job)
    except BaseException:
        files.forget(kept)
        raise
    return batch


def _checked(place: Place, terms: Terms) -> dict[str, object]:
    """The fields of a batch. Raises Refused with every fault, each at its field."""
    faults = _days(place, terms)
    told: dict[str, object] = {}
    for name, field, most, needed in (
        ("decision_number", "number", 60, True),
        ("decision_issuer", "issuer", 150, True),
    ):
        try:
            told[name] = line(getattr(terms, field), field, most=most, needed=needed)
        except Refused as why:
            faults += why.problems
    try:
        told["note"] = text(terms.note, "note", most=2000)
        if terms.standard or not faults:  # which one was in force cannot be said of a day that is wrong
            told["standard"] = _standard(terms)
    except Refused as why:
        faults += why.problems
    if faults:
        raise Refused(*faults)
    return {
        **told,
        "reference_date": terms.reference_date,
        "decision_signed_on": terms.signed_on,
        "effective_on": terms.effective_on or terms.signed_on,
        "everyone": terms.everyone,
    }


def _days(place: Place, terms: Terms) -> list[Problem]:
    """What is wrong with the place and the days."""
    today = timezone.localdate()
    faults: list[Problem] = []
    if place.level not in (Level.PROVINCE, Level.COMMUNE):
        faults.append(Problem("U-PLACE-LEVEL", cell="place"))
    for code, field, day in (
        ("U-DATE-FUTURE", "reference_date", terms.reference_date),
        ("U-DECISION-FUTURE", "signed_on", terms.signed_on),
        ("U-EFFECT", "effective_on", terms.effective_on),
    ):
        if day is not None and day > today:
            faults.append(Problem(code, cell=field, values={"day": f"{day:%d/%m/%Y}"}))
    if not Place.objects.filter(valid_from__lte=terms.reference_date, level=Level.COMMUNE).exists():
        faults.append(
            Problem("U-DATE-EARLY", cell="reference_date", values={"day": f"{terms.reference_date:%d/%m/%Y}"})
        )
    return faults


def _standard(terms: Terms) -> str:
    """Only a standard that comes with the program: a name is never taken for a path."""
    try:
        if not terms.standard:
            return in_force(terms.reference_date).id
        if terms.standard in shipped():
            return find(terms.standard).id
    except Refused:
        pass
    values = {"name": terms.standard[:40] or "…", "day": f"{terms.reference_date:%d/%m/%Y}"}
    raise Refused(Problem("U-STANDARD", cell="standard", values=values))


@transaction.atomic
def confirm_repairs(*, batch: Batch, by: User) -> None:
    """Whoever imports has looked at every cell that reading repaired."""
    batch = _reviewing(batch, by)
    batch.repairs_confirmed_at = timezone.now()
    batch.save(update_fields=["repairs_confirmed_at"])
    _note(batch, by, "confirm_repairs", after={"repairs": batch.counts["notes"][Note.Kind.REPAIR]})


@transaction.atomic
def settle(*, suspect: Suspect, by: User, answer: str) -> Batch:
    """Say whether two are one household. Can be said otherwise as long as the list is not proposed."""
    batch = _reviewing(suspect.batch, by)
    if answer not in Suspect.Answer.values:
        _refuse("U-ANSWER", "answer")
    suspect = Suspect.objects.select_related("staged").get(pk=suspect.pk)
    before = suspect.answer
    suspect.answer, suspect.answered_by, suspect.answered_at = answer, by, timezone.now()
    suspect.save(update_fields=["answer", "answered_by", "answered_at"])
    settling.settle(batch, suspect)
    _count(batch)
    values = {"row": suspect.staged.ordinal, "household": suspect.household_id, "other": suspect.other_id}
    _note(batch, by, "settle", before={**values, "answer": before}, after={**values, "answer": answer})
    return batch


@transaction.atomic
def decide_missing(*, staged: Staged, by: User, fate: str) -> Batch:
    """What becomes of a household that the list no longer has."""
    batch = _reviewing(staged.batch, by)
    staged = Staged.objects.get(pk=staged.pk)
    if staged.kind != Staged.Kind.MISSING or fate not in _FATES:
        _refuse("U-ANSWER", "fate")
    if fate != Staged.Fate.LEAVE:
        settling.check_close(batch, staged)
    before, staged.fate = staged.fate, fate
    staged.save(update_fields=["fate"])
    told = {"household": staged.household_id}
    _note(batch, by, "decide_missing", before={**told, "fate": before}, after={**told, "fate": fate})
    return batch


@transaction.atomic
def propose(*, batch: Batch, by: User, reason: str) -> Proposal:
    """Put the list before somebody else. Raises Refused while anything is open, or where nothing would change."""
    batch = _reviewing(batch, by)
    _count(batch)
    if batch.counts["unsettled"]:
        _refuse("U-UNSETTLED", n=batch.counts["unsettled"])
    repairs = batch.counts["notes"][Note.Kind.REPAIR]
    if repairs and batch.repairs_confirmed_at is None:
        _refuse("U-REPAIRS", n=repairs)
    if not settling.writes(batch):
        _refuse("U-NOTHING")
    title = _("Nhập danh sách {place} ngày {day}").format(
        place=batch.place.name, day=f"{batch.reference_date:%d/%m/%Y}"
    )
    proposal = put_before(
        kind=IMPORT, by=by, place=batch.place, title=title, payload={"batch": batch.public_id}, reason=reason
    )
    batch.proposal, batch.state = proposal, Batch.State.PROPOSED
    batch.save(update_fields=["proposal", "state"])
    return proposal


@transaction.atomic
def withdraw(*, batch: Batch, by: User, reason: str) -> None:
    """Give up a list that was not approved. What was staged of it is deleted, and the file with it."""
    batch = locked(batch)
    _right(by, batch.place)
    if not can_be_withdrawn(batch, batch.state):
        _refuse("U-STATE")
    told = line(reason, "reason", most=500, needed=True)
    for rows in (Suspect, Note, Staged):
        rows.objects.filter(batch=batch).delete()
    batch.state = Batch.State.WITHDRAWN
    batch.save(update_fields=["state"])
    _note(batch, by, "withdraw", reason=told)
    kept = files.Kept(batch.stored_as, batch.sha256, batch.size)
    transaction.on_commit(lambda: files.forget(kept))


def can_be_withdrawn(batch: Batch, state: str) -> bool:
    """Not approved, and nobody reads it now: also one whose reading broke off for good."""
    if state in (Batch.State.UPLOADED, Batch.State.READING):
        return batch.job is None or batch.job.state == Job.State.FAILED
    return state in (Batch.State.REVIEW, Batch.State.UNREADABLE)


@transaction.atomic
def propose_undo(*, batch: Batch, by: User, reason: str) -> Proposal:
    """Ask somebody else to undo the whole import. Raises Refused while later acts stand on it."""
    batch = locked(batch)
    _right(by, batch.place)
    if batch.state != Batch.State.APPLIED:
        _refuse("U-STATE")
    standing = settling.standing(batch)
    if standing:
        _refuse("U-BLOCKED", n=len(standing))
    title = _("Hoàn tác nhập danh sách {place} ngày {day}").format(
        place=batch.place.name, day=f"{batch.reference_date:%d/%m/%Y}"
    )
    proposal = put_before(
        kind=UNDO, by=by, place=batch.place, title=title, payload={"batch": batch.public_id}, reason=reason
    )
    batch.undo_proposal, batch.state = proposal, Batch.State.UNDOING
    batch.save(update_fields=["undo_proposal", "state"])
    return proposal


@transaction.atomic
def read_original(*, batch: Batch, by: User) -> bytes:
    """The file as it came. Raises PermissionDenied; each reading is an entry, for it holds whole families."""
    whole = may(by, Right.SEE_ID_NUMBER, batch.area_path) and may(by, Right.SEE_HEALTH, batch.area_path)
    if not (whole and (may(by, Right.IMPORT, batch.area_path) or may(by, Right.APPROVE_REGISTER, batch.area_path))):
        raise PermissionDenied
    content = files.content(batch.stored_as, batch.sha256)
    _note(batch, by, "read_original")
    return content


def _right(by: User, place: Place) -> None:
    if not may(by, Right.IMPORT, place.path):
        raise PermissionDenied


def _reviewing(batch: Batch, by: User) -> Batch:
    """The batch, locked, at the step at which it is reviewed. Raises PermissionDenied, Refused."""
    batch = locked(batch)
    _right(by, batch.place)
    if batch.state != Batch.State.REVIEW:
        _refuse("U-STATE")
    return batch


def _count(batch: Batch) -> None:
    count(batch)
    batch.save(update_fields=["counts"])


def _refuse(code: str, field: str = "", /, **values: object) -> NoReturn:
    raise Refused(Problem(code, cell=field, values=values))


def _note(
    batch: Batch,
    by: User,
    act: str,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
    reason: str = "",
) -> None:
    entry = Act(f"import.{act}", "import", batch.public_id, before=before, after=after, reason=reason)
    record(chain_of(batch.place), actor(by, batch.area_path, Right.IMPORT), entry)
