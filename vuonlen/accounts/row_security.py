"""The second wall, on PostgreSQL: rows of households that the database itself keeps back.

The session setting `vuonlen.paths` names the paths of the tree whose households may be seen: nothing while it is
unset, all of them for "*". `accounts.web.area` sets it for each request from the roles of the user, before any
view runs; what must see more (the one way of writing, jobs, commands) says `with widened()`, having checked the
right itself. On SQLite this does nothing, and the gateway `accounts.scope` stands alone.

HAZARD: a setting made inside a transaction is undone with it. Both blocks below bear that: a block that ends in a
broken transaction leaves the mending to its rollback.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections
from django.db.migrations.operations.base import Operation

SETTING = "vuonlen.paths"
EVERYTHING = "*"
_PATH = re.compile(r"[0-9A-Z]+")
_IN_ERROR = 3  # psycopg.pq.TransactionStatus.INERROR; psycopg itself is not installed with SQLite

#: Asked once per statement, not once per row: both stand in a subquery without reference to the row.
_ALL = f"(SELECT current_setting('{SETTING}', true)) = '{EVERYTHING}'"
_PATHS = f"((SELECT string_to_array(nullif(current_setting('{SETTING}', true), ''), ',')))::text[]"


@contextmanager
def widened() -> Iterator[None]:
    """Every household may be seen within this block. For what has checked its right itself, and for the machine."""
    with _set(EVERYTHING):
        yield


@contextmanager
def narrowed(paths: Iterable[str]) -> Iterator[None]:
    """Only households at and below `paths` may be seen within this block."""
    told = sorted(set(paths))
    if not all(_PATH.fullmatch(one) for one in told):
        raise ValueError("not paths of the tree of places")  # an empty one would open everything
    with _set(",".join(told)):
        yield


def widen_process() -> None:
    """Every connection of this process sees all households from now on: commands and the worker of jobs."""
    if connection.vendor != "postgresql":
        return
    told = connections.settings["default"].setdefault("OPTIONS", {})
    wide = f"-c {SETTING}={EVERYTHING}"
    if wide not in told.get("options", ""):
        told["options"] = f"{told.get('options', '')} {wide}".strip()
        connections.close_all()


@contextmanager
def _set(value: str) -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    raw = connection.connection  # its own cursor: these two statements are no part of what a page asks for
    before = _swap(raw, value)
    try:
        yield
    finally:
        same = connection.connection is raw and not raw.closed
        if same and raw.info.transaction_status != _IN_ERROR:
            _swap(raw, before)


def _swap(raw: Any, value: str) -> str:
    """Set it and return what it was."""
    asked = f"SELECT current_setting('{SETTING}', true), set_config('{SETTING}', %s, false)"
    return raw.execute(asked, [value]).fetchone()[0] or ""


# ---- what a migration says ----------------------------------------------------------------------------------------


def by_path(column: str) -> str:
    """Rows whose path is seen."""
    return f"{column} ^@ ANY ({_PATHS})"


def by_row(table: str, key: str, column: str) -> str:
    """Rows that point, by `column`, at a row of `table` that is seen."""
    return f"EXISTS (SELECT 1 FROM {table} seen WHERE seen.{key} = {column})"


class RowSecurity(Operation):
    """A table shows, and takes, only rows that are seen. seen: SQL on the columns of the table; see above."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str, seen: str) -> None:
        self.table, self.seen = table, seen

    def state_forwards(self, app_label: str, state: Any) -> None:
        """No model changes: the wall is the database's alone."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        for statement in (
            f"ALTER TABLE {self.table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {self.table} FORCE ROW LEVEL SECURITY",  # for its owner too, who is the one that asks
            f"CREATE POLICY {self.table}_seen ON {self.table} USING ({_ALL} OR {self.seen})",
        ):
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        for statement in (
            f"DROP POLICY {self.table}_seen ON {self.table}",
            f"ALTER TABLE {self.table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {self.table} DISABLE ROW LEVEL SECURITY",
        ):
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        return f"Rows of {self.table} are seen by area only"
