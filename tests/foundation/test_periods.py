"""What the database promises of periods, on either database, compared with plain Python."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.cast import Places
from vuonlen.foundation.periods import Period
from vuonlen.registry.models import Household, Residence

DAY = date(2022, 1, 1)
SPANS = st.lists(st.tuples(st.integers(0, 9), st.one_of(st.none(), st.integers(1, 5))), min_size=1, max_size=4)


def overlap(spans: list[tuple[int, int | None]]) -> bool:
    ends = [(start, 10**6 if length is None else start + length) for start, length in spans]
    return any(a[0] < b[1] and b[0] < a[1] for n, a in enumerate(ends) for b in ends[n + 1 :])


@pytest.mark.django_db
@given(spans=SPANS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_periods_of_one_household_overlap_nowhere(places: Places, spans: list[tuple[int, int | None]]) -> None:
    refused = False
    try:
        with transaction.atomic():
            write(places, spans)
            raise Undo
    except IntegrityError:
        refused = True
    except Undo:
        pass
    assert refused == overlap(spans)


class Undo(Exception):
    """Nothing stays."""


def write(places: Places, spans: list[tuple[int, int | None]]) -> None:
    place = places.nong_thuong
    home = Household.objects.create(code="H1", registered_in=place, commune=place, area_path=place.path)
    for start, length in spans:
        Residence.objects.create(
            household=home, place=place, area_path=place.path, valid_from=DAY + timedelta(start),
            valid_to=None if length is None else DAY + timedelta(start + length),
        )  # fmt: skip
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.django_db
def test_a_period_that_ends_before_it_begins_is_refused(places: Places) -> None:
    home = Household.objects.create(
        code="H1", registered_in=places.bac_kan, commune=places.bac_kan, area_path=places.bac_kan.path
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Residence.objects.create(
            household=home, place=places.bac_kan, area_path=places.bac_kan.path, valid_from=DAY, valid_to=DAY
        )


@pytest.mark.django_db
def test_every_table_of_periods_is_kept_from_overlapping() -> None:
    """A migration that rebuilds a SQLite table loses its triggers: this finds it."""
    tables = {one._meta.db_table for one in apps.get_models() if issubclass(one, Period)}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'x'")
        else:
            cursor.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_update'")
        guarded = {name for (name,) in cursor.fetchall()}
    assert tables - guarded == set()
