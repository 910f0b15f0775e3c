"""New rows of the tree: their paths, and what follows from their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from vuonlen.domain.names import fold
from vuonlen.foundation.paths import STEP, step
from vuonlen.places.kinds import AREA_TYPES, kind_of
from vuonlen.places.models import Kind, Level, Place

BATCH = 2000


@dataclass(frozen=True, slots=True)
class Unit:
    """What a table tells about one unit."""

    code: str
    name: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """The period of new rows and where they come from. known: the first day is the true one."""

    since: date
    until: date | None
    source: str
    known: bool = True


class Planter:
    """Gives out paths. Numbers under a place are never given twice while its rows stand."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}
        for path in Place.objects.values_list("path", flat=True):
            above, number = path[:-STEP], int(path[-STEP:], 36)
            self._last[above] = max(self._last.get(above, 0), number)

    def path(self, above: str) -> str:
        number = self._last[above] = self._last.get(above, 0) + 1
        return above + step(number)

    def grown(self, unit: Unit, level: Level, parent: Place | None, span: Span) -> Place:
        """An unsaved row. Raises ValueError where the name tells no kind."""
        kind = kind_of(unit.name, level)
        if kind is None:
            raise ValueError(f"no kind of unit in the name {unit.name!r}")
        return row(unit, level, kind, parent, self.path(parent.path if parent else ""), span)


def row(unit: Unit, level: Level, kind: Kind, parent: Place | None, path: str, span: Span) -> Place:
    """An unsaved row; a village is of the area type of its commune."""
    area = parent.area_type if level == Level.VILLAGE and parent else AREA_TYPES.get(kind, "")
    return Place(
        code=unit.code,
        level=level,
        kind=kind,
        name=unit.name,
        name_folded=fold(unit.name),
        parent=parent,
        path=path,
        area_type=area,
        latitude=unit.latitude,
        longitude=unit.longitude,
        valid_from=span.since,
        valid_to=span.until,
        source=span.source,
        since_known=span.known,
    )


def next_path(parent: Place) -> str:
    """The next path under `parent`, whose row the caller has locked."""
    last = Place.objects.filter(parent=parent).order_by("path").values_list("path", flat=True).last()
    return parent.path + step(int(last[-STEP:], 36) + 1 if last else 1)


def counted() -> None:
    """After many rows at once: PostgreSQL plans by what it has counted, and would count a minute after the commit."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE places_place, places_succession, places_boundary")


def save(rows: Sequence[Place]) -> None:
    Place.objects.bulk_create(rows, batch_size=BATCH)
