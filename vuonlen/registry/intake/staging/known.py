"""What the register knows of the households of an area, as far as a list can be matched with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from vuonlen.domain.names import fold
from vuonlen.foundation.paths import under_any
from vuonlen.places.models import Place
from vuonlen.places.queries import reach
from vuonlen.registry.models import Household, Membership, Person

_PART = 500
#: A household that was closed for one of these reasons is not simply the same one again.
_GONE_FOR_GOOD = ("merged", "entered_twice", "deceased")


@dataclass(slots=True)
class Known:
    """A household of the register. hashes: of the ID numbers of its members; names: of its members, folded."""

    pk: int
    code: str
    registered_in: int
    commune: int
    village: str  # folded name
    closed: str = ""  # why, where it is closed
    head_name: str = ""
    head_year: int | None = None
    head_hash: str = ""
    hashes: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    @property
    def gone(self) -> bool:
        return self.closed in _GONE_FOR_GOOD


class Area:
    """Every household that the officer of `place` answers for: read once, with two queries."""

    def __init__(self, place: Place) -> None:
        paths = reach([place])
        rows = Household.objects.filter(under_any(paths, "area_path")).order_by("pk")
        self.homes: dict[int, Known] = {}
        for pk, code, registered, commune, village, closed in rows.values_list(
            "pk", "code", "registered_in_id", "commune_id", "village__name_folded", "closed_why"
        ):
            self.homes[pk] = Known(pk, code, registered, commune, village or "", closed)
        #: hash of an ID number -> person, and the household where that person is now
        self.people: dict[str, tuple[int, int]] = {}
        self._read_members(paths)
        self.by_code: dict[str, list[Known]] = defaultdict(list)
        for one in self.homes.values():
            self.by_code[one.code].append(one)

    def _read_members(self, paths: Iterable[str]) -> None:
        """People are those who belong to a household today, or to a closed one at its end."""
        rows = Membership.objects.filter(under_any(paths, "household__area_path")).order_by("valid_from", "pk")
        for home, person, is_head, until, name, year, number in rows.values_list(
            "household_id", "person_id", "is_head", "valid_to", "person__name_folded", "person__birth_year",
            "person__id_hash",
        ).iterator(chunk_size=5000):  # fmt: skip
            one = self.homes.get(home)
            if one is None or (until is not None and not one.closed):
                continue
            one.names.add(name)
            if number:
                one.hashes.add(number)
                self.people[number] = (person, home)
            if is_head:
                one.head_name, one.head_year, one.head_hash = name, year, number


def elsewhere(hashes: Sequence[str], area: Area) -> set[str]:
    """Which of these ID numbers belong to somebody whom the register has in another area."""
    found: set[str] = set()
    strange = [one for one in hashes if one not in area.people]
    for start in range(0, len(strange), _PART):
        people = Person.objects.filter(id_hash__in=strange[start : start + _PART], memberships__valid_to__isnull=True)
        found.update(people.values_list("id_hash", flat=True))
    return found


def village_key(name: str) -> str:
    """A village as two lists may word it: without the word for its kind."""
    words = fold(name).split()
    while len(words) > 1 and words[0] in {"thon", "ban", "xom", "ap", "to", "dan", "pho", "khu", "khoi"}:
        words = words[1:]
    return " ".join(words)
