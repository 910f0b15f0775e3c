"""hai-chuan.xlsx: the same survey under two standards, who changes class and why, by place.

The table a province needs before a new standard comes into force: classes down the side by the first
standard, across the top by the second, households and persons, per place and in total.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from vuonlen.domain.poverty import Status
from vuonlen.i18n import _
from vuonlen.reporting.big_sheet import complete
from vuonlen.reporting.styles import FONT, Styles
from vuonlen.rulebook import words
from vuonlen.rulebook.model import Sheet

CLASSES = tuple(Status)
_MOST_ROWS = 1_000_000
_LIST = (
    ("household_id", "Mã hộ", 18),
    ("place_key", "Mã địa bàn", 14),
    ("place_name", "Địa bàn", 26),
    ("members", "Nhân khẩu", 10),
    ("status_a", "", 18),
    ("status_b", "", 18),
    ("reason", "Vì sao", 90),
)


@dataclass(slots=True)
class _Place:
    name: str
    households: dict[tuple[str, str], int] = field(default_factory=dict)
    persons: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, pair: tuple[str, str], members: int | None) -> None:
        self.households[pair] = self.households.get(pair, 0) + 1
        self.persons[pair] = self.persons.get(pair, 0) + (members or 0)


def write_comparison(path: Path, first: Sheet, second: Sheet, rows: Iterable[Mapping[str, object]]) -> int:
    """Write the workbook; returns how many households change class.

    rows: one mapping per household with household_id, place_key, place_name, members (persons or None),
    status_a, status_b, reason. Counts of a place are values; totals are sums that Excel recalculates.
    """
    places: dict[str, _Place] = {}
    with complete(path) as part, xlsxwriter.Workbook(part, {"default_format_properties": FONT}) as book:
        styles = Styles(book)
        matrix = book.add_worksheet(_("Theo địa bàn"))
        changes = book.add_worksheet(_("Hộ đổi nhóm"))
        changed = _write_list(changes, styles, first, second, rows, places)
        _write_matrix(matrix, styles, first, second, places)
        return changed


def _write_list(
    sheet: Worksheet,
    styles: Styles,
    first: Sheet,
    second: Sheet,
    rows: Iterable[Mapping[str, object]],
    places: dict[str, _Place],
) -> int:
    """The list of households that change class; every household is counted into `places` on the way."""
    titles = {"status_a": first.id, "status_b": second.id}
    for column, (name, heading, width) in enumerate(_LIST):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, titles.get(name, heading), styles.named("head"))
    sheet.freeze_panes(1, 1)
    changed = 0
    for row in rows:
        key, members = str(row["place_key"]), row["members"]
        place = places.setdefault(key, _Place(str(row["place_name"] or key)))
        pair = (str(row["status_a"]), str(row["status_b"]))
        place.add(pair, members if isinstance(members, int) else None)
        if pair[0] != pair[1]:
            changed += 1
            if changed <= _MOST_ROWS:
                _write_household(sheet, changed, row)
    sheet.autofilter(0, 0, min(changed, _MOST_ROWS), len(_LIST) - 1)
    return changed


def _write_household(sheet: Worksheet, line: int, row: Mapping[str, object]) -> None:
    for column, (name, _heading, _width) in enumerate(_LIST):
        value = row[name]
        if name in ("status_a", "status_b"):
            sheet.write_string(line, column, words.STATUS[Status(str(value))].vi)
        elif isinstance(value, int):
            sheet.write_number(line, column, value)
        elif value is not None:
            sheet.write_string(line, column, str(value))


def _write_matrix(
    sheet: Worksheet, styles: Styles, first: Sheet, second: Sheet, places: Mapping[str, _Place]
) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 18)
    sheet.set_column(2, 2, 12)
    sheet.set_column(3, 7, 13)
    title = _("XẾP LOẠI CÙNG MỘT CUỘC RÀ SOÁT THEO HAI CHUẨN")
    sheet.merge_range(0, 0, 0, 7, title, styles.named("title"))
    basis = _("Hàng: theo {a} ({hash_a}) · Cột: theo {b} ({hash_b})").format(
        a=first.id, hash_a=first.hash[:12], b=second.id, hash_b=second.hash[:12]
    )
    sheet.merge_range(1, 0, 1, 7, basis, styles.named("basis"))
    heads = [_("Địa bàn"), _("Theo {id}").format(id=first.id), _("Phân tổ")]
    heads += [words.STATUS[one].vi for one in CLASSES] + [_("Cộng")]
    for column, head in enumerate(heads):
        sheet.write_string(3, column, head, styles.named("head"))
    sheet.freeze_panes(4, 3)
    sheet.repeat_rows(3)
    ordered = [places[key] for key in sorted(places)]
    starts = [4 + (number + 1) * _HEIGHT for number in range(len(ordered))]
    _write_total(sheet, styles, starts)
    for start, place in zip(starts, ordered, strict=True):
        _write_place(sheet, styles, start, place)


_HEIGHT = 2 * len(CLASSES)


def _write_place(sheet: Worksheet, styles: Styles, start: int, place: _Place) -> None:
    sheet.merge_range(start, 0, start + _HEIGHT - 1, 0, place.name, styles.named("label"))
    for number, one in enumerate(CLASSES):
        for kind, counts in enumerate((place.households, place.persons)):
            line = start + 2 * number + kind
            _write_labels(sheet, styles, line, one, kind)
            values = [counts.get((one.value, other.value), 0) for other in CLASSES]
            for column, value in enumerate(values, start=3):
                sheet.write_number(line, column, value, styles.number(rate=False, bold=False, blanks=False))
            _write_sum(sheet, styles, line)


def _write_total(sheet: Worksheet, styles: Styles, starts: list[int]) -> None:
    sheet.merge_range(4, 0, 4 + _HEIGHT - 1, 0, _("TỔNG SỐ"), styles.named("label", bold=True))
    style = styles.number(rate=False, bold=True, blanks=False)
    last = (starts[-1] if starts else 4) + _HEIGHT
    for number, one in enumerate(CLASSES):
        for kind in range(2):
            line = 4 + 2 * number + kind
            _write_labels(sheet, styles, line, one, kind)
            for column in range(3, 3 + len(CLASSES)):
                # every 2 x 4 lines the same cell of the next place: one SUMPRODUCT instead of a list of cells
                top, bottom = xl_rowcol_to_cell(4 + _HEIGHT, column), xl_rowcol_to_cell(last, column)
                offset = 2 * number + kind
                formula = f"=SUMPRODUCT((MOD(ROW({top}:{bottom})-{5 + _HEIGHT},{_HEIGHT})={offset})*{top}:{bottom})"
                sheet.write_formula(line, column, formula, style)
            _write_sum(sheet, styles, line)


def _write_labels(sheet: Worksheet, styles: Styles, line: int, one: Status, kind: int) -> None:
    sheet.write_string(line, 1, words.STATUS[one].vi, styles.named("label"))
    sheet.write_string(line, 2, _("Nhân khẩu") if kind else _("Hộ"), styles.named("label"))


def _write_sum(sheet: Worksheet, styles: Styles, line: int) -> None:
    first, last = xl_rowcol_to_cell(line, 3), xl_rowcol_to_cell(line, 2 + len(CLASSES))
    style = styles.number(rate=False, bold=True, blanks=False)
    sheet.write_formula(line, 3 + len(CLASSES), f"=SUM({first}:{last})", style)
