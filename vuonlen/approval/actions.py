"""Four eyes: propose, approve, refuse, withdraw. Each is one transaction with its entry in the journal.

Whoever proposes never decides: not as superuser (no right comes from that), not after a change of roles, not through
an account that took over their work. Rights are read again, for the place of the proposal, at the moment of deciding.
"""

from __future__ import annotations

import logging
import secrets

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from vuonlen.accounts.models import User
from vuonlen.accounts.row_security import widened
from vuonlen.accounts.scope import forget, may
from vuonlen.approval import kinds
from vuonlen.approval.applying import apply
from vuonlen.approval.deciding import Conflict as Conflict
from vuonlen.approval.deciding import State, close, note
from vuonlen.approval.kinds import Kind, Payload
from vuonlen.approval.models import HandOver, Interest, Proposal
from vuonlen.approval.people import approvers, one_person, predecessors
from vuonlen.approval.queries import barred, stamp
from vuonlen.approval.texts import REASON, TITLE, cleaned, plain_payload
from vuonlen.domain.problems import Problem, Refused
from vuonlen.places.models import Place

log = logging.getLogger("vuonlen.approval")


@transaction.atomic
def propose(*, kind: str, by: User, place: Place, title: str, payload: Payload, reason: str) -> Proposal:
    """Put a thing before somebody else. Raises PermissionDenied without the right to propose it at `place`, Refused
    for a bad text, for what waits already, and where nobody could approve it. TypeError: not a payload.
    """
    what = kinds.get(kind)
    who = _today(by)
    if not may(who, what.propose, place.path):
        raise PermissionDenied
    told = plain_payload(payload)
    words = cleaned(reason, field="reason", label=_("Lý do"), most=REASON, needed=True)
    name = cleaned(title, field="title", label=_("Tiêu đề"), most=TITLE, needed=True)
    with widened():
        about = sorted(set(what.interested(told)))
        lines = kinds.plain_lines(what.describe(told))
        mark = stamp(kind, what, place, told)
    if not approvers(what.approve, place, without=one_person({who.pk, *about})):
        raise Refused(Problem("A-NOBODY", values={"place": place.name}))
    row = Proposal(
        kind=kind,
        place=place,
        area_path=place.path,
        title=name,
        payload=told,
        described=lines,
        fingerprint=mark,
        reason=words,
        proposed_by=who,
        proposed_at=timezone.now(),
    )
    _keep(row)
    Interest.objects.bulk_create(Interest(proposal=row, user_id=key) for key in about)
    note(row, "propose", who, what.propose, words)
    return row


def _keep(row: Proposal) -> None:
    """Raises Refused where the same thing waits already; of two at once the database stops one."""
    same = Proposal.objects.filter(fingerprint=row.fingerprint, state=State.OPEN)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as why:
        if same.exists():
            raise Refused(Problem("A-TWICE")) from why
        raise


def approve(*, proposal: Proposal, by: User, reason: str = "") -> Proposal:
    """Approve, and do it. The result is `approved`, or `stale` with nothing done where the data moved since.

    Raises Conflict where somebody decided first, PermissionDenied without the right, Refused for whoever proposed it
    and for a fault while doing it: then nothing is changed and the proposal still waits.
    """
    try:
        with transaction.atomic():
            return _approve(proposal, by, reason)
    except (Refused, PermissionDenied):
        raise
    except Exception as why:
        error = secrets.token_hex(4)
        log.exception("proposal %s could not be applied, error %s", proposal.public_id, error)
        raise Refused(Problem("A-FAILED", values={"error": error})) from why


def _approve(proposal: Proposal, by: User, reason: str) -> Proposal:
    row, kind, who = _decider(proposal, by)
    words = cleaned(reason, field="reason", label=_("Ý kiến"), most=REASON, needed=False)
    close(row, by=who, state=State.APPROVED, reason=words)
    # The entry takes the chain of the commune until the end of the transaction: approvals there follow one another,
    # so that the comparison in `apply` sees what the one before did. Do not move it behind.
    note(row, "approve", who, kind.approve, words)
    apply(row, kind, who)
    row.refresh_from_db()
    return row


@transaction.atomic
def refuse(*, proposal: Proposal, by: User, reason: str) -> Proposal:
    """Refuse, with a reason. Raises as `approve` does."""
    row, kind, who = _decider(proposal, by)
    words = cleaned(reason, field="reason", label=_("Lý do"), most=REASON, needed=True)
    close(row, by=who, state=State.REFUSED, reason=words)
    _clean_up(row, kind, who, words)
    note(row, "refuse", who, kind.approve, words)
    return row


@transaction.atomic
def withdraw(*, proposal: Proposal, by: User, reason: str = "") -> Proposal:
    """Take back what one proposed oneself, or took over from who proposed it. Raises Conflict, PermissionDenied."""
    row, who = _fresh(proposal), _today(by)
    if not who.is_active or who.left_on is not None or row.proposed_by_id not in predecessors(who.pk):
        raise PermissionDenied
    words = cleaned(reason, field="reason", label=_("Lý do"), most=REASON, needed=False)
    close(row, by=who, state=State.WITHDRAWN, reason=words)
    kind = kinds.find(row.kind)
    _clean_up(row, kind, who, words)
    note(row, "withdraw", who, kind.propose if kind else None, words)
    return row


@transaction.atomic
def hand_over(*, from_user: User, to_user: User, by: User | None = None) -> int:
    """Put the open proposals of one who leaves in the charge of a successor, who may withdraw but never approve them.

    Who proposed them stays written. Returns how many. For `staff`, which has checked the right. Raises ValueError
    for one and the same user.
    """
    if from_user.pk == to_user.pk:
        raise ValueError("nobody hands over to themselves")
    HandOver.objects.get_or_create(from_user=from_user, to_user=to_user, defaults={"at": timezone.now()})
    theirs = predecessors(from_user.pk)
    rows = Proposal.objects.filter(state=State.OPEN, proposed_by__in=theirs).select_related("place__parent")
    found = sorted(rows, key=lambda row: (row.place.key, row.pk))
    for row in found:
        note(row, "hand_over", by)
    return len(found)


# ---- who stands before us -----------------------------------------------------------------------------------------


def _today(user: User) -> User:
    """The user as the database has them now, kept so until the end of the transaction; roles are read again."""
    forget()
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _fresh(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_related("place__parent", "proposed_by", "decided_by").get(pk=proposal.pk)


def _decider(proposal: Proposal, by: User) -> tuple[Proposal, Kind, User]:
    """Raises Refused for whoever proposed it, Conflict where it is decided, PermissionDenied without the right."""
    row, who = _fresh(proposal), _today(by)
    kind = kinds.find(row.kind)
    bar = barred(row, kind, who)
    if bar is not None:
        raise Refused(bar)
    if kind is None:
        raise Refused(Problem("A-KIND", values={"kind": row.kind}))
    if not may(who, kind.approve, row.area_path):
        raise PermissionDenied
    if row.state != State.OPEN:
        raise Conflict(row)
    return row, kind, who


def _clean_up(row: Proposal, kind: Kind | None, who: User, reason: str) -> None:
    if kind is not None and kind.refused is not None:
        with widened():
            kind.refused(row, who, reason)
