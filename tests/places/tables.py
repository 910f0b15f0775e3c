"""Small conversion tables as the statistics office lays them out, and faulty ones."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from vuonlen.journal.models import Entry
from vuonlen.places.models import Place, Succession

TITLES = [
    "Đơn vị hành chính từ ngày 01/7/2025", "", "", "Đơn vị hành chính trước ngày 01/7/2025", "", "", "", "", "",
]  # fmt: skip
HEADS = ["Tỉnh, thành phố", "Tên Xã mới", "Mã Xã mới", "Tên Xã cũ", "Mã Xã cũ", "Ghi chú", "Quận/huyện", "Tỉnh cũ", ""]
THAI_NGUYEN, BAC_KAN, CITY = "Tỉnh Thái Nguyên (19)", "Tỉnh Bắc Kạn (06)", "Thành phố Bắc Kạn (058)"
WHOLE, PART = "Nhập toàn bộ", "Nhập một phần"
ROWS: list[list[str]] = [
    ["THÁI NGUYÊN", "", "", "", "", "", "", "", ""],
    [THAI_NGUYEN, "Phường Đức Xuân", "01840", "Phường Đức Xuân", "01840", WHOLE, CITY, BAC_KAN, ""],
    [THAI_NGUYEN, "Phường Đức Xuân", "01840", "Phường Huyền Tụng", "01846", WHOLE, CITY, BAC_KAN, ""],
    [THAI_NGUYEN, "Phường Bắc Kạn", "01843", "Phường Phùng Chí Kiên", "01843", WHOLE, CITY, BAC_KAN, ""],
    [THAI_NGUYEN, "Phường Bắc Kạn", "01843", "Xã Nông Thượng", "01852", WHOLE, CITY, BAC_KAN, ""],
    [THAI_NGUYEN, "Phường Bắc Kạn", "01843", "Phường Xuất Hóa", "01855", WHOLE, CITY, BAC_KAN, ""],
    [THAI_NGUYEN, "Xã Phong Quang", "01849", "Xã Dương Quang", "01849", WHOLE, CITY, BAC_KAN, ""],
]  # the last row is row 9 of the file


def table(rows: Sequence[Sequence[str]] = ROWS) -> list[list[str]]:
    return [TITLES, HEADS, *map(list, rows)]


def changed(row: int, **cells: str) -> list[list[str]]:
    """ROWS with some cells of one row (as numbered in the file) set; columns by letter."""
    rows = [list(one) for one in ROWS]
    for letter, text in cells.items():
        rows[row - 3]["ABCDEFGHI".index(letter)] = text
    return rows


def row(**cells: str) -> list[str]:
    """A further row like the one of Xã Nông Thượng."""
    return [cells.get(letter, text) for letter, text in zip("ABCDEFGHI", ROWS[4], strict=True)]


def write_csv(path: Path, rows: Sequence[Sequence[str]], encoding: str = "utf-8-sig") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def write_xlsx(path: Path, rows: Sequence[Sequence[str]], *, numbers: bool = False) -> Path:
    """numbers: codes as Excel stores what it takes for numbers."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Bảng chuyển đổi")
        for r, cells in enumerate(rows):
            for c, cell in enumerate(cells):
                if numbers and cell.isdigit():
                    sheet.write_number(r, c, int(cell))
                elif cell:
                    sheet.write_string(r, c, cell)
    return path


def snapshot() -> tuple[object, ...]:
    """Everything that an import may change."""
    return (
        sorted(Place.objects.values_list("pk", "code", "name", "path", "valid_from", "valid_to")),
        sorted(Succession.objects.values_list("predecessor_id", "successor_id", "whole", "share", "source")),
        Entry.objects.count(),
    )
