"""Periods `[from, to)` in tables, and the promise of the database that they do not overlap.

A row is true from `valid_from` (inclusive) to `valid_to` (exclusive); an open end is NULL. PostgreSQL holds the
promise by EXCLUDE, SQLite by triggers. HAZARD: when a later migration rebuilds a SQLite table, its triggers are
gone; repeat `NoOverlap` after such a step. A test compares the triggers with what the models promise.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.migrations.operations.base import Operation


def at(day: date, prefix: str = "") -> models.Q:
    """Rows that are true on `day`. prefix: a relation, as in "membership__"."""
    begun = models.Q(**{f"{prefix}valid_from__lte": day})
    return begun & (models.Q(**{f"{prefix}valid_to__isnull": True}) | models.Q(**{f"{prefix}valid_to__gt": day}))


class Period(models.Model):
    """Base of tables whose rows hold for a time."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    def holds(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def forward(name: str) -> models.CheckConstraint:
    """The constraint that a period does not end before, or on the day, it begins."""
    after = models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from"))
    return models.CheckConstraint(name=name, condition=after)


class NoOverlap(Operation):
    """Rows of one table with equal `keys` never overlap in time. only: SQL on a row `r`, to hold it for some rows."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, name: str, table: str, keys: tuple[str, ...], only: str = "") -> None:
        self.name, self.table, self.keys, self.only = name, table, keys, only

    def state_forwards(self, app_label: str, state: Any) -> None:
        """No model changes: the promise is the database's alone."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        maker = self._postgres() if schema_editor.connection.vendor == "postgresql" else self._sqlite()
        for statement in maker:
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE {self.table} DROP CONSTRAINT {self.name}", params=None)
            return
        for act in ("insert", "update"):
            schema_editor.execute(f"DROP TRIGGER {self.name}_{act}", params=None)

    def describe(self) -> str:
        return f"Periods of {self.table} do not overlap for one {', '.join(self.keys)}"

    def _postgres(self) -> list[str]:
        same = ", ".join(f"{key} WITH =" for key in self.keys)
        where = f" WHERE ({self.only.replace('r.', '')})" if self.only else ""
        return [
            "CREATE EXTENSION IF NOT EXISTS btree_gist",
            f"ALTER TABLE {self.table} ADD CONSTRAINT {self.name} EXCLUDE USING gist "
            f"({same}, daterange(valid_from, valid_to, '[)') WITH &&){where} DEFERRABLE INITIALLY DEFERRED",
        ]

    def _sqlite(self) -> list[str]:
        same = " AND ".join(f"r.{key} = NEW.{key}" for key in self.keys)
        only = f" AND ({self.only})" if self.only else ""
        when = f"WHEN {self.only.replace('r.', 'NEW.')}" if self.only else ""
        clash = (
            f"SELECT 1 FROM {self.table} r WHERE {same}{only} AND r.id <> NEW.id "
            "AND r.valid_from < COALESCE(NEW.valid_to, '9999-12-31') "
            "AND COALESCE(r.valid_to, '9999-12-31') > NEW.valid_from"
        )
        return [
            f"CREATE TRIGGER {self.name}_{act} AFTER {act.upper()} ON {self.table} {when} BEGIN "
            f"SELECT RAISE(ABORT, '{self.name}') WHERE EXISTS ({clash}); END"
            for act in ("insert", "update")
        ]
