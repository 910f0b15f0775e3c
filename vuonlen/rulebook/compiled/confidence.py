"""The `unconfirmed` column: whether a verdict rests on a value of the law that nobody has read in the act."""

from __future__ import annotations

from functools import reduce
from operator import or_

import narwhals as nw

from vuonlen.domain.poverty import AreaType
from vuonlen.rulebook.compiled.columns import borrowed_column, under_column
from vuonlen.rulebook.model import DeprivationTest, LineTest, Method, Sheet


def any_of(flags: list[nw.Expr]) -> nw.Expr:
    return reduce(or_, flags) if flags else nw.lit(value=False)


def asked_codes(sheet: Sheet, test: DeprivationTest, columns: frozenset[str]) -> list[str]:
    """Indicators that the file has a column for; the others are blank on every row."""
    return [code for code in test.weights if any(name in columns for name in sheet.indicator(code).answered_by)]


def rests_on_unconfirmed(sheet: Sheet, method: Method, columns: frozenset[str]) -> nw.Expr:
    """As `Verdict.unconfirmed` is not empty, for a household that `method` decides."""
    lines = [_line(test, columns) for test in (method.line, method.near_line) if test is not None]
    found = [one for one in lines if one is not None]
    test = method.deprivation
    if test is not None:
        matters = nw.lit(value=True)
        if method.line is not None:
            matters = nw.coalesce(nw.col(under_column(method)), nw.lit(value=True))
        doubts = [doubt for code in asked_codes(sheet, test, columns) if (doubt := _answer(sheet, code)) is not None]
        if not test.poor_value.confidence.confirmed:
            doubts = [nw.lit(value=True)]
        if doubts:
            found.append(matters & any_of(doubts))
    return any_of(found)


def _line(test: LineTest, columns: frozenset[str]) -> nw.Expr | None:
    doubtful = {area: not test.by_area[area].confidence.confirmed for area in AreaType}
    if not any(doubtful.values()) or test.measure not in columns:
        return None
    expr = nw.lit(value=True)
    sure = [area.value for area in AreaType if not doubtful[area]]
    if "area_type" in columns and sure:
        expr = nw.coalesce(~nw.col("area_type").is_in(sure), nw.lit(value=True))
    return expr & ~nw.col(test.measure).is_null()


def _answer(sheet: Sheet, code: str) -> nw.Expr | None:
    indicator = sheet.indicator(code)
    if not indicator.confidence.confirmed:
        return ~nw.col(code).is_null()
    if indicator.answer_confidence.confirmed or indicator.answered_by == (code,):
        return None
    return ~nw.col(code).is_null() & nw.col(borrowed_column(indicator))
