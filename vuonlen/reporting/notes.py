"""The lines under a table: what is unknown, what lacks answers, what the reader must know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from vuonlen.analytics.measures import Figure, Measure
from vuonlen.analytics.table_columns import RESIDENT_PERSONS, RESIDENTS, UNDETERMINED
from vuonlen.analytics.table_model import HOUSEHOLDS, Summed, TableDef
from vuonlen.analytics.table_values import UNKNOWN, Figures, counted_columns
from vuonlen.domain.figures import number
from vuonlen.i18n import _, language
from vuonlen.reporting.data import ReportData

#: Tables that need the review before.
MOVEMENTS = ("R02", "R03")
_MOST_PLACES = 8


def effective(table: TableDef, data: ReportData) -> dict[str, dict[str, Figure]]:
    """The figures the table prints, by place: movements only with a review before, totals only where they are known."""
    found = {}
    for place in data.places:
        figures = dict(data.figures.get(place.key, {}))
        if table.id in MOVEMENTS and not data.has_previous:
            figures = {}
        given = (data.totals or {}).get(place.key)
        if given is not None or not data.lists_everyone:
            households, persons = given or (None, None)
            figures |= {RESIDENTS.id: Figure(households), RESIDENT_PERSONS.id: Figure(persons)}
        found[place.key] = figures
    return found


def notes(table: TableDef, data: ReportData, figures: Mapping[str, Figures], total: Figures) -> list[str]:
    """Sentences for the foot of the table. figures: by place, as `effective` gives them; total: all places."""
    known = [note.in_(language()) for note in table.notes]
    known += _about_the_list(table, data, total)
    if table.id not in MOVEMENTS or data.has_previous:
        known += _unknown(table, data, figures)
        known += _blanks(table, data, figures)
    return known


def _about_the_list(table: TableDef, data: ReportData, total: Figures) -> Iterator[str]:
    left_out = total.get(UNDETERMINED.id, UNKNOWN)
    if UNDETERMINED in table.beside and left_out.value:
        yield _(
            "Ngoài ra có {n} hộ chưa xác định được phân loại vì thiếu thông tin, không tính vào hộ nghèo, hộ cận nghèo."
        ).format(n=number(left_out.value, language()))
    if RESIDENTS in table.measures and not data.lists_everyone and not data.totals:
        yield _("Danh sách không gồm mọi hộ dân cư của địa bàn nên tổng số hộ, tổng số khẩu và các tỷ lệ để trống.")
    if table.id in MOVEMENTS and not data.has_previous:
        yield _("Không có kết quả kỳ trước nên các cột diễn biến để trống.")
    elif table.id in MOVEMENTS and data.previous_name is None:
        yield _(
            "Kỳ trước lấy từ cột phân loại kỳ trước của chính danh sách; hộ đã rời danh sách không có trong bảng này."
        )


def _columns(table: TableDef) -> Iterator[tuple[str, Measure]]:
    """Name of each counted cell of a row ("5", or "5 (nhân khẩu)"), with its measure."""
    for kind, name in enumerate(table.split):
        for column, measure in counted_columns(table, kind):
            yield (
                column.number if name == HOUSEHOLDS else _("{column} (nhân khẩu)").format(column=column.number),
                measure,
            )


def _unknown(table: TableDef, data: ReportData, figures: Mapping[str, Figures]) -> Iterator[str]:
    """Which counted cells are empty, columns that miss the same places together."""
    together: dict[tuple[str, ...], list[str]] = {}
    for column, measure in _columns(table):
        if measure in (RESIDENTS, RESIDENT_PERSONS) and not data.lists_everyone and not data.totals:
            continue  # told already
        empty = tuple(place.name for place in data.places if figures[place.key].get(measure.id, UNKNOWN).value is None)
        if empty:
            together.setdefault(empty, []).append(column)
    for empty, columns in together.items():
        names = ", ".join(columns)
        if len(empty) == len(data.places):
            yield _("Cột {columns} để trống vì chưa có số liệu.").format(columns=names)
        else:
            yield _("Cột {columns} chưa có số liệu của {places} nên dòng tổng cũng để trống.").format(
                columns=names, places=_listed(empty)
            )
    sums = [one.number for one in table.columns if isinstance(one.source, Summed) and one.source.equals]
    if together and sums:
        yield _("Nơi thiếu số liệu, cột {columns} là số đếm trực tiếp, không phải phép cộng trừ.").format(
            columns=", ".join(sums)
        )


def _blanks(table: TableDef, data: ReportData, figures: Mapping[str, Figures]) -> Iterator[str]:
    """Which printed counts rest on fewer households than they should, columns that miss the same ones together."""
    together: dict[tuple[tuple[str, int], ...], list[str]] = {}
    for column, measure in _columns(table):
        found = ((place.name, figures[place.key].get(measure.id, UNKNOWN)) for place in data.places)
        missing = tuple((name, one.blanks) for name, one in found if one.value is not None and one.blanks)
        if missing:
            together.setdefault(missing, []).append(column)
    for missing, columns in together.items():
        names, total = ", ".join(columns), sum(blanks for _name, blanks in missing)
        places = _listed([f"{name}: {number(blanks, language())}" for name, blanks in missing])
        yield _("* Cột {columns}: {n} hộ chưa có thông tin ({places}).").format(
            columns=names, n=number(total, language()), places=places
        )


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_MOST_PLACES])
    if len(names) > _MOST_PLACES:
        return _("{places} và {n} nơi khác").format(places=shown, n=len(names) - _MOST_PLACES)
    return shown
