"""A register that began with some places of its own takes the rest of the country around them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.web.cast import Places
from vuonlen.places import actions, queries
from vuonlen.places.models import Level, Place

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def test_what_stands_already_is_kept(places: Places) -> None:
    mine = set(Place.objects.values_list("pk", flat=True))
    loaded = actions.load_country()
    assert loaded.kept == Place.objects.filter(pk__in=mine, level__lte=Level.COMMUNE).count()
    assert queries.find("01852", date(2023, 1, 1)) == places.nong_thuong
    assert queries.find("01858", date(2023, 1, 1)).parent.parent == places.old_province  # type: ignore[union-attr]
    assert queries.tree(TODAY).filter(level=Level.COMMUNE).count() == 3_321
    assert queries.became(places.nong_thuong, TODAY).place == places.bac_kan
