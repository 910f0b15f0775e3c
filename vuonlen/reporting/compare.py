"""hai-chuan.xlsx: the same survey under two standards, who changes class and why, by place.

The table a province needs before a new standard comes into force: classes down the side by the first
standard, across the top by the second, households and persons, per place and in total.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from vuonlen.domain.poverty import Status
from vuonlen.i18n import _, language
from vuonlen.reporting.big_sheet import LAST_ROW, OPEN_END, complete, fill
from vuonlen.reporting.styles import FONT, Styles
from vuonlen.rulebook import words
from vuonlen.rulebook.model import Sheet

CLASSES = tuple(Status)
_MOST_ROWS = 1_000_000
_HEAD_ROW = 4  # 0-based in the matrix: title, basis, note, blank, head
_LABELS = 3  # columns before the classes
_WIDTHS = (18, 22, 26, 10, 18, 18, 110)  # of the list

Pair = tuple[str, str]


@dataclass(slots=True)
class _Count:
    """Households of one cell. `blanks`: those whose persons are not known."""

    households: int = 0
    persons: int = 0
    blanks: int = 0

    def add(self, other: _Count) -> None:
        self.households += other.households
        self.persons += other.persons
        self.blanks += other.blanks

    def value(self, kind: int) -> int | None:
        """Households (kind 0) or persons (1); None where every household's persons are unknown."""
        if kind == 0:
            return self.households
        return None if self.blanks and self.blanks == self.households else self.persons


@dataclass(slots=True)
class _Place:
    name: str
    counts: dict[Pair, _Count] = field(default_factory=dict)

    def at(self, pair: Pair) -> _Count:
        return self.counts.setdefault(pair, _Count())


def write_comparison(path: Path, first: Sheet, second: Sheet, rows: Iterable[Mapping[str, object]]) -> int:
    """Write the workbook; returns how many households change class.

    rows: one mapping per household with household_id, place_key, place_name, members (persons or None),
    status_a, status_b, reason. Counts of a place are values; totals are sums that Excel recalculates.
    """
    places: dict[str, _Place] = {}
    changed = _tally(rows, places)
    with tempfile.TemporaryDirectory() as folder, complete(path) as part:
        frame = Path(folder) / "frame.xlsx"
        with xlsxwriter.Workbook(frame, {"default_format_properties": FONT}) as book:
            styles = Styles(book)
            _Matrix(book.add_worksheet(_("Theo địa bàn")), styles, places).write(first, second, len(changed))
            _list_frame(book.add_worksheet(_("Hộ đổi nhóm")), styles, first, second)
        fill(frame, part, 2, changed[:_MOST_ROWS], 2)
    return len(changed)


def _tally(rows: Iterable[Mapping[str, object]], places: dict[str, _Place]) -> list[tuple[object, ...]]:
    """Count every household into `places`; returns the printed rows of those that change class."""
    names = {one.value: words.STATUS[one].in_(language()) for one in Status}
    changed: list[tuple[object, ...]] = []
    for row in rows:
        key, members = str(row["place_key"]), row["members"]
        pair = (str(row["status_a"]), str(row["status_b"]))
        place = places.setdefault(key, _Place(str(row["place_name"] or key)))
        known = members if isinstance(members, int) else 0
        place.at(pair).add(_Count(1, known, int(not isinstance(members, int))))
        if pair[0] != pair[1]:
            who = (row["household_id"], key, place.name, members)
            changed.append((*who, names[pair[0]], names[pair[1]], row["reason"]))
    return changed


def _list_frame(sheet: Worksheet, styles: Styles, first: Sheet, second: Sheet) -> None:
    heads = [_("Mã hộ"), _("Mã địa bàn"), _("Địa bàn"), _("Nhân khẩu"), first.id, second.id, _("Vì sao")]
    for column, (head, width) in enumerate(zip(heads, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, head, styles.named("head"))
    sheet.autofilter(0, 0, OPEN_END - 1, len(heads) - 1)
    sheet.freeze_panes(1, 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{LAST_ROW}"})
    _page(sheet, 0)


def _page(sheet: Worksheet, head_row: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head_row)


def _natural(key: str) -> list[tuple[int, str]]:
    """ "Tổ 2" before "Tổ 10"."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", key) if part]


class _Matrix:
    """Classes by the first standard down, by the second across, a block of rows per place and one for the total."""

    height = 2 * len(CLASSES)

    def __init__(self, sheet: Worksheet, styles: Styles, places: Mapping[str, _Place]) -> None:
        self.sheet, self.styles = sheet, styles
        self.places = [places[key] for key in sorted(places, key=_natural)]
        self.right = _LABELS + len(CLASSES)

    def write(self, first: Sheet, second: Sheet, changed: int) -> None:
        self._head(first, second, changed)
        total = _Place(_("TỔNG SỐ"))
        for number, place in enumerate(self.places, start=1):
            self._block(_HEAD_ROW + 1 + number * self.height, place, bold=False)
            for pair, count in place.counts.items():
                total.at(pair).add(count)
        self._block(_HEAD_ROW + 1, total, bold=True)

    def _head(self, first: Sheet, second: Sheet, changed: int) -> None:
        title = _("XẾP LOẠI CÙNG MỘT CUỘC RÀ SOÁT THEO HAI CHUẨN")
        basis = _("Hàng: theo {a} ({hash_a}) · Cột: theo {b} ({hash_b})").format(
            a=first.id, hash_a=first.hash[:12], b=second.id, hash_b=second.hash[:12]
        )
        note = _("{n} hộ đổi nhóm. Ô trống, dấu *: số nhân khẩu của mọi hộ, của một số hộ trong ô chưa biết.").format(
            n=changed
        )
        if changed > _MOST_ROWS:
            note += " " + _("Danh sách chỉ ghi {n} hộ đầu.").format(n=_MOST_ROWS)
        for row, (text, style) in enumerate(((title, "title"), (basis, "basis"), (note, "basis"))):
            self.sheet.merge_range(row, 0, row, self.right, "", self.styles.named(style))
            self.sheet.write_string(row, 0, text, self.styles.named(style))
        heads = [_("Địa bàn"), _("Theo {id}").format(id=first.id), _("Phân tổ")]
        heads += [f"{second.id}: {words.STATUS[one].in_(language())}" for one in CLASSES] + [_("Cộng")]
        for column, head in enumerate(heads):
            self.sheet.write_string(_HEAD_ROW, column, head, self.styles.named("head"))
        self.sheet.set_row(_HEAD_ROW, 36)
        for column, width in enumerate((30, 18, 12, *[14] * (len(CLASSES) + 1))):
            self.sheet.set_column(column, column, width)
        self.sheet.freeze_panes(_HEAD_ROW + 1, _LABELS)
        _page(self.sheet, _HEAD_ROW)

    def _block(self, start: int, place: _Place, *, bold: bool) -> None:
        label = self.styles.named("label", bold=bold)
        self.sheet.merge_range(start, 0, start + self.height - 1, 0, "", label)
        self.sheet.write_string(start, 0, place.name, label)
        for number, one in enumerate(CLASSES):
            for kind, name in enumerate((_("Hộ"), _("Nhân khẩu"))):
                row = start + 2 * number + kind
                self.sheet.write_string(row, 1, words.STATUS[one].in_(language()), label)
                self.sheet.write_string(row, 2, name, label)
                self._row(row, [place.at((one.value, other.value)) for other in CLASSES], kind, bold)

    def _row(self, row: int, counts: Sequence[_Count], kind: int, bold: bool) -> None:
        """bold: the block of totals, whose cells are sums over the blocks of places."""
        together = _Count()
        for column, count in enumerate(counts, start=_LABELS):
            self._cell(row, column, count, kind, self._over_places(row, column) if bold else None, bold)
            together.add(count)
        cells = f"{xl_col_to_name(_LABELS)}{row + 1}:{xl_col_to_name(self.right - 1)}{row + 1}"
        unknown = any(count.value(kind) is None for count in counts)
        self._cell(row, self.right, _Count(1, 0, 1) if unknown else together, kind, f"SUM({cells})", bold=True)

    def _cell(self, row: int, column: int, count: _Count, kind: int, formula: str | None, bold: bool) -> None:
        value = count.value(kind)
        style = self.styles.number(rate=False, bold=bold, blanks=bool(kind and count.blanks and value is not None))
        if value is None:
            self.sheet.write_blank(row, column, None, style)
        elif formula is None:
            self.sheet.write_number(row, column, value, style)
        else:
            self.sheet.write_formula(row, column, "=" + formula, style, value)

    def _over_places(self, row: int, column: int) -> str:
        top, bottom = _HEAD_ROW + self.height + 2, _HEAD_ROW + 1 + self.height * (len(self.places) + 1)
        cells, classes, kinds = (
            f"${letters}${top}:${letters}${bottom}" for letters in (xl_col_to_name(column), "B", "C")
        )
        return f"SUMIFS({cells},{classes},$B{row + 1},{kinds},$C{row + 1})" if self.places else "0"
