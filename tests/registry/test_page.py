"""The page of a household: what it shows, to whom, and as of which day."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from tests.registry import making
from tests.registry.making import BEGAN, again, do, family, household, person
from tests.web.cast import Cast
from vuonlen.domain.poverty import Status
from vuonlen.registry.models import Household
from vuonlen.registry.verbs.heads import change_head
from vuonlen.registry.verbs.households import close_household
from vuonlen.registry.verbs.members import add_member, correct_member_state, mark_deceased

pytestmark = pytest.mark.django_db


def page(cast: Cast, home: Household, who: str = "officer", day: str = "") -> str:
    answer = cast.client(who).get(reverse("registry:household", args=[home.public_id]), {"ngay": day} if day else {})
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_shows_head_code_class_decision_and_place(cast: Cast) -> None:
    home = family(cast)
    making.classify(home)
    shown = page(cast, home)
    for words in ("Nông Văn An", "H1", "Hộ nghèo", "12/QĐ-UBND", "Thôn Nà Kham (Nông Thượng)", "thành thị"):
        assert words in shown


def test_on_an_earlier_day_it_shows_the_place_and_area_of_that_day(cast: Cast) -> None:
    shown = page(cast, family(cast), day="31/12/2023")
    assert "Đang xem hộ như vào ngày 31/12/2023" in shown
    assert "Xã Nông Thượng" in shown
    assert "nông thôn" in shown


def test_on_an_earlier_day_it_shows_the_members_of_that_day(cast: Cast) -> None:
    home = family(cast)
    do(mark_deceased, home, cast.officer, on=date(2025, 1, 10), person=person(home, "Bình"))
    members = page(cast, home).split('id="thanh-vien"')[1].split("</section>")[0]
    assert "Hoàng Thị Bình" not in members
    earlier = page(cast, home, day="09/01/2025").split('id="thanh-vien"')[1].split("</section>")[0]
    assert "Hoàng Thị Bình" in earlier


def test_a_day_before_the_household_says_so(cast: Cast) -> None:
    assert "Sổ chưa ghi gì về hộ này vào ngày đó" in page(cast, family(cast), day="01/01/2020")


@pytest.mark.parametrize("typed", ["31/02/2024", "hôm qua", "99999999999", "\u0661/\u0661/2024", "1/1/0001"])
def test_a_day_that_is_none_is_told_and_today_is_shown(cast: Cast, typed: str) -> None:
    answer = cast.client("officer").get(
        reverse("registry:household", args=[household(cast).public_id]), {"ngay": typed}
    )
    assert answer.status_code == 200


def test_id_numbers_are_masked(cast: Cast) -> None:
    shown = page(cast, family(cast))
    assert "0060******21" in shown
    assert making.AN.id_number not in shown


@pytest.mark.parametrize(
    ("who", "seen"), [("officer", True), ("chair", True), ("village_head", False), ("inspector", True)]
)
def test_ethnicity_is_for_those_with_the_right(cast: Cast, who: str, seen: bool) -> None:
    home = household(cast, place=cast.places.villages["01837"][0])  # of which the village head is head today
    assert ("Dân tộc" in page(cast, home, who)) is seen


@pytest.mark.parametrize(("who", "seen"), [("officer", True), ("province_officer", False)])
def test_health_is_for_those_with_the_right(cast: Cast, who: str, seen: bool) -> None:
    home = household(cast)
    do(correct_member_state, home, cast.officer, person=person(home, "An"), disability="vận động", insured=True)
    shown = page(cast, home, who)
    assert ("vận động" in shown) is seen
    assert ("BHYT" in shown) is seen


def test_health_is_hidden_in_the_history_too(cast: Cast) -> None:
    home = household(cast)
    do(correct_member_state, home, cast.officer, person=person(home, "An"), disability="vận động")
    do(correct_member_state, home, cast.officer, on=date(2024, 5, 1), person=person(home, "An"), disability="khiếm thị")
    assert "(không hiển thị)" in page(cast, home, "province_officer")
    assert "khiếm thị" not in page(cast, home, "province_officer")


@pytest.mark.parametrize("who", ["neighbour", "far_officer", "bank", "administrator", "nobody", "far_approver"])
def test_whoever_has_no_right_there_finds_nothing(cast: Cast, who: str) -> None:
    home = household(cast)
    url = reverse("registry:household", args=[home.public_id])
    assert cast.client(who).get(url).status_code == 404


def test_nobody_and_no_household_answer_alike(cast: Cast) -> None:
    client = cast.client("neighbour")
    theirs = client.get(reverse("registry:household", args=[household(cast).public_id]))
    none = client.get(reverse("registry:household", args=["2" * 12]))
    assert (theirs.status_code, none.status_code) == (404, 404)
    assert _without_tokens(theirs.content.decode()) == _without_tokens(none.content.decode())


def _without_tokens(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if "csrf" not in line and 'name="next"' not in line)


def test_the_history_tells_each_act_in_words_with_its_number_in_the_journal(cast: Cast) -> None:
    home = family(cast)
    do(change_head, home, cast.officer, person=person(home, "Bình"))
    history = page(cast, home).split('id="lich-su"')[1]
    assert "Đổi chủ hộ" in history
    assert f"{cast.places.nong_thuong.key} #4" in history
    assert "theo giấy tờ" in history
    assert cast.officer.full_name in history


def test_what_is_missing_is_listed_by_person(cast: Cast) -> None:
    gaps = page(cast, family(cast)).split('id="con-thieu"')[1].split("</section>")[0]
    assert "<strong>Nông Thị Chi</strong>: số định danh; tình trạng đi học; bảo hiểm y tế; dinh dưỡng" in gaps


def test_indicators_stand_by_year_with_unknown_apart(cast: Cast) -> None:
    home = family(cast)
    making.assess(home, date(2023, 12, 31), deprived="I01 I02", not_deprived="I03")
    making.assess(home, date(2024, 12, 31), deprived="I01", not_deprived="I02")
    table = page(cast, home).split('id="chi-so"')[1].split("</section>")[0]
    assert "31/12/2023" in table
    assert "31/12/2024" in table
    assert table.count("thiếu hụt</strong>") == 3
    assert table.count("<td>không</td>") == 2


def test_a_closed_household_says_since_when_and_why(cast: Cast) -> None:
    home = family(cast)
    do(close_household, home, cast.officer, on=date(2026, 2, 3), why="moved_away")
    shown = page(cast, home)
    assert "Hộ đã đóng từ ngày 03/02/2026: chuyển đi nơi khác." in shown
    assert "Mở lại hộ" in shown


def test_the_drawing_has_a_bar_for_each_class(cast: Cast) -> None:
    home = family(cast)
    making.classify(home, Status.POOR, date(2023, 12, 31))
    making.classify(home, Status.NEAR_POOR, date(2024, 12, 31), number="9/QĐ")
    drawn = page(cast, home).split("<svg viewBox")[1].split("</svg>")[0]
    assert drawn.count("bar-poor") == 1
    assert drawn.count("bar-near_poor") == 1


def test_whoever_only_reads_gets_no_verbs(cast: Cast) -> None:
    home = household(cast)
    assert reverse("registry:correct", args=[home.public_id]) not in page(cast, home, "inspector")
    assert reverse("registry:correct", args=[home.public_id]) in page(cast, home, "officer")


def test_older_acts_stand_on_further_pages(cast: Cast) -> None:
    home = household(cast)
    one = person(home, "An")
    for number in range(52):
        told = {"work": "employed" if number % 2 else "not_employed"}
        do(correct_member_state, home, cast.officer, on=BEGAN, person=one, **told)
    assert "truoc=" in page(cast, home)
    acts = again(home).acts.order_by("-id").values_list("pk", flat=True)
    url = reverse("registry:history", args=[home.public_id])
    answer = cast.client("officer").get(url, {"truoc": acts[49]})
    assert answer.content.decode().count("act-head") == 3


def test_two_of_one_name_are_missing_things_apart(cast: Cast) -> None:
    home = family(cast)
    do(add_member, home, cast.officer, facts=making.CHI, relation="Con", confirmed=True)
    gaps = page(cast, home).split('id="con-thieu"')[1].split("</section>")[0]
    assert gaps.count("<strong>Nông Thị Chi</strong>") == 2


def test_the_ends_of_the_years_it_knows_are_one_click_away(cast: Cast) -> None:
    days = page(cast, family(cast)).split('class="days"')[1].split("</ul>")[0]
    assert "?ngay=31/12/2023" in days
    assert "31/12/2022" not in days


def test_the_class_on_the_day_of_each_review_stands_above_its_indicators(cast: Cast) -> None:
    home = family(cast)
    making.assess(home, date(2023, 12, 31), deprived="I01", members=3, area_type="rural")
    making.assess(home, date(2024, 12, 31), deprived="I01")
    making.classify(home, Status.POOR, date(2024, 12, 31))
    table = page(cast, home).split('id="chi-so"')[1].split("</section>")[0]
    assert table.index("chưa phân loại") < table.index("Hộ nghèo") < table.index("nông thôn")
