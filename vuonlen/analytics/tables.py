"""The official tables R01-R11 for one standard: printed heads joined with what their columns count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from vuonlen.analytics import table_columns as columns
from vuonlen.analytics.measures import Measure
from vuonlen.analytics.table_forms import ETHNICITIES, INDICATORS, Form, FormColumn, forms
from vuonlen.analytics.table_model import ColumnDef, TableDef
from vuonlen.domain.poverty import Status
from vuonlen.rulebook.lists import ethnic_groups, minority_codes
from vuonlen.rulebook.model import Sheet, Text

#: Ask for this beside the ethnic codes to get a column of the minorities that have none of their own.
OTHER = "other"
_OTHER_NAME = Text("Khác", "Other")


def tables(sheet: Sheet, ethnicities: Sequence[str]) -> tuple[TableDef, ...]:
    """R01-R11 in printed order. R04-R07 have a column per indicator of `sheet`, R09 one per minority code.

    ethnicities: codes present in the list, in printed order ("02", "09"); Kinh and foreigners are passed over.
    With `OTHER` among them R09 ends with the minorities that have no column. A standard without indicators
    (a money line alone) has no R04-R07.
    """
    minority = set(minority_codes())
    codes = [one for one in dict.fromkeys(ethnicities) if one in minority]
    wanted = [form for form in forms() if sheet.indicators or all(one.each != INDICATORS for one in form.columns)]
    return tuple(_table(form, sheet, codes, OTHER in ethnicities) for form in wanted)


def all_measures(found: Iterable[TableDef]) -> tuple[Measure, ...]:
    """Every measure of the tables, each once, in order of first use."""
    return tuple({one.id: one for table in found for one in table.measures}.values())


def _table(form: Form, sheet: Sheet, codes: Sequence[str], other: bool) -> TableDef:
    heads = [one for column in form.columns for one in _spread(column, sheet, codes, other)]
    sources = _sources(form.id, sheet, codes, other)
    if {one.number for one in heads} != set(sources):
        raise ValueError(f"{form.id}: columns printed and columns counted differ")
    return TableDef(
        id=form.id,
        title=form.title,
        title_preliminary=form.title_preliminary,
        split=form.split,
        columns=tuple(
            ColumnDef(one.number, _printed(one, form.id, sheet), one.head, sources[one.number]) for one in heads
        ),
        notes=form.notes,
        confidence=form.confidence,
        beside=(columns.UNDETERMINED,) if form.id == "R01" else (),
    )


def _spread(column: FormColumn, sheet: Sheet, codes: Sequence[str], other: bool) -> list[FormColumn]:
    """A run of columns, one per indicator or ethnic group; any other column as it is."""
    if column.each == INDICATORS:
        first = int(column.number)
        ends = [(one.dimension, one.name) for one in sheet.indicators]
        return [_one(column, str(number), end) for number, end in enumerate(ends, start=first)]
    if column.each == ETHNICITIES:
        people = ethnic_groups()  # the name of a people is the same in both languages
        names = [Text(people[code], people[code]) for code in codes] + ([_OTHER_NAME] if other else [])
        return [_one(column, f"{column.number}.{place}", (name,)) for place, name in enumerate(names, start=1)]
    return [column]


def _one(column: FormColumn, number: str, ends: tuple[Text, ...]) -> FormColumn:
    return replace(column, number=number, printed=number, head=(*column.head, *ends), each=None)


def _printed(column: FormColumn, form: str, sheet: Sheet) -> str:
    """The sum of deprivations names the columns it adds: as many as the standard has indicators."""
    if form in ("R04", "R06") and column.number == "2":
        return f"2=3+...+{2 + len(sheet.indicators)}"
    return column.printed


def _sources(form: str, sheet: Sheet, codes: Sequence[str], other: bool) -> columns.Sources:
    indicators = [one.code for one in sheet.indicators]
    stock = Status.POOR if form in ("R02", "R04", "R05") else Status.NEAR_POOR
    if form in ("R04", "R06"):
        return columns.deprivation_counts(stock, indicators, [str(3 + n) for n in range(len(indicators))])
    if form in ("R05", "R07"):
        return columns.deprivation_rates(stock, indicators, [str(2 + n) for n in range(len(indicators))])
    if form in ("R02", "R03"):
        return columns.movement(stock)
    if form == "R09":
        return columns.ethnic_groups(codes, other)
    return {"R01": columns.summary, "R08": columns.target_groups, "R10": columns.causes, "R11": columns.children}[
        form
    ]()
