"""Where the figures of a table stand in its sheet, found by its row of column numbers as a reader finds them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tests.reporting.office import Grid
from vuonlen.analytics.table_model import TableDef
from vuonlen.analytics.table_values import Cell, total, values
from vuonlen.reporting.data import ReportData
from vuonlen.reporting.notes import effective

TOTAL = "TỔNG SỐ"


def printed_rows(table: TableDef, cells: Grid) -> dict[tuple[str, int], dict[str, object]]:
    """(place name, row kind) -> column number -> value as it stands there; "" where the cell is empty."""
    numbers = next(place for place, row in enumerate(cells) if row[:2] == ["A", "B"])
    fixed = 3 if len(table.split) > 1 else 2
    assert cells[numbers][fixed : fixed + len(table.columns)] == [column.printed for column in table.columns]
    found: dict[tuple[str, int], dict[str, object]] = {}
    name, kind = "", 0
    for row in cells[numbers + 1 :]:
        if fixed == 2 and not row[1]:
            break
        if row[1]:
            name, kind = str(row[1]), 0
        elif fixed == 3 and row[2]:
            kind += 1
        else:
            break
        at = zip(table.columns, row[fixed:], strict=False)
        found[name, kind] = {column.number: value for column, value in at}
    return found


def expected_rows(table: TableDef, data: ReportData) -> Iterator[tuple[tuple[str, int], dict[str, Cell]]]:
    """(place name, row kind) -> column number -> what our own figures say."""
    figures = effective(table, data)
    for kind in range(len(table.split)):
        yield (TOTAL, kind), values(table, kind, total(figures.values(), table.measures))
        for place in data.places:
            yield (place.name, kind), values(table, kind, figures[place.key])


def differences(table: TableDef, data: ReportData, cells: Grid) -> list[str]:
    """Each cell that is not what our figures say, as one line; empty when all agree."""
    there = printed_rows(table, cells)
    wanted = dict(expected_rows(table, data))
    wrong = [f"{table.id}: rows {sorted(there)} instead of {sorted(wanted)}"] if set(there) != set(wanted) else []
    for row, columns in wanted.items():
        for number, cell in columns.items():
            shown = there.get(row, {}).get(number)
            if not _same(cell.value, shown):
                wrong.append(f"{table.id} {row} column {number}: {shown!r} instead of {cell.value!r}")
    return wrong


def _same(value: int | Decimal | None, shown: object) -> bool:
    if value is None:
        return shown == ""
    return isinstance(shown, int | float) and abs(float(value) - shown) < 1e-9 * max(1.0, abs(float(value)))
