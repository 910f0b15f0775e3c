"""The one-line trace (`rulebook.trace.short`) for a whole judged list, as text expressions."""

from __future__ import annotations

import polars as pl

from vuonlen.domain.figures import number
from vuonlen.domain.poverty import AreaType, Status
from vuonlen.rulebook import words
from vuonlen.rulebook.compiled.columns import high_column, low_column, under_column
from vuonlen.rulebook.model import DeprivationTest, LineTest, Method, Sheet
from vuonlen.rulebook.trace import show_units

TRACE = "trace"


def with_trace(judged: pl.LazyFrame, sheet: Sheet) -> pl.LazyFrame:
    """`judged` (of `polars_judge.judge_frame`) with a Vietnamese text column `trace`."""
    columns = frozenset(judged.collect_schema().names())
    undecided = pl.format("chưa đủ dữ liệu: {}", pl.col("missing").str.replace_all(",", ", "))
    expr = pl.when(pl.col("status") == Status.UNDETERMINED.value).then(undecided)
    for method in sheet.methods:
        expr = expr.when(pl.col("decided_by") == method.id).then(_method(method, columns))  # type: ignore[assignment]
    return judged.with_columns(expr.otherwise(None).alias(TRACE))


def _method(method: Method, columns: frozenset[str]) -> pl.Expr:
    parts = [_line(test, columns) for test in (method.line, method.near_line) if test is not None]
    if method.deprivation is not None:
        text = _deprivations(method, method.deprivation)
        if method.line is not None:
            text = pl.when(pl.col(under_column(method)).ne_missing(other=False)).then(text)
        parts.append(text)
    return pl.concat_str(parts, separator="; ", ignore_nulls=True)


def show(value: pl.Expr) -> pl.Expr:
    """`domain.figures.number` in Vietnamese, for values to two decimals."""
    cents = (value * 100).round(0).cast(pl.Int64)
    whole = (cents // 100).cast(pl.String).str.reverse().str.replace_all(r"(\d{3})", "${1}.").str.reverse()
    rest = (cents % 100).cast(pl.String).str.zfill(2).str.strip_chars_end("0")
    return pl.concat_str(whole.str.strip_chars_start("."), pl.when(rest != "").then("," + rest).otherwise(pl.lit("")))


def _line(test: LineTest, columns: frozenset[str]) -> pl.Expr:
    if test.measure not in columns:
        return pl.lit(None, dtype=pl.String)
    value = pl.col(test.measure)
    at_most, over = ("≤", ">") if test.inclusive else ("<", "≥")

    def against(area: AreaType) -> pl.Expr:
        line = test.by_area[area].value
        where = f"({words.AREA[area].vi})"
        if line is None:
            return pl.lit(f"? … {where}")
        under = value <= line if test.inclusive else value < line
        shown = f"{number(line)} {where}"
        return pl.when(under).then(pl.lit(f"{at_most} {shown}")).otherwise(pl.lit(f"{over} {shown}"))

    each = {area: against(area) for area in AreaType}
    both = pl.concat_str(list(each.values()), separator=", ")
    told = both
    if "area_type" in columns:
        told = pl.when(pl.col("area_type") == AreaType.RURAL.value).then(each[AreaType.RURAL])
        told = told.when(pl.col("area_type") == AreaType.URBAN.value).then(each[AreaType.URBAN]).otherwise(both)
    return pl.concat_str(pl.lit(words.SHORT_MEASURE[test.measure].vi), show(value), told, separator=" ")


def _deprivations(method: Method, test: DeprivationTest) -> pl.Expr:
    low, high = pl.col(low_column(method)), pl.col(high_column(method))
    value = pl.when(low == high).then(_units(low, test))
    value = value.otherwise(pl.concat_str(_units(low, test), pl.lit("–"), _units(high, test)))  # type: ignore[assignment]
    sign = pl.when(low >= test.poor_at_least).then(pl.lit("≥")).when(high < test.poor_at_least).then(pl.lit("<"))
    codes = pl.concat_str(
        [pl.when(pl.col(code)).then(pl.lit(code)) for code in test.weights], separator=" ", ignore_nulls=True
    )
    listed = pl.when(codes != "").then(pl.concat_str(pl.lit(" ["), codes, pl.lit("]"))).otherwise(pl.lit(""))
    name = "điểm B" if test.print_as == "points" else "thiếu hụt"
    cutoff = show_units(test.poor_at_least, test, "vi")
    shown = pl.concat_str(pl.lit(name), value, sign.otherwise(pl.lit("?")), pl.lit(cutoff), separator=" ")
    return pl.concat_str(shown, listed)


def _units(units: pl.Expr, test: DeprivationTest) -> pl.Expr:
    if test.print_as == "share":
        tenths = (units.cast(pl.Float64) * 100 / test.whole * 10).round(0, mode="half_away_from_zero") / 10
        whole = tenths.floor()
        return pl.format("{},{} %", show(whole), ((tenths - whole) * 10).round(0).cast(pl.Int64))
    return show(units.cast(pl.Float64) / test.whole)
