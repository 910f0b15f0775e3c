"""Load the country: both editions of the tree and what became of each unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from vuonlen.journal.actions import SYSTEM, Act, Actor, record
from vuonlen.places import country
from vuonlen.places.models import Level, Place, Share, Succession
from vuonlen.places.planting import BATCH, Planter, Span, counted, save

Progress = Callable[[int, int], None]
Key = tuple[Level, str]  # within one edition
_STEPS = 7  # three levels before, two since, the successions, the journal


@dataclass(frozen=True, slots=True)
class Loaded:
    """created, kept: places. kept: already there, whoever made them. successions: created."""

    created: int
    kept: int
    successions: int


def load_country(*, by: Actor = SYSTEM, on_progress: Progress | None = None) -> Loaded:
    """Load what is missing of the shipped tables. Places and successions that are there are left as they are."""
    advance = on_progress or _silent
    with transaction.atomic():
        editions = _Editions(advance)
        before = editions.load(country.before(), country.BEFORE)
        since = editions.load(country.since(), country.SINCE)
        made = _link(before, since)
        advance(_STEPS - 1, _STEPS)
        loaded = Loaded(editions.created, len(before) + len(since) - editions.created, made)
        if loaded.created or loaded.successions:
            counts = {"created": loaded.created, "successions": loaded.successions}
            counted()
            record("system", by, Act("places.load_country", "places", "country", after=counts))
    advance(_STEPS, _STEPS)
    return loaded


def _silent(done: int, total: int) -> None:
    """Nobody watches."""


class _Editions:
    """Adds the rows of an edition level by level: a parent has its key before its children are saved."""

    def __init__(self, advance: Progress) -> None:
        self.created = 0
        self._advance, self._done = advance, 0
        self._planter = Planter()
        self._there: dict[Key, list[Place]] = defaultdict(list)
        for one in Place.objects.filter(level__lte=Level.COMMUNE):
            self._there[Level(one.level), one.code].append(one)

    def load(self, rows: Iterable[country.Row], span: Span) -> dict[Key, Place]:
        found: dict[Key, Place] = {}
        by_level: dict[Level, list[country.Row]] = defaultdict(list)
        for row in rows:
            by_level[row.level].append(row)
        above: Level | None = None
        for level, told in by_level.items():
            fresh = []
            for row in told:
                key = level, row.unit.code
                place = self._standing(key, span)
                if place is None:
                    parent = found[above, row.parent] if above else None
                    place = self._planter.grown(row.unit, level, parent, span)
                    fresh.append(place)
                found[key] = place
            save(fresh)
            self.created += len(fresh)
            above = level
            self._done += 1
            self._advance(self._done, _STEPS)
        return found

    def _standing(self, key: Key, span: Span) -> Place | None:
        """A row that has the code at some day of the span: two cannot."""
        return next((one for one in self._there[key] if _overlap(one, span)), None)


def _overlap(place: Place, span: Span) -> bool:
    until = span.until or date.max
    return place.valid_from < until and (place.valid_to is None or place.valid_to > span.since)


def _link(before: dict[Key, Place], since: dict[Key, Place]) -> int:
    """Successions of units that have none: the official table may have said better since."""
    told = set(Succession.objects.values_list("predecessor_id", flat=True))
    rows = []
    for one in country.steps():
        predecessor = before[one.level, one.before]
        if predecessor.pk in told or predecessor.valid_to != country.MERGED:
            continue
        rows.append(
            Succession(
                predecessor=predecessor,
                successor=since[one.onto, one.since],
                whole=one.whole,
                share=Share.ALL if one.whole else Share.PART,
                on=country.MERGED,
                source=country.CONVERSION_SOURCE,
            )
        )
    Succession.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)
