"""Figures of the official tables by place on Polars; the same semantics as `reference_figures`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import and_, or_

import polars as pl

from vuonlen.analytics.measures import MOVE_NEAR, MOVE_POOR, PREVIOUS, STATUS, Figure, Measure, Term
from vuonlen.domain.poverty import Status

_TRUE = pl.lit(value=True)
_LISTED = {
    STATUS: (Status.POOR.value, Status.NEAR_POOR.value, Status.UNDETERMINED.value),
    PREVIOUS: (Status.POOR.value, Status.NEAR_POOR.value),
}


def figures(frame: pl.LazyFrame, measures: Sequence[Measure], key: str) -> dict[str, dict[str, Figure]]:
    """Figures by the value of `key`: place -> measure id -> figure. Every place of the frame appears."""
    there = frozenset(frame.collect_schema().names())
    few = [one for one in measures if _only_listed(one)]
    rest = [one for one in measures if not _only_listed(one)]
    listed = frame.filter(_listed(there))
    # Most measures concern the few households that are or were poor: only those rows are looked at for them.
    counted = _count(listed, few, key, there)
    everywhere = _count(frame, rest, key, there)
    keys = frame.select(key).unique().collect(engine="streaming").to_series().to_list()
    none = {one.id: Figure(0) for one in few}
    return {place: {**(counted.get(place) or none), **everywhere.get(place, {})} for place in keys}


def _only_listed(measure: Measure) -> bool:
    return all(any(_names_listed(column, value) for column, value in term.where) for term in measure.terms)


def _names_listed(column: str, value: str | bool) -> bool:
    return column in (MOVE_POOR, MOVE_NEAR) or value in _LISTED.get(column, ())


def _listed(there: frozenset[str]) -> pl.Expr:
    keep = [pl.col(column).is_in(list(values)) for column, values in _LISTED.items() if column in there]
    keep += [pl.col(column).is_not_null() for column in (MOVE_POOR, MOVE_NEAR) if column in there]
    return reduce(or_, (one.fill_null(value=False) for one in keep), pl.lit(value=False))


def _count(
    frame: pl.LazyFrame, measures: Sequence[Measure], key: str, there: frozenset[str]
) -> dict[str, dict[str, Figure]]:
    columns = dict.fromkeys(name for one in measures for term in one.terms for name in term.columns)
    absent = [pl.lit(None).alias(name) for name in columns if name not in there]
    parts = [part for number, one in enumerate(measures) for part in _parts(one, str(number))]
    if not parts:
        return {}
    found = frame.with_columns(absent).group_by(key).agg(parts).collect(engine="streaming")
    return {row[key]: dict(_read(row, measures)) for row in found.iter_rows(named=True)}


def _read(row: dict[str, int], measures: Sequence[Measure]) -> Iterator[tuple[str, Figure]]:
    for number, one in enumerate(measures):
        asked = {column for term in one.terms for column in _asked(term, one.needs)}
        unknown = any(row[f"{number}?{column}"] and not row[f"{number}!{column}"] for column in asked)
        yield one.id, Figure(None if unknown else row[f"{number}="], row[f"{number}_"])


def _asked(term: Term, needs: Sequence[str]) -> list[str]:
    columns = [column for column, _ in term.where if column in needs]
    return [*columns, term.total] if term.total else columns


def _is(column: str, value: str | bool) -> pl.Expr:
    return pl.col(column).eq_missing(pl.lit(value))


def _all(conditions: Iterable[pl.Expr]) -> pl.Expr:
    return reduce(and_, conditions, _TRUE)


def _any(conditions: Iterable[pl.Expr]) -> pl.Expr:
    return reduce(or_, conditions, pl.lit(value=False))


def _parts(measure: Measure, name: str) -> Iterator[pl.Expr]:
    """Aggregates: `=` the value, `_` rows left open, `?c` rows that column c concerns, `!c` those it answers."""
    values: list[pl.Expr] = []
    opens: list[pl.Expr] = []
    concerned: dict[str, list[pl.Expr]] = {}
    for term in measure.terms:
        base = _all(_is(column, value) for column, value in term.where if column not in measure.needs)
        asked = [(column, value) for column, value in term.where if column in measure.needs]
        for column, _value in asked:
            concerned.setdefault(column, []).append(base)
        full = base & _all(_is(column, value) for column, value in asked)
        blank = _any(pl.col(column).is_null() for column, _value in asked)
        other = _any(pl.col(column).is_not_null() & ~_is(column, value) for column, value in asked)
        if asked:
            opens.append(base & blank & ~other)
        if term.total is None:
            values.append(full.sum())
            continue
        concerned.setdefault(term.total, []).append(full)
        opens.append(full & pl.col(term.total).is_null())
        values.append(pl.col(term.total).cast(pl.Int64).filter(full).sum())
    yield _sum(values).cast(pl.Int64).alias(f"{name}=")
    yield _any(opens).cast(pl.Boolean).sum().cast(pl.Int64).alias(f"{name}_")
    for column, conditions in concerned.items():
        answered = pl.col(column).is_not_null()
        yield _sum([one.sum() for one in conditions]).cast(pl.Int64).alias(f"{name}?{column}")
        yield _sum([(one & answered).sum() for one in conditions]).cast(pl.Int64).alias(f"{name}!{column}")


def _sum(parts: Sequence[pl.Expr]) -> pl.Expr:
    return reduce(lambda left, right: left + right, parts)
