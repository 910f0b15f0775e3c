"""Figures of the official tables: the batch engine equals the loop, blanks and absent columns included."""

from __future__ import annotations

from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from vuonlen.analytics.engines.polars_figures import figures
from vuonlen.analytics.engines.reference_figures import figures as reference_figures
from vuonlen.analytics.tables import all_measures, tables
from vuonlen.rulebook.load import find

SHEET = find("vn-2022")
MEASURES = all_measures(tables(SHEET, ["02", "09"]))
STATUSES = ["poor", "near_poor", "not_poor", "undetermined"]
MOVES = ["stayed", "to_other", "above", "other_less", "from_other", "relapsed", "new", "other_more"]
TYPES: dict[str, tuple[pl.DataType, st.SearchStrategy[Any]]] = {}
for _column in dict.fromkeys(name for one in MEASURES for term in one.terms for name in term.columns):
    if _column in ("status", "previous"):
        TYPES[_column] = (pl.String(), st.sampled_from([None, *STATUSES]))
    elif _column in ("move_poor", "move_near"):
        TYPES[_column] = (pl.String(), st.sampled_from([None, *MOVES]))
    elif _column == "ethnicity":
        TYPES[_column] = (pl.String(), st.sampled_from([None, "01", "02", "09", "15"]))
    elif _column.startswith(("I", "group_", "cause_")) or _column in ("minority", "average_farm"):
        TYPES[_column] = (pl.Boolean(), st.sampled_from([None, True, False]))
    else:
        TYPES[_column] = (pl.Int64(), st.sampled_from([None, 0, 1, 5]))
ROWS = st.lists(st.fixed_dictionaries({name: drawn for name, (_type, drawn) in TYPES.items()}), max_size=12)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.sets(st.sampled_from(sorted(TYPES)), max_size=4), st.randoms(use_true_random=False))
def test_polars_figures_equal_reference(rows: list[dict[str, Any]], absent: set[str], chance: Any) -> None:
    absent = absent - {"status"}
    kept = [{"place": chance.choice("AB"), **{k: v for k, v in row.items() if k not in absent}} for row in rows]
    schema = {"place": pl.String(), **{name: kind for name, (kind, _d) in TYPES.items() if name not in absent}}
    found = figures(pl.LazyFrame(kept, schema=schema), MEASURES, "place")
    assert found == reference_figures(kept, MEASURES, "place")
