"""What the columns of R01-R11 count, on households that a person can check by hand."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from vuonlen.analytics.engines.reference_figures import figures
from vuonlen.analytics.measures import Figure
from vuonlen.analytics.table_columns import RESIDENTS, households
from vuonlen.analytics.table_forms import forms
from vuonlen.analytics.table_model import Rate, Summed, TableDef
from vuonlen.analytics.table_values import total, values
from vuonlen.analytics.tables import OTHER, all_measures, tables
from vuonlen.domain.poverty import Status
from vuonlen.rulebook.load import find

SHEET = find("vn-2022")
TABLES = {table.id: table for table in tables(SHEET, ["02", "09"])}


def row(place: str = "A", **answers: Any) -> dict[str, Any]:
    return {"place_key": place, "status": "not_poor", "members": 4, **answers}


def printed(table: TableDef, *rows: Mapping[str, Any], kind: int = 0, place: str = "A") -> dict[str, Any]:
    found = figures(rows, table.measures, "place_key")
    return {number: cell.value for number, cell in values(table, kind, found[place]).items()}


def headings(table: str) -> dict[str, str]:
    return {one.number: " / ".join(text.vi for text in one.heading) for one in TABLES[table].columns}


def test_the_eleven_tables_in_printed_order() -> None:
    assert list(TABLES) == [f"R{number:02}" for number in range(1, 12)]


def test_summary_counts_classes_and_computes_rates_from_counts() -> None:
    rows = [
        row(status="poor", members=5),
        row(status="near_poor", members=3),
        row(status="undetermined", members=2),
        row(members=4, average_farm=True),
        row(members=6, average_farm=False),
        row(status=None, members=9),  # gone since the review before
    ]
    found = printed(TABLES["R01"], *rows)
    assert (found["1"], found["2"], found["3"], found["5"], found["7"]) == (5, 20, 1, 1, 1)
    assert (found["4"], found["9"], found["10"], found["13"]) == (20, 5, 25, 4)
    assert found["14"] == Decimal(20)


def test_rate_of_a_total_is_not_the_mean_of_rates() -> None:
    """Thái Nguyên 2024: 9.27 % and 2.3 % have the mean 5.785; the rate from the counts is 3.67 %."""
    near = {"A": (7_678, 82_826), "B": (7_804, 339_304)}
    table = TABLES["R01"]
    counted = {
        place: {households(Status.NEAR_POOR).id: Figure(part), RESIDENTS.id: Figure(whole)}
        for place, (part, whole) in near.items()
    }
    together = values(table, 0, total(counted.values(), table.measures))["6"].value
    each = [values(table, 0, found)["6"].value for found in counted.values()]
    assert [round(one, 2) for one in each if one is not None] == [Decimal("9.27"), Decimal("2.30")]
    assert together is not None
    assert round(together, 2) == Decimal("3.67")


def test_movement_of_poor_households_and_persons() -> None:
    names = ("status", "previous", "move_poor", "members", "previous_members", "persons_more", "persons_less")
    paths = [
        ("poor", "poor", "stayed", 6, 4, 2, 0),
        ("near_poor", "poor", "to_other", 3, 4, 0, 1),
        ("not_poor", "poor", "above", 2, 2, 0, 0),
        (None, "poor", "other_less", None, 7, 0, 0),
        ("poor", "near_poor", "from_other", 5, 5, 0, 0),
        ("poor", "not_poor", "relapsed", 1, 1, 0, 0),
        ("poor", "not_poor", "new", 8, 8, 0, 0),
        ("poor", None, "other_more", 9, None, 0, 0),
    ]
    rows = [row(**dict(zip(names, path, strict=True))) for path in paths]
    counted, persons = (printed(TABLES["R02"], *rows, kind=kind) for kind in (0, 1))
    assert list(counted.values()) == [4, 1, 1, 1, 1, 1, 1, 1, 5]
    # 17 at the start: 7 gone and 1 left a household; 9 came and 2 joined one
    assert list(persons.values()) == [17, 3, 2, 8, 5, 1, 8, 11, 29]
    assert persons["9"] == sum(one["members"] for one in rows if one["status"] == "poor")


def test_the_end_of_a_movement_is_counted_where_the_start_has_no_persons() -> None:
    rows = [row(status="poor", previous="poor", move_poor="stayed", members=4)]
    found = printed(TABLES["R02"], *rows, kind=1)
    assert found["1"] is None
    assert found["9"] == 4


def test_deprivations_are_counted_per_indicator_of_the_standard() -> None:
    rows = [row(status="poor", I01=True, I05=True), row(status="poor", I01=True, I05=False), row(I01=True)]
    every = [{**dict.fromkeys((one.code for one in SHEET.indicators), False), **one} for one in rows]
    found = printed(TABLES["R04"], *every)
    assert (found["1"], found["2"], found["3"], found["7"], found["14"]) == (2, 3, 2, 1, 0)
    assert printed(TABLES["R05"], *every)["2"] == 100


def test_a_standard_with_other_indicators_has_its_own_columns() -> None:
    sheet = find("mpi-global")
    table = next(one for one in tables(sheet, []) if one.id == "R04")
    assert len(table.columns) == 2 + len(sheet.indicators)
    assert table.columns[1].printed == f"2=3+...+{2 + len(sheet.indicators)}"


def test_groups_overlap_and_other_is_in_none_of_them() -> None:
    both = {"group_DTTS": True, "group_KCKNLD": True, "group_NCC": False, "group_none": False}
    none = {"group_DTTS": False, "group_KCKNLD": False, "group_NCC": False, "group_none": True}
    rows = [row(status="poor", **both), row(status="poor", members=7, **none), row(status="near_poor", **both)]
    assert list(printed(TABLES["R08"], *rows).values()) == [2, 1, 1, 0, 1, 1, 1, 1, 0, 0]
    assert printed(TABLES["R08"], *rows, kind=1)["5"] == 7


def test_peoples_have_a_column_each_and_the_rest_one_together() -> None:
    table = next(one for one in tables(SHEET, ["01", "02", "55", OTHER]) if one.id == "R09")
    assert [one.number for one in table.columns][:5] == ["1.0", "1.1", "1.2", "1.2.1", "1.2.2"]
    assert [one.heading[-1].vi for one in table.columns][3:5] == ["Tày", "Khác"]
    rows = [
        row(status="poor", ethnicity="01", minority=False),
        row(status="poor", ethnicity="02", minority=True),
        row(status="poor", ethnicity="09", minority=True),
    ]
    assert list(printed(table, *rows).values())[:5] == [3, 1, 2, 1, 1]


def test_causes_of_poor_and_near_poor_households_together() -> None:
    rows = [row(status="poor", cause_C2=True), row(status="near_poor", cause_C2=True), row(cause_C2=True)]
    assert printed(TABLES["R10"], *rows)["2"] == 2


def test_children_are_summed_not_households() -> None:
    rows = [row(status="poor", children=3, children_no_insurance=2), row(status="near_poor", children=1)]
    found = printed(TABLES["R11"], *rows)
    assert (found["1"], found["2"], found["5"], found["6"]) == (3, 2, 1, None)


@pytest.mark.parametrize(
    ("table", "number", "words"),
    [
        ("R01", "7", "Số hộ NLN MSTB"),
        ("R02", "2", "Thoát nghèo / Trở thành hộ cận nghèo"),
        ("R03", "6", "Bổ sung / Tái cận nghèo"),
        ("R04", "5", "Số hộ thiếu hụt chỉ số / Y tế / Dinh dưỡng"),
        ("R08", "3", "Hộ nghèo / Hộ không có khả năng lao động"),
        ("R09", "2.2.2", "Hộ cận nghèo / Trong đó / Dao"),
        ("R10", "7", "Ốm đau, tai nạn"),
        ("R11", "4", "Trẻ em hộ nghèo / Giáo dục / Đi học"),
    ],
)
def test_printed_headings(table: str, number: str, words: str) -> None:
    assert headings(table)[number] == words


def test_every_printed_formula_names_what_is_computed() -> None:
    for table in TABLES.values():
        for column in table.columns:
            if isinstance(column.source, Rate) and isinstance(column.source.part, str):
                assert column.printed == f"{column.number}={column.source.part}/{column.source.whole}*100"
            if isinstance(column.source, Summed) and table.id in ("R02", "R03"):
                minus = "".join(f"-{one}" for one in column.source.minus)
                plus = "".join(f"+{one}" for one in column.source.plus[1:])
                assert column.printed == f"{column.number}={column.source.plus[0]}{minus}{plus}"


def test_a_measure_is_asked_once_under_one_name() -> None:
    measures = all_measures(TABLES.values())
    assert len({one.id for one in measures}) == len(measures)
    assert len({(one.terms, one.needs) for one in measures}) == len(measures)


def test_every_form_says_how_sure_its_words_are() -> None:
    assert {form.id: form.confidence.value for form in forms()}["R11"] == "recalled"
    assert all(not form.confidence.confirmed for form in forms())
