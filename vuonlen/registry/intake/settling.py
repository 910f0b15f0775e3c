"""What follows from the answers of the officer, and what still stands in the way. Inside the caller's transaction."""

from __future__ import annotations

from django.db.models import Max

from vuonlen.analytics.engines.polars_review import indicator_columns
from vuonlen.approval.models import Proposal
from vuonlen.domain.problems import Problem, Refused
from vuonlen.places.models import Place
from vuonlen.registry.intake.applying.closing import can_close
from vuonlen.registry.intake.applying.work import WRITES
from vuonlen.registry.intake.comparing.rows import Entry, compare, terms_of
from vuonlen.registry.intake.comparing.scene import load
from vuonlen.registry.intake.listed import Listed
from vuonlen.registry.intake.models import Batch, Note, Staged, Suspect
from vuonlen.registry.intake.staging.communes import Villages
from vuonlen.registry.intake.staging.shelf import refused_notes
from vuonlen.registry.intake.staging.work import count as count
from vuonlen.registry.models import Act, Change, Household
from vuonlen.registry.reversing import blockers
from vuonlen.rulebook.load import find

_SETTLED = ("R-SAME-HOUSEHOLD", "R-CODE-TAKEN")
_OVER = (Proposal.State.REFUSED, Proposal.State.WITHDRAWN, Proposal.State.STALE)


def locked(batch: Batch) -> Batch:
    """The batch as it is now, kept so until the end of the transaction. One whose proposal is over is free again."""
    found = Batch.objects.select_for_update(of=("self",)).select_related("place__parent", "proposal", "undo_proposal")
    one = found.get(pk=batch.pk)
    if one.state == Batch.State.PROPOSED and one.proposal is not None and one.proposal.state in _OVER:
        one.state = Batch.State.REVIEW
    if one.state == Batch.State.UNDOING and one.undo_proposal is not None and one.undo_proposal.state in _OVER:
        one.state = Batch.State.APPLIED
    return one


def writes(batch: Batch) -> bool:
    """Whether approving would change anything."""
    return Staged.objects.filter(WRITES, batch=batch).exists()


def settle(batch: Batch, suspect: Suspect) -> None:
    """Carry out an answer: on its row, and on others that then cannot be that household."""
    _resettle(batch, suspect.staged)
    if suspect.household_id is None:
        return
    same = suspect.answer == Suspect.Answer.SAME
    missing = Staged.objects.filter(batch=batch, kind=Staged.Kind.MISSING, household_id=suspect.household_id)
    missing.update(fate=Staged.Fate.FOUND if same else Staged.Fate.LEAVE)
    if same:
        others = Suspect.objects.filter(batch=batch, household_id=suspect.household_id).exclude(pk=suspect.pk)
        for one in others.exclude(answer=Suspect.Answer.DIFFERENT).select_related("staged"):
            one.answer, one.answered_by, one.answered_at = (
                Suspect.Answer.DIFFERENT, suspect.answered_by, suspect.answered_at,
            )  # fmt: skip
            one.save(update_fields=["answer", "answered_by", "answered_at"])
            if one.staged_id != suspect.staged_id:
                _resettle(batch, one.staged)


def _resettle(batch: Batch, row: Staged) -> None:
    """The kind of a row, from all answers about it."""
    suspects = list(Suspect.objects.filter(staged=row).select_related("other").order_by("pk"))
    asked_homes = any(one.household_id is not None for one in suspects)
    same = [one for one in suspects if one.answer == Suspect.Answer.SAME]
    Note.objects.filter(batch=batch, household_code=row.code[:100], code__in=_SETTLED).delete()
    if asked_homes:
        row.household_id = next((one.household_id for one in same if one.household_id is not None), None)
    twin = next((one.other for one in same if one.other is not None), None)
    row.differences = None
    if twin is not None:
        row.kind = Staged.Kind.REFUSED
        _refuse(batch, row, "R-SAME-HOUSEHOLD", other=twin.code)
    elif any(not one.answer and (row.household_id is None or one.other_id is not None) for one in suspects):
        row.kind = Staged.Kind.DUPLICATE
    elif row.household_id is None and _taken(row):
        row.kind = Staged.Kind.REFUSED
        _refuse(batch, row, "R-CODE-TAKEN", place=row.commune.name)
    else:
        row.kind = Staged.Kind.NEW
        _compare(batch, row)
    row.save(update_fields=["kind", "household", "differences", "compared", "content"])


def _taken(row: Staged) -> bool:
    return Household.objects.filter(registered_in=row.commune_id, code=row.code).exists()


def _refuse(batch: Batch, row: Staged, code: str, **values: object) -> None:
    first = (Note.objects.filter(batch=batch).aggregate(last=Max("ordinal"))["last"] or 0) + 1
    told = Problem(code, household_id=row.code, values={"code": row.code, **values})
    Note.objects.bulk_create(refused_notes(batch, [told], first))


def _compare(batch: Batch, row: Staged) -> None:
    listed = Listed.read(row.content)
    home = row.household_id
    if home is not None:
        held = Household.objects.filter(registered_in=row.commune_id, code=row.code).exclude(pk=home)
        if held.exists():  # its number belongs to another one: the household keeps its own
            listed.code = Household.objects.get(pk=home).code
            row.content = listed.told()
    villages = Villages([listed.commune], batch.reference_date)
    places = {**Place.objects.in_bulk([listed.commune]), **villages.places}
    codes = frozenset(indicator_columns(find(batch.standard)))
    terms = terms_of(batch, frozenset(batch.columns), codes, places)
    compare([Entry(row.ordinal, listed, home)], batch, terms)[row.ordinal].onto(row)


def check_close(batch: Batch, row: Staged) -> None:
    """Raises Refused where the household cannot end on the day of the list."""
    home = load([row.household_id or 0]).homes.get(row.household_id or 0)
    if home is None or not can_close(home, batch.reference_date):
        starts = [] if home is None else [one.valid_from for one in home.residences]
        since = f"{max(starts):%d/%m/%Y}" if starts else "…"
        values = {"code": row.code, "since": since, "day": f"{batch.reference_date:%d/%m/%Y}"}
        raise Refused(Problem("U-CLOSE", cell="fate", values=values))


def standing(batch: Batch) -> list[Change]:
    """Later changes that stand on this import: it cannot be undone before them."""
    acts = list(Act.objects.filter(batch=batch.public_id, reversed_by__isnull=True, reverses__isnull=True))
    found: dict[int, Change] = {}
    for start in range(0, len(acts), 500):
        for one in blockers(acts[start : start + 500]):
            if one.act.batch != batch.public_id:
                found[one.pk] = one
    return [found[key] for key in sorted(found)]
