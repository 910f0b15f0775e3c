"""The promise of the database that rows of a table are never changed or taken out. Used in migrations."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation


class AppendOnly(Operation):
    """UPDATE, DELETE, TRUNCATE and REPLACE of `table` fail. unique: its key beside the id.

    HAZARD: when a later migration rebuilds a SQLite table, its triggers are gone; repeat this operation after it.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str, unique: tuple[str, ...]) -> None:
        self.table, self.unique = table, unique

    def state_forwards(self, app_label: str, state: Any) -> None:
        """No model changes: the promise is the database's alone."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for statement in self.raise_wall(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for statement in self.lower_wall(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        return f"Rows of {self.table} are only ever added"

    def raise_wall(self, vendor: str) -> list[str]:
        table = self.table
        if vendor == "postgresql":
            return [
                f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$",
                f"CREATE TRIGGER {table}_keep BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
                f"CREATE TRIGGER {table}_keep_all BEFORE TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
            ]
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        same = " AND ".join(f"r.{one} = NEW.{one}" for one in self.unique)
        return [
            f"CREATE TRIGGER {table}_keep_update BEFORE UPDATE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_keep_delete BEFORE DELETE ON {table} {refuse}",
            # INSERT OR REPLACE deletes without asking the trigger above
            f"CREATE TRIGGER {table}_keep_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} r WHERE r.id = NEW.id) "
            f"OR EXISTS (SELECT 1 FROM {table} r WHERE {same}) {refuse}",
        ]

    def lower_wall(self, vendor: str) -> list[str]:
        table = self.table
        if vendor == "postgresql":
            return [f"DROP FUNCTION {table}_refuse() CASCADE"]
        return [f"DROP TRIGGER {table}_keep_{act}" for act in ("update", "delete", "replace")]
