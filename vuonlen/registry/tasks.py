"""Long work of the register."""

from __future__ import annotations

from vuonlen.accounts.models import User
from vuonlen.jobs.work import Progress, work
from vuonlen.places.models import Place
from vuonlen.registry import mergers


@work
def carry(progress: Progress, *, commune: int, by: int, reason: str) -> str:
    """Goes on after a kill: what was carried no longer stands in the unit."""
    mergers.carry(
        commune=Place.objects.get(pk=commune),
        by=User.objects.get(pk=by),
        reason=reason,
        on_progress=lambda done, total: progress.step(done, total),
    )
    return "/ho/chuyen-don-vi/"
