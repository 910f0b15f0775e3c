"""The one way to write to the register: rows, what changed in them, and the journal, in bulk and together.

A verb of one household and an import of thousands use the same Book. Nothing reaches the database before `write`,
which belongs inside the caller's transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import connection, models
from django.utils import timezone

from vuonlen.accounts.models import User
from vuonlen.accounts.row_security import widened
from vuonlen.accounts.scope import actor
from vuonlen.foundation.bulk import insert, insert_columns, reserve
from vuonlen.foundation.secret import SealedField
from vuonlen.journal import actions as journal
from vuonlen.places.models import Place
from vuonlen.registry.models import Act, Change, Household
from vuonlen.registry.rows import DERIVED, NAMES, TABLES, field_of, name_of, plain, told

CHUNK = 500  # rows of one INSERT; SQLite and PostgreSQL both limit its values
_FIRST = ("household", "person", "decision")  # others point at these


class ChangedMeanwhile(Exception):
    """Somebody else wrote to these households after they were read. Nothing was written."""

    def __init__(self, households: list[Household]) -> None:
        super().__init__(", ".join(str(one) for one in households))
        self.households = households


@dataclass(slots=True)
class _Edit:
    """What one act sets in one row, by column: first value, last value."""

    act: Act
    row: models.Model
    household: Household | None
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class _Noted:
    """One Change to be. row: of an added one."""

    act: Act
    household: Household | None
    model: str
    key: int
    kind: str
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    row: models.Model | None = None


class Book:
    """Everything one call writes. The households of its acts must be the same objects throughout."""

    def __init__(self, *, by: User | None, batch: str = "", at: datetime | None = None) -> None:
        self.by, self.batch, self.at = by, batch, at or timezone.now()
        self.acts: list[Act] = []
        self._added: dict[str, list[tuple[Act, models.Model, Household | None]]] = defaultdict(list)
        self._new: set[int] = set()  # id() of added rows
        self._edits: dict[tuple[int, int], _Edit] = {}  # by id() of act and row
        self._removed: list[tuple[Act, models.Model, Household | None]] = []
        self._touched: dict[int, Household] = {}
        self._known: dict[int, Household] = {}  # by key
        self._places: dict[int, str] = {}  # act -> chain, where the caller named one

    def act(
        self,
        verb: str,
        household: Household | None,
        *,
        reason: str = "",
        effective_on: date | None = None,
        place: Place | None = None,
    ) -> Act:
        """Begin an act. place: whose chain it stands in; without it, the commune of the household."""
        one = Act(
            verb=verb,
            at=self.at,
            by=self.by,
            reason=reason,
            effective_on=effective_on,
            household=household,
            batch=self.batch,
        )
        self.acts.append(one)
        if place is not None:
            self._places[id(one)] = place.key
        self._touch(household)
        return one

    def add(self, act: Act, row: models.Model, household: Household | None = None) -> None:
        """A new row. It may point at rows that were added to this Book before."""
        self._added[name_of(row)].append((act, row, household or act.household))
        self._new.add(id(row))
        self._touch(household)

    def set(self, act: Act, row: models.Model, household: Household | None = None, **values: Any) -> bool:
        """Change fields of a row. Returns False, and notes nothing, where none of them differs."""
        table = name_of(row)
        differs = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not differs:
            return False
        if id(row) not in self._new:
            edit = self._edits.setdefault((id(act), id(row)), _Edit(act, row, household or act.household))
            for name, value in differs.items():
                column = field_of(table, name).attname
                edit.before.setdefault(column, plain(table, name, getattr(row, column)))
                edit.after[column] = plain(table, name, value.pk if isinstance(value, models.Model) else value)
        for name, value in differs.items():
            setattr(row, name, value)
        self._touch(household)
        return True

    def remove(self, act: Act, row: models.Model, household: Household | None = None) -> None:
        """Take a row out. Its values stay in the Change of the act; one that this Book added is as if it never was."""
        if id(row) in self._new:
            self._added[name_of(row)] = [told for told in self._added[name_of(row)] if told[1] is not row]
            self._new.discard(id(row))
            return
        self._removed.append((act, row, household or act.household))
        self._touch(household)

    def write(self) -> None:
        """Raises ChangedMeanwhile, with nothing written, when a household is no longer what was read."""
        with widened():  # a household may go where its writer does not see it; the verb has checked the right
            self._write()

    def _write(self) -> None:
        gone = frozenset(id(row) for _, row, _ in self._removed)
        self._raise_revisions(gone)
        for name in _FIRST:
            self._insert(name)
        removed = [(act, row, home, told(row)) for act, row, home in self._removed]
        self._delete()
        self._update(gone)
        for name in TABLES:
            if name not in _FIRST:
                self._insert(name)
        insert(self.acts)
        changes = self._changes(removed)
        _save(changes)
        self._journal(changes)

    def _touch(self, household: Household | None) -> None:
        """Raises ValueError for a second object of one household: the revision would be raised twice."""
        if household is None or id(household) in self._touched:
            return
        if household.pk and self._known.setdefault(household.pk, household) is not household:
            raise ValueError(f"two objects stand for household {household.pk}")
        self._touched[id(household)] = household

    def _raise_revisions(self, gone: frozenset[int]) -> None:
        """Two writers cannot both pass: the second waits for the first and then finds another revision."""
        homes = [one for key, one in self._touched.items() if one.pk and key not in self._new and key not in gone]
        now: dict[int, int] = {}
        for start in range(0, len(homes), CHUNK):  # locked: whoever comes second waits here, then sees the new number
            rows = Household.objects.select_for_update().filter(pk__in=[one.pk for one in homes[start : start + CHUNK]])
            now |= dict(rows.order_by("pk").values_list("pk", "revision"))
        late = [one for one in homes if now.get(one.pk) != one.revision]
        if late:
            raise ChangedMeanwhile(late)
        for one in homes:
            one.revision += 1
        save_columns((one, ["revision"]) for one in homes)

    def _insert(self, name: str) -> None:
        insert([row for _, row, _ in self._added[name]])

    def _delete(self) -> None:
        by_table: dict[str, list[int]] = defaultdict(list)
        for _, row, _ in self._removed:
            by_table[name_of(row)].append(int(row.pk))
        for name in reversed(TABLES):
            keys = by_table[name]
            for start in range(0, len(keys), CHUNK):
                rows = TABLES[name]._default_manager.filter(pk__in=keys[start : start + CHUNK])
                rows._raw_delete(rows.db)  # the database checks what still points here

    def _update(self, gone: frozenset[int]) -> None:
        """One prepared UPDATE per set of columns. (bulk_update builds a CASE per row, which grows with the square.)"""
        columns: dict[int, tuple[models.Model, dict[str, None]]] = {}
        for edit in self._edits.values():
            if id(edit.row) not in gone:
                columns.setdefault(id(edit.row), (edit.row, {}))[1].update(dict.fromkeys(edit.after))
        save_columns((row, sorted(names)) for row, names in columns.values())

    def _changes(self, removed: list[tuple[Act, models.Model, Household | None, dict[str, Any]]]) -> list[_Noted]:
        found = [
            _Noted(one.act, one.household, name_of(one.row), one.row.pk, "set", one.before, one.after)
            for one in self._edits.values()
        ]
        for act, row, home, values in removed:
            found.append(_Noted(act, home, name_of(row), row.pk, "remove", values))
        for name in TABLES:
            found += [_Noted(act, home, name, row.pk, "add", row=row) for act, row, home in self._added[name]]
        return found

    def _journal(self, changes: list[_Noted]) -> None:
        by_act: dict[int, list[_Noted]] = defaultdict(list)
        for change in changes:
            by_act[id(change.act)].append(change)
        chains: dict[str, list[journal.Act]] = defaultdict(list)
        paths: dict[str, str] = {}
        communes = Place.objects.in_bulk({one.commune_id for one in self._touched.values()})
        for act in self.acts:
            home = act.household
            commune = communes.get(home.commune_id) if home is not None else None
            chain = self._places.get(id(act)) or (commune.key if commune else "system")
            paths.setdefault(chain, commune.path if commune else "")
            chains[chain].append(_entry(act, by_act[id(act)]))
        for chain in sorted(chains):  # one order for all writers: two of them cannot wait for each other
            who = actor(self.by, paths[chain]) if self.by else journal.SYSTEM
            journal.record_many(chain, who, chains[chain])


def save_columns(rows: Iterable[tuple[models.Model, list[str]]]) -> None:
    """Write the named columns of each row."""
    grouped: dict[tuple[type[models.Model], tuple[str, ...]], list[models.Model]] = defaultdict(list)
    for row, names in rows:
        if names:
            grouped[type(row), tuple(names)].append(row)
    for (table, columns), members in grouped.items():
        fields = [field_of(NAMES[table], name) for name in columns]
        sets = ", ".join(f"{connection.ops.quote_name(str(one.column))} = %s" for one in fields)
        values = [
            [*(one.get_db_prep_save(getattr(row, one.attname), connection) for one in fields), row.pk]
            for row in members
        ]
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {table._meta.db_table} SET {sets} WHERE id = %s", values)


def _save(changes: list[_Noted]) -> None:
    """Rows of Change, without an object of the model for each: an import writes a hundred thousand of them."""
    names = ("id", "act_id", "household_id", "model", "row", "kind", "before", "after")
    keys = list(reserve(Change, len(changes)))
    rows = [
        (
            key,
            one.act.pk,
            one.household.pk if one.household else None,
            one.model,
            one.key,
            one.kind,
            one.before,
            one.after,
        )
        for key, one in zip(keys, changes, strict=True)
    ]
    if rows:
        insert_columns(Change, names, list(zip(*rows, strict=True)))


def _entry(act: Act, changes: list[_Noted]) -> journal.Act:
    """The act for the journal. Values go in whole, to be hashed there; sealed ones are left to their keyed hash."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    names: set[str] = set()
    for one in changes:
        key = f"{one.model}:{one.key}"
        if one.row is not None:
            after[key] = _values(one.row)
            names.add(one.model)
            continue
        before[key] = _open(one.model, one.before or {})
        if one.after is not None:
            after[key] = _open(one.model, one.after)
        names.update(f"{one.model}.{name}" for name in one.after or {}) if one.kind == "set" else names.add(one.model)
    return journal.Act(
        act=f"registry.{act.verb}",
        object_type="household" if act.household is not None else "register",
        object_id=act.household.public_id if act.household is not None else act.public_id,
        before=before or None,
        after=after or None,
        fields=sorted(names),
        reason=act.reason,
    )


def _values(row: models.Model) -> dict[str, Any]:
    return {name: value for name in _shown(type(row)) if (value := getattr(row, name)) not in (None, "")}


@cache
def _shown(table: type[models.Model]) -> tuple[str, ...]:
    """Columns of a new row that the journal hashes."""
    skipped = DERIVED.get(NAMES[table], frozenset())
    fields = [one for one in table._meta.concrete_fields if not isinstance(one, SealedField)]
    return tuple(one.attname for one in fields if one.attname not in skipped)


def _open(table: str, values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if not isinstance(field_of(table, name), SealedField)}
