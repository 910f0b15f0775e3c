"""Rows that are not data: blanks, totals, titles amid the data, repeated headings, signatures. Each skip is listed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vuonlen.domain.problems import Problem, Refused
from vuonlen.intake import vocabulary as v
from vuonlen.intake.cells.notes import Note, Raw, shown
from vuonlen.intake.cells.texts import fold
from vuonlen.intake.sheets.batches import Log
from vuonlen.intake.sheets.layout import is_numbering
from vuonlen.intake.sheets.plans import SheetPlan, cell_of

# With tones: Tống, Bàn and Tô are family names, tổng, bản and tổ are not.
_TOTAL = re.compile(
    r"(?:tổng cộng|tổng số|tổng|cộng|tong cong|tong so|total)(?:\s*[:.(]|\s+(?:thôn|xã|phường|trang|số|hộ|cộng)|\s*$)"
)
_SECTION = re.compile(
    r"(?:[ivx]+[.)]|[a-dđ][.)]|\d+[.)])?\s*(?:thôn|bản|tổ|xóm|ấp|khu|xã|phường|thị trấn|buôn|khu vực)\s"
)
_FOOTER = re.compile(
    r"nguoi lap|lap bieu|lap bang|chu tich|uban nhan dan|ubnd|truong ban|truong thon|ki ten|ki ghi ro|dong dau|"
    r"ghi chu|xac nhan|thu truong|can bo|ngai thang nam|ngai \d+ thang \d+"
)
_STARTS = (
    "tổng",
    "cộng",
    "tong",
    "total",
    "thôn ",
    "bản ",
    "tổ ",
    "xóm ",
    "ấp ",
    "khu ",
    "xã ",
    "phường ",
    "thị trấn ",
)


class RowFilter:
    """Tells the rows of a sheet that hold data from those that do not."""

    def __init__(self, plan: SheetPlan, log: Log) -> None:
        self._plan, self._log = plan, log
        self.width = max(one.index for one in plan.columns) + 1
        keys = ("household_id", v.HOUSEHOLD_ORDINAL, v.ORDINAL)
        self.key = next((found.index for name in keys if (found := plan.find(name))), plan.columns[0].index)
        name = plan.find(v.NAME) or plan.find("head")
        self._name = name.index if name and (plan.member_rows or self.key != name.index) else self.key
        self._heading_at = -2  # the row of the last repeated headings; their numbers need no word of their own
        self._headings: dict[int, set[str]] = {}
        for one in plan.columns:
            parts = one.heading.split(" – ")
            self._headings[one.index] = {fold(part) for part in (*parts, one.heading)}
        self._key_words = self._headings.get(self.key, set())

    def keep(self, row: Sequence[Raw], number: int) -> bool:
        """Whether the row holds data. Raises Refused for the headings of a second table."""
        key = row[self.key]
        if key not in ("", None):
            if len(str(key)) <= 4 and is_numbering(row):
                return self._classified(row, number)
            if not isinstance(key, str):
                return True
            if key.strip() and not key.lstrip().lower().startswith(_STARTS) and fold(key) not in self._key_words:
                return True
        elif self._plan.member_rows and self._is_person(row):
            return True
        return self._classified(row, number)

    def _is_person(self, row: Sequence[Raw]) -> bool:
        name = row[self._name]
        if not isinstance(name, str) or not name.strip() or name.lstrip().lower().startswith(_STARTS):
            return False
        return sum(1 for cell in row if cell not in ("", None)) > 3

    def _classified(self, row: Sequence[Raw], number: int) -> bool:
        cells = {n: shown(cell).strip() for n, cell in enumerate(row[: self.width]) if shown(cell).strip()}
        if not cells:
            return False
        if is_numbering(row):
            return False if number == self._heading_at + 1 else self._skip("W-HEADING-REPEATED", cells, number)
        if self._is_heading(cells, number):
            self._heading_at = number
            return self._skip("W-HEADING-REPEATED", cells, number)
        words = [text for text in list(cells.values())[:4] if not re.fullmatch(r"[\d.,]+", text)]
        of_key = _TOTAL.match(shown(row[self.key]).strip().lower())
        if of_key or (any(_TOTAL.match(text.lower()) for text in words) and not self._has_key_and_name(row)):
            return self._skip("W-TOTALS-ROW", cells, number)
        if len(cells) <= 3 and words and _SECTION.match(words[0].lower() + " "):
            return self._skip("W-SECTION-ROW", cells, number)
        if len(cells) <= 4 and not self._has_key_and_name(row) and any(_FOOTER.search(fold(text)) for text in words):
            return self._skip("W-FOOTER-ROW", cells, number)
        return True

    def _has_key_and_name(self, row: Sequence[Raw]) -> bool:
        return self._name != self.key and bool(shown(row[self.key]).strip()) and bool(shown(row[self._name]).strip())

    def _is_heading(self, cells: dict[int, str], number: int) -> bool:
        folded = {n: fold(text) for n, text in cells.items()}
        same = sum(1 for n, word in folded.items() if word in self._headings.get(n, ()))
        if same >= 2 and same >= 0.8 * len(folded):
            return True
        known = [word for word in folded.values() if word in v.vocabulary() and len(word) > 2]
        if len(set(known)) >= 3 and len(known) >= 0.6 * len(folded):
            first = min(cells)
            raise Refused(Problem("F-TWO-TABLES", self._plan.grid.name, cell_of(first, number)))
        return False

    def _skip(self, code: str, cells: dict[int, str], number: int) -> bool:
        first = next((n for n, text in cells.items() if not re.fullmatch(r"[\d.,]+", text)), min(cells))
        note = Note(code, {"text": cells[first][:80]})
        self._log.add(note, self._plan.grid.name, cell_of(first, number), "", None)
        return False
