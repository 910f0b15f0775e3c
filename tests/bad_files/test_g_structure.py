"""Class G: how the table stands on its sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.bad_files.making import GOOD, HEADS, Formula, edited, workbook
from tests.bad_files.outcomes import codes, households
from tests.bad_files.outcomes import read_here as read
from tests.bad_files.outcomes import refused_here as refused

_GOOD2 = ["H2", "Bế Thị Bình", "nông thôn", 3, 800_000]


def listed(tmp_path: Path, rows: list[list[Any]], **options: Any) -> tuple[list[str], list[str]]:
    """Ids that were kept, and everything that was listed."""
    found = read(workbook(tmp_path / "list.xlsx", {"Hộ": rows}, **options))
    return list(households(found)), codes(found)


def test_headings_below_a_title(tmp_path: Path) -> None:
    rows = [["ỦY BAN NHÂN DÂN XÃ"], ["DANH SÁCH HỘ RÀ SOÁT NĂM 2023"], [], HEADS, GOOD]
    assert listed(tmp_path, rows) == (["H1"], [])


def test_merged_headings_of_two_rows(tmp_path: Path) -> None:
    rows = [["Mã hộ", "Họ tên chủ hộ", "Điểm", None, "Nhóm", None], [None, None, "B1", "B2", "Hộ DTTS", "Hộ NCC"]]
    rows += [["H1", "An", 120, 30, "x", None]]
    found = read(workbook(tmp_path / "m.xlsx", {"Hộ": rows}, merged={"Hộ": ["A1:A2", "B1:B2", "C1:D1", "E1:F1"]}))
    assert [one.column for one in found.columns] == [
        "household_id", "head", "income_score", "deprivation_score", "group_DTTS", "group_NCC",
    ]  # fmt: skip
    row = households(found)["H1"]
    assert (row["income_score"], row["group_DTTS"], row["group_NCC"]) == (120.0, True, False)


def test_merged_headings_of_three_rows(tmp_path: Path) -> None:
    rows = [["Mã hộ", "Chỉ số thiếu hụt", None, None], [None, "Y tế", None, "Nhà ở"]]
    rows += [[None, "Dinh dưỡng", "Bảo hiểm y tế", "Chất lượng nhà ở"], ["H1", "x", "0", None]]
    found = read(workbook(tmp_path / "m.xlsx", {"Hộ": rows}, merged={"Hộ": ["A1:A3", "B1:D1", "B2:C2"]}))
    row = households(found)["H1"]
    assert (row["I03"], row["I04"], row["I07"]) == (True, False, None)


def test_a_column_under_the_year_before_is_the_class_before(tmp_path: Path) -> None:
    rows = [["Mã hộ", "Năm trước", "Năm nay"], [None, "Phân loại hộ", "Phân loại hộ"], ["H1", "N", "CN"]]
    found = read(workbook(tmp_path / "m.xlsx", {"Hộ": rows}, merged={"Hộ": ["A1:A2"]}))
    row = households(found)["H1"]
    assert (row["previous_status"], row["recorded_status"]) == ("poor", "near_poor")


def test_the_row_of_column_numbers_is_no_household(tmp_path: Path) -> None:
    assert listed(tmp_path, [HEADS, ["A", "B", 1, 2, 3], GOOD]) == (["H1"], [])


def test_the_row_of_column_numbers_in_brackets(tmp_path: Path) -> None:
    assert listed(tmp_path, [HEADS, ["(1)", "(2)", "(3)", "(4)", "(5)"], GOOD]) == (["H1"], [])


def test_a_household_that_looks_like_three_column_numbers_is_kept(tmp_path: Path) -> None:
    rows = [["Mã hộ", "Số nhân khẩu", "Số trẻ em", "Thu nhập"], [1, 2, 3, None], [2, 3, 4, None]]
    assert listed(tmp_path, rows) == (["1", "2"], [])


def test_column_numbers_amid_the_data_are_left_out_and_listed(tmp_path: Path) -> None:
    rows = [HEADS, GOOD, ["A", "B", 1, 2, 3], _GOOD2]
    assert listed(tmp_path, rows) == (["H1", "H2"], ["W-HEADING-REPEATED@A3"])


@pytest.mark.parametrize(
    "total",
    [["Tổng cộng", None, None, 7], [None, "Tổng số:", None, 7], ["Cộng", None, None, 7], ["TỔNG", None, None, 7]],
)
def test_a_totals_row_is_left_out_and_listed(tmp_path: Path, total: list[Any]) -> None:
    column = "A" if total[0] else "B"
    assert listed(tmp_path, [HEADS, GOOD, total, _GOOD2]) == (["H1", "H2"], [f"W-TOTALS-ROW@{column}3"])


def test_a_family_name_is_no_total(tmp_path: Path) -> None:
    assert listed(tmp_path, [HEADS, ["H1", "Tống Văn Cộng", *GOOD[2:]], ["H2", "Tô Thị Bản", *GOOD[2:]]]) == (
        ["H1", "H2"],
        [],
    )


def test_headings_repeated_on_each_printed_page(tmp_path: Path) -> None:
    assert listed(tmp_path, [HEADS, GOOD, HEADS, ["A", "B", 1, 2, 3], _GOOD2]) == (
        ["H1", "H2"],
        ["W-HEADING-REPEATED@A3"],
    )


def test_a_village_as_a_title_amid_the_data(tmp_path: Path) -> None:
    assert listed(tmp_path, [HEADS, ["Thôn Nà Pái"], GOOD, [None, "Thôn Bản Vén"], _GOOD2]) == (
        ["H1", "H2"],
        ["W-SECTION-ROW@A2", "W-SECTION-ROW@B4"],
    )


def test_signatures_under_the_table(tmp_path: Path) -> None:
    rows = [
        HEADS,
        GOOD,
        [],
        [None, None, None, "Ngày 14 tháng 12 năm 2023"],
        [None, "Người lập biểu", None, "CHỦ TỊCH UBND"],
    ]
    assert listed(tmp_path, rows) == (["H1"], ["W-FOOTER-ROW@D4", "W-FOOTER-ROW@B5"])


def test_blank_rows_and_hidden_rows_and_columns(tmp_path: Path) -> None:
    def hide(book: Any) -> None:
        sheet = book.get_worksheet_by_name("Hộ")
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.set_column("C:C", None, None, {"hidden": True})
        sheet.autofilter("A1:E4")

    found = listed(tmp_path, [HEADS, GOOD, [], _GOOD2], after=hide)
    assert found == (["H1", "H2"], [])


def test_a_hidden_sheet_is_not_read_and_named(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "h.xlsx",
        {"Hộ": [HEADS, GOOD], "Cũ": [HEADS, _GOOD2]},
        after=lambda book: book.get_worksheet_by_name("Cũ").hide(),
    )
    found = read(path)
    assert list(households(found)) == ["H1"]
    assert [(one.code, one.sheet) for one in found.warnings] == [("W-HIDDEN-SHEET", "Cũ")]


def test_another_sheet_is_not_read_and_named(tmp_path: Path) -> None:
    found = read(
        workbook(tmp_path / "h.xlsx", {"Ghi chú": [["Ghi chú về cách nhập"], ["a", "b"]], "Hộ": [HEADS, GOOD]})
    )
    assert [(one.code, one.sheet) for one in found.warnings] == [("W-SHEET-SKIPPED", "Ghi chú")]


def test_two_sheets_of_households_are_refused(tmp_path: Path) -> None:
    assert refused(workbook(tmp_path / "two.xlsx", {"2022": [HEADS, GOOD], "2023": [HEADS, _GOOD2]})) == [
        "F-SHEETS-MANY@2023"
    ]


def test_a_second_table_under_the_first_is_refused(tmp_path: Path) -> None:
    rows = [HEADS, GOOD, [], ["Mã hộ", "Tên xã", "Dân tộc", "Điểm B1", "Điểm B2"], ["H2", "Xã A", "Tày", 120, 30]]
    assert refused(workbook(tmp_path / "two.xlsx", {"Hộ": rows})) == ["F-TWO-TABLES@Hộ!A4"]


def test_the_same_column_twice_is_refused_by_name(tmp_path: Path) -> None:
    rows = [[*HEADS, "TNBQ"], [*GOOD, 1]]
    assert refused(workbook(tmp_path / "two.xlsx", {"Hộ": rows})) == ["F-HEADING-TWICE@Hộ!F1"]


@pytest.mark.parametrize(
    "heading", ["Có nước sạch", "Có BHYT", "Được sử dụng nhà tiêu hợp vệ sinh", "Có bảo hiểm y tế"]
)
def test_a_heading_that_may_mean_the_opposite_is_refused(tmp_path: Path, heading: str) -> None:
    assert refused(workbook(tmp_path / "a.xlsx", {"Hộ": [[*HEADS, heading], [*GOOD, "x"]]})) == [
        "F-HEADING-AMBIGUOUS@Hộ!F1"
    ]


@pytest.mark.parametrize("heading", ["Thu nhập bình quân (đồng/năm)", "Thu nhập (USD)", "Thu nhập (triệu đồng/hộ)"])
def test_income_in_a_unit_that_cannot_be_used_is_refused(tmp_path: Path, heading: str) -> None:
    assert refused(workbook(tmp_path / "u.xlsx", {"Hộ": [[*HEADS[:4], heading], GOOD]})) == ["F-HEADING-UNIT@Hộ!E1"]


def test_no_household_id(tmp_path: Path) -> None:
    assert refused(workbook(tmp_path / "n.xlsx", {"Hộ": [HEADS[1:], GOOD[1:]]})) == ["F-COLUMN-MISSING@Hộ"]


def test_an_ordinal_without_a_head_is_no_household_id(tmp_path: Path) -> None:
    rows = [["STT", "Thu nhập", "Khu vực"], [1, 900_000, "nt"]]
    assert refused(workbook(tmp_path / "n.xlsx", {"Hộ": rows})) == ["F-COLUMN-MISSING@Hộ"]


def test_nothing_to_judge_by(tmp_path: Path) -> None:
    rows = [["Mã hộ", "Họ tên chủ hộ", "Khu vực"], GOOD[:3]]
    assert refused(workbook(tmp_path / "n.xlsx", {"Hộ": rows})) == ["F-NOTHING-TO-JUDGE@Hộ"]


def test_headings_without_a_household(tmp_path: Path) -> None:
    assert refused(workbook(tmp_path / "n.xlsx", {"Hộ": [HEADS]})) == ["F-NO-DATA@Hộ"]


def test_a_sheet_without_headings(tmp_path: Path) -> None:
    assert refused(workbook(tmp_path / "n.xlsx", {"Hộ": [GOOD, _GOOD2]})) == ["F-NO-SHEET"]


def test_a_formula_with_its_value_is_read(tmp_path: Path) -> None:
    rows = [HEADS, [*GOOD[:4], Formula("=300000*4", 1_200_000)]]
    found = read(workbook(tmp_path / "f.xlsx", {"Hộ": rows}))
    assert households(found)["H1"]["income"] == 1_200_000.0
    assert codes(found) == []


@pytest.mark.parametrize("value", [b"<v></v>", b"<v/>", b""])
def test_a_formula_that_nobody_calculated_is_refused(tmp_path: Path, value: bytes) -> None:
    workbook(tmp_path / "f.xlsx", {"Hộ": [HEADS, [*GOOD[:4], Formula("=300000*4", 77)]]})
    edited(tmp_path / "f.xlsx", tmp_path / "g.xlsx", lambda name, content: content.replace(b"<v>77</v>", value))
    assert refused(tmp_path / "g.xlsx") == ["F-NO-CACHE@Hộ!E2"]


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!"])
def test_an_error_of_excel_is_not_a_blank(tmp_path: Path, error: str) -> None:
    rows = [HEADS, [*GOOD[:4], Formula("=1/0", error)], _GOOD2]
    assert listed(tmp_path, rows) == (["H2"], ["R-ERROR@E2"])


def test_unknown_and_swapped_columns_are_carried_along(tmp_path: Path) -> None:
    rows = [["Ghi chú", *reversed(HEADS), "Ghi chú"], ["gần suối", *reversed(GOOD), 5]]
    found = read(workbook(tmp_path / "x.xlsx", {"Hộ": rows}))
    row = households(found)["H1"]
    assert (row["members"], row["x_Ghi chú"], row["x_Ghi chú (2)"]) == (4, "gần suối", "5")


def test_a_heading_of_several_lines_with_number_and_unit(tmp_path: Path) -> None:
    heads = [
        "1. Mã hộ",
        "2. Họ và tên\nchủ hộ",
        "(3) Khu vực",
        "4) Số nhân\nkhẩu",
        "5. Thu nhập bình quân\n(đồng/người/tháng)",
    ]
    assert listed(tmp_path, [heads, GOOD]) == (["H1"], [])


def test_a_cell_that_says_blank_is_not_no(tmp_path: Path) -> None:
    found = read(workbook(tmp_path / "b.xlsx", {"Hộ": [[*HEADS, "I09", "I10"], [*GOOD, None, "không"]]}))
    row = households(found)["H1"]
    assert row["I09"] is None
    assert row["I10"] is False


def test_a_yes_under_the_name_of_an_indicator_is_pointed_out(tmp_path: Path) -> None:
    assert listed(tmp_path, [[*HEADS, "Bảo hiểm y tế"], [*GOOD, "có"]]) == (["H1"], ["W-YES-IS-DEPRIVED@F1"])


def test_an_unknown_heading_with_words_of_ours_is_pointed_out(tmp_path: Path) -> None:
    rows = [[*HEADS, "Phân loại theo xã tự chấm"], [*GOOD, "N"]]
    assert listed(tmp_path, rows) == (["H1"], ["W-HEADING-UNKNOWN@F1"])


def test_a_heading_with_a_remark_after_a_semicolon(tmp_path: Path) -> None:
    rows = [[HEADS[0], "Họ tên chủ hộ; thôn/tổ", *HEADS[2:]], GOOD]
    assert households(read(workbook(tmp_path / "s.xlsx", {"Hộ": rows})))["H1"]["head"] == "Nông Văn An"
