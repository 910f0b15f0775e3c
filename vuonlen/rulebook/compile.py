"""Turn a sheet into Narwhals expressions: the verdict of `rulebook.judge` for a whole frame at once.

The same expressions run on Polars (streaming) and on Spark. Three-valued logic does the work: a
blank is null, a comparison with null is null, and only what no blank can change becomes a class.
Frame: one row per household, columns of `domain.columns`; absent columns count as blank.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any

import narwhals as nw

from vuonlen.domain.poverty import AreaType, Status
from vuonlen.rulebook.compiled.columns import (
    borrowed_column,
    high_column,
    low_column,
    near_column,
    status_column,
    under_column,
)
from vuonlen.rulebook.compiled.confidence import any_of, asked_codes, rests_on_unconfirmed
from vuonlen.rulebook.compiled.missing import missing
from vuonlen.rulebook.model import DeprivationTest, Indicator, LineTest, Method, Sheet

_UNSURE = Status.UNDETERMINED.value


@dataclass(frozen=True, slots=True)
class Compiled:
    """Expressions of one sheet over a frame with `columns`, in stages: each uses those before it."""

    sheet: Sheet
    columns: frozenset[str]
    stages: tuple[tuple[nw.Expr, ...], ...]

    def judge(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        for stage in self.stages:
            frame = frame.with_columns(*stage)
        return frame


def compile_sheet(sheet: Sheet, columns: Iterable[str]) -> Compiled:
    """Expressions that add to a frame with `columns`:

    one bool column per indicator code (the answer used), `low_*`, `high_*`, `under_*`, `status_*` per method,
    and `status`, `decided_by`, `disagree`, `contradiction`, `average_living`, `unconfirmed`, `missing`.
    A lazy engine computes only those that are used.
    """
    known = frozenset(columns)
    writer = _Writer(sheet, known)
    answers = tuple(expr for one in sheet.indicators for expr in writer.answer(one))
    bounds = tuple(expr for method in sheet.methods for expr in writer.bounds(method))
    classes = tuple(writer.status(method).alias(status_column(method)) for method in sheet.methods)
    verdict = (writer.first_decided().alias("status"), writer.decided_by().alias("decided_by"))
    rest = (writer.disagree(), writer.contradiction(), writer.average_living(), writer.unconfirmed())
    blanks = (missing(sheet, known).alias("missing"),)
    return Compiled(sheet, known, tuple(filter(None, (answers, bounds, classes, verdict, rest, blanks))))


class _Writer:
    def __init__(self, sheet: Sheet, columns: frozenset[str]) -> None:
        self.sheet = sheet
        self.columns = columns

    def column(self, name: str, dtype: object = nw.Float64) -> nw.Expr:
        return nw.col(name) if name in self.columns else nw.lit(None, dtype=dtype)  # type: ignore[arg-type]

    def blank(self, name: str) -> nw.Expr:
        return nw.col(name).is_null() if name in self.columns else nw.lit(value=True)

    def answer(self, indicator: Indicator) -> Iterable[nw.Expr]:
        found = [nw.col(name) for name in indicator.answered_by if name in self.columns]
        if not found:
            yield nw.lit(None, dtype=nw.Boolean).alias(indicator.code)
        elif indicator.answered_by != (indicator.code,):
            yield nw.coalesce(*found).alias(indicator.code)
            # Kept beside the answer, because what an answer rests on may be surer than what it was borrowed from.
            yield self.blank(indicator.code).alias(borrowed_column(indicator))

    # --- the line ---------------------------------------------------------------------------------

    def under(self, test: LineTest) -> nw.Expr:
        by_area = {area: self.compare(test, area) for area in AreaType}
        return self.by_area(by_area[AreaType.RURAL], by_area[AreaType.URBAN])

    def compare(self, test: LineTest, area: AreaType) -> nw.Expr:
        line = test.by_area[area].value
        if line is None:
            return nw.lit(None, dtype=nw.Boolean)
        value = self.column(test.measure)
        return value <= line if test.inclusive else value < line

    def by_area(self, rural: nw.Expr, urban: nw.Expr) -> nw.Expr:
        """Where the area is unknown the answer stands only if both areas give the same."""
        if "area_type" not in self.columns:
            return nw.when(rural == urban).then(rural)
        area = nw.col("area_type")
        either = nw.when(rural == urban).then(rural)
        in_urban = nw.when(area == AreaType.URBAN.value).then(urban).otherwise(either)
        return nw.when(area == AreaType.RURAL.value).then(rural).otherwise(in_urban)

    # --- the deprivations -------------------------------------------------------------------------

    def bounds(self, method: Method) -> Iterable[nw.Expr]:
        if method.line is not None:
            yield self.under(method.line).alias(under_column(method))
        if method.near_line is not None:
            yield self.under(method.near_line).alias(near_column(method))
        test = method.deprivation
        if test is None:
            return
        asked = asked_codes(self.sheet, test, self.columns)
        never_asked = sum(test.weights[code] for code in test.weights if code not in asked)
        low = _total(_units(nw.col(code), test.weights[code]) for code in asked)
        blanks = _total(_units(nw.col(code).is_null(), test.weights[code]) for code in asked)
        high = low + blanks + never_asked
        if test.total_unit is not None and "deprivation_score" in self.columns:
            low, high = self.with_total(low, high, test.total_unit)
        yield low.alias(low_column(method))
        yield high.alias(high_column(method))

    def with_total(self, low: nw.Expr, high: nw.Expr, unit: float) -> tuple[nw.Expr, nw.Expr]:
        given = nw.col("deprivation_score") / unit
        agrees = (given >= low) & (given <= high)
        under, over = nw.when(given < low).then(given), nw.when(given > high).then(given)
        return (
            nw.when(agrees).then(given).otherwise(nw.coalesce(under, low.cast(nw.Float64))),
            nw.when(agrees).then(given).otherwise(nw.coalesce(over, high.cast(nw.Float64))),
        )

    def reaches(self, method: Method, cutoff: int) -> nw.Expr:
        sure = nw.col(low_column(method)) >= cutoff
        excluded = nw.col(high_column(method)) < cutoff
        return nw.when(sure | excluded).then(sure)

    # --- the class --------------------------------------------------------------------------------

    def can_decide(self, method: Method) -> bool:
        """False when a column that no verdict can do without is absent from the whole frame."""
        if method.line is None or method.line.measure in self.columns:
            return True
        return method.deprivation is not None and method.under_line_only == Status.NOT_POOR

    def status(self, method: Method) -> nw.Expr:
        if not self.can_decide(method):
            return nw.lit(_UNSURE)
        if method.line is None:
            return self.by_deprivation(method)
        if method.deprivation is None:
            return self.by_line(method)
        return self.by_both(method, method.deprivation)

    def by_both(self, method: Method, test: DeprivationTest) -> nw.Expr:
        under, poor = nw.col(under_column(method)), self.reaches(method, test.poor_at_least)
        otherwise = method.under_line_only.value
        expr = nw.when(under & ~poor).then(nw.lit(otherwise)).otherwise(nw.lit(_UNSURE))
        expr = nw.when(under & poor).then(nw.lit(Status.POOR.value)).otherwise(expr)
        above = ~under
        if method.under_line_only == Status.NOT_POOR:
            above = above | ~poor
        return nw.when(above).then(nw.lit(Status.NOT_POOR.value)).otherwise(expr)

    def by_deprivation(self, method: Method) -> nw.Expr:
        test = method.deprivation
        assert test is not None
        poor = self.reaches(method, test.poor_at_least)
        if test.near_poor_at_least is None:
            expr = nw.when(~poor).then(nw.lit(Status.NOT_POOR.value)).otherwise(nw.lit(_UNSURE))
        else:
            near = self.reaches(method, test.near_poor_at_least)
            expr = nw.when(~poor & near).then(nw.lit(Status.NEAR_POOR.value)).otherwise(nw.lit(_UNSURE))
            expr = nw.when(~near).then(nw.lit(Status.NOT_POOR.value)).otherwise(expr)
        return nw.when(poor).then(nw.lit(Status.POOR.value)).otherwise(expr)

    def by_line(self, method: Method) -> nw.Expr:
        """One money line: the class in each area, then what both areas agree on where the area is blank."""
        return nw.coalesce(
            self.by_area(self.class_in(method, AreaType.RURAL), self.class_in(method, AreaType.URBAN)),
            nw.lit(_UNSURE),
        )

    def class_in(self, method: Method, area: AreaType) -> nw.Expr:
        assert method.line is not None
        under = self.compare(method.line, area)
        above = nw.lit(Status.NOT_POOR.value)
        if method.near_line is not None:
            near = self.compare(method.near_line, area)
            above = nw.when(~near).then(above)
            above = nw.when(near).then(nw.lit(Status.NEAR_POOR.value)).otherwise(above)
        return nw.when(under).then(nw.lit(Status.POOR.value)).otherwise(nw.when(~under).then(above))

    # --- the sheet --------------------------------------------------------------------------------

    def first_decided(self) -> nw.Expr:
        return self.first(lambda method: nw.col(status_column(method)), nw.lit(_UNSURE))

    def decided_by(self) -> nw.Expr:
        return self.first(lambda method: nw.lit(method.id), nw.lit(None, dtype=nw.String))

    def first(self, value: Callable[[Method], nw.Expr], otherwise: nw.Expr) -> nw.Expr:
        """`value(method)` of the first method that can decide."""
        expr = otherwise
        for method in reversed(self.sheet.methods):
            if self.can_decide(method):
                decided = nw.col(status_column(method)) != _UNSURE
                expr = nw.when(decided).then(value(method)).otherwise(expr)
        return expr

    def disagree(self) -> nw.Expr:
        mine = [nw.col(status_column(one)) for one in self.sheet.methods if self.can_decide(one)]
        differ = [(one != _UNSURE) & (one != nw.col("status")) for one in mine[1:]]
        return any_of(differ).alias("disagree")

    def contradiction(self) -> nw.Expr:
        found = []
        for method in self.sheet.methods:
            test = method.deprivation
            if test and test.total_unit and "deprivation_score" in self.columns:
                given = nw.col("deprivation_score") / test.total_unit
                off = (given != nw.col(low_column(method))) | (given != nw.col(high_column(method)))
                found.append(~nw.col("deprivation_score").is_null() & off)
        return any_of(found).alias("contradiction")

    def average_living(self) -> nw.Expr:
        test = self.sheet.average_living
        if test is None:
            return nw.lit(None, dtype=nw.Boolean).alias("average_living")
        top = LineTest(test.measure, test.at_most)
        bottom = LineTest(test.measure, test.above)
        rural, urban = (self.compare(top, area) & ~self.compare(bottom, area) for area in AreaType)
        not_poor = nw.col("status") == Status.NOT_POOR.value
        decided = nw.col("status") != _UNSURE
        within = nw.when(not_poor).then(self.by_area(rural, urban))
        return nw.when(decided & ~not_poor).then(nw.lit(value=False)).otherwise(within).alias("average_living")

    def unconfirmed(self) -> nw.Expr:
        """Whether the verdict rests on a value of the law that is not confirmed."""

        def doubt(method: Method) -> nw.Expr:
            return rests_on_unconfirmed(self.sheet, method, self.columns)

        return self.first(doubt, nw.lit(value=False)).alias("unconfirmed")


def _units(flag: nw.Expr, weight: int) -> nw.Expr:
    """`weight` where the flag is true, else 0 (null too)."""
    return nw.when(flag).then(nw.lit(weight, dtype=nw.Int16)).otherwise(nw.lit(0, dtype=nw.Int16))


def _total(parts: Iterable[nw.Expr]) -> nw.Expr:
    return reduce(lambda left, right: left + right, parts, nw.lit(0, dtype=nw.Int16))
