"""Which commune and village a row of a list means, on the date of the list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from vuonlen.domain.names import fold
from vuonlen.domain.problems import Repair
from vuonlen.foundation.paths import under_any
from vuonlen.foundation.periods import at
from vuonlen.places.kinds import spellings
from vuonlen.places.models import Level, Place, Succession
from vuonlen.places.queries import became_many, reach
from vuonlen.registry.intake.listed import Unusable

_MOST_NAMED = 5


class Communes:
    """Communes that a list of `place` may name: those of its date, and what became of earlier ones."""

    def __init__(self, place: Place, on: date) -> None:
        self._place, self._on = place, on
        rows = list(Place.objects.filter(under_any(reach([place])), level=Level.COMMUNE).order_by("path"))
        self.valid = {one.pk: one for one in rows if one.holds(on)}
        self._by_code = {one.code: one for one in self.valid.values()}
        self._gone = [one for one in rows if one.valid_to is not None and one.valid_to <= on]
        self._now = became_many(self._gone, on)
        self._known: dict[tuple[str, str], tuple[Place, Repair | None] | Unusable] = {}

    def find(self, code: str, name: str, household: str) -> tuple[Place, Repair | None]:
        """The commune of a row, and how the file had to be understood for it. Raises Unusable."""
        if (code, name) not in self._known:
            try:
                self._known[code, name] = self._find(code, name)
            except Unusable as why:
                self._known[code, name] = why
        found = self._known[code, name]
        if isinstance(found, Unusable):
            values = {**found.problem.values, "code": household}
            raise Unusable(found.problem.code, **values)
        return found

    def _find(self, code: str, name: str) -> tuple[Place, Repair | None]:
        names = spellings(name)
        if not code and not names:
            if len(self.valid) == 1:
                return next(iter(self.valid.values())), None
            raise Unusable("R-COMMUNE-BLANK", place=self._place.name)
        here = self._by_code.get(code)
        if here is not None and (not names or here.name_folded in names):
            return here, None
        if not code:
            named = [one for one in self.valid.values() if one.name_folded in names]
            if len(named) == 1:
                return named[0], None
        former = [
            one for one in self._gone if (not code or one.code == code) and (not names or one.name_folded in names)
        ]
        if len(former) == 1:
            return self._successor(former[0], code, name)
        if here is not None:
            raise Unusable("R-COMMUNE-NAME", given=code, place=here.name, name=name)
        raise Unusable(
            "R-COMMUNE-OUTSIDE",
            given=" ".join(part for part in (code, name) if part),
            place=self._place.name,
            on=f"{self._on:%d/%m/%Y}",
        )

    def _successor(self, former: Place, code: str, name: str) -> tuple[Place, Repair | None]:
        """Read as the unit that all of it became; of a split one, no code tells where a household went."""
        now = self._now[former.pk]
        if now.place is None or now.place.pk not in self.valid:
            places = ", ".join(one.name for one in now.places[:_MOST_NAMED])
            raise Unusable("R-COMMUNE-SPLIT", name=former.name, places=places or "?")
        before = " ".join(part for part in (code, name) if part)
        return now.place, Repair("X-COMMUNE-NOW", "", "", "place_name", before, f"{now.place.code} {now.place.name}")


class Villages:
    """Villages of communes on a day, by what people call them."""

    def __init__(self, communes: Iterable[int], on: date) -> None:
        self._named: dict[tuple[int, str], set[int]] = defaultdict(set)
        self._spelled: dict[tuple[int, str], set[int]] = defaultdict(set)
        self._known: dict[tuple[int, str], int | None] = {}
        rows = Place.objects.filter(at(on), level=Level.VILLAGE, parent_id__in=list(communes)).select_related("parent")
        self.places = {one.pk: one for one in rows}
        for one in self.places.values():
            commune = one.parent_id or 0
            self._named[commune, one.name_folded].add(one.pk)
            for spelled in spellings(one.name_folded):
                self._spelled[commune, spelled].add(one.pk)

    def find(self, commune: int, name: str) -> int | None:
        """The one village that `name` means there; None where there is none, or more than one."""
        if not name:
            return None
        if (commune, name) not in self._known:
            found = set(self._named.get((commune, fold(name)), ()))
            for index in (self._named, self._spelled):
                found = found or {pk for one in spellings(name) for pk in index.get((commune, one), ())}
            self._known[commune, name] = found.pop() if len(found) == 1 else None
        return self._known[commune, name]


def lineage(communes: Iterable[int]) -> dict[int, dict[int, bool]]:
    """Commune -> itself, all that it came from and all that it went on as, each with whether it is so as a whole."""
    wanted = list(communes)
    back: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    onward: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    new = set(wanted)
    asked: set[int] = set()
    while new:
        asked |= new
        rows = Succession.objects.filter(successor_id__in=new) | Succession.objects.filter(predecessor_id__in=new)
        found = set(rows.values_list("predecessor_id", "successor_id", "whole"))
        for before, after, whole in found:
            back[after].append((before, whole))
            onward[before].append((after, whole))
        new = {pk for before, after, _ in found for pk in (before, after)} - asked
    return {one: _walked(one, back) | _walked(one, onward) | {one: True} for one in wanted}


def _walked(start: int, steps: dict[int, list[tuple[int, bool]]]) -> dict[int, bool]:
    """All that can be reached from `start`, with whether some way there is whole."""
    reached: dict[int, bool] = {}
    waiting = [(start, True)]
    while waiting:
        here, whole = waiting.pop()
        for there, entirely in set(steps[here]):
            certain = whole and entirely
            if there not in reached or (certain and not reached[there]):
                reached[there] = certain
                waiting.append((there, certain))
    return reached
