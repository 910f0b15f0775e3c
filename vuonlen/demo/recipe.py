"""The recipe of a demonstration as values, checked where it enters. Data: `recipe_bac_kan.yaml`."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

Area = Literal["rural", "urban", "joined"]  # joined: rural until 2025, part of an urban ward since
Share = Annotated[float, Field(ge=0, le=1)]
Weights = dict[str, Annotated[float, Field(ge=0)]]
Counts = dict[Annotated[int, Field(ge=0)], Annotated[float, Field(ge=0)]]
Range = tuple[int, int]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))


class Years(_Part):
    before: int
    first: int
    second: int
    later: int


class Chances(_Part):
    dependants: Share
    scored: Share
    blanks: Share
    no_income: Share


class Band(_Part):
    """Where a household stands in one year. income: đồng per head per month; score: points (điểm A)."""

    low: bool = False
    income: dict[Area, Range]
    score: dict[Area, Range]
    skew: float = 1
    deprived: Counts
    chances: Chances
    any_blanks: bool = False


class PathBands(_Part):
    """Bands of one path between the two reviews; None: not in that list."""

    first: str | None = None
    second: str | None = None
    before: Weights = {}


class LowOther(_Part):
    low: Share
    other: Share

    def of(self, low: bool) -> float:
        return self.low if low else self.other


class Waste(_Part):
    code: str
    name: str
    asked: LowOther
    deprived: dict[Area, Share]


class Ages(_Part):
    """Full years at the end of a year."""

    adult_from: int
    old_from: int
    school_from: int
    insured_from: int
    student_until: int
    founds_from: int


class Births(_Part):
    """Birth years, from and to."""

    child: Range
    any_child: Range
    youth: Range
    worker: Range
    any_adult: Range
    elder: Range
    joiner: Range


class Dependent(_Part):
    elders_only: Share
    elder_spouse: Share
    elder_grandchild: Share
    spouse: Share
    elder: Share
    one_more: Share


class Events(_Part):
    birth: Share
    leaves: Share
    joins: Share


class Families(_Part):
    lone: Share
    lone_when_left: Share
    spouse: Share
    children: Counts
    youths: Counts
    elders: Counts
    dependent: Dependent
    split: Share
    events: Events
    keeps_deprivation: Share
    merit: LowOther
    no_capacity: LowOther


class LaterUnit(_Part):
    code: str
    name: str
    area: Area
    village: str


class Villages(_Part):
    """Villages by name, or numbered by a pattern. poorer: numbers (from 1) of those with more poor households."""

    names: list[str] = []
    name: str = ""
    count: int = 0
    poorer: list[int] = []

    @cached_property
    def all(self) -> list[str]:
        return self.names or [self.name.format(number) for number in range(1, self.count + 1)]


class Unit(_Part):
    name: str
    area: Literal["rural", "urban"]
    later: LaterUnit
    villages: Villages
    paths: dict[str, Annotated[int, Field(ge=0)]]
    ethnic: Weights
    indicators: Weights
    causes: Weights
    farm: LowOther


class Names(_Part):
    family: dict[str, list[str]]
    middle: dict[str, dict[str, list[str]]]
    given: dict[str, dict[str, list[str]]]


class Recipe(_Part):
    """One demonstration. Raises pydantic.ValidationError when a part is missing, unknown or out of range."""

    seed: str
    notice: str
    area_names: dict[str, str]
    id_province: str
    id_tail: str
    points_per_deprivation: int
    years: Years
    titles: dict[int, str]
    indicators: dict[str, str]
    causes: dict[str, str]
    bands: dict[str, Band]
    paths: dict[str, PathBands]
    later: dict[str, dict[Area, Weights]]
    waste: Waste
    ages: Ages
    births: Births
    families: Families
    ethnic_groups: Weights
    units: dict[str, Unit]
    names: Names

    @model_validator(mode="after")
    def _names_are_known(self) -> Recipe:
        bands = set(self.bands) | {"-"}
        for name, path in self.paths.items():
            named = {path.first or "-", path.second or "-", *path.before}
            if named - bands:
                raise ValueError(f"path {name}: unknown band {sorted(named - bands)}")
        for name, by_area in self.later.items():
            for area, weights in by_area.items():
                if {name, *weights} - bands:
                    raise ValueError(f"later {name}, {area}: unknown band {sorted({name, *weights} - bands)}")
        for code, unit in self.units.items():
            if set(unit.paths) != set(self.paths):
                raise ValueError(f"unit {code}: its paths are not those of the recipe")
            if set(unit.ethnic) - set(self.ethnic_groups):
                raise ValueError(f"unit {code}: unknown ethnic group")
        return self


def load(path: Path) -> Recipe:
    """Read and check a recipe. Raises OSError, yaml.YAMLError, pydantic.ValidationError."""
    with path.open(encoding="utf-8") as file:
        values: Any = yaml.safe_load(file)
    return Recipe.model_validate(values)
