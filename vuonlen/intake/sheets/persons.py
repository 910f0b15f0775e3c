"""Persons: from member rows that follow their household, or from a sheet of members; and what does not fit in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from vuonlen.domain.columns import MEMBER_COLUMNS
from vuonlen.intake import vocabulary as v
from vuonlen.intake.cells.codes import head_is_dead, is_head
from vuonlen.intake.cells.identity import doubts
from vuonlen.intake.cells.notes import Note
from vuonlen.intake.cells.texts import fold
from vuonlen.intake.sheets.batches import Batch

#: Columns that belong to the person of the row even where the household has a column of that name.
_OF_THE_HEAD = frozenset({"id_number", "ethnicity", v.SEX, v.BIRTH, v.BIRTH_MALE, v.BIRTH_FEMALE, v.RELATION, v.NAME})
_ONE_VALUE = (
    "recorded_status",
    "previous_status",
    "income_score",
    "deprivation_score",
    "income",
    "place_code",
    "members",
)


@dataclass(slots=True)
class Persons:
    """Columns of `domain.columns.MEMBER_COLUMNS` that the file has, and the household of each row."""

    cols: dict[str, list[Any]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.cols.get("household_id", ()))


def complete(batch: Batch) -> None:
    """Birth from whichever column has it; sex from the column that the year of birth stands in."""
    for name, sex in ((v.BIRTH_MALE, "male"), (v.BIRTH_FEMALE, "female")):
        if name in batch.cols:
            given = batch.cols[name]
            batch.cols[v.BIRTH] = [a or b for a, b in zip(batch.get(v.BIRTH), given, strict=True)]
            batch.cols[v.SEX] = [a or (sex if b else None) for a, b in zip(batch.get(v.SEX), given, strict=True)]


def persons_of(batch: Batch, ids: Sequence[str | None]) -> Persons:
    """The person of each row, tied to the household in `ids`; rows without a household are left out."""
    births = batch.get(v.BIRTH)
    cols: dict[str, list[Any]] = {
        "household_id": list(ids),
        "birth_year": [None if birth is None else int(birth[:4]) for birth in births],
        "birth_date": [birth if birth is not None and len(birth) > 4 else None for birth in births],
    }
    cols |= {name: list(batch.cols[name]) for name in MEMBER_COLUMNS if name in batch.cols and name not in cols}
    kept = [i for i, one in enumerate(ids) if one is not None]
    if len(kept) < len(ids):
        cols = {name: [values[i] for i in kept] for name, values in cols.items()}
    return Persons(cols)


def check_persons(batch: Batch, groups: Sequence[Sequence[int]], ids: Sequence[str]) -> set[int]:
    """Lists what does not fit among the persons of each household; returns the positions of households refused.

    groups: rows of each household. ids: its household id.
    """
    numbers, names = batch.get("id_number"), batch.get(v.NAME)
    sexes, births = batch.get(v.SEX), batch.get(v.BIRTH)
    refused = set()
    before = len(batch.bad)
    for at, rows in enumerate(groups):
        seen_numbers: set[str] = set()
        seen_names: dict[tuple[str, str | None], str] = {}
        for i in rows:
            number, name = numbers[i], names[i]
            if number is not None:
                if number in seen_numbers:
                    batch.note(i, "id_number", [Note("R-MEMBER-TWICE", {"text": number})], ids[at])
                seen_numbers.add(number)
                batch.note(i, "id_number", doubts(number, sexes[i], int(births[i][:4]) if births[i] else None), ids[at])
            if name is not None:
                key = (fold(name), births[i])
                if key in seen_names and births[i] is not None:
                    values = {"name": seen_names[key], "other": name}
                    batch.note(i, v.NAME, [Note("W-PERSON-TWICE", values)], ids[at])
                seen_names[key] = name
        if v.RELATION in batch.cols:
            _check_heads(batch, rows, ids[at])
        if len(batch.bad) > before:
            before = len(batch.bad)
            refused.add(at)
        elif batch.bad.intersection(rows):
            refused.add(at)
    return refused


def _check_heads(batch: Batch, rows: Sequence[int], household_id: str) -> None:
    relations = batch.get(v.RELATION)
    heads = [i for i in rows if is_head(relations[i])]
    dead = [i for i in rows if relations[i] is not None and head_is_dead(relations[i])]
    if len(heads) > 1:
        batch.note(heads[1], v.RELATION, [Note("R-HEADS", {"heads": len(heads)})], household_id)
    elif not heads and not dead:
        batch.note(rows[0], v.RELATION, [Note("R-HEAD-NONE")], household_id)
    for i in dead:
        batch.note(i, v.RELATION, [Note("W-HEAD-DEAD", {"text": relations[i]})], household_id)


def group_rows(batch: Batch) -> list[list[int]]:
    """Rows of each household in a sheet where members follow it: a new id or ordinal starts a household."""
    relations = batch.get(v.RELATION)
    if "household_id" in batch.cols:
        keys = batch.cols["household_id"]
    elif v.HOUSEHOLD_ORDINAL in batch.cols:
        keys = batch.cols[v.HOUSEHOLD_ORDINAL]
    else:
        keys = batch.get(v.ORDINAL)
        heads = [is_head(relation) for relation in relations]
        if sum(heads) < sum(1 for key in keys if key is not None):  # every person has a number of their own
            keys = [i if head else None for i, head in enumerate(heads)]
    groups: list[list[int]] = []
    current: object = None
    for i, key in enumerate(keys):
        if not groups or (key is not None and key != current):
            groups.append([])
            current = key
        groups[-1].append(i)
    return groups


def fold_households(batch: Batch, groups: Sequence[Sequence[int]]) -> Batch:
    """One row per household: the head's own values, and for the household the first value that its rows give."""
    relations = batch.get(v.RELATION)
    heads = [next((i for i in rows if is_head(relations[i])), rows[0]) for rows in groups]
    whole = Batch(batch.plan, batch.log, [batch.rows[i] for i in heads], {})
    for name, values in batch.cols.items():
        if name in _OF_THE_HEAD or name.startswith("x_"):
            whole.cols[name] = [values[i] for i in heads]
        else:
            whole.cols[name] = [
                values[head]
                if values[head] is not None
                else next((values[i] for i in rows if values[i] is not None), None)
                for head, rows in zip(heads, groups, strict=True)
            ]
    whole.hashes = [hash(tuple(batch.hashes[i] for i in rows)) for rows in groups]
    names = batch.get(v.NAME)
    given = whole.get("head")
    whole.cols["head"] = [names[i] or given[n] for n, i in enumerate(heads)]
    if v.NAME in batch.cols and "head" in batch.cols:
        batch.cols[v.NAME] = [a or b for a, b in zip(names, batch.cols["head"], strict=True)]
    whole.bad = {n for n, rows in enumerate(groups) if batch.bad.intersection(rows)}
    _check_same(batch, groups, whole)
    _count_members(groups, whole)
    return whole


def _check_same(batch: Batch, groups: Sequence[Sequence[int]], whole: Batch) -> None:
    for name in _ONE_VALUE:
        if name not in batch.cols:
            continue
        values = batch.cols[name]
        for n, rows in enumerate(groups):
            found = {values[i]: i for i in rows if values[i] is not None}
            if len(found) > 1:
                (one, _), (other, at) = list(found.items())[:2]
                two = name == "recorded_status" and {one, other} == {"poor", "near_poor"}
                note = Note("R-STATUS-TWO") if two else Note("R-DIFFERS", {"one": one, "other": other})
                batch.note(at, name, [note])
                whole.bad.add(n)


def _count_members(groups: Sequence[Sequence[int]], whole: Batch) -> None:
    given = whole.get("members")
    for n, rows in enumerate(groups):
        if given[n] is not None and given[n] > 0 and len(rows) > 1 and given[n] != len(rows):
            whole.note(n, "members", [Note("W-MEMBERS-DIFFER", {"given": given[n], "rows": len(rows)})])
    whole.cols["members"] = [len(rows) if given[n] is None else given[n] for n, rows in enumerate(groups)]


def group_by_id(ids: Sequence[str | None]) -> dict[str, list[int]]:
    """Rows of each household in a sheet of members."""
    found: dict[str, list[int]] = defaultdict(list)
    for i, one in enumerate(ids):
        if one is not None:
            found[one].append(i)
    return dict(found)
