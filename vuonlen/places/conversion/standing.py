"""What the register knows on the two sides of a change: by code, and by name within the unit above."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from vuonlen.places.kinds import sound
from vuonlen.places.models import Level, Place

Key = tuple[Level, str]


@dataclass
class Edition:
    """Units of one day. named: (code of the unit above, name by its sound) -> codes of communes."""

    on: date
    units: dict[Key, Place] = field(default_factory=dict)
    named: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, place: Place, above: Place | None) -> None:
        self.units[Level(place.level), place.code] = place
        if place.level == Level.COMMUNE and above is not None:
            self.named[above.code, sound(place.name)].append(place.code)

    def commune(self, code: str) -> Place | None:
        return self.units.get((Level.COMMUNE, code))

    def others(self, above: str, name: str, code: str) -> list[str]:
        """Codes of other communes under `above` that bear this very name."""
        return [one for one in self.named.get((above, sound(name)), []) if one != code]


@dataclass
class Standing:
    """Both editions, and when each code was last or will next be in use beside them."""

    before: Edition
    since: Edition
    periods: dict[Key, list[tuple[date, date | None]]] = field(default_factory=lambda: defaultdict(list))

    def free_from(self, key: Key, earliest: date) -> date:
        """The first day from which a unit with this code can stand until the change."""
        ends = [until for _, until in self.periods[key] if until is not None and until <= self.since.on]
        return max([earliest, *ends])

    def free_until(self, key: Key) -> date | None:
        """The day on which another unit takes this code, if one does."""
        return min((begun for begun, _ in self.periods[key] if begun > self.since.on), default=None)


def read(on: date) -> Standing:
    """The register around a change on a day."""
    last = on - timedelta(days=1)
    found = Standing(Edition(last), Edition(on))
    for place in Place.objects.filter(level__lte=Level.COMMUNE).select_related("parent"):
        found.periods[Level(place.level), place.code].append((place.valid_from, place.valid_to))
        for edition in (found.before, found.since):
            if place.holds(edition.on):
                edition.add(place, place.parent)
    return found
