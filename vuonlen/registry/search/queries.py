"""Lists of households: whose they are, which of them, in which order, a page at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.http import Http404

from vuonlen.accounts import scope as rights
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.domain.names import fold
from vuonlen.foundation.keyset import BadToken
from vuonlen.foundation.paths import STEP, under_any
from vuonlen.foundation.periods import at
from vuonlen.places.kinds import spellings
from vuonlen.places.models import Level, Place
from vuonlen.places.queries import reach
from vuonlen.registry.models import Household, Membership, StatusPeriod
from vuonlen.registry.search.areas import both, fewest
from vuonlen.registry.search.filters import BY_NAME, Filters, as_of, ethnicities, narrowing, rows_of
from vuonlen.registry.search.keys import LAST, Range, keys_of, wanted
from vuonlen.registry.search.models import Name
from vuonlen.registry.search.walking import Found, Stretch, Walk, walk

PLACE_ORDER = ("area_path", "head_order", "id")
NAME_ORDER = ("head_order", "area_path", "id")
FOUND_ORDER = ("root", "key", "area", "household_id")
NARROW = 3_000  # households of an area that is searched household by household, not name by name
SIZE = 25
FEW = 3
RARE = 200  # names of many roots that are read at once, and not walked root by root
TRIED = (100, 1_000, 2_000)  # names, each with two questions about its household
_AFTER_ALL = "~"


@dataclass(frozen=True, slots=True)
class Row:
    """One household as a list shows it. ethnicity None: not for this user. matched: members whose name was sought."""

    household: Household
    status: str
    ethnicity: str | None
    matched: tuple[str, ...] = ()

    @property
    def ethnicity_name(self) -> str:
        return ethnicities().get(self.ethnicity or "", "")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was asked for as it was understood. walk None: the words name nobody. understood, keys: see Listing."""

    filters: Filters
    place: Place | None
    walk: Walk | None
    understood: Place | None = None
    keys: Range | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list. cut: the walk rested before the page was full. place: the one that the list is narrowed to.

    understood: words that were taken for a place. places: units that the words may name.
    """

    filters: Filters
    rows: list[Row] = field(default_factory=list)
    next: str = ""
    previous: str = ""
    cut: bool = False
    place: Place | None = None
    understood: Place | None = None
    places: tuple[Place, ...] = ()


def listing(user: User, filters: Filters, *, after: str = "", before: str = "", size: int = SIZE) -> Listing:
    """One page of the households that `user` may read. A place that is not theirs, or a token of another list: 404."""
    reading = read_as(user, filters, size)
    if reading.walk is None:
        return Listing(reading.filters, place=reading.place, places=tuple(places_named(user, filters.words)))
    try:
        found = walk(reading.walk, after=after, before=before)
    except BadToken as why:
        raise Http404 from why
    return _told(user, reading, found)


def every(reading: Reading) -> Iterator[list[int]]:
    """Keys of all households of a list, in its order, in parts of the size it was read with."""
    if reading.walk is None:
        return
    column = "pk" if reading.keys is None else "household_id"
    after = ""
    while True:
        found = walk(reading.walk, after=after)
        if found.rows:
            yield [getattr(one, column) for one in found.rows]
        after = found.next
        if not after:
            return


def read_as(user: User, filters: Filters, size: int, right: Right = Right.READ_HOUSEHOLDS) -> Reading:
    """What is asked for, as a walk through the database. Raises Http404 for a place that is not theirs."""
    place = find_place(user, filters.place) if filters.place else None
    filters = as_of(filters, place)
    area = _area(user, filters, place, right)
    if not fold(filters.words):
        return Reading(filters, place, _plain(filters, area, place, size))
    return _sought(user, filters, area, place, size)


def find_place(user: User, public_id: str) -> Place:
    """A place of any time that lies in the area of `user`, or above it. Raises Http404."""
    place = Place.objects.filter(public_id=public_id).first()
    if place is None or not both(_scope(user), reach([place])):
        raise Http404
    return place


def places_named(user: User, text: str, limit: int = 6) -> list[Place]:
    """Units of any time, in the area of `user`, that `text` names without tones, with its kind or without."""
    names = spellings(text)
    if not names:
        return []
    rows = Place.objects.filter(level__in=Level.values, name_folded__in=names)
    return list(rights.scope(user, Right.READ_HOUSEHOLDS).of(rows, "path").order_by("-valid_from", "path")[:limit])


def by_id_number(user: User, hashed: str) -> Listing:
    """Households, in the area of `user`, with a member of this ID number, now or when they were closed."""
    members = Membership.objects.filter(person__id_hash=hashed).values_list("household_id", "valid_to", "person__name")
    told: dict[int, list[tuple[date | None, str]]] = defaultdict(list)
    for home, until, name in members[: SIZE * 4]:
        told[home].append((until, name))
    homes = rights.scope(user, Right.READ_HOUSEHOLDS).of(Household.objects.filter(pk__in=told))
    seen = rights.scope(user, Right.SEE_ETHNICITY)
    rows = [
        _row(seen, one, one.status, tuple(name for _, name in told[one.pk]))
        for one in homes.select_related("commune", "village").order_by(*PLACE_ORDER)[:SIZE]
        if any(until is None or until == one.closed_on for until, _ in told[one.pk])
    ]
    return Listing(Filters(), rows)


# ---- the area -----------------------------------------------------------------------------------------------------


def _scope(user: User, right: Right = Right.READ_HOUSEHOLDS) -> tuple[str, ...]:
    return fewest(rights.scope(user, right).paths)


def _area(user: User, filters: Filters, place: Place | None, right: Right) -> tuple[str, ...]:
    """Paths at and below which the households of the list stand today."""
    area = both(_scope(user), _scope(user, right))
    if filters.ethnicity:
        area = both(area, _scope(user, Right.SEE_ETHNICITY))
    if place is not None and filters.day is None:
        area = both(area, reach([place]))
    return area


def _inhabited(paths: Sequence[str]) -> Sequence[str]:
    """`paths` under which anyone lives. A few are walked without asking."""
    if len(paths) <= FEW:
        return paths
    under = Household.objects.filter(
        area_path__gte=OuterRef("path"), area_path__lt=Concat(OuterRef("path"), Value("~"))
    )
    return list(Place.objects.filter(Exists(under), path__in=paths).order_by("path").values_list("path", flat=True))


# ---- without words ------------------------------------------------------------------------------------------------


def _plain(filters: Filters, area: Sequence[str], place: Place | None, size: int) -> Walk:
    rows = rows_of(filters).select_related("commune", "village")
    told = narrowing(filters, tuple(reach([place])) if place is not None else ())
    if filters.order == BY_NAME:
        whole = [Stretch("", LAST)] if area else []
        homes = _narrow(area)
        if homes is not None:  # few enough to be sorted; by their keys, or SQLite would walk the names of the country
            return Walk(rows.filter(pk__in=homes), NAME_ORDER, whole, told, size)
        return Walk(rows, NAME_ORDER, whole, told & under_any(area, "area_path"), size)
    stretches = [Stretch(one, one + _AFTER_ALL) for one in _inhabited(area)]
    return Walk(rows, PLACE_ORDER, stretches, told, size)


def _narrow(area: Sequence[str]) -> list[int] | None:
    """Households of a small area; None where there are more than NARROW, or where it is a whole province."""
    if any(len(one) <= STEP for one in area):
        return None
    ids = list(Household.objects.filter(under_any(area, "area_path")).values_list("pk", flat=True)[: NARROW + 1])
    return ids if len(ids) <= NARROW else None


# ---- with words ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Names:
    """Where names are looked for: roots of the index, and what of them."""

    roots: tuple[str, ...]
    where: Q

    def of(self, keys: Range) -> QuerySet[Name]:
        return Name.objects.filter(self.where, key__gte=keys.low, key__lt=keys.high)

    def few(self, keys: Range) -> list[Name] | None:
        """Names in one range of keys, where it reaches over many roots and holds only few; else None."""
        if len(self.roots) <= FEW:
            return None
        rows = list(self.of(keys).filter(root__in=self.roots)[: RARE + 1])
        return rows if len(rows) <= RARE else None

    def inhabited(self, keys: Range) -> list[str]:
        """Roots in which one of the keys stands."""
        there = self.of(keys).filter(root=OuterRef("path"))
        rows = Place.objects.filter(Exists(there), path__in=self.roots).order_by("path")
        return list(rows.values_list("path", flat=True))


def _names(area: Sequence[str]) -> _Names:
    roots = tuple(sorted({one[:STEP] for one in area}))
    if all(len(one) <= STEP for one in area):
        return _Names(roots, Q())
    homes = _narrow(area)
    return _Names(roots, under_any(area, "area") if homes is None else Q(household_id__in=homes))


def _sought(user: User, filters: Filters, area: tuple[str, ...], place: Place | None, size: int) -> Reading:
    """The first reading of the words that finds anybody: as a name; then as a name and, at the end, a place."""
    words = fold(filters.words).split()
    if found := _named(filters, area, place, words, size):
        return found
    for cut in range(len(words) - 1, 0, -1) if place is None else ():
        units = places_named(user, " ".join(words[cut:]))
        now = [one for one in units if one.valid_to is None]
        if now:
            found = _named(filters, both(area, reach(now)), None, words[:cut], size)
        elif units:  # a unit that has ended: who lived there on its last day
            found = _named(as_of(filters, units[0]), area, units[0], words[:cut], size)
        if found:
            return replace(found, place=None, understood=(now or units)[0])
    return Reading(filters, place, None)


def _named(filters: Filters, area: tuple[str, ...], place: Place | None, words: list[str], size: int) -> Reading | None:
    """Everything read as a name; None where nobody in the area has such a one."""
    names = _names(area)
    told = narrowing(filters, tuple(reach([place])) if place is not None else ())
    for keys in wanted(" ".join(words)):
        if (walked := found_walk(names, keys, filters, told, size)) is not None:
            return Reading(filters, place, walked, None, keys)
    return None


def found_walk(names: _Names, keys: Range, filters: Filters, told: Q, size: int) -> Walk | None:
    """Names in one range of keys, each household once. None where there is none at all."""
    if (few := names.few(keys)) is not None:
        return Walk(Name.objects.none(), FOUND_ORDER, [], size=size, kept=_kept(few, filters, told)) if few else None
    rows = names.of(keys).filter(~Exists(_smaller(keys)))
    stretches = [Stretch(one) for one in names.inhabited(keys)]
    passed = rows_of(filters).filter(told, pk=OuterRef("household_id"))
    return Walk(rows, FOUND_ORDER, stretches, Q(Exists(passed)), size, windows=TRIED) if stretches else None


def _kept(few: Sequence[Name], filters: Filters, told: Q) -> list[Name]:
    """Those whose household passes, each household at the first of its names."""
    passed = rows_of(filters).filter(told, pk__in={one.household_id for one in few}).values_list("pk", flat=True)
    homes = set(passed)
    first: dict[int, Name] = {}
    for one in sorted(few, key=attrgetter("key"), reverse=True):
        first[one.household_id] = one
    return sorted((one for pk, one in first.items() if pk in homes), key=attrgetter(*FOUND_ORDER))


def _smaller(keys: Range) -> QuerySet[Name]:
    """A household stands once in a list, at the first of its names."""
    return Name.objects.filter(household=OuterRef("household"), key__gte=keys.low, key__lt=OuterRef("key"))


# ---- as it is shown -----------------------------------------------------------------------------------------------


def _told(user: User, reading: Reading, found: Found) -> Listing:
    homes: list[Household] = found.rows
    matched: dict[int, tuple[str, ...]] = {}
    filters = reading.filters
    if reading.keys is not None:
        ids = [one.household_id for one in found.rows]
        there = Household.objects.select_related("commune", "village").in_bulk(ids)
        homes = [there[pk] for pk in ids if pk in there]
        matched = _matched(homes, reading.keys)
    then = _statuses(homes, filters.day) if filters.day else None
    seen = rights.scope(user, Right.SEE_ETHNICITY)
    rows = [
        _row(seen, one, one.status if then is None else then.get(one.pk, ""), matched.get(one.pk, ())) for one in homes
    ]
    places = places_named(user, filters.words) if reading.keys is not None and not found.previous else []
    return Listing(
        filters, rows, found.next, found.previous, found.cut, reading.place, reading.understood, tuple(places)
    )


def _row(seen: rights.Scope, home: Household, status: str, matched: tuple[str, ...] = ()) -> Row:
    return Row(home, status, home.ethnicity if seen.covers(home.area_path) else None, matched)


def _matched(homes: Sequence[Household], keys: Range) -> dict[int, tuple[str, ...]]:
    """Household -> members, other than the head, whose name was sought."""
    closed = {one.pk: one.closed_on for one in homes}
    found: dict[int, list[str]] = defaultdict(list)
    members = Membership.objects.filter(household_id__in=closed, is_head=False).order_by("id")
    for home, until, name, folded in members.values_list(
        "household_id", "valid_to", "person__name", "person__name_folded"
    ):
        if (until is None or until == closed[home]) and any(keys.low <= one < keys.high for one in keys_of([folded])):
            found[home].append(name)
    return {home: tuple(names) for home, names in found.items()}


def _statuses(homes: Iterable[Household], day: date) -> dict[int, str]:
    periods = StatusPeriod.objects.filter(at(day), household__in=[one.pk for one in homes])
    return dict(periods.values_list("household_id", "status"))
