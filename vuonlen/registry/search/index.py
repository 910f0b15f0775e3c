"""The names that households are found by, kept up with the register.

`update` belongs in the transaction that changed the households, after their newest state was written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction

from vuonlen.accounts.row_security import widened
from vuonlen.domain.names import fold
from vuonlen.foundation.paths import STEP
from vuonlen.registry.models import Household, Membership
from vuonlen.registry.search.keys import keys_of
from vuonlen.registry.search.models import Name

_PART = 2000
_TABLE = Name._meta.db_table
_Rows = list[tuple[int, str, list[str]]]  # household, area, keys


def update(household_ids: Collection[int]) -> None:
    """Write the names of these households anew, in bulk; a household that is gone loses its own."""
    ids = sorted(set(household_ids))
    with widened():  # a household may go where its writer does not see it; the verb has checked the right
        for start in range(0, len(ids), _PART):
            part = ids[start : start + _PART]
            _forget(part)
            _insert(_rows(part))


def rebuild(on_progress: Callable[[int], None] | None = None) -> int:
    """All of it from the register. Returns how many households there are. Can be run while people work."""
    with widened():
        return _rebuild(on_progress)


def _rebuild(on_progress: Callable[[int], None] | None) -> int:
    done, last = 0, 0
    while part := list(Household.objects.filter(id__gt=last).order_by("id").values_list("id", flat=True)[:_PART]):
        with transaction.atomic():
            locked = Household.objects.select_for_update().filter(pk__in=part).order_by("pk")
            update(list(locked.values_list("pk", flat=True)))
        done, last = done + len(part), part[-1]
        if on_progress is not None:
            on_progress(done)
    return done


def _rows(ids: Sequence[int]) -> _Rows:
    told: dict[int, tuple[str, date | None]] = {}
    names: dict[int, set[str]] = defaultdict(set)
    homes = Household.objects.filter(pk__in=ids)
    for pk, area, code, head, closed in homes.values_list("pk", "area_path", "code", "head_folded", "closed_on"):
        told[pk] = (area, closed)
        names[pk] |= {fold(code), head}
    members = Membership.objects.filter(household_id__in=ids)
    for pk, until, name in members.values_list("household_id", "valid_to", "person__name_folded"):
        if pk in told and (until is None or until == told[pk][1]):  # a closed household keeps those who were last in it
            names[pk].add(name)
    return [(pk, area, sorted(keys_of(names[pk]))) for pk, (area, _) in told.items()]


def _forget(ids: Sequence[int]) -> None:
    rows = Name.objects.filter(household_id__in=ids)
    rows._raw_delete(rows.db)


def _insert(rows: _Rows) -> None:
    """As fast as the database takes them: the keys of a household travel to PostgreSQL as one text."""
    if not rows:
        return
    into = f"INSERT INTO {_TABLE} (household_id, key, root, area)"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            columns: Any = [
                [pk for pk, _, _ in rows],
                [area for _, area, _ in rows],
                ["\n".join(keys) for _, _, keys in rows],
            ]
            cursor.execute(
                f"{into} SELECT home, name, left(path, {STEP}), path FROM unnest(%s::bigint[], %s::text[], %s::text[]) "
                "AS told (home, path, names), unnest(string_to_array(names, E'\\n')) AS name",
                columns,
            )
        else:
            told: Any = ((pk, key, area[:STEP], area) for pk, area, keys in rows for key in keys)
            cursor.executemany(f"{into} VALUES (%s, %s, %s, %s)", told)
