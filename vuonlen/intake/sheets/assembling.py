"""From a file to its two tables: every sheet parsed, households put together, duplicates refused, Parquet written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from vuonlen.analytics.engines.storage import ColumnStore
from vuonlen.domain.columns import CAUSE_PREFIX, GROUP_PREFIX, HOUSEHOLD_COLUMNS, MEMBER_COLUMNS, TEXT, YES_NO
from vuonlen.domain.poverty import Status
from vuonlen.domain.problems import Problem, Refused
from vuonlen.intake import vocabulary as v
from vuonlen.intake.cells.codes import cause_names, group_names
from vuonlen.intake.cells.notes import Note, Raw
from vuonlen.intake.limits import Limits
from vuonlen.intake.results import FoundColumn, Outcome
from vuonlen.intake.sheets.batches import Batch, Log
from vuonlen.intake.sheets.choosing import Book
from vuonlen.intake.sheets.crosschecks import Seen
from vuonlen.intake.sheets.households import ARITHMETIC, Settings, column_warnings, finish, inherit_place
from vuonlen.intake.sheets.parsing import parse_sheet
from vuonlen.intake.sheets.persons import (
    Persons,
    check_persons,
    complete,
    fold_households,
    group_by_id,
    group_rows,
    persons_of,
)
from vuonlen.intake.sheets.plans import EXITS_POOR, HOUSEHOLDS, MEMBERS, SheetPlan

Errors = Mapping[str, dict[tuple[int, int], str]]
_PLACE = ("place_code", "place_name", "area_type")
_SAMPLE = 5000  # rows in which to look for a written "có"
_PERSONAL = (v.SEX, v.BIRTH, v.BIRTH_MALE, v.BIRTH_FEMALE, v.RELATION, v.ORDINAL, v.HOUSEHOLD_ORDINAL, v.NAME)


class Assembly:
    """Builds the two tables of one file."""

    def __init__(
        self, book: Book, settings: Settings, limits: Limits, errors: Errors, progress: Callable[[int], None]
    ) -> None:
        self._book, self._settings, self._limits, self._errors = book, settings, limits, errors
        self._progress = progress
        self.log = Log()
        self.log.warnings += book.warnings
        self._kinds = self._household_kinds()
        self._store = ColumnStore(self._kinds)
        self._people: list[Persons] = []
        self._rows_of_people: list[tuple[Batch, list[str | None]]] = []
        self._seen = Seen(self.log)

    def run(self, households: Path, members: Path) -> Outcome:
        """Writes the tables. Raises Refused when the file has no household at all."""
        exits = [batch for plan in self._book.exits for batch in self._batches(plan)]
        left = {number: batch for batch in exits for number in batch.get("id_number") if number}
        places: set[tuple[Any, ...]] = set()
        if self._book.households:
            for batch in self._batches(self._book.households):
                self._take_exits(batch, left, exits)
                places.update(zip(*(batch.get(name) for name in _PLACE), strict=True))
                self._add(batch)
        for batch in exits:
            inherit_place(batch, places, _PLACE)
            self._add(batch)
        if not self._store.height:
            raise Refused(Problem("F-NO-DATA", self._book.household_sheets[0].grid.name))
        self._seen.check()
        for whole, of_row in self._rows_of_people:
            self._seen.people(whole, [one if one and self._seen.has(one) else None for one in of_row])
        if self._book.members:
            self._read_members(self._book.members)
        self._seen.check_people()
        for plan in self._book.household_sheets:
            plan.grid.close()
        rows = self._store.write(households, self._seen.keep())
        has_members = self._write_members(members)
        return Outcome(
            layout="practice" if self._book.practice else "plain",
            lists_everyone=not self._book.practice,
            has_members=has_members,
            columns=self._found(),
            repairs=tuple(self.log.repairs),
            refused=tuple(self.log.refused),
            warnings=tuple(self.log.warnings),
            rows=rows,
        )

    def _batches(self, plan: SheetPlan) -> Sequence[Batch] | Any:
        """Finished batches of one sheet, one row per household."""
        errors = self._errors.get(plan.grid.name, {})
        parsed = parse_sheet(plan, self.log, self._limits, self._settings.today, errors, self._progress)
        if plan.member_rows:
            whole = _joined(list(parsed))
            batches = [] if whole is None else [self._with_members(whole)]
        else:
            batches = parsed  # type: ignore[assignment]
        first = True
        for batch in batches:
            if first:
                self._say_once(batch)
                first = False
            if not plan.member_rows:
                complete(batch)
                finish(batch, self._settings)
            if plan.role != HOUSEHOLDS:
                was = Status.POOR.value if plan.role == EXITS_POOR else Status.NEAR_POOR.value
                batch.cols["previous_status"] = [was] * len(batch)
            yield batch

    def _say_once(self, batch: Batch) -> None:
        self.log.warnings += column_warnings(batch)
        asked = [one for one in batch.plan.columns if one.by_name and one.column in self._settings.indicators]
        sample = list(islice(batch.plan.grid.rows(), _SAMPLE)) if asked else []
        for one in asked:
            if any(_says_yes(row, one.index) for row in sample):
                values = {"heading": one.heading, "code": one.column}
                cell = f"{one.letter}{batch.plan.first + 1}"
                self.log.warnings.append(Problem("W-YES-IS-DEPRIVED", batch.plan.grid.name, cell, values=values))

    def _with_members(self, whole: Batch) -> Batch:
        complete(whole)
        groups = group_rows(whole)
        batch = fold_households(whole, groups)
        finish(batch, self._settings)
        ids = [one or "" for one in batch.cols["household_id"]]
        batch.bad |= check_persons(whole, groups, ids)
        of_row: list[str | None] = [None] * len(whole)
        for one, rows in zip(ids, groups, strict=True):
            for i in rows:
                of_row[i] = one or None
        at = 0 if whole.plan.role == HOUSEHOLDS else len(self._people)  # exits are read first but stand last
        self._people.insert(at, persons_of(whole, of_row))
        self._rows_of_people.insert(at, (whole, of_row))
        return batch

    def _take_exits(self, batch: Batch, left: Mapping[str, Batch], exits: Sequence[Batch]) -> None:
        """A household that left poverty and is now near-poor stands in two sheets: counted once, its past kept."""
        for i, number in enumerate(batch.get("id_number")):
            there = left.get(number) if number else None
            if there is None:
                continue
            at = there.cols["id_number"].index(number)
            past = batch.get("previous_status")
            past[i] = past[i] or there.cols["previous_status"][at]
            batch.cols["previous_status"] = past
            values = {"id": batch.cols["household_id"][i], "tab": batch.plan.grid.name, "other": there.plan.grid.name}
            batch.note(i, "id_number", [Note("W-TWO-LISTS", values)])
            there.cols["household_id"][at] = None
            there.bad.add(at)

    def _add(self, batch: Batch) -> None:
        self._seen.add(batch)
        columns = {}
        for name in self._kinds:
            values = batch.cols.get(name)
            columns[name] = [None] * len(batch) if values is None else _as_kind(values, self._kinds[name])
        for one in batch.plan.columns:
            if one.column in _PERSONAL and (name := f"x_{one.heading}") in self._kinds:
                columns[name] = _as_kind(batch.get(one.column), TEXT)
        self._store.append(columns)

    def _read_members(self, plan: SheetPlan) -> None:
        errors = self._errors.get(plan.grid.name, {})
        parsed = parse_sheet(plan, self.log, self._limits, self._settings.today, errors, self._progress)
        whole = _joined(list(parsed))
        if whole is None:
            return
        complete(whole)
        ids = whole.cols["household_id"]
        for i, one in enumerate(ids):
            if one is None:
                whole.note(i, "household_id", [Note("R-ID-BLANK")])
            elif not self._seen.has(one):
                whole.note(i, "household_id", [Note("R-ORPHAN", {"id": one})])
        tied = [one if one and self._seen.has(one) else None for one in ids]
        groups = group_by_id(tied)
        names = list(groups)
        refused = check_persons(whole, list(groups.values()), names)
        self._seen.refuse({names[at] for at in refused})
        self._seen.compare_members({one: len(rows) for one, rows in groups.items()})
        self._people.append(persons_of(whole, tied))
        self._seen.people(whole, tied)

    def _write_members(self, path: Path) -> bool:
        if not any(len(one) for one in self._people):
            return False
        names = [name for name in MEMBER_COLUMNS if any(name in one.cols for one in self._people)]
        store = ColumnStore({name: MEMBER_COLUMNS[name] for name in names})
        for one in self._people:
            store.append({name: one.cols.get(name) or [None] * len(one) for name in names})
        kept = self._seen.kept_ids()
        store.write(path, [one in kept for one in chain.from_iterable(p.cols["household_id"] for p in self._people)])
        return True

    def _household_kinds(self) -> dict[str, str]:
        kinds = {"household_id": TEXT}
        for plan in self._book.household_sheets:
            for one in plan.columns:
                kinds |= self._kind_of(one.column, one.heading, plan)
            if plan.member_rows:
                kinds |= {"head": TEXT, "members": HOUSEHOLD_COLUMNS["members"]}
            if plan.role != HOUSEHOLDS:
                kinds["previous_status"] = TEXT
            if "place_name" in plan.names:
                kinds["area_type"] = TEXT
        card = self._settings.scorecard
        if card and any(card.item_for(one.heading) for p in self._book.household_sheets for one in p.columns):
            kinds |= {"income_score": HOUSEHOLD_COLUMNS["income_score"], ARITHMETIC: TEXT}
        return kinds

    def _kind_of(self, column: str, heading: str, plan: SheetPlan) -> dict[str, str]:
        if column in HOUSEHOLD_COLUMNS:
            return {column: HOUSEHOLD_COLUMNS[column]}
        if column in self._settings.indicators or column.startswith((GROUP_PREFIX, CAUSE_PREFIX)):
            return {column: YES_NO}
        if column == v.GROUPS:
            return {GROUP_PREFIX + code: YES_NO for code in dict.fromkeys(group_names().values())}
        if column == v.CAUSES:
            return {CAUSE_PREFIX + code: YES_NO for code in dict.fromkeys(cause_names().values())}
        if column in (v.IS_POOR, v.IS_NEAR):
            return {"recorded_status": TEXT}
        if column in _PERSONAL:
            return {} if plan.member_rows or column in (v.ORDINAL, v.HOUSEHOLD_ORDINAL) else {f"x_{heading}": TEXT}
        return {column: TEXT} if column.startswith("x_") else {}

    def _found(self) -> tuple[FoundColumn, ...]:
        plans = [*self._book.household_sheets, *([self._book.members] if self._book.members else [])]
        found = []
        for plan in plans:
            for one in plan.columns:
                carried = one.column in _PERSONAL and not plan.member_rows and plan.role != MEMBERS
                by_order = one.column in (v.ORDINAL, v.HOUSEHOLD_ORDINAL)
                column = "household_id" if by_order else f"x_{one.heading}" if carried else one.column
                found.append(FoundColumn(column, one.heading, plan.grid.name, one.letter))
        return tuple(found)


def _says_yes(row: Sequence[Raw], index: int) -> bool:
    cell = row[index] if index < len(row) else None
    return isinstance(cell, str) and cell.strip().lower() in ("có", "co")


def _as_kind(values: list[Any], kind: str) -> list[Any]:
    return [None if one is None else str(one) for one in values] if kind == TEXT else values


def _joined(batches: Sequence[Batch]) -> Batch | None:
    """All rows of a sheet as one batch."""
    if not batches:
        return None
    whole = batches[0]
    for batch in batches[1:]:
        offset = len(whole)
        whole.rows += batch.rows
        whole.hashes += batch.hashes
        whole.bad |= {offset + i for i in batch.bad}
        for name, values in whole.cols.items():
            values += batch.cols[name]
    return whole
