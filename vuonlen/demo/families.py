"""Who lives in an invented household, so that its answers of every year can be true of its members.

Whatever the household lacks in some year has someone whom it concerns in all of them: a child of school age for
nutrition and schooling, a young adult for adult education, an adult of working age for employment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from vuonlen.demo.chance import pick
from vuonlen.demo.people import Person
from vuonlen.demo.recipe import Ages, Births, Range, Recipe


@dataclass(frozen=True, slots=True)
class Needs:
    """Whom the answers require. dependants: more than half of the members depend on the others."""

    child: bool = False
    youth: bool = False
    worker: bool = False
    dependants: bool = False
    alone: bool = False

    @property
    def anyone(self) -> bool:
        return self.child or self.youth or self.worker or self.dependants


@dataclass(frozen=True, slots=True)
class Shape:
    """A family before it has names: birth years, and the span of the head's. elders: parents of the head."""

    head: Range
    spouse: bool = False
    youths: tuple[int, ...] = ()
    children: tuple[int, ...] = ()
    elders: int = 0


def shape(rng: Random, recipe: Recipe, needs: Needs) -> Shape:
    """Draw a family that fits its needs."""
    families, births = recipe.families, recipe.births
    if needs.dependants:
        return _dependent(rng, recipe, needs)
    if not needs.anyone and (needs.alone or rng.random() < families.lone):
        return Shape(head=rng.choice((births.elder, births.any_adult)))
    children = max(pick(rng, families.children), int(needs.child))
    youths = max(pick(rng, families.youths), int(needs.youth))
    elders = pick(rng, families.elders)
    spouse = rng.random() < families.spouse or children + youths + elders == 0
    children = min(children, 1 + spouse + youths + elders)
    grown = _years(rng, births.youth, youths)
    small = _years(rng, births.child if needs.child else births.any_child, children)
    otherwise = births.worker if needs.worker or elders else births.any_adult
    return Shape(_head_span((*grown, *small), otherwise, births, needs), spouse, grown, small, elders)


def _dependent(rng: Random, recipe: Recipe, needs: Needs) -> Shape:
    chances, births = recipe.families.dependent, recipe.births
    if not (needs.worker or needs.youth) and rng.random() < chances.elders_only:
        children = int(needs.child or rng.random() < chances.elder_grandchild)
        return Shape(
            head=births.elder,
            spouse=rng.random() < chances.elder_spouse,
            children=_years(rng, births.child, children),
        )
    spouse = rng.random() < chances.spouse
    grown = _years(rng, births.youth, int(needs.youth))
    dependants = 2 + spouse + len(grown) + (rng.random() < chances.one_more)  # one more than those who earn, at least
    elders = min(2, sum(rng.random() < chances.elder for _ in range(dependants)))
    small = _years(rng, births.child, max(dependants - elders, int(needs.child)))
    return Shape(_head_span((*grown, *small), births.worker, births, needs), spouse, grown, small, elders)


def _years(rng: Random, span: Range, count: int) -> tuple[int, ...]:
    """Different birth years, eldest first."""
    return tuple(sorted(rng.sample(range(span[0], span[1] + 1), count)))


def _head_span(offspring: Sequence[int], otherwise: Range, births: Births, needs: Needs) -> Range:
    if not offspring:
        return otherwise
    earliest, latest = min(offspring) - 36, min(births.worker[1], min(offspring) - 19)
    # The head is the worker who is needed: grown children may leave.
    return (max(births.worker[0], earliest) if needs.worker else earliest), latest


def fits(members: Sequence[Person], year: int, ages: Ages, *, dependants: bool) -> bool:
    """Whether those present at the end of `year` agree with the answer on dependants.

    An elder depends on the others only with a monthly allowance, so elders may stand on either side.
    """
    here = [one for one in members if one.here(year)]
    children = sum(one.age(year) < ages.adult_from for one in here)
    elders = sum(one.age(year) >= ages.old_from for one in here)
    if dependants:
        return 2 * (children + elders) > len(here)
    return bool(here) and 2 * children <= len(here)
