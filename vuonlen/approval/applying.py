"""What an approval does: at once, or by a job where it takes long. Either way once."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from vuonlen.accounts.models import User
from vuonlen.accounts.row_security import widened
from vuonlen.approval import kinds
from vuonlen.approval.deciding import State, gone_stale, note
from vuonlen.approval.kinds import Kind, Moved
from vuonlen.approval.models import Proposal
from vuonlen.approval.queries import has_moved
from vuonlen.jobs.actions import start
from vuonlen.jobs.work import Progress, work


def apply(proposal: Proposal, kind: Kind, by: User) -> None:
    """Within the transaction of the approval. Data that moved end it as stale; any other fault undoes it whole."""
    if has_moved(proposal, kind):
        gone_stale(proposal, by, kind.approve)
        return
    if kind.apply is None:
        _queue(proposal, kind, by)
        return
    try:
        with transaction.atomic(), widened():
            result = kind.apply(proposal, by) or ""
    except Moved:
        gone_stale(proposal, by, kind.approve)
        return
    proposal.applied_at, proposal.result = timezone.now(), result
    proposal.save(update_fields=["applied_at", "result"])


def _queue(proposal: Proposal, kind: Kind, by: User) -> None:
    job = start(
        kind="approval.apply",
        owner=by,
        work=apply_approved,
        # The page is named here: a worker need not load the addresses of the whole application.
        arguments={"proposal": proposal.public_id, "page": reverse("approval:proposal", args=[proposal.public_id])},
        title=proposal.title[:200],
        place=proposal.place,
        right=kind.propose,
    )
    Proposal.objects.filter(pk=proposal.pk).update(job=job)
    proposal.refresh_from_db()


@work
def apply_approved(progress: Progress, *, proposal: str, page: str) -> str:
    """Do what was approved. After a kill it is called again: `begun_at` and `applied_at` say how far it came."""
    row = Proposal.objects.select_related("place__parent", "proposed_by", "decided_by").get(public_id=proposal)
    kind = kinds.get(row.kind)
    by = row.decided_by
    if kind.apply_in_job is None or by is None or not _begin(row, kind, by):
        return row.result or page
    try:
        result = kind.apply_in_job(row, by, progress) or ""
    except Moved:
        with transaction.atomic():
            gone_stale(row, by, kind.approve)
        return page
    with transaction.atomic():
        rows = Proposal.objects.filter(pk=row.pk, state=State.APPROVED, applied_at__isnull=True)
        if rows.update(applied_at=timezone.now(), result=result):
            note(row, "apply", by, kind.approve)
    return result or page


@transaction.atomic
def _begin(row: Proposal, kind: Kind, by: User) -> bool:
    """Whether there is anything (left) to do. The data are compared once more, before the first effect only."""
    now = Proposal.objects.select_for_update().get(pk=row.pk)
    if now.state != State.APPROVED or now.applied_at is not None:
        row.result = now.result
        return False
    if now.begun_at is not None:
        return True
    if has_moved(row, kind):
        gone_stale(row, by, kind.approve)
        return False
    Proposal.objects.filter(pk=row.pk).update(begun_at=timezone.now())
    return True
