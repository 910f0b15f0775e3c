"""One invented household over the years of the lists."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

from vuonlen.demo import deprivations
from vuonlen.demo.chance import generator, pick, pick_some
from vuonlen.demo.families import Needs, Shape, fits, shape
from vuonlen.demo.people import Person, PersonMaker
from vuonlen.demo.recipe import Ages, Band, Range, Recipe, Unit

_STEP = 10_000  # đồng: incomes are whole tens of thousands
_CHILD_CODES = frozenset({"I03", "I06"})  # of these one needs a child, of the next a young adult, a worker
_YOUTH_CODE, _WORKER_CODE = "I05", "I01"
_NOT_LISTED = "-"
_SEASON = 90  # days
_PARENT_UNTIL = 43  # full years of the head; a later child is a grandchild


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers of one household at one review. income: đồng per head per month; score: điểm A, points."""

    low: bool
    income: int | None
    score: int | None
    deprived: frozenset[str]
    blank: frozenset[str]


@dataclass(slots=True)
class Household:
    """answers: year -> answers, of the years in whose list it stands."""

    id: str
    unit: str
    village: str
    path: str
    group: str
    farm: bool
    merit: bool
    no_capacity: bool
    causes: tuple[str, ...]
    dependants: bool
    members: list[Person]
    answers: dict[int, Answers] = field(default_factory=dict)
    note: str = ""

    def present(self, year: int) -> list[Person]:
        return [one for one in self.members if one.here(year)]

    def can_lose(self, person: Person, years: Sequence[int], ages: Ages) -> bool:
        """Whether its answers of these years stay true without `person`."""
        rest = [one for one in self.members if one is not person]
        return all(fits(rest, year, ages, dependants=self.dependants) for year in years)


class HouseholdMaker:
    """Makes households one by one from the recipe."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._persons = PersonMaker(recipe.names)

    def make(self, name: str, code: str, path: str, *, host: tuple[Household, Person] | None = None) -> Household:
        """A household of unit `code`. host: the household and the grown child of it who founds this one."""
        recipe, unit = self._recipe, self._recipe.units[code]
        rng = generator(recipe.seed, name)
        bands = self._bands(rng, unit, path)
        low = any(recipe.bands[band].low for band in bands.values())
        dependants = host is None and rng.random() < recipe.bands[self._main(path)].chances.dependants
        weights = {key: value for key, value in unit.indicators.items() if host is None or key not in _CHILD_CODES}
        answers = self._answers(rng, unit, bands, weights, dependants)
        lacks = frozenset[str]().union(*(one.deprived for one in answers.values()))
        needs = Needs(
            child=bool(lacks & _CHILD_CODES),
            youth=_YOUTH_CODE in lacks,
            worker=_WORKER_CODE in lacks,
            dependants=dependants,
            alone=recipe.paths[path].second is None and rng.random() < recipe.families.lone_when_left,
        )
        group = host[0].group if host else pick(rng, self._shares(unit, low))
        no_capacity = not (needs.worker or host) and rng.random() < recipe.families.no_capacity.of(low)
        made = Household(
            id=name,
            unit=code,
            village=host[0].village if host else self._village(rng, unit, low),
            path=path,
            group=group,
            farm=rng.random() < unit.farm.of(low),
            merit=rng.random() < recipe.families.merit.of(low),
            no_capacity=no_capacity,
            causes=self._causes(rng, unit, ill=no_capacity, dependants=dependants),
            dependants=dependants,
            members=self._found(rng, group, host[1]) if host else self._family(rng, group, needs),
            answers=answers,
            note=self._note(path, split=host is not None),
        )
        if not host and not needs.alone:
            self._live(rng, made)
        return made

    def _main(self, path: str) -> str:
        bands = self._recipe.paths[path]
        return bands.first or bands.second or _NOT_LISTED

    def _bands(self, rng: Random, unit: Unit, path: str) -> dict[int, str]:
        """Year -> band, for the years in whose list the household stands."""
        recipe, years, bands = self._recipe, self._recipe.years, self._recipe.paths[path]
        found = {}
        if bands.before and (before := pick(rng, bands.before)) != _NOT_LISTED:
            found[years.before] = before
        if bands.first:
            found[years.first] = bands.first
        if bands.second:
            found[years.second] = bands.second
            found[years.later] = pick(rng, recipe.later[bands.second][unit.later.area])
        return found

    def _answers(
        self, rng: Random, unit: Unit, bands: Mapping[int, str], weights: Mapping[str, float], dependants: bool
    ) -> dict[int, Answers]:
        recipe = self._recipe
        place, lacks = rng.random(), frozenset[str]()
        found = {}
        for year, name in bands.items():
            band = recipe.bands[name]
            area = unit.later.area if year == recipe.years.later else unit.area
            lacks = deprivations.draw(
                rng, band, weights, lacks, dependants=dependants, keeps=recipe.families.keeps_deprivation
            )
            scored = rng.random() < band.chances.scored
            found[year] = Answers(
                low=band.low,
                income=None
                if scored and rng.random() < band.chances.no_income
                else _within(band, band.income[area], place),
                score=_score(rng, band, band.score[area], place) if scored else None,
                deprived=lacks,
                blank=deprivations.blanks(rng, band, list(recipe.indicators), lacks),
            )
            place = min(1.0, max(0.0, place + rng.uniform(-0.12, 0.15)))
        return found

    def _shares(self, unit: Unit, low: bool) -> dict[str, float]:
        weight = self._recipe.ethnic_groups
        return {group: share * (weight[group] if low else 1) for group, share in unit.ethnic.items()}

    @staticmethod
    def _village(rng: Random, unit: Unit, low: bool) -> str:
        poorer = set(unit.villages.poorer) if low else set()
        return pick(rng, {one: 4.0 if n in poorer else 1.0 for n, one in enumerate(unit.villages.all, start=1)})

    @staticmethod
    def _causes(rng: Random, unit: Unit, *, ill: bool, dependants: bool) -> tuple[str, ...]:
        weights = {code: weight * (3 if dependants and code == "C3" else 1) for code, weight in unit.causes.items()}
        chosen = set(pick_some(rng, weights, rng.choice((1, 1, 2, 2, 3))))
        return tuple(sorted(chosen | {"C7"} if ill else chosen))

    def _note(self, path: str, *, split: bool) -> str:
        if self._recipe.paths[path].first:
            return ""
        return "Tách hộ trong năm" if split else "Chuyển đến trong năm"

    def _family(self, rng: Random, group: str, needs: Needs) -> list[Person]:
        plan = shape(rng, self._recipe, needs)
        head = self._persons.make(rng, group, plan.head, "Chủ hộ")
        members = [head]
        if plan.spouse:
            members.append(self._persons.spouse(rng, group, head))
        return members + self._elders(rng, group, head, plan, needs) + self._offspring(rng, group, head, plan, needs)

    def _elders(self, rng: Random, group: str, head: Person, plan: Shape, needs: Needs) -> list[Person]:
        parents = (("Mẹ", "female", ""), ("Bố", "male", head.name.split()[0]))[: plan.elders]
        earliest, latest = self._recipe.births.elder
        span = (max(earliest, head.born.year - 38), min(latest, head.born.year - 18))
        return [
            self._persons.make(rng, group, span, relation, sex=sex, family=family, fixed=needs.dependants)
            for relation, sex, family in parents
        ]

    def _offspring(self, rng: Random, group: str, head: Person, plan: Shape, needs: Needs) -> list[Person]:
        made = []
        for number, year in enumerate((*plan.youths, *plan.children)):
            leaves = number < len(plan.youths) and not (needs.youth and number == 0)
            relation = "Con" if year - head.born.year <= 45 else "Cháu"
            made.append(self._born(rng, group, head, year, relation, fixed=not leaves))
        return made

    def _born(
        self, rng: Random, group: str, head: Person, year: int, relation: str, *, fixed: bool = True, joined: int = 0
    ) -> Person:
        """A child of the house. All are born in one season, so that brothers and sisters are nine months apart."""
        start = int(head.luck * (365 - _SEASON))
        family = head.name.split()[0]
        return self._persons.make(
            rng,
            group,
            (year, year),
            relation,
            family=family,
            fixed=fixed,
            joined=joined,
            days=(start, start + _SEASON),
        )

    def _found(self, rng: Random, group: str, child: Person) -> list[Person]:
        year = self._recipe.years.second
        founder = Person(child.name, child.sex, child.born, "Chủ hộ", child.luck, child.serial, joined=year)
        return [founder, self._persons.spouse(rng, group, founder)]

    def _live(self, rng: Random, home: Household) -> None:
        """Births, marriages and leavings between the lists, as long as the answers stay true."""
        years, events, ages = self._recipe.years, self._recipe.families.events, self._recipe.ages
        lists = (years.before, years.first, years.second, years.later)
        for earlier, year in pairwise(lists):
            span, ahead = year - earlier, [one for one in lists if one >= year]
            head = home.members[0]
            if rng.random() < events.birth * span and head.age(year) < ages.old_from and len(home.members) > 1:
                relation = "Con" if head.age(year) <= _PARENT_UNTIL else "Cháu"
                self._try(home, ahead, self._born(rng, home.group, head, earlier + 1, relation, joined=year))
            grown = any(one.relation == "Con" and not one.fixed for one in home.present(year))
            if grown and rng.random() < events.joins * span:
                self._try(home, ahead, self._joiner(rng, home, year))
            leavers = [one for one in home.present(year) if not one.fixed]
            if leavers and rng.random() < events.leaves * span:
                gone = rng.choice(leavers)
                if home.can_lose(gone, ahead, ages):
                    gone.left = year

    def _try(self, home: Household, years: Sequence[int], person: Person) -> None:
        grown = [*home.members, person]
        if all(fits(grown, year, self._recipe.ages, dependants=home.dependants) for year in years):
            home.members = grown

    def _joiner(self, rng: Random, home: Household, year: int) -> Person:
        sex, relation = rng.choice((("female", "Con dâu"), ("female", "Con dâu"), ("male", "Con rể")))
        return self._persons.make(rng, home.group, self._recipe.births.joiner, relation, sex=sex, joined=year)


def _within(band: Band, bounds: Range, place: float) -> int:
    tens = round(_along(band, bounds, place) / _STEP) * _STEP
    return min(bounds[1], max(bounds[0], tens))


def _score(rng: Random, band: Band, bounds: Range, place: float) -> int:
    return min(bounds[1], max(bounds[0], round(_along(band, bounds, place)) + rng.randint(-3, 3)))


def _along(band: Band, bounds: Range, place: float) -> float:
    """The value at `place` (0 to 1) of the way from the lower to the upper bound, skewed as the band says."""
    low, high = bounds
    return low + (high - low) * math.pow(place, band.skew)
