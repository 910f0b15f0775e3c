"""The wall around the journal lowered, as whoever owns the database can: to attack it, and to empty it between tests.

`tests/conftest.py` loads this module.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import TransactionTestCase

from vuonlen.journal.append_only import AppendOnly

WALL = AppendOnly("journal_entry", unique=("chain_id", "sequence"))


@contextmanager
def lowered() -> Iterator[None]:
    _run(WALL.lower_wall(connection.vendor))
    try:
        yield
    finally:
        _run(WALL.raise_wall(connection.vendor))


def _run(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


_empty = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]


def _emptied(case: Any) -> None:
    with lowered():
        _empty(case)


# Tests with transactions of their own end by emptying every table; the journal would refuse.
TransactionTestCase._fixture_teardown = _emptied  # type: ignore[attr-defined]
