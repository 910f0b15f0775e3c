"""Households follow their commune when units merge."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from tests.registry.test_writing import add
from tests.web.cast import MERGED, Cast
from vuonlen.accounts import scope
from vuonlen.accounts.rights import Right
from vuonlen.journal.models import Entry
from vuonlen.places.models import Place, Succession
from vuonlen.registry import mergers
from vuonlen.registry.models import Act, Household, Residence
from vuonlen.registry.reversing import reverse

pytestmark = pytest.mark.django_db


def home_in(place: Place, code: str = "H1") -> Household:
    """A household that lives in a village since 2022."""
    commune = place.parent
    assert commune is not None
    home = add(commune, code)
    Residence.objects.filter(household=home).update(place=place, area_path=place.path)
    home = Household.objects.get(pk=home.pk)
    home.village, home.area_path = place, place.path
    home.save()
    return home


def stays(home: Household) -> list[tuple[str, date, date | None]]:
    rows = home.residences.order_by("valid_from").select_related("place")
    return [(one.place.name, one.valid_from, one.valid_to) for one in rows]


def test_a_household_goes_on_in_the_successor_of_its_village(cast: Cast) -> None:
    old, new = cast.places.villages["01852"][0], cast.places.new_villages["01843"]
    home = home_in(old)
    assert mergers.carry(commune=cast.places.nong_thuong, by=cast.province_officer, reason="NQ 1683") == 1
    target = Succession.objects.get(predecessor=old).successor
    assert target in new
    assert stays(home) == [(old.name, date(2022, 1, 1), MERGED), (target.name, MERGED, None)]
    home.refresh_from_db()
    assert (home.commune, home.village) == (cast.places.bac_kan, target)


def test_a_household_whose_village_is_not_known_goes_to_the_commune(cast: Cast) -> None:
    home = add(cast.places.nong_thuong)
    mergers.carry(commune=cast.places.nong_thuong, by=cast.province_officer)
    home.refresh_from_db()
    assert (home.commune, home.village) == (cast.places.bac_kan, None)


def test_carrying_twice_moves_nobody_twice(cast: Cast) -> None:
    home = home_in(cast.places.villages["01852"][0])
    mergers.carry(commune=cast.places.nong_thuong, by=cast.province_officer)
    before = stays(home)
    assert mergers.carry(commune=cast.places.nong_thuong, by=cast.province_officer) == 0
    assert stays(home) == before


def test_the_move_stands_in_the_journal_with_its_reason(cast: Cast) -> None:
    home = home_in(cast.places.villages["01852"][0])
    mergers.carry(commune=cast.places.nong_thuong, by=cast.province_officer, reason="NQ 1683")
    entry = Entry.objects.get(act="registry.carry")
    assert (entry.object_id, entry.reason, entry.actor_id) == (home.public_id, "NQ 1683", cast.province_officer.pk)


def test_who_does_not_manage_places_moves_nobody(cast: Cast) -> None:
    home = home_in(cast.places.villages["01852"][0])
    for name in ("officer", "chair", "far_officer", "nobody", "administrator"):
        with pytest.raises(PermissionDenied):
            mergers.carry(commune=cast.places.nong_thuong, by=getattr(cast, name))
    assert len(stays(home)) == 1


def test_households_of_a_split_commune_wait_for_a_person(cast: Cast) -> None:
    commune = cast.places.nong_thuong
    Succession.objects.filter(predecessor=commune).update(whole=False)
    Succession.objects.filter(predecessor__parent=commune).delete()
    home = home_in(cast.places.villages["01852"][0])
    assert mergers.carry(commune=commune, by=cast.province_officer) == 0
    assert list(mergers.waiting(cast.province_officer)) == [home]
    assert not mergers.waiting(cast.far_officer)
    place = cast.places.new_villages["01843"][1]
    mergers.assign(households=[home], place=place, by=cast.province_officer, reason="theo biên bản bàn giao")
    home.refresh_from_db()
    assert home.village == place
    assert not mergers.waiting(cast.province_officer)


def test_a_household_is_not_assigned_to_a_stranger_commune(cast: Cast) -> None:
    home = home_in(cast.places.villages["01852"][0])
    with pytest.raises(ValueError, match="H1"):
        mergers.assign(households=[home], place=cast.places.new["01849"], by=cast.province_officer, reason="nhầm")
    assert len(stays(home)) == 1


def test_the_officer_of_today_sees_the_household_before_and_after_it_is_carried(cast: Cast) -> None:
    home = home_in(cast.places.villages["01852"][0])
    area = scope.scope(cast.officer, Right.READ_HOUSEHOLDS)
    assert list(area.of(Household.objects.all())) == [home]
    mergers.carry(commune=cast.places.nong_thuong, by=cast.province_officer)
    assert list(area.of(Household.objects.all())) == [home]


def test_carrying_is_undone_like_any_act(cast: Cast) -> None:
    home = home_in(cast.places.villages["01852"][0])
    before = stays(home)
    mergers.carry(commune=cast.places.nong_thuong, by=cast.province_officer)
    reverse(act=Act.objects.get(verb="carry"), by=cast.province_officer, reason="nghị quyết được sửa")
    assert stays(home) == before
    home.refresh_from_db()
    assert home.commune == cast.places.nong_thuong
