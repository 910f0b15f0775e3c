"""A household as the rulebook sees it: the answers of one review, blanks kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from vuonlen.domain.poverty import AreaType

_NOTHING: Mapping[str, bool | None] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Household:
    """One household at one review. `None` is unknown.

    income, consumption: đồng per head per month, to two decimals.
    income_score: điểm A (B1); deprivation_score: điểm B (B2), both in points.
    deprivations: indicator code -> deprived, not deprived or unknown.
    """

    household_id: str
    place_code: str | None = None
    area_type: AreaType | None = None
    members: int | None = None
    income: float | None = None
    consumption: float | None = None
    income_score: float | None = None
    deprivation_score: float | None = None
    deprivations: Mapping[str, bool | None] = field(default_factory=lambda: _NOTHING)

    def measure(self, name: str) -> float | None:
        value: float | None = getattr(self, name)
        return value
