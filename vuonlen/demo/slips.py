"""What a list from an office is like: households that came, went, changed their number, and a cell typed wrongly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from vuonlen.demo.households import Household
from vuonlen.demo.rows import MEMBER_HEADINGS, Cell, Rows

_CODE = 0  # column of both sheets
_CAME = (("Hứa Văn Thuyên", date(1991, 4, 12)), ("Lường Thị Ngoan", date(1984, 9, 3)))  # nobody of the lists


@dataclass(frozen=True, slots=True)
class Slips:
    """Which households of a list differ from what the register has. Every list has room for them: see `choose`."""

    left: Household  # not in the list any more
    renumbered: Household  # another number, and nobody's ID number: only the name tells who it is
    unreadable: Household  # its income is a word
    pattern: Household  # of one person: those who came are written after it

    def households(self, rows: Rows, homes: Sequence[Household]) -> Iterator[list[Cell]]:
        headings = rows.headings()
        income = headings.index("Thu nhập bình quân đầu người (đồng/tháng)")
        number, head = headings.index("Số CCCD chủ hộ"), headings.index("Họ tên chủ hộ")
        for home in homes:
            if home is self.left:
                continue
            row = rows.household(home)
            if home is self.unreadable:
                row[income] = "khá"
            if home is self.renumbered:
                row[_CODE], row[number] = _renumbered(home), None
            yield row
        for place, (name, _) in enumerate(_CAME, 1):
            row = rows.household(self.pattern)
            row[_CODE], row[head], row[number] = self._came(place), name, None
            yield row

    def members(self, rows: Rows, homes: Sequence[Household]) -> Iterator[list[Cell]]:
        number, called = MEMBER_HEADINGS.index("Số CCCD"), MEMBER_HEADINGS.index("Họ và tên")
        born = MEMBER_HEADINGS.index("Ngày sinh")
        for home in homes:
            if home is self.left:
                continue
            for row in rows.members(home):
                if home is self.renumbered:
                    row[_CODE], row[number] = _renumbered(home), None
                yield row
        for place, (name, day) in enumerate(_CAME, 1):
            for row in rows.members(self.pattern):
                row[_CODE], row[called], row[number], row[born] = self._came(place), name, None, day
                yield row

    def _came(self, place: int) -> str:
        return f"{self.pattern.id}-M{place}"


def choose(homes: Sequence[Household], year: int) -> Slips:
    """The first households that suit, the same every time."""
    several = [one for one in homes if len(one.present(year)) > 1]
    alone = next(one for one in homes if len(one.present(year)) == 1)
    return Slips(several[0], several[1], several[2], alone)


def _renumbered(home: Household) -> str:
    return f"{home.id}-MOI"
