"""The gateway to rows of an area: what each role reaches, and that everything else is denied."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.web.cast import MERGED, Cast, Places, appoint
from vuonlen.accounts import scope as gateway
from vuonlen.accounts.models import Appointment, User
from vuonlen.accounts.reaching import reached
from vuonlen.accounts.rights import Right, Role
from vuonlen.accounts.scope import actor, forget, may, remembering, rights, scope, scope_any
from vuonlen.places.models import Place, Succession
from vuonlen.places.queries import reach

pytestmark = pytest.mark.django_db

READ = Right.READ_HOUSEHOLDS


def seen(user: User, right: Right = READ) -> set[int]:
    return set(scope(user, right).of(Place.objects.all(), "path").values_list("pk", flat=True))


def test_an_officer_reaches_the_ward_its_villages_and_the_units_it_came_from(cast: Cast) -> None:
    places = cast.places
    merged = [places.old[code] for code in ("01837", "01843", "01852", "01855")]
    expected = [places.bac_kan, *places.new_villages["01843"], *merged]
    expected += [village for one in merged for village in places.villages[one.code]]
    assert seen(cast.officer) == {one.pk for one in expected}


def test_a_sibling_a_parent_and_another_province_are_out_of_reach(cast: Cast) -> None:
    places = cast.places
    for place in (places.duc_xuan, places.province, places.far_commune, places.old["01840"], places.city):
        assert not may(cast.officer, READ, place.path)


def test_a_code_that_was_reused_opens_only_the_area_it_means_in_its_period(cast: Cast) -> None:
    """01840 was the old Đức Xuân and is the new ward; the old 01843 went into the new 01843, not the old 01840."""
    assert may(cast.neighbour, READ, cast.places.old["01840"].path)
    assert not may(cast.neighbour, READ, cast.places.old["01843"].path)
    assert may(cast.officer, READ, cast.places.old["01843"].path)


def test_a_village_head_reaches_one_village_and_what_it_was(cast: Cast) -> None:
    mine = cast.places.new_villages["01843"][0]
    before = Succession.objects.get(successor=mine).predecessor
    assert seen(cast.village_head) == {mine.pk, before.pk}


def test_a_path_that_only_begins_with_the_same_digits_is_another_place(places: Places) -> None:
    """Levels have a fixed width, so no path of a place begins another unless it lies above it."""
    paths = list(Place.objects.values_list("path", flat=True))
    for one in paths:
        assert len(one) % 4 == 0
        below = {other for other in paths if other.startswith(one)}
        assert below == {other for other in paths if other[: len(one)] == one}


def test_a_province_reaches_the_former_province_that_went_into_it(cast: Cast) -> None:
    assert may(cast.province_officer, READ, cast.places.nong_thuong.path)
    assert not may(cast.far_approver, READ, cast.places.nong_thuong.path)


@pytest.mark.parametrize(("since", "until"), [(-30, 0), (-30, -1), (1, None), (5, 9), (0, 0)])
def test_a_role_that_ended_or_has_not_begun_gives_nothing(cast: Cast, since: int, until: int | None) -> None:
    today = timezone.localdate()
    end = None if until is None else today + timedelta(days=until)
    appoint(cast.nobody, Role.COMMUNE_OFFICER, cast.places.bac_kan, today + timedelta(days=since), end)
    assert not scope(cast.nobody, READ)
    assert rights(cast.nobody) == frozenset()
    assert seen(cast.nobody) == set()


def test_a_role_holds_from_its_first_day_to_the_day_before_its_end(cast: Cast) -> None:
    today = timezone.localdate()
    appoint(cast.nobody, Role.COMMUNE_OFFICER, cast.places.bac_kan, today, today + timedelta(days=1))
    assert scope(cast.nobody, READ)
    assert not scope(cast.nobody, READ, on=today + timedelta(days=1))
    assert not scope(cast.nobody, READ, on=today - timedelta(days=1))


def test_two_roles_open_two_areas_but_each_only_its_own_rights(cast: Cast) -> None:
    appoint(cast.officer, Role.INSPECTOR, cast.places.far_commune)
    assert may(cast.officer, READ, cast.places.far_commune.path)
    assert not may(cast.officer, Right.EDIT_HOUSEHOLDS, cast.places.far_commune.path)
    assert may(cast.officer, Right.EDIT_HOUSEHOLDS, cast.places.bac_kan.path)
    assert Right.EDIT_HOUSEHOLDS not in rights(cast.officer, cast.places.far_commune.path)


def test_nothing_is_open_to_nobody(cast: Cast) -> None:
    assert seen(cast.nobody) == set()
    assert not scope(AnonymousUser(), READ)
    assert scope(AnonymousUser(), READ).of(Place.objects.all(), "path").count() == 0


def test_a_superuser_has_no_right_that_was_not_given(cast: Cast) -> None:
    cast.nobody.is_superuser = cast.nobody.is_staff = True
    cast.nobody.save()
    assert rights(cast.nobody) == frozenset()
    assert seen(cast.nobody) == set()


@pytest.mark.parametrize("change", [{"is_active": False}, {"left_on": MERGED}])
def test_a_closed_account_reaches_nothing(cast: Cast, change: dict[str, object]) -> None:
    User.objects.filter(pk=cast.officer.pk).update(**change)
    assert seen(User.objects.get(pk=cast.officer.pk)) == set()


def test_the_administrator_and_the_bank_read_no_list_of_households(cast: Cast) -> None:
    assert not scope(cast.administrator, READ)
    assert not scope_any(cast.administrator, {READ, Right.LOOK_UP_HOUSEHOLD})
    assert not scope(cast.bank, READ)
    assert scope(cast.bank, Right.LOOK_UP_HOUSEHOLD)


def test_the_journal_names_the_role_that_gives_the_authority(cast: Cast) -> None:
    appoint(cast.chair, Role.COMMUNE_OFFICER, cast.places.bac_kan)
    path = cast.places.bac_kan.path
    assert actor(cast.chair, path, Right.APPROVE_REGISTER).role == "commune_chair"
    assert actor(cast.chair, path, Right.EDIT_HOUSEHOLDS).role == "commune_officer"
    assert actor(cast.chair, cast.places.duc_xuan.path).role == ""


def test_roles_cost_two_queries_in_a_request_however_often_they_are_asked(cast: Cast) -> None:
    with remembering(), CaptureQueriesContext(connection) as asked:
        for right in Right:
            scope(cast.province_officer, right)
            may(cast.province_officer, right, cast.places.bac_kan.path)
        rights(cast.province_officer)
        actor(cast.province_officer, cast.places.bac_kan.path)
    assert len(asked) == 2


def test_what_is_remembered_ends_with_the_request_and_can_be_forgotten(cast: Cast) -> None:
    with remembering():
        assert scope(cast.officer, READ)
        Appointment.objects.filter(user=cast.officer).delete()
        assert scope(cast.officer, READ)
        forget()
        assert not scope(cast.officer, READ)
        appoint(cast.officer, Role.COMMUNE_OFFICER, cast.places.bac_kan)
    assert scope(cast.officer, READ)
    assert gateway._remembered.get() is None


def test_one_query_finds_what_following_the_successions_finds(places: Places) -> None:
    every = list(Place.objects.all())
    together = reached([one.pk for one in every])
    assert {one.pk: set(together[one.pk]) for one in every} == {one.pk: reach([one]) for one in every}


def test_a_chain_of_successions_is_followed_and_a_ring_ends(places: Places) -> None:
    first, second, third = places.old["01834"], places.new["01840"], places.far_commune
    Succession.objects.create(predecessor=second, successor=third, whole=False, share="part", on=MERGED)
    Succession.objects.create(predecessor=third, successor=first, whole=False, share="part", on=MERGED)
    assert {first.path, second.path, third.path} <= reached([third.pk])[third.pk]


def test_land_without_people_brings_no_household(places: Places) -> None:
    Succession.objects.create(
        predecessor=places.duc_xuan, successor=places.far_commune, whole=False, share="land", on=MERGED
    )
    assert reached([places.far_commune.pk])[places.far_commune.pk] == {places.far_commune.path}
    assert reached([]) == {}
