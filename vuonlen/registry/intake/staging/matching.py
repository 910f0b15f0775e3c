"""Which household of the register a row of a list is. What is not certain becomes a question for a person.

In this order: the number of the household in its commune, or in one that the commune came from or went on as; the
ID number of the head; likeness of name, year of birth and village. A number alone is not believed: something else
must agree, for a number may be given again and a commune may have been made of two that both began at 1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from vuonlen.analytics.matching import LIKELY
from vuonlen.domain.names import fold
from vuonlen.registry.intake.listed import Listed, all_hashes
from vuonlen.registry.intake.staging.known import Area, Known, village_key

_MOST_SUSPECTS = 5
_MOST_IN_BLOCK = 400  # names of one village and year are few; a block beyond this is a list without either


@dataclass(slots=True)
class Key:
    """What a row is matched by."""

    ordinal: int
    code: str
    commune: int
    village: str
    head_name: str
    head_year: int | None
    head_hash: str
    hashes: frozenset[str]
    names: frozenset[str]

    @classmethod
    def of(cls, ordinal: int, one: Listed) -> Key:
        head = one.head
        return cls(
            ordinal, one.code, one.commune, village_key(one.village_name), fold(head.name), head.birth_year,
            head.id_hash, frozenset(all_hashes(one)), frozenset(fold(person.name) for person in one.persons),
        )  # fmt: skip


@dataclass(slots=True)
class Likely:
    """A household of the register, or an earlier row (by ordinal), that may be the same."""

    household: int | None
    other: int | None
    likeness: float
    why: str


@dataclass(slots=True)
class Match:
    household: int | None = None
    suspects: list[Likely] = field(default_factory=list)
    taken: bool = False  # another row of the file is that household already


class Matcher:
    """Matches the rows of one list. lineage: see `communes.lineage`."""

    def __init__(self, area: Area, lineage: dict[int, dict[int, bool]]) -> None:
        self._area, self._lineage = area, lineage
        self._row_of: dict[int, int] = {}  # household -> ordinal
        self.found: dict[int, Match] = {}

    def run(self, keys: Sequence[Key]) -> dict[int, Match]:
        self.found = {one.ordinal: Match() for one in keys}
        for one in keys:
            self._by_code(one)
        for one in keys:
            if not self._settled(one):
                self._by_number(one)
        for one in keys:
            if not self._settled(one):
                self._ask_code(one)
        self._by_likeness([one for one in keys if not self._settled(one)])
        self._within(keys)
        return self.found

    def _settled(self, one: Key) -> bool:
        match = self.found[one.ordinal]
        return match.household is not None or bool(match.suspects) or match.taken

    def _take(self, one: Key, home: Known) -> None:
        if home.pk in self._row_of:
            self.found[one.ordinal].taken = True
            return
        self._row_of[home.pk] = one.ordinal
        self.found[one.ordinal].household = home.pk

    def _suspect(self, one: Key, home: Known, why: str) -> None:
        suspects = self.found[one.ordinal].suspects
        if len(suspects) < _MOST_SUSPECTS and all(other.household != home.pk for other in suspects):
            suspects.append(Likely(home.pk, None, fuzz.ratio(one.head_name, home.head_name), why))

    def _numbered(self, one: Key) -> list[Known]:
        there = self._lineage.get(one.commune, {})
        return [home for home in self._area.by_code.get(one.code, ()) if home.registered_in in there]

    def _by_code(self, one: Key) -> None:
        agreeing = [home for home in self._numbered(one) if not home.gone and agrees(one, home)]
        here = [home for home in agreeing if home.registered_in == one.commune]
        for homes in (here, agreeing):
            if len(homes) == 1:
                self._take(one, homes[0])
                return
        for home in agreeing:
            self._suspect(one, home, "code")

    def _ask_code(self, one: Key) -> None:
        for home in self._numbered(one):
            if home.pk not in self._row_of:
                self._suspect(one, home, "code")

    def _by_number(self, one: Key) -> None:
        """The same head under another number; a member of it only raises the question."""
        person = self._area.people.get(one.head_hash) if one.head_hash else None
        home = self._area.homes[person[1]] if person else None
        if home is not None and home.pk not in self._row_of:
            if home.head_hash == one.head_hash and not home.gone:
                self._take(one, home)
            else:
                self._suspect(one, home, "member_id")
            return
        for number in sorted(one.hashes):
            other = self._area.people.get(number)
            if other and other[1] not in self._row_of and self._area.homes[other[1]].head_hash == number:
                self._suspect(one, self._area.homes[other[1]], "member_id")

    def _by_likeness(self, keys: Sequence[Key]) -> None:
        open_homes = [home for home in self._area.homes.values() if not home.closed and home.pk not in self._row_of]
        blocks = _Blocks(open_homes, self._lineage)
        for one in keys:
            for home in blocks.near(one):
                if not _contradict(one.head_hash, home.head_hash):
                    self._suspect(one, home, "name")

    def _within(self, keys: Sequence[Key]) -> None:
        """Rows of one file that may be one household. Where the register knows both apart, nothing is asked."""
        by_number: dict[str, Key] = {}
        blocks: dict[tuple[object, ...], list[Key]] = defaultdict(list)
        for one in keys:
            first = by_number.setdefault(one.head_hash, one) if one.head_hash else one
            if first is not one:
                self._same_file(one, first, "id_number")
                continue
            block = blocks[one.commune, one.village, one.head_year]
            for other in block[:_MOST_IN_BLOCK]:
                if _contradict(one.head_hash, other.head_hash):
                    continue
                if one.head_name == other.head_name or (
                    one.head_year is not None and fuzz.ratio(one.head_name, other.head_name) >= LIKELY
                ):
                    self._same_file(one, other, "name")
            block.append(one)

    def _same_file(self, one: Key, other: Key, why: str) -> None:
        mine, theirs = self.found[one.ordinal], self.found[other.ordinal]
        if (mine.household is not None and theirs.household is not None) or len(mine.suspects) >= _MOST_SUSPECTS:
            return
        likeness = fuzz.ratio(one.head_name, other.head_name)
        mine.suspects.append(Likely(None, other.ordinal, likeness, why))


class _Blocks:
    """Households of the register by what a likely match must share, so that nothing is compared with everything."""

    def __init__(self, homes: Iterable[Known], lineage: dict[int, dict[int, bool]]) -> None:
        self._lineage = lineage
        self._by_year: dict[tuple[int, str, int | None], list[Known]] = defaultdict(list)
        self._by_name: dict[tuple[int, str], list[Known]] = defaultdict(list)
        for one in homes:
            self._by_year[one.commune, village_key(one.village), one.head_year].append(one)
            self._by_name[one.commune, one.head_name].append(one)

    def near(self, one: Key) -> list[Known]:
        """The same name where year or village does not speak against it; nearly the same name, year and village."""
        found: dict[int, Known] = {}
        for commune in sorted(self._lineage.get(one.commune, {one.commune: True})):
            for home in self._by_name.get((commune, one.head_name), ()):
                same_village = bool(one.village) and one.village == village_key(home.village)
                same_year = one.head_year is not None and one.head_year == home.head_year
                unknown_year = one.head_year is None or home.head_year is None
                if same_year or (same_village and unknown_year):
                    found[home.pk] = home
            if one.head_year is not None:
                for home in self._by_year.get((commune, one.village, one.head_year), ())[:_MOST_IN_BLOCK]:
                    if fuzz.ratio(one.head_name, home.head_name) >= LIKELY:
                        found[home.pk] = home
        return list(found.values())


def agrees(one: Key, home: Known) -> bool:
    """Whether anything else than the number says that they are one household."""
    if not home.names or one.hashes & home.hashes:
        return True
    shared = one.names & home.names
    if _contradict(one.head_hash, home.head_hash) and one.head_name == home.head_name:
        return len(shared) > 1  # a new card, or a namesake: somebody else of the family must agree
    return bool(shared)


def _contradict(one: str, other: str) -> bool:
    """Two ID numbers that are both known and differ."""
    return bool(one and other and one != other)
