"""The workbooks of the official tables: their frame, their notes, their rows, and what never gets into them."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.reporting.judged import PLACES, draw_rows, report, without
from tests.reporting.office import Grid, grid, sheet_names
from vuonlen.i18n import activate
from vuonlen.reporting.data import OFFICIAL, Place, ReportData
from vuonlen.reporting.workbook import ALL_IN_ONE, write_tables

ROWS = draw_rows(1, 120)
NASTY = '=HYPERLINK("http://x.vn","Tổ 1")'


def texts(cells: Grid) -> list[str]:
    return [one for row in cells for one in row if isinstance(one, str) and one]


def book(data: ReportData, folder: Path, name: str = ALL_IN_ONE) -> Path:
    write_tables(data, folder)
    return folder / name


def notes(data: ReportData, folder: Path, table: str) -> list[str]:
    """The sentences between the table and the signatures."""
    cells = grid(book(data, folder, f"{table}.xlsx"), table)
    last = max(number for number, row in enumerate(cells) if any(isinstance(one, float) for one in row))
    after = [str(row[0]) for row in cells[last + 1 :] if row[0]]
    return [one for one in after if one not in ("NGƯỜI LẬP BIỂU", "(Ký, ghi rõ họ tên)")]


def test_one_workbook_of_all_tables_and_one_each(tmp_path: Path) -> None:
    paths = write_tables(report(ROWS), tmp_path)
    tables = [f"R{number:02}" for number in range(1, 12)]
    assert [path.name for path in paths] == [ALL_IN_ONE, *(f"{one}.xlsx" for one in tables)]
    assert sheet_names(paths[0]) == [*tables, "Hộ", "Nguồn"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in paths)


def test_the_frame_says_who_what_and_when(tmp_path: Path) -> None:
    cells = grid(book(report(ROWS), tmp_path), "R01")
    assert cells[0][0] == "PHƯỜNG ĐỨC XUÂN"
    assert texts(cells[:2])[1:] == ["SƠ BỘ", "Bảng R01"]
    assert cells[2][0] == (
        "TỔNG HỢP KẾT QUẢ SƠ BỘ RÀ SOÁT HỘ NGHÈO; HỘ CẬN NGHÈO; HỘ LÀM NÔNG, LÂM, NGƯ NGHIỆP CÓ MỨC SỐNG TRUNG BÌNH"
    )
    assert cells[3][0] == "Tính đến ngày 31/12/2023"
    basis = str(cells[4][0])
    assert "vn-2022" in basis
    assert "danh-sách-2023.xlsx" in basis
    assert {"NGƯỜI LẬP BIỂU", "CHỦ TỊCH"} <= set(texts(cells))


def test_official_results_say_so_in_mark_and_title(tmp_path: Path) -> None:
    cells = grid(book(report(ROWS, mark=OFFICIAL), tmp_path), "R01")
    assert "CHÍNH THỨC" in texts(cells[:1])
    assert "KẾT QUẢ CHÍNH THỨC" in str(cells[2][0])


def test_places_stand_in_the_given_order_under_the_total(tmp_path: Path) -> None:
    cells = grid(book(report(ROWS), tmp_path), "R01")
    labels = [row[:2] for row in cells if row[1] in ("TỔNG SỐ", "Tổ 1", "Tổ 2", "Tổ 10")]
    assert labels == [["", "TỔNG SỐ"], ["1", "Tổ 1"], ["2", "Tổ 2"], ["3", "Tổ 10"]]


def test_the_source_sheet_names_standard_files_and_checks(tmp_path: Path) -> None:
    data = report(ROWS)
    facts = {str(row[0]): row[1] for row in grid(book(data, tmp_path), "Nguồn")}
    assert facts["Mã băm của chuẩn (sha256)"] == data.standard.hash
    assert facts["Mã băm tệp nguồn (sha256)"] == data.source_sha256
    assert facts["Tệp kỳ trước"] == "danh-sách-2022.xlsx"
    assert facts["Loại số liệu"] == "SƠ BỘ"
    assert facts["Kiểm tra chéo"] == "Các đẳng thức trong bảng và giữa các bảng đều đúng."


def test_a_broken_identity_is_told_on_the_source_sheet(tmp_path: Path) -> None:
    rows = [{**row, "move_poor": None} for row in ROWS]
    facts = {str(row[0]): str(row[1]) for row in grid(book(report(rows), tmp_path), "Nguồn")}
    assert "T-" in facts["Kiểm tra chéo"]


def test_counts_are_formulas_over_the_rows_of_the_place_only(tmp_path: Path) -> None:
    with ZipFile(book(report(ROWS), tmp_path, "R09.xlsx")) as archive:
        formulas = re.findall(r"<f>(.*?)</f>", archive.read("xl/worksheets/sheet1.xml").decode())
    counted = [one for one in formulas if one.startswith("COUNTIFS(")]
    assert len(counted) == len(PLACES) * 12
    blocks = {re.search(r"\$(\d+):\$[A-Z]+\$(\d+)", one).groups() for one in counted}  # type: ignore[union-attr]
    ends = sorted((int(first), int(last)) for first, last in blocks)
    assert len(ends) == len(PLACES)
    assert all(after[0] == before[1] + 1 for before, after in pairwise(ends))


def test_no_cell_of_the_rows_is_a_formula(tmp_path: Path) -> None:
    rows = [{**row, "household_id": f"={row['household_id']}", "ethnicity": "=1+1"} for row in ROWS]
    path = book(report(rows, ethnicities=["02"]), tmp_path)
    with ZipFile(path) as archive:
        assert "<f>" not in archive.read("xl/worksheets/sheet12.xml").decode()
    cells = grid(path, "Hộ")
    assert str(cells[4][0]).startswith("=H0")


def test_names_that_look_like_formulas_stay_texts(tmp_path: Path) -> None:
    places = (Place(PLACES[0].key, NASTY), *PLACES[1:])
    data = report(ROWS, places, place_title="=1+1", source_name="=2+2.xlsx")
    path = book(data, tmp_path)
    cells = grid(path, "R02")
    assert NASTY in texts(cells)
    assert cells[0][0] == "=1+1"
    with ZipFile(path) as archive:
        formulas = re.findall(r"<f>(.*?)</f>", archive.read("xl/worksheets/sheet2.xml").decode())
    assert not any("HYPERLINK" in one or one == "1+1" for one in formulas)


def test_a_table_alone_holds_only_what_it_counts(tmp_path: Path) -> None:
    cells = grid(book(report(ROWS), tmp_path, "R09.xlsx"), "Hộ")
    assert cells[3] == ["Mã hộ", "Địa bàn", "Phân loại kỳ này", "Dân tộc", "Dân tộc thiểu số"]
    poor = [row for row in ROWS if row["status"] in ("poor", "near_poor")]
    assert len(cells) - 4 == len(poor)
    assert {row[2] for row in cells[4:]} == {"Hộ nghèo", "Hộ cận nghèo"}


def test_a_row_of_a_place_that_is_not_printed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Tổ 77"):
        write_tables(report([*ROWS, {**ROWS[0], "place_key": "Tổ 77"}]), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_list_of_the_poor_alone_says_why_totals_are_empty(tmp_path: Path) -> None:
    found = notes(report(ROWS, lists_everyone=False), tmp_path, "R01")
    assert "Danh sách không gồm mọi hộ dân cư của địa bàn nên tổng số hộ, tổng số khẩu và các tỷ lệ để trống." in found


def test_no_review_before_is_said(tmp_path: Path) -> None:
    data = replace(report(without(ROWS, "previous", "move_poor", "move_near")), has_previous=False)
    write_tables(data, tmp_path)
    cells = grid(tmp_path / "R02.xlsx", "R02")
    assert "Không có kết quả kỳ trước nên các cột diễn biến để trống." in texts(cells)
    assert not any(isinstance(one, float) for row in cells for one in row)


def test_an_unknown_place_empties_the_total_and_is_named(tmp_path: Path) -> None:
    rows = [row | ({"cause_C1": None} if row["place_key"] == PLACES[2].key else {}) for row in ROWS]
    found = notes(report(rows), tmp_path, "R10")
    assert "Cột 1 chưa có số liệu của Tổ 10 nên dòng tổng cũng để trống." in found


def test_missing_answers_are_counted_by_place(tmp_path: Path) -> None:
    one = next(row for row in ROWS if row["status"] == "poor" and row["place_key"] == PLACES[1].key)
    rows = [row | ({"cause_C1": None} if row is one else {}) for row in ROWS]
    assert "* Cột 1: 1 hộ chưa có thông tin (Tổ 2: 1)." in notes(report(rows), tmp_path, "R10")


def test_households_that_cannot_be_judged_are_told_under_the_summary(tmp_path: Path) -> None:
    left_out = sum(row["status"] == "undetermined" for row in ROWS)
    assert any(f"Ngoài ra có {left_out} hộ" in one for one in notes(report(ROWS), tmp_path, "R01"))


def test_groups_are_explained_because_the_printed_subtraction_is_wrong(tmp_path: Path) -> None:
    assert any("5=1-2-3-4" in one for one in notes(report(ROWS), tmp_path, "R08"))


def test_english_on_request(tmp_path: Path) -> None:
    activate("en")
    cells = grid(book(report(ROWS), tmp_path, "R02.xlsx"), "R02")
    assert cells[2][0] == "MOVEMENT OF POOR HOUSEHOLDS"
    assert "Newly arising" in texts(cells)
