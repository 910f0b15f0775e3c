"""What a place became and came from, for every unit of the country."""

from __future__ import annotations

from datetime import date

import pytest

from vuonlen.domain.poverty import AreaType
from vuonlen.foundation.paths import STEP
from vuonlen.places import actions, queries
from vuonlen.places.models import Level, Place, Share, Succession

pytestmark = pytest.mark.django_db
THEN, TODAY = date(2023, 6, 1), date(2026, 11, 24)


def old(code: str, level: Level = Level.COMMUNE) -> Place:
    found = queries.find(code, THEN, level)
    assert found is not None
    return found


def test_every_old_commune_went_somewhere(country: actions.Loaded) -> None:
    communes = list(queries.tree(THEN).filter(level=Level.COMMUNE))
    became = queries.became_many(communes, TODAY)
    assert len(became) == 10_035
    assert all(one.places for one in became.values())
    split = [one for one in became.values() if not one.whole]
    assert all(one.place is None and len(one.places) > 1 for one in split)
    assert len(split) == 471


def test_every_new_commune_came_from_something(country: actions.Loaded) -> None:
    came = set(Succession.objects.values_list("successor_id", flat=True))
    assert not [one for one in queries.tree(TODAY) if one.pk not in came]


def test_many_are_answered_as_one_is(country: actions.Loaded) -> None:
    some = list(queries.tree(THEN).filter(level=Level.COMMUNE)[::700])
    assert {one.pk: queries.became(one, TODAY) for one in some} == queries.became_many(some, TODAY)


def test_successors_lie_in_the_province_that_took_the_old_one(country: actions.Loaded) -> None:
    provinces = {one.path: queries.became(one, TODAY).place for one in queries.roots(THEN)}
    assert len(set(provinces.values())) == 34
    for link in Succession.objects.exclude(predecessor__level=Level.PROVINCE).select_related(
        "predecessor", "successor"
    ):
        above = provinces[link.predecessor.path[:STEP]]
        assert above is not None
        assert link.successor.path.startswith(above.path)


def test_nong_thuong_is_urban_today(country: actions.Loaded) -> None:
    before = old("01852")
    after = queries.became(before, TODAY)
    assert (before.name, queries.area_type(before)) == ("Xã Nông Thượng", AreaType.RURAL)
    assert after.place is not None
    assert (after.place.code, after.place.name) == ("01843", "Phường Bắc Kạn")
    assert queries.area_type(after.place) == AreaType.URBAN
    assert after.place.parent is not None
    assert after.place.parent.name == "Tỉnh Thái Nguyên"


def test_a_reused_code_is_another_place(country: actions.Loaded) -> None:
    before, now = old("01843"), queries.find("01843", TODAY)
    assert now is not None
    assert before.pk != now.pk
    assert before.key == "01843@2021-01-01"
    assert now.key == "01843@2025-07-01"


def test_the_ward_tells_what_it_came_from(country: actions.Loaded) -> None:
    ward = queries.find("01843", TODAY)
    assert ward is not None
    assert [one.predecessor.code for one in queries.came_from(ward)] == ["01837", "01843", "01852", "01855"]
    assert queries.reach([ward]) == {ward.path, *(old(code).path for code in ("01837", "01843", "01852", "01855"))}


def test_a_split_commune_has_candidates_and_no_answer(country: actions.Loaded) -> None:
    """Phường Gia Sàng of Thái Nguyên city went in parts to two wards."""
    after = queries.became(old("05461"), TODAY)
    assert (after.whole, after.place) == (False, None)
    assert [one.code for one in after.places] == ["05443", "05467"]
    assert old("05461") in queries.unassigned()


def test_an_island_district_without_communes_became_a_special_zone(country: actions.Loaded) -> None:
    after = queries.became(old("536", Level.DISTRICT), TODAY)
    assert after.place is not None
    assert after.place.name == "Đặc khu Lý Sơn"
    assert queries.area_type(after.place) is None


def test_on_a_day_of_its_own_a_place_is_itself(country: actions.Loaded) -> None:
    before = old("01852")
    assert queries.became(before, THEN).place == before
    ward = queries.became(before, TODAY).place
    assert ward is not None
    assert queries.became(ward, THEN) == queries.Became((), whole=False)  # it had not begun


def test_land_without_people_leads_nowhere(country: actions.Loaded) -> None:
    """A unit that took only land of another neither becomes its home nor sees its households."""
    before = old("05461")
    land, rest = Succession.objects.filter(predecessor=before).order_by("successor__code")
    Succession.objects.filter(pk=land.pk).update(share=Share.LAND)
    Succession.objects.filter(pk=rest.pk).update(share=Share.PEOPLE, whole=True)
    assert queries.became(before, TODAY).place == rest.successor
    assert before.path not in queries.reach([land.successor])
    assert before.path in queries.reach([rest.successor])


def test_chains_of_changes_are_followed(country: actions.Loaded) -> None:
    before = old("01852")
    ward = queries.became(before, TODAY).place
    assert ward is not None
    Place.objects.filter(pk=ward.pk).update(valid_to=date(2026, 1, 1))
    later = Place.objects.create(
        code="01843", level=Level.COMMUNE, kind="phuong", name="Phường Mới", name_folded="phuong moi",
        parent=ward.parent, path=ward.path[:-STEP] + "0ZZZ", valid_from=date(2026, 1, 1), area_type="urban",
    )  # fmt: skip
    Succession.objects.create(predecessor=ward, successor=later, whole=True, on=date(2026, 1, 1))
    assert queries.became(before, TODAY).place == later
    assert queries.became(before, date(2025, 12, 31)).place == ward
