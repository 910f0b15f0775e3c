"""What only shows when all rows are known: repeated ids, one ID number in two households, codes with two names."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from vuonlen.domain.problems import Problem
from vuonlen.intake.sheets.batches import Batch, Log
from vuonlen.intake.sheets.plans import SheetPlan, cell_of

_MOST_NAMED = 5


class Seen:
    """The households and persons of a file so far. Rows are numbered as they are stored."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._ids: list[str | None] = []
        self._at: dict[str, int] = {}
        self._again: dict[str, list[int]] = defaultdict(list)
        self._hashes: array[int] = array("q")
        self._rows: array[int] = array("q")
        self._plans: list[tuple[int, SheetPlan]] = []
        self._members: list[int | None] = []
        self._bad: set[int] = set()
        self._dropped: set[int] = set()
        self._numbers: dict[str, str] = {}
        self._twice: dict[str, dict[str, tuple[str, str]]] = {}
        self._places: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
        self._names: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)

    def add(self, batch: Batch) -> None:
        """The households of a batch, in the order in which they are stored."""
        start = len(self._ids)
        ids = batch.cols["household_id"]
        self._plans.append((start, batch.plan))
        self._ids += ids
        self._hashes.extend(batch.hashes)
        self._rows.extend(batch.rows)
        self._members += batch.get("members")
        self._bad |= {start + i for i in batch.bad}
        for n, one in enumerate(ids, start):
            if one is None:
                self._bad.add(n)
            elif one in self._at:
                self._again[one].append(n)
            else:
                self._at[one] = n
        if not batch.plan.member_rows:
            self._note_numbers(batch, batch.get("id_number"), ids)
        self._note_places(batch)

    def has(self, household_id: str) -> bool:
        return household_id in self._at

    def people(self, batch: Batch, ids: Sequence[str | None]) -> None:
        """The ID numbers of persons, each with its household."""
        self._note_numbers(batch, batch.get("id_number"), ids)

    def _note_numbers(self, batch: Batch, numbers: Sequence[str | None], ids: Sequence[str | None]) -> None:
        for i, (number, one) in enumerate(zip(numbers, ids, strict=True)):
            if number is None or one is None:
                continue
            first = self._numbers.setdefault(number, one)
            if first != one:
                places = self._twice.setdefault(number, {first: ("", "")})
                places.setdefault(one, (batch.plan.grid.name, batch.cell(i, "id_number")))

    def _note_places(self, batch: Batch) -> None:
        if "place_code" not in batch.cols or "place_name" not in batch.cols:
            return
        for i, pair in enumerate(zip(batch.cols["place_code"], batch.cols["place_name"], strict=True)):
            code, name = pair
            if code is None or name is None or (name in self._places[code] and code in self._names[name]):
                continue
            where = (batch.plan.grid.name, batch.cell(i, "place_code"))
            self._places[code].setdefault(name, where)
            self._names[name].setdefault(code, where)

    def check(self) -> None:
        """Repeated ids: identical rows count once, differing rows are all refused. Codes and names that contradict."""
        for one, later in self._again.items():
            rows = [self._at[one], *later]
            if len({self._hashes[n] for n in rows}) == 1:
                for n in later:
                    self._dropped.add(n)
                    self._say("W-ID-SAME-ROW", n, one, {"id": one})
                continue
            cells = ", ".join(self._cell(n) for n in rows[:_MOST_NAMED])
            for n in rows:
                self._bad.add(n)
                self._say("R-ID-TWICE", n, one, {"id": one, "cells": cells})
        self._check_places("W-PLACE-TWO-NAMES", self._places, "code", "names")
        self._check_places("W-PLACE-TWO-CODES", self._names, "place", "codes")

    def _check_places(self, code: str, found: Mapping[str, dict[str, tuple[str, str]]], one: str, many: str) -> None:
        for key, others in found.items():
            if len(others) > 1:
                sheet, cell = list(others.values())[1]
                values = {one: key, many: ", ".join(list(others)[:_MOST_NAMED])}
                self._log.warnings.append(Problem(code, sheet, cell, values=values))

    def check_people(self) -> None:
        """An ID number that stands in several households."""
        for number, places in self._twice.items():
            sheet, cell = list(places.values())[1]
            values = {"text": number, "ids": ", ".join(list(places)[:_MOST_NAMED])}
            self._log.warnings.append(Problem("W-IDNO-TWICE", sheet, cell, list(places)[1], values))

    def compare_members(self, rows: Mapping[str, int]) -> None:
        """The number of members that the list gives against the rows of the sheet of members."""
        for one, count in rows.items():
            n = self._at[one]
            given = self._members[n]
            if given is not None and given != count:
                self._say("W-MEMBERS-DIFFER", n, one, {"given": given, "rows": count}, "members")

    def refuse(self, ids: Iterable[str]) -> None:
        self._bad |= {self._at[one] for one in ids}

    def keep(self) -> list[bool]:
        """Which stored rows are written."""
        return [n not in self._bad and n not in self._dropped for n in range(len(self._ids))]

    def kept_ids(self) -> set[str]:
        return {one for one, kept in zip(self._ids, self.keep(), strict=True) if kept and one is not None}

    def _plan(self, n: int) -> SheetPlan:
        return next(plan for start, plan in reversed(self._plans) if start <= n)

    def _cell(self, n: int, column: str = "household_id") -> str:
        found = self._plan(n).find(column)
        return cell_of(found.index, self._rows[n]) if found else str(self._rows[n] + 1)

    def _say(self, code: str, n: int, one: str, values: dict[str, Any], column: str = "household_id") -> None:
        problem = Problem(code, self._plan(n).grid.name, self._cell(n, column), one, values)
        (self._log.refused if code.startswith("R-") else self._log.warnings).append(problem)
