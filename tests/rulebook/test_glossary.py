"""The glossary holds every term that the code names: classes, areas, confidence, movement, columns, methods."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

import pytest

from vuonlen.analytics.movement import Cause, Move
from vuonlen.domain.columns import CAUSE_PREFIX, GROUP_PREFIX, HOUSEHOLD_COLUMNS, MEMBER_COLUMNS
from vuonlen.domain.poverty import AreaType, Confidence, Status
from vuonlen.domain.problems import Severity
from vuonlen.rulebook.lists import target_groups
from vuonlen.rulebook.load import find
from vuonlen.rulebook.sheets.faults import KINDS

TEXT = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")
#: words between backticks; `Status.POOR` gives Status and POOR
TERMS = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`\n]+)`", TEXT))))
#: columns that are no term of the field: keys, names of people
PLAIN = {"household_id", "name"}


@pytest.mark.parametrize("kind", [Status, AreaType, Confidence, Severity, Move, Cause])
def test_every_member_of_a_class_of_terms_is_there(kind: type[StrEnum]) -> None:
    assert kind.__name__ in TERMS
    assert {one.name for one in kind} - TERMS == set()


def test_every_column_is_there() -> None:
    assert (HOUSEHOLD_COLUMNS.keys() | MEMBER_COLUMNS.keys()) - TERMS - PLAIN == set()


def test_every_kind_of_method_is_there() -> None:
    assert set(KINDS) - TERMS == set()


def test_every_group_and_the_causes_are_there() -> None:
    assert {GROUP_PREFIX + code for code in target_groups()} - TERMS == set()
    assert {CAUSE_PREFIX + "C1", CAUSE_PREFIX + "C8"} <= TERMS


@pytest.mark.parametrize("standard", ["vn-2022", "vn-2027"])
def test_every_indicator_is_named_as_in_its_sheet(standard: str) -> None:
    for one in find(standard).indicators:
        assert re.search(rf"\b{one.code}\b", TEXT), one.code
        name = re.sub(r" \(.*?\)", "", one.name.vi)
        assert name.casefold() in TEXT.casefold(), name
        assert one.dimension.vi.split(",")[0].casefold() in TEXT.casefold()


def test_no_cell_of_a_row_is_blank() -> None:
    rows = [line for line in TEXT.splitlines() if line.startswith("| ")]
    assert len(rows) > 60
    assert all(all(cell.strip() for cell in row.strip("|").split("|")) for row in rows)
