"""Merged headings: every cell of the head belongs to exactly one heading, and groups stand over their columns."""

from __future__ import annotations

import pytest

from tests.reporting.judged import SHEET
from vuonlen.analytics.tables import tables
from vuonlen.reporting.table_head import Span, head, lines

TABLES = {one.id: one for one in tables(SHEET, ["02", "07", "09"])}


@pytest.mark.parametrize("table", TABLES)
def test_each_cell_of_the_head_is_covered_once(table: str) -> None:
    found = head(TABLES[table])
    covered = [
        (row, column)
        for span in found.spans
        for row in range(span.top, span.bottom + 1)
        for column in range(span.left, span.right + 1)
    ]
    width = found.fixed + len(TABLES[table].columns)
    assert sorted(covered) == [(row, column) for row in range(found.depth) for column in range(width)]


def test_a_group_stands_over_its_columns() -> None:
    spans = head(TABLES["R02"]).spans
    assert Span("Thoát nghèo", 0, 4, 0, 5) in spans
    assert Span("Vượt chuẩn cận nghèo", 1, 5, 1, 5) in spans
    assert Span("Số hộ khác giảm", 0, 6, 1, 6) in spans


def test_the_same_word_in_two_groups_is_two_headings() -> None:
    spans = [span for span in head(TABLES["R11"]).spans if span.text == "Y tế"]
    assert [(span.left, span.right) for span in spans] == [(3, 4), (7, 8)]


def test_a_split_table_has_a_column_for_its_row_kinds() -> None:
    assert head(TABLES["R08"]).numbers[:4] == ("A", "B", "C", "1")
    assert head(TABLES["R01"]).numbers[:3] == ("A", "B", "1")


@pytest.mark.parametrize(
    ("text", "width", "count"), [("một hai", 20, 1), ("một hai ba", 8, 2), ("", 10, 1), ("Nghiêng-ngả", 6, 2)]
)
def test_lines_that_a_text_wraps_to(text: str, width: float, count: int) -> None:
    assert lines(text, width) == count
