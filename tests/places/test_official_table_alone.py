"""The table as published on an empty register: it names every unit itself."""

from __future__ import annotations

import pytest

from tests.places.shared import TABLE, needs_official_table
from tests.places.tables import snapshot
from vuonlen.places import actions
from vuonlen.places.models import Level, Place

pytestmark = [pytest.mark.django_db, needs_official_table]


def test_on_an_empty_register() -> None:
    done = actions.import_conversion(path=TABLE)
    assert Place.objects.filter(level=Level.PROVINCE, valid_to__isnull=True).count() == 34
    communes = Place.objects.filter(level=Level.COMMUNE, valid_to__isnull=True)
    assert communes.count() == 3_321 - 1  # both rows of one commune name old units without their kind
    assert Place.objects.filter(level=Level.DISTRICT).count() == 696
    refused = {one.code for one in done.refused}
    assert refused == {"PL-CODE-OR-NAME", "PL-TWO-NAMES", "PL-KIND"}
    assert done.created == 10_571 - 1 - len(done.refused)
    before = snapshot()
    actions.import_conversion(path=TABLE)
    assert snapshot() == before
