"""Proposals that tests may empty out. `tests/conftest.py` loads this module.

PostgreSQL empties tables by TRUNCATE, which no row notices; SQLite by DELETE, which the kept tables refuse.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import TransactionTestCase

from vuonlen.approval.keeping import Kept

TABLES = ("approval_proposal", "approval_interest", "approval_hand_over")

_empty = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]


def _emptied(case: Any) -> None:
    if connection.vendor != "sqlite":
        return _empty(case)
    walls = [Kept(table, ()) for table in TABLES]
    with connection.cursor() as cursor:
        for wall in walls:
            cursor.execute(f"DROP TRIGGER {wall.name('DELETE')}")
    try:
        return _empty(case)
    finally:
        with connection.cursor() as cursor:
            for wall in walls:
                cursor.execute(wall.wall("sqlite", "DELETE"))


# Tests with transactions of their own end by emptying every table.
TransactionTestCase._fixture_teardown = _emptied  # type: ignore[attr-defined]
