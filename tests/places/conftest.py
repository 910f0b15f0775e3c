"""The whole country, loaded once for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction

from vuonlen.places import actions
from vuonlen.places.actions import Loaded


@pytest.fixture(scope="module")
def country(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Loaded]:
    """Both editions of the tree. Each test works in a transaction inside this one; all of it is undone at the end."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield actions.load_country()
        transaction.set_rollback(True)
