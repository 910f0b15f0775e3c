"""Import outlines of places from GeoJSON."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from vuonlen.domain.problems import Problem, Refused
from vuonlen.foundation.periods import at
from vuonlen.journal.actions import SYSTEM, Act, Actor, record
from vuonlen.places.models import Boundary, Level, Place
from vuonlen.places.outlines import Outline, read_outlines

Progress = Callable[[int, int], None]
_DIGITS = {Level.PROVINCE: 2, Level.DISTRICT: 3, Level.COMMUNE: 5}  # of a code


@dataclass(frozen=True, slots=True)
class Outlined:
    """Counts are of outlines; a changed one replaces what was there."""

    features: int
    created: int
    changed: int
    unchanged: int
    refused: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def import_boundaries(
    *, path: Path, key: str, on: date, by: Actor = SYSTEM, level: Level = Level.COMMUNE,
    source: str = "", on_progress: Progress | None = None,
) -> Outlined:  # fmt: skip
    """Outlines of units of `level` that hold on a day, by the code in property `key`. Raises Refused."""
    advance = on_progress or (lambda done, total: None)
    advance(0, 3)
    read = read_outlines(path, key, _DIGITS.get(level, 0))
    advance(1, 3)
    with transaction.atomic():
        codes = [one.code for one in read.outlines]
        units = {one.code: one for one in Place.objects.filter(at(on), level=level, code__in=codes)}
        refused = [*read.refused, *_unknown(read.outlines, units, on)]
        if not units:
            raise Refused(*refused)
        counts = _write([one for one in read.outlines if one.code in units], units, source or path.name)
        advance(2, 3)
        if counts["created"] or counts["changed"]:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            record("system", by, Act("places.import_boundaries", "file", digest[:40], after=counts))
    advance(3, 3)
    return Outlined(read.features, refused=tuple(refused), warnings=tuple(read.warnings), **counts)


def _unknown(outlines: list[Outline], units: dict[str, Place], on: date) -> list[Problem]:
    return [
        Problem("PL-UNKNOWN", cell=f"features[{one.feature}]", values={"code": one.code, "on": f"{on:%d/%m/%Y}"})
        for one in outlines
        if one.code not in units
    ]


def _write(outlines: list[Outline], units: dict[str, Place], source: str) -> dict[str, int]:
    there = {one.place_id: one for one in Boundary.objects.filter(place__in=units.values())}
    fresh, changed, unchanged, placed = [], [], 0, []
    for one in outlines:
        unit = units[one.code]
        known = there.get(unit.pk)
        if known is None:
            fresh.append(Boundary(place=unit, geometry=one.geometry, drawn=one.drawn, source=source[:200]))
        elif known.geometry != one.geometry:
            known.geometry, known.drawn, known.source = one.geometry, one.drawn, source[:200]
            changed.append(known)
        else:
            unchanged += 1
        if unit.latitude is None:
            unit.latitude, unit.longitude = one.latitude, one.longitude
            placed.append(unit)
    Boundary.objects.bulk_create(fresh, batch_size=100)
    Boundary.objects.bulk_update(changed, ["geometry", "drawn", "source"], batch_size=50)
    Place.objects.bulk_update(placed, ["latitude", "longitude"], batch_size=200)
    return {"created": len(fresh), "changed": len(changed), "unchanged": unchanged}
