"""Villages: added, ended, carried into the unit that their commune became."""

from __future__ import annotations

from datetime import date

import pytest

from tests.web.cast import Places
from vuonlen.domain.problems import Refused
from vuonlen.foundation.paths import STEP
from vuonlen.journal.actions import Actor
from vuonlen.journal.models import Entry
from vuonlen.places import actions, queries
from vuonlen.places.models import Kind, Level, Place, Succession

pytestmark = pytest.mark.django_db
BY = Actor(None, "Vũ Thị Hạnh", "province_officer")
TODAY, MERGED = date(2026, 11, 24), date(2025, 7, 1)


def added(commune: Place, name: str, **more: object) -> Place:
    told = {"kind": Kind.VILLAGE, "by": BY, "source": "NQ 15/2026"} | more
    return actions.add_village(commune=commune, name=name, **told)  # type: ignore[arg-type]


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(one.code, one.cell) for one in refused.value.problems]


def test_a_village_gets_the_next_code_and_the_period_of_its_commune(places: Places) -> None:
    village = added(places.bac_kan, "  Thôn  Nà Pèn ")
    assert (village.name, village.level, village.code) == ("Thôn Nà Pèn", Level.VILLAGE, "01843-09")
    assert (village.valid_from, village.valid_to) == (MERGED, None)
    assert village.area_type == "urban"
    assert village.path[:-STEP] == places.bac_kan.path
    assert added(places.bac_kan, "Tổ 21", kind="to").code == "01843-10"
    entry = Entry.objects.filter(act="places.add_village").first()
    assert entry is not None
    assert (entry.chain.key, entry.object_id) == (places.bac_kan.key, village.public_id)


def test_a_village_of_an_old_commune_ends_with_it(places: Places) -> None:
    village = added(places.nong_thuong, "Thôn Khuổi Cuồng")
    assert (village.valid_from, village.valid_to) == (places.nong_thuong.valid_from, MERGED)
    assert not village.holds(TODAY)


def test_codes_are_not_used_again_under_the_same_number(places: Places) -> None:
    """01843 was another unit: its villages' numbers are passed over too."""
    old = added(places.old["01843"], "Tổ 9")
    new = added(places.bac_kan, "Tổ 99")
    assert old.code != new.code


@pytest.mark.parametrize("name", ["thôn nà pèn", "Thôn Na Pen", "THÔN  NÀ PÈN", "Thôn Nà Pe\u0300n"])
def test_a_name_is_used_once_at_a_time(places: Places, name: str) -> None:
    added(places.bac_kan, "Thôn Nà Pèn")
    with pytest.raises(Refused) as refused:
        added(places.bac_kan, name)
    assert codes(refused) == [("PL-VILLAGE-TWICE", "name")]
    assert added(places.duc_xuan, name).name_folded == "thon na pen"


def test_a_name_is_free_again_when_its_village_has_ended(places: Places) -> None:
    first = added(places.bac_kan, "Thôn Nà Pèn")
    actions.end_place(place=first, on=date(2026, 1, 1), by=BY, reason="NQ 20/2025")
    second = added(places.bac_kan, "Thôn Nà Pèn", valid_from=date(2026, 1, 1))
    assert queries.find(second.code, TODAY, Level.VILLAGE) == second
    with pytest.raises(Refused):
        added(places.bac_kan, "Thôn Nà Pèn", valid_from=date(2025, 12, 1))


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"name": ""}, ("PL-VILLAGE-NAME", "name")),
        ({"name": " \u200b "}, ("PL-VILLAGE-NAME", "name")),
        ({"name": "…"}, ("PL-VILLAGE-NAME", "name")),
        ({"name": "T" * 121}, ("PL-VILLAGE-NAME", "name")),
        ({"kind": "xa"}, ("PL-VILLAGE-KIND", "kind")),
        ({"kind": "';--"}, ("PL-VILLAGE-KIND", "kind")),
        ({"valid_from": date(2025, 6, 30)}, ("PL-PERIOD", "valid_from")),
        ({"valid_from": date(2026, 1, 1), "valid_to": date(2026, 1, 1)}, ("PL-PERIOD", "valid_from")),
        ({"valid_to": date(2025, 7, 1)}, ("PL-PERIOD", "valid_from")),
    ],
)
def test_bad_input_is_refused_at_its_field(places: Places, told: dict[str, object], fault: tuple[str, str]) -> None:
    before = [Place.objects.count(), Entry.objects.count()]
    with pytest.raises(Refused) as refused:
        added(places.bac_kan, **({"name": "Thôn Nà Pèn"} | told))  # type: ignore[arg-type]
    assert codes(refused) == [fault]
    assert [Place.objects.count(), Entry.objects.count()] == before


def test_only_communes_have_villages(places: Places) -> None:
    for commune in (places.province, places.new_villages["01843"][0]):
        with pytest.raises(Refused) as refused:
            added(commune, "Thôn Nà Pèn")
        assert codes(refused) == [("PL-VILLAGE-PARENT", "commune")]


def test_a_place_is_ended_once_and_after_what_is_under_it(places: Places) -> None:
    village = added(places.far_commune, "Tổ 2")
    day = date(2026, 3, 1)
    with pytest.raises(Refused) as refused:
        actions.end_place(place=places.far_commune, on=day, by=BY, reason="NQ 3/2026")
    assert codes(refused) == [("PL-HAS-CHILDREN", "on")]
    ended = actions.end_place(place=village, on=day, by=BY, reason="NQ 3/2026")
    assert not ended.holds(day)
    with pytest.raises(Refused) as refused:
        actions.end_place(place=village, on=date(2026, 4, 1), by=BY, reason="NQ 3/2026")
    assert codes(refused) == [("PL-ENDED", "on")]


@pytest.mark.parametrize(("on", "reason", "code"), [(MERGED, "NQ", "PL-PERIOD"), (TODAY, "  ", "PL-REASON")])
def test_an_end_needs_a_day_within_and_a_reason(places: Places, on: date, reason: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.end_place(place=places.new_villages["01843"][0], on=on, by=BY, reason=reason)
    assert refused.value.problems[0].code == code


def test_villages_merge_within_a_commune(places: Places) -> None:
    one, two = (added(places.bac_kan, name) for name in ("Tổ 30", "Tổ 31"))
    ended = actions.end_place(place=one, on=date(2026, 1, 1), by=BY, reason="NQ 20/2025", into=two)
    assert queries.became(ended, TODAY).place == two
    assert queries.became(ended, date(2025, 12, 31)).place == one


def test_villages_are_carried_into_the_unit_that_the_commune_became(places: Places) -> None:
    old, new = places.old["01846"], places.duc_xuan  # the cast's villages have gone on already
    fresh = [added(old, "Thôn Khuổi Lặng"), added(old, "Thôn Phiêng My")]
    made = actions.carry_villages(old=old, new=new, by=BY, reason="NQ 1683")
    assert [one.name for one in made] == [one.name for one in fresh]
    assert [queries.became(one, TODAY).place for one in fresh] == made
    assert all(one.parent == new and one.area_type == "urban" and one.holds(MERGED) for one in made)
    assert actions.carry_villages(old=old, new=new, by=BY, reason="NQ 1683") == []
    assert Entry.objects.filter(act="places.carry_village", chain__key=new.key).count() == 2


def test_names_that_are_taken_are_refused_all_at_once(places: Places) -> None:
    """Tổ 1 of two wards that became one: nobody guesses new names."""
    old, new = places.old["01846"], places.duc_xuan
    for name in ("Tổ 1", "Tổ 2"):
        added(old, name)
        added(new, name)
    before = [Place.objects.count(), Succession.objects.count()]
    with pytest.raises(Refused) as refused:
        actions.carry_villages(old=old, new=new, by=BY, reason="NQ 1683")
    assert [one.code for one in refused.value.problems] == ["PL-VILLAGE-TWICE"] * 2
    assert [Place.objects.count(), Succession.objects.count()] == before
    names = {"01846-03": "Tổ 1 Huyền Tụng", "01846-04": "Tổ 2 Huyền Tụng"}
    made = actions.carry_villages(old=old, new=new, by=BY, reason="NQ 1683", names=names)
    assert [one.name for one in made] == list(names.values())


def test_villages_are_not_carried_where_the_commune_did_not_go(places: Places) -> None:
    with pytest.raises(Refused) as refused:
        actions.carry_villages(old=places.nong_thuong, new=places.duc_xuan, by=BY, reason="NQ 1683")
    assert [one.code for one in refused.value.problems] == ["PL-NO-SUCCESSION"]
