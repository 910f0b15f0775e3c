"""Villages of the demonstration: those of the eight units until 30/06/2025 and those that they go on as."""

from __future__ import annotations

from datetime import date

from vuonlen.demo.recipe import Recipe, Unit
from vuonlen.journal.actions import SYSTEM
from vuonlen.places import actions
from vuonlen.places.models import Kind, Level, Place, Share, Succession

MERGED = date(2025, 7, 1)
SOURCE = "dữ liệu minh họa"


def create(recipe: Recipe) -> None:
    """Villages and their successors; a second call adds nothing."""
    for code, unit in recipe.units.items():
        old = _commune(code, before=True)
        new = _commune(unit.later.code, before=False)
        for name in unit.villages.all:
            before = _village(old, name)
            after = _village(new, later_name(unit, name))
            Succession.objects.get_or_create(
                predecessor=before,
                successor=after,
                defaults={"whole": True, "share": Share.ALL, "on": MERGED, "source": SOURCE},
            )


def later_name(unit: Unit, village: str) -> str:
    """How the list after the merger words a village: see rows.Rows."""
    return unit.later.village.format(village=village, bare=village.split(" ", 1)[1])


def _commune(code: str, *, before: bool) -> Place:
    rows = Place.objects.filter(level=Level.COMMUNE, code=code)
    return rows.get(valid_to=MERGED) if before else rows.get(valid_from=MERGED)


def _village(commune: Place, name: str) -> Place:
    found = commune.children.filter(name=name).first()
    if found is not None:
        return found
    kind = Kind.RESIDENTIAL_GROUP if name.startswith("Tổ") else Kind.VILLAGE
    return actions.add_village(commune=commune, name=name, kind=kind, by=SYSTEM, source=SOURCE)
