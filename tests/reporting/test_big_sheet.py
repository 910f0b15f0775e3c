"""Rows streamed into a workbook: every value as it was, every text a text, in calamine and in LibreOffice."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.reporting.office import grid, recalculated
from vuonlen.reporting.big_sheet import LAST_ROW, OPEN_END, complete, encoded, fill
from vuonlen.reporting.judged_book import write_judged

INJECTIONS = ("=1+1", "+84 912", "-5", "@SUM(A1)", '=HYPERLINK("http://x","y")', "\t=1", "'=1", "=cmd|' /C calc'!A0")
AWKWARD = (
    *INJECTIONS,
    "006089012345",
    "1e5",
    "TRUE",
    " hai đầu có dấu cách ",
    "Nguyễn Thị Hường & <con>",
    'dấu "nháy"',
    "_x0041_",
    "dòng một\ndòng hai",
    "Hường",
    "H\u01b0\u01a1\u0300ng",  # combining grave, not normalised
    "😀",
)


def filled(tmp_path: Path, rows: list[tuple[object, ...]], *, model: bool = False) -> Path:
    frame, target = tmp_path / "frame.xlsx", tmp_path / "rows.xlsx"
    with xlsxwriter.Workbook(frame) as book:
        first, second = book.add_worksheet("Một"), book.add_worksheet("Hai")
        first.write_string(0, 0, "trang một")
        second.write_string(0, 0, "đầu")
        second.autofilter(0, 0, OPEN_END - 1, 2)
        if model:
            second.write_blank(1, 0, None, book.add_format({"num_format": "0.00"}))
    assert fill(frame, target, 2, rows, 2) == len(rows)
    return target


def test_values_keep_their_kind(tmp_path: Path) -> None:
    rows = [("H1", 3, 2.5, None), ("H2", 0, -1e-7, "x"), (None, None, None, None), ("H4", 10**12, 1e22, None)]
    found = CalamineWorkbook.from_path(filled(tmp_path, rows)).get_sheet_by_name("Hai").to_python()
    assert found[1:] == [["H1", 3.0, 2.5, ""], ["H2", 0.0, -1e-7, "x"], ["", "", "", ""], ["H4", 1e12, 1e22, ""]]


def test_other_sheets_are_as_they_were(tmp_path: Path) -> None:
    assert grid(filled(tmp_path, [("a", 1, 2)]), "Một") == [["trang một"]]


@pytest.mark.parametrize("text", AWKWARD)
def test_a_text_is_read_back_as_it_was(text: str, tmp_path: Path) -> None:
    assert grid(filled(tmp_path, [(text, 1, 2)]), "Hai")[1][0] in (text, text.replace("_x0041_", "_x005F_x0041_"))


def test_office_takes_no_text_for_a_formula_or_a_number(tmp_path: Path) -> None:
    path = filled(tmp_path, [(text, number, 0.5) for number, text in enumerate(AWKWARD)])
    again = recalculated([path], tmp_path)
    assert [row[0] for row in grid(again["rows.xlsx"], "Hai")[1:]] == list(AWKWARD)


def test_a_column_of_mixed_kinds_keeps_each_value(tmp_path: Path) -> None:
    rows = [("a",), (1,), (2.5,), (True,), (None,), ("=1",), (float("nan"),), (float("inf"),)]
    found = grid(filled(tmp_path, rows), "Hai")
    assert [row[0] for row in found[1:]] == ["a", 1.0, 2.5, 1.0, "", "=1"]


def test_the_model_row_gives_its_format_and_goes(tmp_path: Path) -> None:
    path = filled(tmp_path, [(1.0, 1, 1)], model=True)
    with ZipFile(path) as archive:
        xml = archive.read("xl/worksheets/sheet2.xml").decode()
    assert xml.count('<row r="2"') == 1
    assert '<c r="A2" s="1"><v>1.0</v>' in xml


def test_the_filter_ends_with_the_last_row(tmp_path: Path) -> None:
    with ZipFile(filled(tmp_path, [("a", 1, 2)] * 7)) as archive:
        every = b"".join(archive.read(name) for name in archive.namelist())
    assert b"A1:C8" in every
    assert b"$A$1:$C$8" in every
    assert str(OPEN_END).encode() not in every


def test_more_than_one_batch_of_rows(tmp_path: Path) -> None:
    rows = [(f"H{number}", number, number / 2) for number in range(9_001)]
    found = grid(filled(tmp_path, rows), "Hai")
    assert len(found) == 9_002
    assert found[-1] == ["H9000", 9000.0, 4500.0]


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "frame.xlsx") as book:
        book.add_worksheet()
    with pytest.raises(ValueError, match="more rows"):
        fill(tmp_path / "frame.xlsx", tmp_path / "out.xlsx", 1, [("a",)] * 2, LAST_ROW)


@given(st.text())
def test_any_text_makes_well_formed_xml(text: str) -> None:
    element = encoded(text)
    assert "<" not in element.removeprefix("<t>").removeprefix('<t xml:space="preserve">').removesuffix("</t>")
    assert not any(ord(one) < 32 and one not in "\t\n" for one in element)
    element.encode("utf-8")


def test_a_file_that_is_not_finished_never_appears(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    path.write_bytes("bản cũ".encode())

    def broken() -> None:
        with complete(path) as part:
            part.write_bytes(b"half")
            raise OSError("đĩa đầy")

    with pytest.raises(OSError, match="đĩa đầy"):
        broken()
    assert path.read_bytes() == "bản cũ".encode()
    assert list(tmp_path.iterdir()) == [path]


HEADINGS = [("household_id", "Mã hộ"), ("disagree", "Hai cách xét khác nhau"), ("income", "Thu nhập")]


def test_judged_list_says_yes_and_no_in_words(tmp_path: Path) -> None:
    rows = [("H1", True, 1_500_000), ("H2", False, None), ("=H3", None, 2.5)]
    path = tmp_path / "judged.xlsx"
    assert write_judged(path, HEADINGS, iter(rows), "SƠ BỘ · đến ngày 31/12/2023") == 3
    found = grid(path, "Hộ")
    assert found[0][0] == "SƠ BỘ · đến ngày 31/12/2023"
    assert found[2] == ["Mã hộ", "Hai cách xét khác nhau", "Thu nhập"]
    assert found[3:] == [["H1", "có", 1_500_000.0], ["H2", "không", ""], ["=H3", "", 2.5]]


def test_judged_list_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[int] = []
    write_judged(tmp_path / "judged.xlsx", HEADINGS, [("H", True, 1)] * 9_000, "", on_progress=told.append)
    assert told == [4_000, 8_000, 9_000]


def test_a_list_without_rows_is_still_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "judged.xlsx"
    write_judged(path, HEADINGS, [], "trống")
    assert grid(path, "Hộ")[2] == ["Mã hộ", "Hai cách xét khác nhau", "Thu nhập"]
