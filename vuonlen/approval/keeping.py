"""What the database promises of rows that are kept for good: they are not taken out, and what was said stays said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations.base import Operation

#: SQL that is true of an UPDATE which a proposal does not bear.
DECIDED_AGAIN = (
    "OLD.state <> 'open' AND ("
    "(OLD.state <> NEW.state AND NOT (OLD.state = 'approved' AND NEW.state = 'stale' AND OLD.applied_at IS NULL)) "
    "OR OLD.decided_by_id <> NEW.decided_by_id OR OLD.decided_at <> NEW.decided_at "
    "OR OLD.decision_reason <> NEW.decision_reason OR (OLD.applied_at IS NOT NULL AND NEW.applied_at IS NULL) "
    "OR OLD.applied_at <> NEW.applied_at)"
)
BORN_DECIDED = "NEW.state <> 'open'"


class Kept(Operation):
    """Rows of `table` are never deleted and `frozen` columns never change. wrong, born: SQL of what else is refused.

    HAZARD: when a later migration rebuilds a SQLite table, its triggers are gone; repeat this operation after it.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str, frozen: Sequence[str], wrong: str = "", born: str = "") -> None:
        self.table, self.frozen, self.wrong, self.born = table, tuple(frozen), wrong, born

    def state_forwards(self, app_label: str, state: Any) -> None:
        """No model changes: the promise is the database's alone."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        vendor = schema_editor.connection.vendor
        if vendor == "postgresql":
            schema_editor.execute(
                f"CREATE FUNCTION {self.table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '% refused', TG_NAME; END $$",
                params=None,
            )
        for event in self.events():
            schema_editor.execute(self.wall(vendor, event), params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION {self.table}_refuse() CASCADE", params=None)
            return
        for event in self.events():
            schema_editor.execute(f"DROP TRIGGER {self.name(event)}", params=None)

    def describe(self) -> str:
        return f"Rows of {self.table} are kept as they were said"

    def events(self) -> list[str]:
        return ["DELETE", "UPDATE", *(["INSERT"] if self.born else [])]

    def name(self, event: str) -> str:
        return f"{self.table}_kept_{event.lower()}"

    def wall(self, vendor: str, event: str) -> str:
        """The trigger that refuses one kind of statement."""
        when = {"DELETE": "", "UPDATE": self._changed(vendor), "INSERT": self.born}[event]
        made = f"CREATE TRIGGER {self.name(event)} BEFORE {event} ON {self.table} FOR EACH ROW "
        if when:
            made += f"WHEN ({when}) "
        if vendor == "postgresql":
            return f"{made}EXECUTE FUNCTION {self.table}_refuse()"
        return f"{made}BEGIN SELECT RAISE(ABORT, '{self.name(event)} refused'); END"

    def _changed(self, vendor: str) -> str:
        differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
        told = [f"OLD.{one} {differs} NEW.{one}" for one in self.frozen]
        return " OR ".join([*told, *([f"({self.wrong})"] if self.wrong else [])])
