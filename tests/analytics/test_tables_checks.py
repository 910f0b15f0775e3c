"""The identities of the official tables: they hold on generated reviews, and a broken one is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reporting.judged import PEOPLE, SHEET, draw_rows, report
from vuonlen.analytics.engines.reference_figures import figures
from vuonlen.analytics.table_checks import TOTAL, cross_checks, printed
from vuonlen.analytics.table_values import Cell
from vuonlen.analytics.tables import all_measures, tables
from vuonlen.rulebook.load import find

TABLES = tables(SHEET, PEOPLE)
Values = dict[str, dict[str, list[dict[str, Cell]]]]


def found_of(seed: int, count: int, blank: float = 0.0) -> tuple[Values, dict]:
    counted = figures(draw_rows(seed, count, blank=blank), all_measures(TABLES), "place_key")
    return printed(TABLES, counted), counted


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 120), st.sampled_from([0.0, 0.05, 0.5]))
def test_every_identity_holds_on_generated_reviews(seed: int, count: int, blank: float) -> None:
    values, counted = found_of(seed, count, blank)
    assert cross_checks(TABLES, values, counted, sheet=SHEET) == []


def codes(values: Values, counted: dict | None = None, **options: object) -> list[str]:
    return [one.code for one in cross_checks(TABLES, values, counted, **options)]  # type: ignore[arg-type]


def change(values: Values, table: str, column: str, by: int, kind: int = 0, place: str | None = None) -> str:
    """Add `by` to one printed cell; returns the place."""
    place = place if place is not None else next(iter(values[table]))
    cell = values[table][place][kind][column]
    assert cell.value is not None
    values[table][place][kind][column] = replace(cell, value=cell.value + by)
    return place


@pytest.mark.parametrize(
    ("table", "column", "kind", "code"),
    [
        ("R02", "9", 0, "T-SUM"),
        ("R04", "2", 0, "T-SUM"),
        ("R01", "4", 0, "T-RATE"),
        ("R02", "2", 0, "T-CROSS"),
        ("R03", "2", 1, "T-CROSS"),
        ("R08", "6", 1, "T-CROSS"),
        ("R01", "3", 0, "T-TOTAL"),
    ],
)
def test_a_changed_cell_breaks_its_identity(table: str, column: str, kind: int, code: str) -> None:
    values, counted = found_of(1, 90)
    change(values, table, column, 1, kind)
    assert code in codes(values, counted)


def test_an_end_that_the_list_does_not_bear_out_is_told() -> None:
    values, counted = found_of(2, 90)
    place = next(iter(counted))
    values["R02"][place][0]["9"] = Cell(10_000)
    problem = next(one for one in cross_checks(TABLES, values, counted) if one.code == "T-END")
    assert "10.000" in problem.sentence()


def test_more_people_than_households_is_told() -> None:
    values, _counted = found_of(3, 90)
    change(values, "R09", "1.1", 500)
    assert "T-PARTS" in codes(values)


def test_poor_households_with_too_few_deprivations_are_told() -> None:
    rows = [{**row, **dict.fromkeys((one.code for one in SHEET.indicators), False)} for row in draw_rows(4, 60)]
    values = printed(TABLES, figures(rows, all_measures(TABLES), "place_key"))
    assert "T-THIN" in codes(values, sheet=SHEET)
    assert "T-THIN" not in codes(values)


def test_near_poor_households_with_too_many_deprivations_are_told() -> None:
    rows = [{**row, **dict.fromkeys((one.code for one in SHEET.indicators), True)} for row in draw_rows(5, 60)]
    values = printed(TABLES, figures(rows, all_measures(TABLES), "place_key"))
    assert "T-THICK" in codes(values, sheet=SHEET)


def test_a_standard_that_weighs_its_indicators_has_no_such_bound() -> None:
    values, _counted = found_of(6, 40)
    assert codes(values, sheet=find("mpi-global")) == []


def test_the_start_is_held_against_the_end_reported_the_year_before() -> None:
    values, _counted = found_of(7, 60)
    place = next(iter(values["R02"]))
    start = values["R02"][place][0]["1"].value
    assert start is not None
    before = {"R01": {place: [{"3": Cell(start + 4), "9": values["R02"][place][1]["1"]}]}}
    problems = cross_checks(TABLES, values, before=before, names={place: "Tổ 1"})
    assert [one.code for one in problems] == ["T-START"]
    assert "Tổ 1" in problems[0].sentence()
    assert "end of the review before" in problems[0].sentence("en")


def test_a_published_rate_that_its_counts_do_not_give_is_told() -> None:
    """Lũng Nặm 2025: 217 of 1,475 households are near-poor, 14.71 %; 10.54 % was published."""
    table = next(one for one in TABLES if one.id == "R01")
    row = {"1": Cell(1_475), "5": Cell(217)}
    wrong = {"R01": {"Lũng Nặm": [{**row, "6": Cell(Decimal("10.54"))}]}}
    right = {"R01": {"Lũng Nặm": [{**row, "6": Cell(Decimal("14.71"))}]}}
    problems = cross_checks([table], wrong)
    assert [one.code for one in problems] == ["T-RATE"]
    assert "14,71" in problems[0].sentence()
    assert cross_checks([table], right) == []


def remove(values: Values) -> None:
    values["R02"][TOTAL][0]["2"] = Cell(None)


def star(values: Values) -> None:
    place = next(iter(values["R02"]))
    values["R02"][place][0]["2"] = Cell(99, blanks=1)


@pytest.mark.parametrize("unsure", [remove, star])
def test_what_is_unknown_or_lacks_answers_is_passed_over(unsure: Callable[[Values], None]) -> None:
    values, _counted = found_of(8, 80)
    unsure(values)
    assert codes(values) == []


def test_the_workbook_data_of_the_tests_is_sound() -> None:
    data = report(draw_rows(9, 60))
    assert set(data.figures) <= {place.key for place in data.places}
