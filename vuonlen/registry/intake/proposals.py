"""What two persons decide about imports: that a list is written, and that one is undone as a whole."""

from __future__ import annotations

import hashlib
import json

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.approval.kinds import Kind, Line, Moved, Payload
from vuonlen.approval.models import Proposal
from vuonlen.domain.figures import number
from vuonlen.jobs.work import Progress
from vuonlen.registry.intake.applying.undoing import undo
from vuonlen.registry.intake.applying.work import apply
from vuonlen.registry.intake.models import Batch, Staged
from vuonlen.registry.models import Act


def _batch(payload: Payload) -> Batch:
    return Batch.objects.select_related("place").get(public_id=payload["batch"])


def _fingerprint(payload: Payload) -> str:
    """The rows as they were reviewed. Whether a household changed since is asked of each when it is written."""
    batch = _batch(payload)
    told = hashlib.sha256(json.dumps([batch.public_id, batch.sha256, batch.villages]).encode())
    rows = Staged.objects.filter(batch=batch).order_by("ordinal")
    for row in rows.values_list("ordinal", "kind", "fate", "household_id").iterator():
        told.update(repr(row).encode())
    return told.hexdigest()


def _about(batch: Batch) -> list[Line]:
    page = reverse("registry_intake:batch", args=[batch.public_id])
    signed = f"{batch.decision_number} ({batch.decision_signed_on:%d/%m/%Y}), {batch.decision_issuer}"
    return [
        Line(_("Tệp"), batch.file_name, url=page),
        Line(_("Địa bàn"), batch.place.name),
        Line(_("Ngày của danh sách"), f"{batch.reference_date:%d/%m/%Y}"),
        Line(_("Quyết định"), signed),
        Line(_("Phân loại có hiệu lực từ"), f"{batch.effective_on:%d/%m/%Y}"),
    ]


def _describe(payload: Payload) -> list[Line]:
    batch = _batch(payload)
    rows = batch.counts["rows"]
    closed = Staged.objects.filter(batch=batch, kind=Staged.Kind.MISSING)
    closed = closed.filter(fate__in=[Staged.Fate.MOVED_AWAY, Staged.Fate.DISSOLVED])
    lines = [
        *_about(batch),
        Line(_("Hộ mới"), number(rows["new"])),
        Line(_("Hộ thay đổi"), number(rows["changed"])),
        Line(_("Hộ không đổi"), number(rows["unchanged"])),
        Line(_("Hộ bị đóng"), number(closed.count())),
        Line(_("Dòng không nhận"), number(batch.counts["notes"]["refused"])),
        Line(
            _("Hộ có phân loại do phần mềm xét, không do danh sách ghi"),
            number(batch.counts["classes"].get("judged", 0)),
        ),
    ]
    names = [name for _commune, name, _count in batch.villages]
    if names:
        lines.append(Line(_("Thôn, tổ được tạo mới"), ", ".join(names[:20]) + ("…" if len(names) > 20 else "")))
    return lines


def _apply(proposal: Proposal, by: User, progress: Progress) -> str:
    batch = _batch(proposal.payload)
    if batch.state not in (Batch.State.PROPOSED, Batch.State.APPLYING, Batch.State.APPLIED):
        raise Moved
    apply(batch, by, progress.step)
    return reverse("registry_intake:batch", args=[batch.public_id])


def _given_back(proposal: Proposal, _by: User, _reason: str) -> None:
    with transaction.atomic():
        Batch.objects.filter(proposal=proposal, state=Batch.State.PROPOSED).update(state=Batch.State.REVIEW)


def _undo_fingerprint(payload: Payload) -> str:
    """The acts that would be undone."""
    acts = Act.objects.filter(batch=payload["batch"], reverses__isnull=True).order_by("-pk")
    newest = acts.values_list("pk", flat=True).first()
    return f"{newest} {acts.filter(reversed_by__isnull=False).exists()}"


def _undo_describe(payload: Payload) -> list[Line]:
    batch = _batch(payload)
    acts = Act.objects.filter(batch=batch.public_id, reversed_by__isnull=True, reverses__isnull=True)
    return [*_about(batch), Line(_("Số việc được hoàn tác"), number(acts.count()))]


def _undo(proposal: Proposal, by: User, progress: Progress) -> str:
    batch = _batch(proposal.payload)
    undo(batch, by, proposal.reason, progress.step)
    return reverse("registry_intake:batch", args=[batch.public_id])


def _undo_given_back(proposal: Proposal, _by: User, _reason: str) -> None:
    with transaction.atomic():
        Batch.objects.filter(undo_proposal=proposal, state=Batch.State.UNDOING).update(state=Batch.State.APPLIED)


IMPORT = Kind(
    propose=Right.IMPORT,
    approve=Right.APPROVE_REGISTER,
    fingerprint=_fingerprint,
    describe=_describe,
    apply_in_job=_apply,
    refused=_given_back,
)
UNDO = Kind(
    propose=Right.IMPORT,
    approve=Right.APPROVE_REGISTER,
    fingerprint=_undo_fingerprint,
    describe=_undo_describe,
    apply_in_job=_undo,
    refused=_undo_given_back,
)
