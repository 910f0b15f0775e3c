"""Cell formats of the printed tables, made once per workbook."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

#: Separators as in Vietnam whatever the reader's locale, where the program honours it.
COUNT, RATE = "[$-42A]#,##0", "[$-42A]0.00"
_STAR = '"*"'  # after a count that lacks answers of some households; the cell stays a number
_HEAD = {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1, "bg_color": "#E8EEF4"}
_NAMED: dict[str, dict[str, Any]] = {
    "unit": {"bold": True, "valign": "top", "text_wrap": True},
    "mark": {"bold": True, "align": "right", "valign": "top"},
    "title": {"bold": True, "font_size": 14, "align": "center", "valign": "vcenter", "text_wrap": True},
    "date": {"italic": True, "align": "center"},
    "basis": {"italic": True, "align": "center", "font_size": 9, "text_wrap": True, "valign": "vcenter"},
    "basis_left": {"italic": True, "font_size": 9},
    "head": _HEAD,
    "number": {"italic": True, "align": "center", "valign": "vcenter", "border": 1, "font_size": 8, "text_wrap": True},
    "label": {"border": 1, "text_wrap": True, "valign": "vcenter"},
    "ordinal": {"border": 1, "align": "center", "valign": "vcenter"},
    "note": {"italic": True, "font_size": 10, "text_wrap": True, "valign": "top"},
    "sign": {"bold": True, "align": "center"},
    "sign_hint": {"italic": True, "align": "center"},
    "key": {"bold": True, "valign": "top", "text_wrap": True},
    "text": {"valign": "top", "text_wrap": True},
}


class Styles:
    """Formats by name; `bold` for the row of totals."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[object, ...], Format] = {}

    def named(self, name: str, *, bold: bool = False) -> Format:
        return self._format((name, bold), {**_NAMED[name], **({"bold": True} if bold else {})})

    def number(self, *, rate: bool, bold: bool, blanks: bool) -> Format:
        pattern = (RATE if rate else COUNT) + (_STAR if blanks else "")
        look = {"num_format": pattern, "border": 1, "valign": "vcenter", "align": "right", "bold": bold}
        return self._format((rate, bold, blanks), look)

    def _format(self, key: tuple[object, ...], look: dict[str, Any]) -> Format:
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": FONT["font_name"], **look})
        return self._made[key]


FONT = {"font_name": "Times New Roman", "font_size": 11}
