"""All households of the demonstration, unit by unit."""

from __future__ import annotations

from vuonlen.demo.chance import generator
from vuonlen.demo.households import Household, HouseholdMaker
from vuonlen.demo.people import Person
from vuonlen.demo.recipe import Recipe


def build(recipe: Recipe) -> list[Household]:
    """Every household that stands in one of the lists, by unit, village and number."""
    maker = HouseholdMaker(recipe)
    return [home for code in recipe.units for home in _unit(recipe, maker, code)]


def _unit(recipe: Recipe, maker: HouseholdMaker, code: str) -> list[Household]:
    unit = recipe.units[code]
    here: list[str] = []
    arriving: list[str] = []
    for path, count in unit.paths.items():
        (here if recipe.paths[path].first else arriving).extend([path] * count)
    rng = generator(recipe.seed, code)
    rng.shuffle(here)  # the number of a household says nothing about its path
    rng.shuffle(arriving)
    homes = [maker.make(_number(code, number), code, path) for number, path in enumerate(here, start=1)]
    settled = list(homes)
    for number, path in enumerate(arriving, start=len(here) + 1):
        host = None
        if rng.random() < recipe.families.split:
            host = _host(recipe, settled[rng.randrange(len(settled)) :])
        homes.append(maker.make(_number(code, number), code, path, host=host))
    order = {village: number for number, village in enumerate(unit.villages.all)}
    return sorted(homes, key=lambda home: (order[home.village], home.id))


def _number(code: str, number: int) -> str:
    return f"H{code}-{number:04d}"


def _host(recipe: Recipe, homes: list[Household]) -> tuple[Household, Person] | None:
    """The first household with a grown child whom it can lose, and the child, who leaves it here."""
    years, ages = recipe.years, recipe.ages
    for home in homes:
        if years.second not in home.answers:
            continue
        for one in home.present(years.second):
            grown = one.relation == "Con" and one.age(years.second) >= ages.founds_from and one.here(years.first)
            if grown and not one.fixed and home.can_lose(one, [years.second, years.later], ages):
                one.left = years.second
                return home, one
    return None
