"""The table as published, 10,571 rows with their own faults, over the shipped country."""

from __future__ import annotations

from datetime import date

import pytest

from tests.places.shared import TABLE, needs_official_table
from tests.places.tables import snapshot
from vuonlen.places import actions, queries
from vuonlen.places.models import Level, Share, Succession

pytestmark = [pytest.mark.django_db, needs_official_table]
THEN, TODAY = date(2023, 6, 1), date(2026, 11, 24)


def test_over_the_shipped_country(country: actions.Loaded) -> None:
    done = actions.import_conversion(path=TABLE)
    assert (done.rows, done.places) == (10_571, 0)
    assert done.created + done.changed + done.unchanged == 10_567
    assert [(one.where, one.code) for one in done.refused] == [
        ("E426", "PL-CODE-OR-NAME"), ("E912", "PL-CODE-OR-NAME"), ("E1260", "PL-CODE-OR-NAME"),
    ]  # fmt: skip
    before = snapshot()
    again = actions.import_conversion(path=TABLE)
    assert (again.created, again.changed, again.withdrawn, again.unchanged) == (0, 0, 0, 10_567)
    assert snapshot() == before

    communes = list(queries.tree(THEN).filter(level=Level.COMMUNE))
    became = queries.became_many(communes, TODAY)
    assert all(one.places for one in became.values())
    came = set(Succession.objects.exclude(share=Share.LAND).values_list("successor_id", flat=True))
    assert not [one for one in queries.tree(TODAY) if one.pk not in came]


def test_thai_nguyen_has_three_communes_that_no_code_can_convert(country: actions.Loaded) -> None:
    actions.import_conversion(path=TABLE)
    parts = Succession.objects.filter(successor__parent__code="19", whole=False)
    assert parts.count() == 6  # the six rows "nhập một phần"
    assert {one.predecessor.name for one in parts} == {"Phường Gia Sàng", "Phường Cam Giá", "Xã Thượng Đình"}


def test_what_of_the_country_a_person_must_assign(country: actions.Loaded) -> None:
    """The figures of docs/register.md."""
    actions.import_conversion(path=TABLE)
    split = list(queries.unassigned())
    assert {one.level for one in split} == {Level.COMMUNE}
    assert len(split) == 383
    assert Succession.objects.filter(share=Share.PEOPLE, whole=True).count() == 57
