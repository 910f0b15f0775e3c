"""What judging finds: the verdict of each method, with the tests it met or missed."""

from __future__ import annotations

from dataclasses import dataclass

from vuonlen.domain.poverty import AreaType, Status
from vuonlen.rulebook.model import LegalValue, Method, Sheet


@dataclass(frozen=True, slots=True)
class LineFinding:
    """A measure against the line of each area the household may be in (one, unless it is unknown).

    under: True, False, or None when the measure, the area or the line itself is not known.
    """

    measure: str
    value: float | None
    lines: tuple[tuple[AreaType, LegalValue], ...]
    inclusive: bool
    under: bool | None


@dataclass(frozen=True, slots=True)
class DeprivationFinding:
    """Deprivations in units of the test; `low` if every blank is "no", `high` if every blank is "yes"."""

    low: float
    high: float
    deprived: tuple[str, ...]
    unknown: tuple[str, ...]
    total_given: float | None
    contradiction: bool  # the given total is not what the indicators add up to
    poor: bool | None
    near_poor: bool | None  # None also where the test has no near-poor cut-off


@dataclass(frozen=True, slots=True)
class MethodVerdict:
    method: Method
    status: Status
    line: LineFinding | None
    near_line: LineFinding | None
    deprivation: DeprivationFinding | None
    missing: tuple[str, ...]  # columns (or `law:…`) that would settle it; empty when settled
    unconfirmed: tuple[str, ...]  # values of the law it rests on that nobody has read in the act


@dataclass(frozen=True, slots=True)
class Verdict:
    """Class of one household under one sheet, with everything that led to it."""

    household_id: str
    sheet: Sheet
    status: Status
    decided_by: MethodVerdict | None  # None when no method can decide
    by_method: tuple[MethodVerdict, ...]
    average_living: bool | None  # None: the sheet does not define it, or not known

    @property
    def disagree(self) -> bool:
        """Two methods reach different classes: both are shown and the row is flagged."""
        return len({one.status for one in self.by_method} - {Status.UNDETERMINED}) > 1

    @property
    def closest(self) -> MethodVerdict:
        """The method whose blanks are worth filling: the first with its measure known, else the first."""
        for one in self.by_method:
            if one.line is None or one.line.value is not None:
                return one
        return self.by_method[0]

    @property
    def missing(self) -> tuple[str, ...]:
        return () if self.decided_by else self.closest.missing

    @property
    def unconfirmed(self) -> tuple[str, ...]:
        return self.decided_by.unconfirmed if self.decided_by else ()

    @property
    def contradiction(self) -> bool:
        return any(one.deprivation is not None and one.deprivation.contradiction for one in self.by_method)
