"""Four eyes. Grain: one thing that one person proposed."""

from __future__ import annotations

from django.db import models

from vuonlen.accounts.models import User
from vuonlen.foundation.ids import public_id
from vuonlen.foundation.paths import PathField
from vuonlen.places.models import Place


class Proposal(models.Model):
    """What is proposed, on which data, and what became of it. The proposer never decides: the database says so."""

    class State(models.TextChoices):
        OPEN = "open"
        APPROVED = "approved"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"
        STALE = "stale"  # the data changed between proposal and approval: nothing was done

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    kind = models.CharField(max_length=60)  # a key of settings.PROPOSAL_KINDS
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    area_path = PathField(db_index=True)  # of the place
    title = models.CharField(max_length=300)
    payload = models.JSONField()
    fingerprint = models.CharField(max_length=64)  # of the data it was made on; compared again when applied
    reason = models.TextField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="proposals")
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="decisions")
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)

    class Meta:
        db_table = "approval_proposal"
        constraints = [
            models.CheckConstraint(
                name="approval_proposal_four_eyes",
                condition=~models.Q(state__in=["approved", "refused"])
                | (models.Q(decided_by__isnull=False) & ~models.Q(decided_by=models.F("proposed_by"))),
            ),
        ]
        indexes = [models.Index(fields=["state", "area_path", "-id"], name="approval_proposal_inbox")]
