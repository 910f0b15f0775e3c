"""The newest state of households, as lists show and filter it, worked out from the periods and from nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from vuonlen.domain.names import fold, order_key
from vuonlen.places.models import Level
from vuonlen.registry.models import Assessment, Household, Membership, Residence, StatusPeriod
from vuonlen.registry.search.index import update
from vuonlen.registry.writing import save_columns

_PART = 500
_COLUMNS = (
    "commune_id", "village_id", "area_path", "head_name", "head_folded", "head_order", "ethnicity", "size", "status",
    "deprived", "groups",
)  # fmt: skip
State = dict[str, Any]


def refresh(households: Iterable[Household]) -> None:
    """Bring the newest state of `households` up to date, in the rows and in the objects. Writes what differs."""
    homes = list(households)
    for start in range(0, len(homes), _PART):
        part = homes[start : start + _PART]
        part += _left_behind(part)
        states = newest(part)
        differing = []
        for home in part:
            state = states[home.pk]
            if any(getattr(home, name) != value for name, value in state.items()):
                for name, value in state.items():
                    setattr(home, name, value)
                differing.append(home)
        save_columns((one, list(_COLUMNS)) for one in differing)
        update([one.pk for one in part])


def _left_behind(homes: Sequence[Household]) -> list[Household]:
    """Closed households that keep the names of persons who belong to `homes` now, or did."""
    keys = {one.pk for one in homes}
    shared = Membership.objects.filter(person__memberships__household__in=keys).exclude(household__in=keys)
    return list(Household.objects.filter(pk__in=shared.values("household"), closed_on__isnull=False))


def newest(homes: Sequence[Household]) -> dict[int, State]:
    """Household -> its newest state. Five queries, however many. A closed household keeps what held last."""
    keys = [one.pk for one in homes]
    states: dict[int, State] = {one.pk: _nothing(one) for one in homes}
    closed = {one.pk: one.closed_on for one in homes if one.closed_on is not None}
    _places(states, keys)
    _members(states, keys, closed)
    rows = StatusPeriod.objects.filter(household_id__in=keys).order_by("valid_from")
    for home, status, until in rows.values_list("household_id", "status", "valid_to"):
        states[home]["status"] = status if until is None or until == closed.get(home) else ""
    return states


def _nothing(home: Household) -> State:
    """Where it was put when it was added; the rest is not known."""
    return {
        "commune_id": home.commune_id,
        "village_id": home.village_id,
        "area_path": home.area_path,
        "head_name": "",
        "head_folded": "",
        "head_order": "",
        "ethnicity": "",
        "size": None,
        "status": "",
        "deprived": "",
        "groups": "",
    }


def _places(states: dict[int, State], keys: list[int]) -> None:
    rows = Residence.objects.filter(household_id__in=keys).order_by("valid_from")
    for home, place, level, parent, path in rows.values_list(
        "household_id", "place_id", "place__level", "place__parent_id", "area_path"
    ):
        village = place if level == Level.VILLAGE else None
        states[home] |= {"commune_id": parent if village else place, "village_id": village, "area_path": path}


def _members(states: dict[int, State], keys: list[int], closed: dict[int, Any]) -> None:
    persons: dict[int, int] = defaultdict(int)
    rows = Membership.objects.filter(household_id__in=keys).order_by("id")
    for home, until, is_head, name, ethnicity in rows.values_list(
        "household_id", "valid_to", "is_head", "person__name", "person__ethnicity"
    ):
        if until is not None and until != closed.get(home):
            continue
        persons[home] += 1
        if is_head:
            states[home] |= {
                "head_name": name,
                "head_folded": fold(name)[:120],
                "head_order": order_key(name)[:255],
                "ethnicity": ethnicity,
            }
    counted: dict[int, int | None] = {}
    reviews = Assessment.objects.filter(household_id__in=keys).order_by("reference_date", "id")
    for home, deprived, groups, members in reviews.values_list("household_id", "deprived", "groups", "members"):
        states[home] |= {"deprived": deprived, "groups": groups}
        counted[home] = members
    for home, state in states.items():
        # A list that names only the head still says how many live there.
        state["size"] = persons[home] if persons[home] > 1 else counted.get(home) or persons[home] or None
