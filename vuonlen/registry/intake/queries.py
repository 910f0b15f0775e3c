"""Reads of imports: those of one's area, and what one of them holds."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from vuonlen.accounts import scope as rights
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.approval.models import Proposal
from vuonlen.jobs.models import Job
from vuonlen.registry.intake.models import Batch, Note, Staged, Suspect

#: who sees what a list holds: whoever brings lists, decides on them, or reads the journal of the area
_SEEING = {Right.IMPORT, Right.APPROVE_REGISTER, Right.READ_JOURNAL}
_OVER = (Proposal.State.REFUSED, Proposal.State.WITHDRAWN, Proposal.State.STALE)


def visible(user: User) -> QuerySet[Batch]:
    """Imports of the area of `user`; none without a role."""
    rows = rights.scope_any(user, _SEEING).of(Batch.objects.all())
    return rows.select_related("place__parent", "by", "job", "proposal__job", "undo_proposal__job")


def find(user: User, public_id: str) -> Batch:
    """Raises Http404, alike for what does not exist and what is not theirs."""
    found = visible(user).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def state_of(batch: Batch) -> str:
    """The step at which it is. One whose proposal was refused is reviewed again."""
    if batch.state == Batch.State.PROPOSED and batch.proposal is not None and batch.proposal.state in _OVER:
        return Batch.State.REVIEW
    if batch.state == Batch.State.UNDOING and batch.undo_proposal is not None and batch.undo_proposal.state in _OVER:
        return Batch.State.APPLIED
    return batch.state


def job_of(batch: Batch) -> Job | None:
    """The job that reads, writes or undoes it, as long as that is not done."""
    at: dict[str, Job | None] = {Batch.State.UPLOADED: batch.job, Batch.State.READING: batch.job}
    for state, proposal in (
        (Batch.State.PROPOSED, batch.proposal),
        (Batch.State.APPLYING, batch.proposal),
        (Batch.State.UNDOING, batch.undo_proposal),
    ):
        at[state] = None if proposal is None else proposal.job
    found = at.get(batch.state)
    return None if found is None or found.state == Job.State.DONE else found


def same_file(batch: Batch) -> Batch | None:
    """An earlier import of the very same file that was not given up."""
    rows = Batch.objects.filter(sha256=batch.sha256, pk__lt=batch.pk, area_path=batch.area_path)
    return rows.exclude(state__in=[Batch.State.WITHDRAWN, Batch.State.UNREADABLE, Batch.State.UNDONE]).last()


def of_kind(batch: Batch, kind: Staged.Kind) -> QuerySet[Staged]:
    rows = Staged.objects.filter(batch=batch, kind=kind).select_related("commune", "household")
    return rows.exclude(fate=Staged.Fate.FOUND)


def conflicts(batch: Batch) -> QuerySet[Staged]:
    rows = Staged.objects.filter(batch=batch, state=Staged.State.CONFLICT)
    return rows.select_related("commune", "household")


def notes(batch: Batch, kind: Note.Kind) -> QuerySet[Note]:
    return Note.objects.filter(batch=batch, kind=kind)


def suspects(batch: Batch) -> QuerySet[Suspect]:
    """Pairs that were asked about, the open ones among them."""
    rows = Suspect.objects.filter(batch=batch)
    return rows.select_related("staged__commune", "household__commune", "household__village", "other__commune")


def find_suspect(batch: Batch, key: int) -> Suspect:
    found = Suspect.objects.select_related("batch", "staged").filter(batch=batch, pk=key).first()
    if found is None:
        raise Http404
    return found


def find_missing(batch: Batch, ordinal: int) -> Staged:
    found = Staged.objects.select_related("batch").filter(batch=batch, ordinal=ordinal, kind=Staged.Kind.MISSING)
    one = found.first()
    if one is None:
        raise Http404
    return one


def waiting_for(user: User) -> str:
    """For the navigation: how many lists of one's own wait for review, "" for none."""
    count = len(visible(user).filter(by=user, state=Batch.State.REVIEW).order_by()[:21].values_list("pk"))
    return "" if not count else str(count) if count <= 20 else "20+"
