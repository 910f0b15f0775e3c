"""Reads of proposals: what a user may see, what waits for them, and how a proposal compares with the data of now."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.accounts.row_security import widened
from vuonlen.accounts.scope import may, scope_any
from vuonlen.approval import kinds
from vuonlen.approval.kinds import Kind, Line, Payload
from vuonlen.approval.models import Interest, Proposal
from vuonlen.approval.people import one_person, predecessors
from vuonlen.domain.problems import Problem
from vuonlen.foundation.paths import under_any
from vuonlen.places.models import Place

_MOST = 20  # waiting proposals that are counted


def visible(user: User) -> QuerySet[Proposal]:
    """One's own, and those of places where one may propose or approve the like, or read the journal."""
    return _rows().filter(_of_area(user, journal=True) | Q(proposed_by__in=predecessors(user.pk)))


def find(user: User, public_id: str) -> Proposal:
    """Raises Http404, alike for what does not exist and what is not theirs."""
    found = visible(user).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def waiting(user: User) -> QuerySet[Proposal]:
    """Open proposals that `user` may decide on now."""
    same = one_person({user.pk})
    about_me = Interest.objects.filter(proposal=OuterRef("pk"), user__in=same)
    rows = _rows().filter(_of_area(user, journal=False), state=Proposal.State.OPEN)
    return rows.exclude(proposed_by__in=same).exclude(Exists(about_me))


def mine(user: User) -> QuerySet[Proposal]:
    """What `user` proposed, or took over from who proposed it."""
    return _rows().filter(proposed_by__in=predecessors(user.pk))


def decided(user: User) -> QuerySet[Proposal]:
    return visible(user).exclude(state=Proposal.State.OPEN)


def waiting_for(user: User) -> str:
    """For the navigation: how many wait for `user`, "" for none, "20+" for more than can be taken in."""
    count = len(waiting(user).order_by()[: _MOST + 1].values_list("pk"))
    if not count:
        return ""
    return str(count) if count <= _MOST else f"{_MOST}+"


def _rows() -> QuerySet[Proposal]:
    return Proposal.objects.select_related("place__parent", "proposed_by", "decided_by", "job")


def _of_area(user: User, *, journal: bool) -> Q:
    """Kinds in the area in which `user` holds the right to approve them; journal: or to propose, or to look on."""
    by_rights: dict[frozenset[Right], list[str]] = defaultdict(list)
    for name, kind in kinds.every().items():
        wanted = [kind.approve, kind.propose, Right.READ_JOURNAL] if journal else [kind.approve]
        by_rights[frozenset(wanted)].append(name)
    told = Q(pk__in=[])
    for rights, names in by_rights.items():
        paths = scope_any(user, rights).paths
        if paths:
            told |= Q(kind__in=names) & under_any(paths, "area_path")
    return told


# ---- one proposal -------------------------------------------------------------------------------------------------


def stamp(name: str, kind: Kind, place: Place, payload: Payload) -> str:
    """What a proposal is about and the data it was made on, as one hash. Equal then and now: nothing has moved.

    Raises ObjectDoesNotExist where the kind finds gone what the payload speaks of.
    """
    with widened():
        data = kind.fingerprint(payload)
    told = json.dumps([name, place.key, payload, data], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def has_moved(proposal: Proposal, kind: Kind) -> bool:
    """Whether the data changed, or went away, since it was proposed."""
    try:
        return stamp(proposal.kind, kind, proposal.place, proposal.payload) != proposal.fingerprint
    except ObjectDoesNotExist:
        return True


def barred(proposal: Proposal, kind: Kind | None, user: User) -> Problem | None:
    """Why `user` may never decide on it, whatever roles they hold. None: nothing but the right is needed."""
    if user.pk == proposal.proposed_by_id:
        return Problem("A-SELF")
    if user.pk in one_person({proposal.proposed_by_id}):
        return Problem("A-SUCCESSOR")
    about = set(proposal.interests.values_list("user", flat=True))
    if kind is not None:
        with widened():
            about |= set(kind.interested(proposal.payload))
    if user.pk in one_person(about):
        return Problem("A-INTERESTED")
    return None


@dataclass(frozen=True, slots=True)
class View:
    """One proposal as one user sees it. now: what approving would do today, where that differs from `then`."""

    proposal: Proposal
    then: list[Line]
    now: list[Line]
    moved: bool
    may_decide: bool
    may_withdraw: bool
    barred: Problem | None

    @property
    def changes(self) -> bool:
        """Whether a line changes a value; otherwise they only tell."""
        return any(one.before is not None for one in (*self.then, *self.now))


def view(user: User, proposal: Proposal) -> View:
    kind = kinds.find(proposal.kind)
    is_open = proposal.state == Proposal.State.OPEN
    then = kinds.read_lines(proposal.described)
    moved, now = False, then
    if is_open and kind is not None:
        moved, now = _today(proposal, kind, then)
    bar = barred(proposal, kind, user) if is_open else None
    entitled = is_open and kind is not None and may(user, kind.approve, proposal.area_path)
    return View(
        proposal=proposal,
        then=then,
        now=now,
        moved=moved,
        may_decide=entitled and bar is None,
        may_withdraw=is_open and proposal.proposed_by_id in predecessors(user.pk),
        barred=bar if entitled else None,
    )


def _today(proposal: Proposal, kind: Kind, then: list[Line]) -> tuple[bool, list[Line]]:
    """Whether the data moved, and what approving would do now. What it speaks of may be gone: then no lines."""
    if not has_moved(proposal, kind):
        return False, then
    try:
        with widened():
            return True, kinds.read_lines(kinds.plain_lines(kind.describe(proposal.payload)))
    except ObjectDoesNotExist:
        return True, []
