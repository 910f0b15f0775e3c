"""The one way out of `open`, the entry in the journal beside it, and what happens where the data have moved."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vuonlen.accounts.actions import chain_of
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.accounts.scope import actor
from vuonlen.approval.models import Proposal
from vuonlen.domain.problems import Problem, Refused
from vuonlen.journal.actions import SYSTEM, Act, record

State = Proposal.State


class Conflict(Refused):
    """Somebody else decided first. `proposal`: as it stands now."""

    def __init__(self, proposal: Proposal) -> None:
        self.proposal = proposal
        at = timezone.localtime(proposal.decided_at) if proposal.decided_at else None
        values = {
            "outcome": outcome(proposal.state),
            "who": str(proposal.decided_by),
            "at": date_format(at, "H:i d/m/Y") if at else "",
        }
        super().__init__(Problem("A-DECIDED", values=values))


def outcome(state: str) -> str:
    """What became of a proposal, in words."""
    return {
        State.OPEN: _("chờ duyệt"),
        State.APPROVED: _("được duyệt"),
        State.REFUSED: _("bị từ chối"),
        State.WITHDRAWN: _("được rút lại"),
        State.STALE: _("mất hiệu lực vì dữ liệu đã thay đổi"),
    }[State(state)]


def close(proposal: Proposal, *, by: User, state: State, reason: str) -> None:
    """Take an open proposal to `state`. Of two at once, the database lets one through. Raises Conflict."""
    values: dict[str, Any] = {
        "state": state,
        "decided_by": by,
        "decided_at": timezone.now(),
        "decision_reason": reason,
    }
    if not Proposal.objects.filter(pk=proposal.pk, state=State.OPEN).update(**values):
        raise Conflict(Proposal.objects.select_related("decided_by").get(pk=proposal.pk))
    for name, value in values.items():
        setattr(proposal, name, value)


def gone_stale(proposal: Proposal, by: User, right: Right) -> None:
    """An approval without effect: the data are not those that it was about."""
    rows = Proposal.objects.filter(pk=proposal.pk, state=State.APPROVED, applied_at__isnull=True)
    if rows.update(state=State.STALE):
        note(proposal, "stale", by, right)
        proposal.state = State.STALE


def note(proposal: Proposal, act: str, by: User | None, right: Right | None = None, reason: str = "") -> None:
    """The entry in the journal of the commune."""
    fresh = Proposal.objects.get(pk=proposal.pk)
    names = ("kind", "payload", "fingerprint", "proposed_by_id", "state", "decided_by_id", "result")
    after = {name: getattr(fresh, name) for name in names}
    who = actor(by, proposal.area_path, right) if by is not None else SYSTEM
    told = Act(f"approval.{act}", "proposal", proposal.public_id, after=after, reason=reason)
    record(chain_of(proposal.place), who, told)
