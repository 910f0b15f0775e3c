"""The country of both editions: complete, the same when loaded twice, and a tree on every day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vuonlen.foundation.paths import STEP
from vuonlen.journal.models import Entry
from vuonlen.places import actions, queries
from vuonlen.places.country import KNOWN_SINCE, MERGED
from vuonlen.places.models import Level, Place, Succession

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def test_both_editions_are_loaded(country: actions.Loaded) -> None:
    assert (country.created, country.kept) == (63 + 696 + 10_035 + 34 + 3_321, 0)
    assert queries.roots(date(2023, 6, 1)).count() == 63
    assert Counter(queries.tree(TODAY).values_list("level", flat=True)) == {Level.PROVINCE: 34, Level.COMMUNE: 3_321}


def test_loading_again_changes_nothing(country: actions.Loaded) -> None:
    before = [Place.objects.count(), Succession.objects.count(), Entry.objects.count()]
    again = actions.load_country()
    assert (again.created, again.kept, again.successions) == (0, country.created, 0)
    assert [Place.objects.count(), Succession.objects.count(), Entry.objects.count()] == before


def test_loading_is_in_the_journal(country: actions.Loaded) -> None:
    entry = Entry.objects.get(act="places.load_country")
    assert (entry.chain.key, entry.actor_id) == ("system", None)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(on=st.dates(min_value=KNOWN_SINCE - timedelta(days=2), max_value=date(2030, 1, 1)))
def test_any_date_shows_a_tree(country: actions.Loaded, on: date) -> None:
    rows = {one.pk: one for one in queries.tree(on)}
    assert len(rows) == (0 if on < KNOWN_SINCE else 10_794 if on < MERGED else 3_355)
    assert len({(one.level, one.code) for one in rows.values()}) == len(rows)
    for one in rows.values():
        if one.parent_id is None:
            assert (one.level, len(one.path)) == (Level.PROVINCE, STEP)
        else:
            above = rows[one.parent_id]  # holds on that day too
            assert above.level < one.level
            assert one.path[:-STEP] == above.path


def test_the_editions_share_no_path(country: actions.Loaded) -> None:
    old, new = (set(queries.roots(on).values_list("path", flat=True)) for on in (KNOWN_SINCE, MERGED))
    assert old.isdisjoint(new)


def test_codes_stand_in_order_under_each_place(country: actions.Loaded) -> None:
    below: dict[int | None, list[str]] = {}
    for parent, code in queries.tree(TODAY).values_list("parent_id", "code"):
        below.setdefault(parent, []).append(code)
    assert all(codes == sorted(codes) for codes in below.values())


def test_the_first_day_of_old_units_is_not_called_their_founding(country: actions.Loaded) -> None:
    old = queries.tree(date(2023, 6, 1))
    assert not old.filter(since_known=True).exists()
    assert not old.exclude(source__contains="mốc quy ước").exists()
    assert not queries.tree(TODAY).filter(since_known=False).exists()


def test_area_types_follow_from_the_kind_and_are_not_guessed_for_special_zones(country: actions.Loaded) -> None:
    for on in (KNOWN_SINCE, TODAY):
        told = Counter(queries.tree(on).filter(level=Level.COMMUNE).values_list("kind", "area_type"))
        assert set(told) <= {("xa", "rural"), ("phuong", "urban"), ("thi_tran", "urban"), ("dac_khu", "")}
    assert queries.tree(TODAY).filter(kind="dac_khu", area_type="").count() == 13
    assert not queries.tree(TODAY).filter(level=Level.PROVINCE).exclude(area_type="").exists()


def test_the_database_holds_one_unit_to_a_code_at_a_time(country: actions.Loaded) -> None:
    there = queries.find("01843", TODAY)
    assert there is not None
    there.pk, there.public_id, there.path = None, "x" * 12, there.path + "0001"
    there.valid_from = date(2026, 1, 1)
    with pytest.raises(IntegrityError):
        save_and_check(there)


@transaction.atomic
def save_and_check(place: Place) -> None:
    """PostgreSQL keeps the promise at the end of a transaction, or when it is asked."""
    place.save()
    connection.check_constraints()
