"""The journal of the database as the verifier wants it: a stream in the order of each chain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from vuonlen.journal.hashing import moment
from vuonlen.journal.standalone.verify_journal import ENTRIES, STRAYS, Chain, Row, Unreadable, iso, text_of

_AT_ONCE = 2000  # rows fetched together


class Database:
    """Rows as they are stored: whoever changed one may have left what no model can load."""

    extract = False

    def __init__(self, on: BaseDatabaseWrapper | None = None) -> None:
        self.on: Any = on or connection

    def chains(self) -> list[Chain]:
        return [Chain(*row) for row in self._all("SELECT id, key, length, head FROM journal_chain")]

    def strays(self) -> list[tuple[str, int]]:
        return [(f"#{chain}", sequence or 0) for chain, sequence in self._all(STRAYS)]

    def entries(self, chain: Chain, after: int) -> Iterator[Row]:
        sqlite = self.on.vendor == "sqlite"
        time, at = (iso, "'' || at") if sqlite else (moment, "at")  # as text: Django would read a time, or fail to
        try:
            with self.on.chunked_cursor() as cursor:
                cursor.execute(ENTRIES.format(mark="%s", at=at), [chain.id, after])
                while rows := cursor.fetchmany(_AT_ONCE):
                    for row in rows:
                        yield row[0], time(row[1]), text_of(row[2]), *row[3:]
        except DatabaseError as why:
            raise Unreadable from why

    def _all(self, statement: str) -> list[tuple[Any, ...]]:
        with self.on.cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall())


@contextmanager
def still() -> Iterator[Database]:
    """The journal as of one moment, while others go on writing to it."""
    if connection.vendor == "sqlite":
        with _still_sqlite():
            yield Database()
        return
    with transaction.atomic():
        if not connection.savepoint_ids:  # a test may have begun the transaction already
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield Database()


@contextmanager
def _still_sqlite() -> Iterator[None]:
    """A plain BEGIN: `atomic` would say IMMEDIATE and keep every writer waiting."""
    if connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    raw = connection.connection
    raw.execute("BEGIN")
    try:
        yield
    finally:
        raw.execute("ROLLBACK")
