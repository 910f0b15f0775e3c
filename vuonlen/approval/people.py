"""Who may decide on a proposal, and who may never: whoever proposed it, or is it about, under any name and account."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.utils import timezone

from vuonlen.accounts.models import Appointment, User
from vuonlen.accounts.rights import RIGHTS, Right, Role
from vuonlen.accounts.scope import may
from vuonlen.approval.models import HandOver
from vuonlen.foundation.paths import ancestors
from vuonlen.foundation.periods import at
from vuonlen.places.models import Place, Share, Succession


def one_person(users: Iterable[int]) -> frozenset[int]:
    """`users` and everybody connected with them by handing over, forward or back, however often.

    Whoever takes over the work of a proposer stands in their place, and may be the same person with a new account.
    """
    return _closure(users, forward=True, back=True)


def predecessors(user: int) -> frozenset[int]:
    """`user` and everybody whose work came to them."""
    return _closure([user], forward=False, back=True)


def _closure(users: Iterable[int], *, forward: bool, back: bool) -> frozenset[int]:
    known: set[int] = set()
    new = set(users)
    while new:
        known |= new
        found: set[int] = set()
        if forward:
            found |= set(HandOver.objects.filter(from_user__in=new).values_list("to_user", flat=True))
            next_ones = User.objects.filter(pk__in=new, successor__isnull=False)
            found |= {key for key in next_ones.values_list("successor", flat=True) if key is not None}
        if back:
            found |= set(HandOver.objects.filter(to_user__in=new).values_list("from_user", flat=True))
            found |= set(User.objects.filter(successor__in=new).values_list("pk", flat=True))
        new = found - known
    return frozenset(known)


def approvers(right: Right, place: Place, without: Collection[int] = ()) -> list[User]:
    """Users who hold `right` at `place` today and can act: not closed, not among `without`."""
    today = timezone.localdate()
    roles = [role.value for role in Role if right in RIGHTS[role]]
    held = Appointment.objects.filter(at(today), role__in=roles, place__in=_answering(place))
    users = User.objects.filter(is_active=True, left_on__isnull=True, pk__in=held.values("user"))
    return [one for one in users.exclude(pk__in=without).order_by("pk") if may(one, right, place.path)]


def _answering(place: Place) -> set[int]:
    """Places a role for which may reach `place`: those above it, and what they and it went on as.

    Only a choice of candidates; `accounts.scope.may` has the last word.
    """
    above = [*ancestors(place.path), place.path]
    known: set[int] = set()
    new = set(Place.objects.filter(path__in=above).values_list("pk", flat=True))
    while new:
        known |= new
        rows = Succession.objects.filter(predecessor__in=new).exclude(share=Share.LAND)
        new = set(rows.values_list("successor", flat=True)) - known
    return known
