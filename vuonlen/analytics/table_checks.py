"""Identities inside and between the official tables. A broken one is told, never repaired.

They hold for tables we computed and are worth asking of tables that someone typed, so they read printed
values, not households. A value that is unknown, or that lacks answers of some households, is passed over.
Identities: Circular 07/2021/TT-BLĐTBXH, Annex VII; the classes: Decree 07/2021/NĐ-CP, Article 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

import vuonlen.domain.problems.judging.tables  # noqa: F401  (fills the catalogue)
from vuonlen.analytics.table_model import ColumnDef, Rate, Summed, TableDef
from vuonlen.analytics.table_values import Cell, Figures, total, values
from vuonlen.domain.figures import number
from vuonlen.domain.figures import rate as rate_of
from vuonlen.domain.poverty import Status
from vuonlen.domain.problems import Problem
from vuonlen.i18n import _
from vuonlen.rulebook.model import Sheet

#: Key of the total row among the places.
TOTAL = ""
#: table id -> place key -> one mapping per row kind: column number -> cell
Printed = Mapping[str, Mapping[str, Sequence[Mapping[str, Cell]]]]
#: A printed rate is rounded to two decimals.
_HALF_A_DIGIT = Decimal("0.005")

_POOR_END, _NEAR_END = ("3", "9"), ("5", "11")  # columns of R01 for households and persons
#: (table, column of households and of persons) that must equal the second one
_EQUAL: tuple[tuple[str, Sequence[str], str, Sequence[str]], ...] = (
    ("R02", ("9", "9"), "R01", _POOR_END),
    ("R03", ("9", "9"), "R01", _NEAR_END),
    ("R02", ("2", "2"), "R03", ("5", "5")),
    ("R02", ("5", "5"), "R03", ("2", "2")),
    ("R04", ("1",), "R01", _POOR_END),
    ("R05", ("1",), "R01", _POOR_END),
    ("R06", ("1",), "R01", _NEAR_END),
    ("R07", ("1",), "R01", _NEAR_END),
    ("R08", ("1", "1"), "R01", _POOR_END),
    ("R08", ("6", "6"), "R01", _NEAR_END),
    ("R09", ("1.0",), "R01", _POOR_END),
    ("R09", ("2.0",), "R01", _NEAR_END),
)
#: Columns that must not add up to more than the last one: they do not overlap.
_PARTS = (("R09", ("1.1", "1.2"), "1.0"), ("R09", ("2.1", "2.2"), "2.0"))


def printed(tables: Iterable[TableDef], figures: Mapping[str, Figures]) -> dict[str, dict[str, list[dict[str, Cell]]]]:
    """The values of every table, place by place, with the total row under `TOTAL`."""
    found = {}
    for table in tables:
        rows = {**figures, TOTAL: total(figures.values(), table.measures)}
        found[table.id] = {
            place: [values(table, kind, one) for kind in range(len(table.split))] for place, one in rows.items()
        }
    return found


def cross_checks(
    tables: Sequence[TableDef],
    found: Printed,
    figures: Mapping[str, Figures] | None = None,
    *,
    sheet: Sheet | None = None,
    names: Mapping[str, str] | None = None,
    before: Printed | None = None,
) -> list[Problem]:
    """Broken identities of the tables in `found`; empty when all hold.

    figures: by place, to hold the end of a movement against the list itself. sheet: the standard, for how many
    deprivations a class may have. names: place key -> name to print. before: the tables of the review before.
    """
    checks = _Checks(found, names or {})
    return [
        *(problem for table in tables for problem in checks.inside(table)),
        *(checks.ends(tables, figures) if figures else ()),
        *checks.between(),
        *checks.parts(),
        *(checks.deprivations(_cutoff(sheet)) if sheet else ()),
        *(checks.starts(before) if before else ()),
    ]


def _cutoff(sheet: Sheet) -> int | None:
    """Deprived indicators that make a household poor, where every method of the sheet counts them alike."""
    cutoffs = set()
    for method in sheet.methods:
        test = method.deprivation
        if test is None or method.line is None or method.under_line_only is not Status.NEAR_POOR:
            return None
        units = set(test.weights.values())
        if len(units) != 1 or set(test.weights) != {one.code for one in sheet.indicators}:
            return None
        cutoffs.add(-(-test.poor_at_least // units.pop()))
    return cutoffs.pop() if len(cutoffs) == 1 else None


def _sure(cell: Cell | None) -> Decimal | None:
    """The value of a cell that rests on every household's answer; None otherwise."""
    return None if cell is None or cell.value is None or cell.blanks else Decimal(cell.value)


class _Checks:
    def __init__(self, found: Printed, names: Mapping[str, str]) -> None:
        self.found = found
        self.names = names

    def problem(self, code: str, table: str, place: str, kind: int, column: str, **figures: object) -> Problem:
        shown = {name: number(float(one)) if isinstance(one, Decimal) else one for name, one in figures.items()}
        row = _("TỔNG SỐ") if place == TOTAL else self.names.get(place, place)
        kinds = _("nhân khẩu") if kind else _("hộ")
        values = {"table": table, "place": row, "kind": kinds, "column": column, **shown}
        return Problem(code, sheet=table, cell=column, values=values)

    def rows(self, table: str) -> Iterator[tuple[str, int, Mapping[str, Cell]]]:
        for place, kinds in self.found.get(table, {}).items():
            for kind, row in enumerate(kinds):
                yield place, kind, row

    def at(self, table: str, place: str, kind: int, column: str) -> Decimal | None:
        kinds = self.found.get(table, {}).get(place, ())
        return _sure(kinds[kind].get(column)) if kind < len(kinds) else None

    def inside(self, table: TableDef) -> Iterator[Problem]:
        """Sums, rates and the total row of one table."""
        for place, kind, row in self.rows(table.id):
            for column in table.columns:
                code, computed = self._again(column, row)
                there = _sure(row.get(column.number))
                if there is None or computed is None or row[column.number].direct:
                    continue
                if abs(there - computed) > (_HALF_A_DIGIT if code == "T-RATE" else 0):
                    yield self.problem(code, table.id, place, kind, column.number, printed=there, computed=computed)
        yield from self._totals(table)

    def _again(self, column: ColumnDef, row: Mapping[str, Cell]) -> tuple[str, Decimal | None]:
        source = column.source
        if isinstance(source, Summed):
            plus, minus = ([_sure(row.get(one)) for one in numbers] for numbers in (source.plus, source.minus))
            known = [one for one in (*plus, *(-one for one in minus if one is not None)) if one is not None]
            return "T-SUM", sum(known, Decimal()) if len(known) == len(plus) + len(minus) else None
        if isinstance(source, Rate) and isinstance(source.part, str):
            part, whole = _sure(row.get(source.part)), _sure(row.get(source.whole))
            return "T-RATE", None if part is None or whole is None else rate_of(int(part), int(whole))
        return "", None

    def _totals(self, table: TableDef) -> Iterator[Problem]:
        rows = self.found.get(table.id, {})
        if TOTAL not in rows:
            return
        for kind in range(len(table.split)):
            for column in table.columns:
                if isinstance(column.source, Rate):
                    continue
                parts = [self.at(table.id, place, kind, column.number) for place in rows if place != TOTAL]
                there = self.at(table.id, TOTAL, kind, column.number)
                known = [one for one in parts if one is not None]
                if there is None or len(known) < len(parts) or there == (computed := sum(known, Decimal())):
                    continue
                yield self.problem("T-TOTAL", table.id, TOTAL, kind, column.number, printed=there, computed=computed)

    def ends(self, tables: Sequence[TableDef], figures: Mapping[str, Figures]) -> Iterator[Problem]:
        """The end of a movement against the households that the list holds."""
        sums = [(table, one, one.source) for table in tables for one in table.columns if isinstance(one.source, Summed)]
        for table, column, source in sums:
            for kind, counted in enumerate(source.equals):
                for place, row in figures.items():
                    figure = row.get(counted.id)
                    there = self.at(table.id, place, kind, column.number)
                    if figure is None or figure.value is None or figure.blanks or there in (None, figure.value):
                        continue
                    shown = {"printed": there, "computed": Decimal(figure.value)}
                    yield self.problem("T-END", table.id, place, kind, column.number, **shown)

    def between(self) -> Iterator[Problem]:
        """Columns of two tables that must be equal."""
        for table, columns, other, other_columns in _EQUAL:
            for kind, (column, twin) in enumerate(zip(columns, other_columns, strict=False)):
                twin_kind = 0 if other == "R01" else kind
                for place in self.found.get(table, {}):
                    here, there = self.at(table, place, kind, column), self.at(other, place, twin_kind, twin)
                    if here is None or there is None or here == there:
                        continue
                    shown = {"other": other, "other_column": twin, "printed": here, "computed": there}
                    yield self.problem("T-CROSS", table, place, kind, column, **shown)

    def parts(self) -> Iterator[Problem]:
        for table, parts, whole in _PARTS:
            for place, kind, row in self.rows(table):
                known = [one for one in (_sure(row.get(part)) for part in parts) if one is not None]
                there = _sure(row.get(whole))
                if there is not None and len(known) == len(parts) and sum(known) > there:
                    shown = {"printed": sum(known, Decimal()), "computed": there}
                    yield self.problem("T-PARTS", table, place, kind, "+".join(parts), **shown)

    def deprivations(self, cutoff: int | None) -> Iterator[Problem]:
        """Poor households have at least the cut-off each, near-poor ones fewer."""
        for table, code in (("R04", "T-THIN"), ("R06", "T-THICK")) if cutoff else ():
            for place, kind, row in self.rows(table):
                of, sum_ = _sure(row.get("1")), _sure(row.get("2"))
                if of is None or sum_ is None or cutoff is None:
                    continue
                bound = of * cutoff if code == "T-THIN" else of * (cutoff - 1)
                if sum_ < bound if code == "T-THIN" else sum_ > bound:
                    shown = {"households": of, "printed": sum_, "computed": bound, "cutoff": cutoff}
                    yield self.problem(code, table, place, kind, "2", **shown)

    def starts(self, before: Printed) -> Iterator[Problem]:
        """The start of a movement against the end that was reported for the review before."""
        earlier = _Checks(before, self.names)
        for table, ends in (("R02", _POOR_END), ("R03", _NEAR_END)):
            for place, kind, row in self.rows(table):
                here, there = _sure(row.get("1")), earlier.at("R01", place, 0, ends[kind])
                if here is not None and there is not None and here != there:
                    yield self.problem("T-START", table, place, kind, "1", printed=here, computed=there)
