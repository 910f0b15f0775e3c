"""A spreadsheet that knows nothing of us recalculates every formula and finds our figures.

The workbooks are written with 0 in each formula cell, so a figure that agrees was computed by LibreOffice.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.reporting.judged import INDICATORS, PEOPLE, PLACES, SHEET, draw_rows, report, without
from tests.reporting.office import grid, recalculated, sheet_names
from tests.reporting.printed import differences, expected_rows, printed_rows
from vuonlen.analytics.table_model import TableDef
from vuonlen.analytics.tables import OTHER, all_measures, tables
from vuonlen.reporting.data import Place, ReportData
from vuonlen.reporting.workbook import ALL_IN_ONE, write_tables

EMPTY = Place("01840 / Tổ 99", "Tổ 99")
COMPLETE = report(draw_rows(1, 300))
CASES = {
    "complete": COMPLETE,
    "some answers unknown": report(draw_rows(2, 200, blank=0.1)),
    "columns missing": report(
        without(draw_rows(3), "members", "cause_C2", "group_none", "children_malnourished", INDICATORS[3])
    ),
    "one place unknown": report(
        [row | ({"I05": None, "minority": None} if row["place_key"] == PLACES[0].key else {}) for row in draw_rows(4)]
    ),
    "no review before": report(
        without(draw_rows(5), "previous", "move_poor", "move_near", "previous_members", "persons_more", "persons_less"),
        has_previous=False,
        previous_name=None,
    ),
    "only the poor listed": report(draw_rows(6), lists_everyone=False),
    "totals given": report(
        draw_rows(7), lists_everyone=False, totals={place.key: (1000, 4000 + n) for n, place in enumerate(PLACES)}
    ),
    "a place without rows": replace(
        COMPLETE, places=(*PLACES, EMPTY), figures={**COMPLETE.figures, EMPTY.key: report([]).figures.get("", {})}
    ),
    "too many rows": report(draw_rows(8), rows=None, ethnicities=PEOPLE),
    "a column of the other peoples": report(draw_rows(9), ethnicities=["02", OTHER]),
    "no household at all": report([], rows=[]),
}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Case -> its workbook of all tables, recalculated."""
    folder = tmp_path_factory.mktemp("tables")
    written = {}
    for number, (name, data) in enumerate(CASES.items()):
        out = folder / str(number)
        out.mkdir()
        write_tables(data, out, cached_values=False)
        written[name] = (out / ALL_IN_ONE).rename(folder / f"{number}.xlsx")
    again = recalculated(list(written.values()), folder)
    return {name: again[path.name] for name, path in written.items()}


def tables_of(data: ReportData) -> tuple[TableDef, ...]:
    people = sorted({str(row["ethnicity"]) for row in data.rows or () if row.get("ethnicity")})
    return tables(SHEET, data.ethnicities or people)


@pytest.mark.parametrize("case", CASES)
def test_every_cell_is_recalculated_to_our_figure(case: str, books: dict[str, Path]) -> None:
    data = CASES[case]
    wrong = [line for table in tables_of(data) for line in differences(table, data, grid(books[case], table.id))]
    assert wrong == []


def test_each_table_alone_is_recalculated_to_our_figures(tmp_path: Path) -> None:
    data = report(draw_rows(10, 150, blank=0.05))
    paths = write_tables(data, tmp_path, cached_values=False)
    again = recalculated([path for path in paths if path.name != ALL_IN_ONE], tmp_path)
    assert sheet_names(again["R04.xlsx"]) == ["R04", "Hộ", "Nguồn"]
    wrong = [
        line
        for table in tables_of(data)
        for line in differences(table, data, grid(again[f"{table.id}.xlsx"], table.id))
    ]
    assert wrong == []


@pytest.mark.parametrize("case", ["complete", "some answers unknown", "too many rows"])
def test_the_values_we_put_beside_the_formulas_are_our_figures(case: str, tmp_path: Path) -> None:
    data = CASES[case]
    book = write_tables(data, tmp_path)[0]
    wrong = [line for table in tables_of(data) for line in differences(table, data, grid(book, table.id))]
    assert wrong == []


def test_a_wrong_figure_would_be_seen(tmp_path: Path) -> None:
    book = write_tables(COMPLETE, tmp_path, cached_values=False)[0]
    assert differences(tables_of(COMPLETE)[0], COMPLETE, grid(book, "R01")) != []


def test_the_test_sees_every_figure_of_every_table(books: dict[str, Path]) -> None:
    found = tables_of(COMPLETE)
    seen = sum(len(row) for table in found for row in printed_rows(table, grid(books["complete"], table.id)).values())
    assert seen == sum(len(cells) for table in found for _row, cells in expected_rows(table, COMPLETE))
    assert seen > 500
    assert len(all_measures(found)) > 90
