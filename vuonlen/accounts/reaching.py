"""What each place reaches, in one query: itself and all units from which it came, wholly or in part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db import connection

from vuonlen.places.models import Share

_REACHED = """
WITH RECURSIVE reached (start, place) AS (
    SELECT id, id FROM places_place WHERE id IN ({places})
    UNION
    SELECT reached.start, past.predecessor_id
    FROM reached JOIN places_succession past ON past.successor_id = reached.place
    WHERE past.share <> %s
)
SELECT reached.start, places_place.path FROM reached JOIN places_place ON places_place.id = reached.place
"""


def reached(places: Collection[int]) -> dict[int, frozenset[str]]:
    """Key of a place -> paths. The same as `places.queries.reach` of each (a test compares them)."""
    if not places:
        return {}
    found: dict[int, set[str]] = defaultdict(set)
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(places))
        cursor.execute(_REACHED.format(places=marks), [*places, Share.LAND.value])
        for start, path in cursor.fetchall():
            found[start].add(path)
    return {start: frozenset(paths) for start, paths in found.items()}
