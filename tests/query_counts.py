"""How many questions a page asks the database, against what `tests/query_counts.json` allows.

A page that asks more fails. So does one that asks far fewer: the number in the file is then lowered. (Not one by one:
the frame of every page asks some of its own.) A page adds its line to the file, and a test beside its other tests:

    def test_the_list_asks_a_fixed_number_of_questions(cast):
        check("registry_search:list", cast.client("officer"), "/ho/")
"""

from __future__ import annotations

import json
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

BUDGETS: dict[str, int] = json.loads((Path(__file__).parent / "query_counts.json").read_text("utf-8"))
SLACK = 8
#: not the page's own: transactions, and the settings that the wall of the database asks for
_SILENT = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK", "SET ", "SELECT set_config", "SELECT current_setting")


def asked(client: Client, url: str) -> list[str]:
    """The questions of one GET. The page is opened once before, so that what is kept in memory is there."""
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return [one["sql"] for one in queries if not one["sql"].startswith(_SILENT)]


def check(name: str, client: Client, url: str) -> None:
    """Raises AssertionError, with the questions."""
    questions = asked(client, url)
    told = "\n".join(one[:200] for one in questions)
    allowed = BUDGETS[name]
    assert len(questions) <= allowed, f"{name}: {len(questions)} questions, {allowed} allowed\n{told}"
    assert len(questions) >= allowed - SLACK, f"{name}: only {len(questions)} questions; lower its number to that"
