"""A commune that was split: no code tells where its villages went, a person assigns each."""

from __future__ import annotations

from datetime import date

import pytest

from tests.web.cast import Places
from vuonlen.accounts.models import Appointment, User
from vuonlen.accounts.rights import Role
from vuonlen.domain.problems import Refused
from vuonlen.journal.actions import Actor
from vuonlen.journal.models import Entry
from vuonlen.places import actions, queries
from vuonlen.places.models import Kind, Place, Share, Succession

pytestmark = pytest.mark.django_db
BY = Actor(None, "Vũ Thị Hạnh", "province_officer")
TODAY = date(2026, 11, 24)


@pytest.fixture
def split(places: Places) -> Place:
    """Xã Nông Thượng as if it had gone in parts to two units, with two villages that nobody has assigned."""
    old = places.nong_thuong
    Succession.objects.filter(predecessor=old).update(whole=False, share=Share.PART)
    on = old.valid_to
    assert on is not None
    Succession.objects.create(predecessor=old, successor=places.new["01849"], whole=False, share=Share.PART, on=on)
    for name in ("Thôn Nà Bản", "Thôn Khuổi Cuồng"):
        actions.add_village(commune=old, name=name, kind=Kind.VILLAGE, by=BY)
    return old


def waiting(commune: Place) -> list[Place]:
    return list(Place.objects.filter(parent=commune, successions__isnull=True).order_by("path"))


def assign(village: Place, successor: Place, name: str = "", reason: str = "NQ 1683") -> Place:
    return actions.assign_village(village=village, successor=successor, by=BY, reason=reason, name=name)


def test_the_commune_and_its_villages_wait(split: Place) -> None:
    assert set(queries.unassigned()) == {split, *waiting(split)}
    assert queries.became(split, TODAY).place is None
    assert queries.became(waiting(split)[0], TODAY).places == ()


def test_an_assigned_village_goes_on_wholly(split: Place, places: Places) -> None:
    first, second = waiting(split)
    after = assign(first, places.new["01849"])
    assert (after.name, after.parent, after.code) == ("Thôn Nà Bản", places.new["01849"], "01849-03")
    assert after.area_type == "rural"
    assert queries.became(first, TODAY) == queries.Became((after,), whole=True)
    assert set(queries.unassigned()) == {split, second}
    entry = Entry.objects.get(act="places.assign_village")
    assert (entry.chain.key, entry.object_id, entry.reason) == (split.key, first.public_id, "NQ 1683")
    assert (entry.actor, entry.role) == ("Vũ Thị Hạnh", "province_officer")


def test_a_village_is_assigned_once(split: Place, places: Places) -> None:
    (first, _) = waiting(split)
    assign(first, places.new["01849"])
    with pytest.raises(Refused) as refused:
        assign(first, places.bac_kan)
    assert [one.code for one in refused.value.problems] == ["PL-ASSIGNED"]


def test_only_a_successor_can_be_chosen(split: Place, places: Places) -> None:
    for other in (places.duc_xuan, places.far_commune, split, places.province):
        with pytest.raises(Refused) as refused:
            assign(waiting(split)[0], other)
        assert [one.code for one in refused.value.problems] == ["PL-NOT-CANDIDATE"]


def test_a_unit_that_took_only_land_cannot_be_chosen(split: Place, places: Places) -> None:
    Succession.objects.filter(predecessor=split, successor=places.new["01849"]).update(share=Share.LAND)
    with pytest.raises(Refused):
        assign(waiting(split)[0], places.new["01849"])


def test_a_name_that_is_taken_is_refused_and_may_be_changed(split: Place, places: Places) -> None:
    first = waiting(split)[0]
    actions.add_village(commune=places.bac_kan, name="Thôn Nà Bản", kind=Kind.VILLAGE, by=BY)
    with pytest.raises(Refused) as refused:
        assign(first, places.bac_kan)
    assert [one.code for one in refused.value.problems] == ["PL-VILLAGE-TWICE"]
    assert not first.successions.exists()
    assert assign(first, places.bac_kan, name="Tổ Nà Bản 2").name == "Tổ Nà Bản 2"


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_reason_is_asked_for(split: Place, places: Places, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        assign(waiting(split)[0], places.bac_kan, reason=reason)
    assert [one.code for one in refused.value.problems] == ["PL-REASON"]


def test_a_wrong_assignment_is_withdrawn(split: Place, places: Places) -> None:
    first = waiting(split)[0]
    after = assign(first, places.bac_kan)
    actions.withdraw_assignment(village=first, by=BY, reason="nhầm thôn")
    assert not Place.objects.filter(pk=after.pk).exists()
    assert first in waiting(split)
    assert Entry.objects.filter(act="places.withdraw_assignment", object_id=first.public_id).exists()
    with pytest.raises(Refused) as refused:
        actions.withdraw_assignment(village=first, by=BY, reason="nhầm thôn")
    assert [one.code for one in refused.value.problems] == ["PL-NOT-ASSIGNED"]


def test_it_is_not_withdrawn_from_under_what_stands_there(split: Place, places: Places) -> None:
    first = waiting(split)[0]
    after = assign(first, places.bac_kan)
    user = User.objects.create(username="truong_thon", full_name="Triệu Thị Lan")
    Appointment.objects.create(user=user, role=Role.VILLAGE_HEAD, place=after, valid_from=after.valid_from)
    with pytest.raises(Refused) as refused:
        actions.withdraw_assignment(village=first, by=BY, reason="nhầm thôn")
    assert [one.code for one in refused.value.problems] == ["PL-IN-USE"]
    assert queries.became(first, TODAY).place == after
