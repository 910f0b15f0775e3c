"""The time line of a household: each thing as periods, through the merger of its commune."""

from __future__ import annotations

from datetime import date

import pytest

from tests.registry.asking import url
from tests.registry.making import BEGAN, again, classify, do, family, household, person
from tests.web.cast import MERGED, Cast
from vuonlen.domain.poverty import Status
from vuonlen.places.models import Succession
from vuonlen.registry import mergers
from vuonlen.registry.models import Household
from vuonlen.registry.telling.timeline import Bar, timeline
from vuonlen.registry.verbs.heads import change_head
from vuonlen.registry.verbs.members import mark_deceased

pytestmark = pytest.mark.django_db

RURAL = Bar(BEGAN, MERGED, "nông thôn")
URBAN = Bar(MERGED, None, "thành thị")
HERE = "Thôn Nà Kham, Xã Nông Thượng"


def lane(home: Household, label: str) -> list[tuple[date, date | None, str]]:
    found = next(one for one in timeline(home).lanes if one.label == label)
    return [(bar.since, bar.until, bar.words) for bar in found.bars]


@pytest.mark.parametrize("carried", [False, True])
def test_the_area_changes_with_the_merger(cast: Cast, carried: bool) -> None:
    home = household(cast)
    if carried:
        mergers.carry(commune=cast.places.nong_thuong, by=cast.province_officer, reason="NQ 1683")
    line = timeline(again(home))
    assert line.areas == (RURAL, URBAN)
    assert line.area_before(date(2026, 1, 1)) == RURAL
    assert line.area_before(date(2024, 1, 1)) is None


def test_the_page_tells_the_area_of_the_day_and_the_one_before(cast: Cast) -> None:
    client, address = cast.client("officer"), url("household", household(cast))
    assert "trước 01/07/2025: nông thôn" in client.get(address).content.decode()
    assert "trước 01/07/2025" not in client.get(address, {"ngay": "31/12/2024"}).content.decode()


def test_a_stay_goes_on_under_the_name_of_what_its_unit_became(cast: Cast) -> None:
    home = household(cast)
    went = Succession.objects.get(predecessor=cast.places.villages["01852"][0]).successor
    assert lane(home, "Nơi ở") == [(BEGAN, MERGED, HERE), (MERGED, None, f"{went.name}, Phường Bắc Kạn")]


def test_of_a_village_that_nobody_carried_over_the_commune_is_known(cast: Cast) -> None:
    home = household(cast)
    Succession.objects.filter(predecessor=cast.places.villages["01852"][0]).delete()
    assert lane(home, "Nơi ở")[1:] == [(MERGED, None, "Phường Bắc Kạn, Tỉnh Thái Nguyên")]
    assert timeline(home).areas == (RURAL, URBAN)
    shown = cast.client("officer").get(url("household", home)).content.decode()
    assert "Phường Bắc Kạn, Tỉnh Thái Nguyên" in shown
    assert "thôn, tổ dân phố" in shown.split('id="con-thieu"')[1].split("</section>")[0]


def test_where_a_split_commune_went_nobody_says_until_it_is_assigned(cast: Cast) -> None:
    home = household(cast)
    Succession.objects.filter(predecessor=cast.places.villages["01852"][0]).delete()
    link = Succession.objects.get(predecessor=cast.places.nong_thuong)
    Succession.objects.create(
        predecessor=cast.places.nong_thuong, successor=cast.places.duc_xuan, whole=False, on=link.on
    )
    Succession.objects.filter(pk=link.pk).update(whole=False)
    assert lane(home, "Nơi ở")[1:] == [(MERGED, None, "chưa phân về đơn vị mới")]
    assert timeline(home).areas == (RURAL,)


def test_class_head_and_members_are_periods(cast: Cast) -> None:
    home = family(cast)
    classify(home, Status.POOR, date(2023, 12, 31))
    classify(home, Status.NEAR_POOR, date(2024, 12, 31), number="9/QĐ")
    do(change_head, home, cast.officer, on=date(2024, 2, 1), person=person(home, "Bình"))
    do(mark_deceased, home, cast.officer, on=date(2024, 3, 1), person=person(home, "An"))
    assert lane(home, "Phân loại") == [
        (date(2023, 12, 31), date(2024, 12, 31), "Hộ nghèo"),
        (date(2024, 12, 31), None, "Hộ cận nghèo"),
    ]
    assert lane(home, "Chủ hộ") == [
        (BEGAN, date(2024, 2, 1), "Nông Văn An"),
        (date(2024, 2, 1), None, "Hoàng Thị Bình"),
    ]
    assert lane(home, "Nông Văn An") == [(BEGAN, date(2024, 3, 1), "Nông Văn An")]
    told = [(one.day, one.words) for one in timeline(home).events]
    assert (date(2024, 3, 1), "Nông Văn An mất") in told
    assert (MERGED, "Khu vực: thành thị") in told
