"""Four eyes. Grain: one thing that one person proposed.

Rows are kept for good. What was proposed never changes after it was proposed, and a decision never after it was made:
triggers hold both (`approval/keeping.py`).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from vuonlen.accounts.models import User
from vuonlen.foundation.ids import public_id
from vuonlen.foundation.paths import PathField
from vuonlen.jobs.models import Job
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
    described = models.JSONField(default=list)  # what approving would do, as told when it was proposed
    fingerprint = models.CharField(max_length=64)  # of the payload and the data it was made on; compared when applied
    reason = models.TextField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="proposals")
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="decisions")
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")  # that applies a large one
    begun_at = models.DateTimeField(null=True)  # when that job compared the data and began
    applied_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=200, blank=True)  # address of what it made

    class Meta:
        db_table = "approval_proposal"
        constraints = [
            models.CheckConstraint(
                name="approval_proposal_four_eyes",
                condition=~Q(state__in=["approved", "refused", "stale"])
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
            ),
            models.CheckConstraint(
                name="approval_proposal_decided",
                condition=Q(state="open", decided_by__isnull=True, decided_at__isnull=True, applied_at__isnull=True)
                | Q(
                    state__in=["approved", "refused", "withdrawn", "stale"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="approval_proposal_applied", condition=Q(applied_at__isnull=True) | Q(state="approved")
            ),
            models.CheckConstraint(name="approval_proposal_why", condition=~Q(state="refused", decision_reason="")),
            models.CheckConstraint(name="approval_proposal_reason", condition=~Q(reason="")),
            models.UniqueConstraint(
                name="approval_proposal_once", fields=["fingerprint"], condition=Q(state="open")
            ),  # the fingerprint binds kind, place and payload: the same thing waits only once
        ]
        indexes = [
            models.Index(fields=["state", "area_path", "-id"], name="approval_proposal_inbox"),
            models.Index(fields=["proposed_by", "-id"], name="approval_proposal_mine"),
        ]

    def __str__(self) -> str:
        return self.title


class Interest(models.Model):
    """A user whom a proposal is about: they may not approve it, though somebody else proposed it."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="interests")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "approval_interest"
        constraints = [models.UniqueConstraint(fields=["proposal", "user"], name="approval_interest_once")]


class HandOver(models.Model):
    """The proposals of one user stand in the charge of another from a moment on. Kept though an account changes."""

    from_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    to_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "approval_hand_over"
        constraints = [
            models.UniqueConstraint(fields=["from_user", "to_user"], name="approval_hand_over_once"),
            models.CheckConstraint(name="approval_hand_over_two", condition=~Q(from_user=F("to_user"))),
        ]
