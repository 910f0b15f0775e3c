"""What every test starts from: Vietnamese, and examples of Hypothesis that repeat."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation
from hypothesis import settings

from vuonlen.i18n import activate

# The fixtures `places` and `cast`; a journal and proposals that tests may empty.
pytest_plugins = ["tests.web.cast", "tests.journal.wall", "tests.approval.wall"]

# Two processes share the machine with LibreOffice and Spark: a deadline would measure the neighbours.
# The same examples on each run: a red run must be red again for whoever looks at it. `large` draws new ones.
settings.register_profile("suite", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("large", deadline=None, max_examples=5000, print_blob=True)
settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-database", action="store_true", help="only tests that use the database")


#: Files that take the longest, the longest first: begun last, one process would wait for them alone at the end.
LONG = (
    "tests/browser/test_every_page.py",
    "tests/web/test_permissions.py",
    "tests/demo/test_register.py",
    "tests/browser/test_import_journey.py",
    "tests/backup/test_kill.py",
    "tests/journal/test_attacks.py",
    "tests/cli/test_judge.py",
    "tests/browser/test_keys_and_scripts.py",
    "tests/browser/test_layout.py",
    "tests/browser/test_signing_in.py",
    "tests/backup/test_damage.py",
    "tests/backup/test_round_trip.py",
)
_LONG = {name: place for place, name in enumerate(LONG)}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=lambda one: _LONG.get(one.nodeid.split("::")[0], len(LONG)))
    if config.getoption("--only-database"):
        dropped = [one for one in items if not _uses_database(one)]
        config.hook.pytest_deselected(items=dropped)
        items[:] = [one for one in items if _uses_database(one)]


def _uses_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures) or any(item.iter_markers("django_db"))


@pytest.fixture(autouse=True)
def vietnamese() -> Iterator[None]:
    """Each test begins in Vietnamese, whatever the one before it chose."""
    activate("vi")
    translation.activate("vi")  # a request leaves its language behind
    yield
    activate("vi")
