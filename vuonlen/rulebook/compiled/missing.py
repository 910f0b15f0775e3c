"""The `missing` column: which blanks keep a household from being judged (as `Verdict.missing`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import narwhals as nw

from vuonlen.domain.poverty import AreaType, Status
from vuonlen.rulebook.compiled.columns import high_column, low_column, near_column, under_column
from vuonlen.rulebook.model import DeprivationTest, LineTest, Method, Sheet


def missing(sheet: Sheet, columns: frozenset[str]) -> nw.Expr:
    """Names of the missing answers joined by commas; null where the household is judged."""
    first = sheet.methods[0]
    expr = _of_method(first, columns)
    for method in reversed(sheet.methods):
        if method.line is None:
            expr = _of_method(method, columns)
        elif method.line.measure in columns:
            known = ~nw.col(method.line.measure).is_null()
            expr = nw.when(known).then(_of_method(method, columns)).otherwise(expr)
    return nw.when(nw.col("status") == Status.UNDETERMINED.value).then(expr)


def _of_method(method: Method, columns: frozenset[str]) -> nw.Expr:
    parts: list[nw.Expr] = []
    if method.line is not None:
        unsettled = nw.col(under_column(method)).is_null()
        parts.extend(_of_line(method, method.line, columns, unsettled))
        if method.near_line is not None:
            not_under = ~nw.coalesce(nw.col(under_column(method)), nw.lit(value=False))
            near = nw.col(near_column(method)).is_null() & not_under
            parts.extend(_of_line(method, method.near_line, columns, near, already=(method.line, unsettled)))
    if method.deprivation is not None:
        parts.extend(_of_deprivations(method, method.deprivation, columns))
    return nw.concat_str(*parts, separator=",", ignore_nulls=True) if parts else nw.lit(None, dtype=nw.String)


def _when(condition: nw.Expr, name: str) -> nw.Expr:
    return nw.when(condition).then(nw.lit(name))


def _blank(name: str, columns: frozenset[str]) -> nw.Expr:
    return nw.col(name).is_null() if name in columns else nw.lit(value=True)


def _differs(test: LineTest) -> bool:
    return len({value.value for value in test.by_area.values()}) > 1


def _of_line(
    method: Method,
    test: LineTest,
    columns: frozenset[str],
    unsettled: nw.Expr,
    already: tuple[LineTest, nw.Expr] | None = None,
) -> Iterable[nw.Expr]:
    """Parts for one line; `already`: a line named before it, so that nothing is named twice."""

    def news(condition: nw.Expr, said: Callable[[LineTest], bool]) -> nw.Expr:
        if already is None or not said(already[0]):
            return condition
        return condition & ~already[1]

    yield _when(news(unsettled & _blank(test.measure, columns), lambda one: one.measure == test.measure), test.measure)
    if _differs(test):
        yield _when(news(unsettled & _blank("area_type", columns), _differs), "area_type")
    for area in AreaType:
        if test.by_area[area].value is None:
            here = _blank("area_type", columns)
            if "area_type" in columns:
                here = here | (nw.col("area_type") == area.value)
            named = news(unsettled & here, lambda one, area=area: one.by_area[area].value is None)  # type: ignore[misc]
            yield _when(named, f"law:{method.id}.{area}")


def _of_deprivations(method: Method, test: DeprivationTest, columns: frozenset[str]) -> Iterable[nw.Expr]:
    undecided = _undecided(method, test.poor_at_least)
    if test.near_poor_at_least is not None:
        undecided = undecided | _undecided(method, test.near_poor_at_least)
    codes_matter = undecided
    if test.total_unit is not None:
        nothing_known = nw.all_horizontal(*(nw.col(code).is_null() for code in test.weights), ignore_nulls=False)
        given = ~_blank("deprivation_score", columns)
        # With a total given, only a total that contradicts the indicators leaves the test undecided.
        yield _when(undecided & given, "conflict:deprivation_score")
        yield _when(undecided & ~given & nothing_known, "deprivation_score")
        codes_matter = undecided & ~given & ~nothing_known
    for code in test.weights:
        yield _when(codes_matter & nw.col(code).is_null(), code)


def _undecided(method: Method, cutoff: int) -> nw.Expr:
    return (nw.col(low_column(method)) < cutoff) & (nw.col(high_column(method)) >= cutoff)
