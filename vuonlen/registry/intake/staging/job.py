"""Reading an uploaded list in the background."""

from __future__ import annotations

from django.urls import reverse

from vuonlen.jobs.work import Progress, stoppable_work
from vuonlen.registry.intake.models import Batch
from vuonlen.registry.intake.staging.work import stage


@stoppable_work
def read_upload(progress: Progress, *, batch: str) -> str:
    """Read and compare; after a kill it begins anew, and gives the same rows."""
    found = Batch.objects.select_related("place").get(public_id=batch)
    stage(found, progress.step)
    return reverse("registry_intake:batch", args=[found.public_id])
