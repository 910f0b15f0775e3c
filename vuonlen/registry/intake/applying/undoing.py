"""Undoing a whole import: every row back to what it was, in one transaction, while nothing later stands on it."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

import vuonlen.domain.problems.imports  # noqa: F401  (fills the catalogue)
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.accounts.scope import actor
from vuonlen.domain.problems import Problem, Refused
from vuonlen.registry.intake.applying.places import drop_villages
from vuonlen.registry.intake.models import Batch
from vuonlen.registry.models import Change
from vuonlen.registry.reversing import CannotReverse, reverse_batch
from vuonlen.registry.search import index

Step = Callable[[int, int, str], None]


def undo(batch: Batch, by: User, reason: str, step: Step) -> None:
    """All or nothing. Does nothing where it is undone already. Raises Refused where later acts stand on it."""
    with transaction.atomic():
        found = Batch.objects.select_for_update(of=("self",)).select_related("place").get(pk=batch.pk)
        if found.state == Batch.State.UNDONE:
            return
        if found.state not in (Batch.State.UNDOING, Batch.State.APPLIED):
            raise Refused(Problem("U-STATE"))
        rows = Change.objects.filter(act__batch=found.public_id, household__isnull=False)
        homes = list(rows.values_list("household_id", flat=True).distinct())
        told = _("Đang hoàn tác")
        try:
            reverse_batch(
                batch=found.public_id, by=by, reason=reason, on_progress=lambda done, all_: step(done, all_, told)
            )
        except CannotReverse as why:
            raise Refused(Problem("U-BLOCKED", values={"n": len(why.changes)})) from why
        index.update([one for one in homes if one is not None])
        drop_villages(found, actor(by, found.area_path, Right.APPROVE_REGISTER))
        found.state = Batch.State.UNDONE
        found.save(update_fields=["state"])
