"""Each household of the lists is consistent in itself, with its members, and from year to year."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from tests.demo.lists import (
    ABOVE,
    AREA,
    INCOME,
    NEAR,
    POOR,
    SCORE_A,
    SCORE_B,
    DemoList,
    Row,
    by_income,
    by_score,
    indicators,
)

Lists = dict[int, DemoList]
every_year = pytest.mark.parametrize("year", (2021, 2022, 2023, 2026))


def age(person: Row, year: int) -> int:
    born: date = person["Ngày sinh"]
    return year - born.year


@every_year
def test_the_member_rows_are_as_many_as_the_household_says(lists: Lists, year: int) -> None:
    said = {row["Mã hộ"]: row["Số nhân khẩu"] for row in lists[year].households}
    assert said == {name: len(rows) for name, rows in lists[year].members.items()}


@every_year
def test_the_head_is_the_first_member_with_the_same_number(lists: Lists, year: int) -> None:
    for row in lists[year].households:
        head, *others = lists[year].members[row["Mã hộ"]]
        assert head["Quan hệ với chủ hộ"] == "Chủ hộ"
        assert (head["Họ và tên"], head["Số CCCD"]) == (row["Họ tên chủ hộ"], row["Số CCCD chủ hộ"])
        assert all(one["Quan hệ với chủ hộ"] != "Chủ hộ" for one in others)
        assert age(head, year) >= 18


@every_year
def test_children_are_counted_from_the_members_ages(lists: Lists, year: int) -> None:
    for row in lists[year].households:
        children = [one for one in lists[year].members[row["Mã hộ"]] if age(one, year) < 16]
        assert row["Số trẻ em dưới 16 tuổi"] == len(children)
        assert row["Số trẻ em không có BHYT"] == sum(one["Có BHYT"] == "Không" for one in children)
        assert row["Số trẻ em suy dinh dưỡng"] == sum(one["Suy dinh dưỡng"] == "Có" for one in children)
        assert row["Số trẻ em không đi học"] == sum(one["Đang đi học"] == "Không" for one in children)


@every_year
def test_deprivations_that_concern_members_have_a_member(lists: Lists, year: int) -> None:
    for row in lists[year].households:
        members = lists[year].members[row["Mã hộ"]]
        lacks = {heading[:3] for heading, value in row.items() if heading[0] == "I" and value == 1}
        blank = {heading[:3] for heading, value in row.items() if heading[0] == "I" and value == ""}
        uninsured = any(one["Có BHYT"] == "Không" and age(one, year) >= 6 for one in members)
        assert "I04" in blank or uninsured == ("I04" in lacks)
        assert "I03" in blank or bool(row["Số trẻ em suy dinh dưỡng"]) == ("I03" in lacks)
        assert "I06" in blank or bool(row["Số trẻ em không đi học"]) == ("I06" in lacks)
        assert "I05" not in lacks or any(16 <= age(one, year) <= 30 for one in members)
        assert "I01" not in lacks or any(16 <= age(one, year) < 60 for one in members)
        assert "I01" not in lacks or row["Hộ không có khả năng lao động"] == 0


@every_year
def test_dependants_agree_with_the_members(lists: Lists, year: int) -> None:
    """More than half of the members, elders with an allowance among them."""
    for row in lists[year].households:
        members = lists[year].members[row["Mã hộ"]]
        children = sum(age(one, year) < 16 for one in members)
        elders = sum(age(one, year) >= 60 for one in members)
        if row["I02 Người phụ thuộc trong hộ gia đình"] == 1:
            assert 2 * (children + elders) > len(members), row["Mã hộ"]
        else:
            assert 2 * children <= len(members), row["Mã hộ"]


@every_year
def test_brothers_and_sisters_are_nine_months_apart(lists: Lists, year: int) -> None:
    for members in lists[year].members.values():
        born = sorted(one["Ngày sinh"] for one in members if one["Quan hệ với chủ hộ"] == "Con")
        assert all((later - earlier).days >= 270 for earlier, later in pairwise(born)), members


@every_year
def test_income_and_score_give_the_same_side_of_the_line(lists: Lists, year: int) -> None:
    scored = [row for row in lists[year].households if by_score(row) is not None]
    assert len(scored) > 400
    assert [row["Mã hộ"] for row in scored if by_income(row) not in (None, by_score(row))] == []


@every_year
def test_the_deprivation_score_is_ten_for_each_deprivation(lists: Lists, year: int) -> None:
    for row in lists[year].households:
        assert (row[SCORE_A] == "") == (row[SCORE_B] == "")
        assert row[SCORE_B] in ("", 10 * indicators(row).count(1))


def test_every_poor_and_near_poor_household_was_scored(lists: Lists) -> None:
    low = lists[2023].of(POOR) | lists[2023].of(NEAR)
    assert all(row[SCORE_A] != "" for row in lists[2023].households if row["Mã hộ"] in low)


@pytest.mark.parametrize("year", (2022, 2023))
def test_some_answers_are_blank_in_each_class(lists: Lists, year: int) -> None:
    listed = lists[year]
    blank = Counter(listed.classes[row["Mã hộ"]] for row in listed.households if "" in indicators(row))
    assert set(blank) == {POOR, NEAR, ABOVE}
    assert 24 <= sum(blank.values()) <= 80
    assert any(row[INCOME] == "" for row in listed.households)


def test_causes_stand_with_the_poor_and_near_poor_only(lists: Lists) -> None:
    for row in lists[2023].households:
        causes = [value for heading, value in row.items() if heading[0] == "C" and heading[1:2].isdigit()]
        assert len(causes) == 8
        if lists[2023].classes[row["Mã hộ"]] == ABOVE:
            assert set(causes) == {""}
        else:
            assert 1 in causes
            assert set(causes) <= {0, 1}


@every_year
def test_ids_and_personal_numbers_are_unique_and_well_formed(lists: Lists, year: int) -> None:
    persons = [one for rows in lists[year].members.values() for one in rows]
    numbers = [one["Số CCCD"] for one in persons]
    assert len(set(numbers)) == len(numbers)
    assert len({row["Mã hộ"] for row in lists[year].households}) == len(lists[year].households)
    for one in persons:
        born: date = one["Ngày sinh"]
        digit = 2 * (born.year // 100 - 19) + (one["Giới tính"] == "Nữ")
        assert re.fullmatch(rf"006{digit}{born.year % 100:02d}9\d{{5}}", one["Số CCCD"])


def test_a_person_keeps_the_number_from_year_to_year(lists: Lists) -> None:
    before = {row["Mã hộ"]: row["Số CCCD chủ hộ"] for row in lists[2022].households}
    now = {row["Mã hộ"]: row["Số CCCD chủ hộ"] for row in lists[2023].households}
    assert all(before[name] == now[name] for name in before.keys() & now.keys())


def test_some_households_grow_and_some_shrink(lists: Lists) -> None:
    before = {row["Mã hộ"]: row["Số nhân khẩu"] for row in lists[2022].households}
    change = [row["Số nhân khẩu"] - before.get(row["Mã hộ"], row["Số nhân khẩu"]) for row in lists[2023].households]
    assert sum(one > 0 for one in change) > 100
    assert sum(one < 0 for one in change) > 100


def test_a_split_household_takes_its_head_from_another_one(lists: Lists) -> None:
    earlier = {one["Số CCCD"]: name for name, rows in lists[2022].members.items() for one in rows}
    split = [row for row in lists[2023].households if row["Ghi chú"] == "Tách hộ trong năm"]
    assert len(split) >= 10
    for row in split:
        parents = earlier[row["Số CCCD chủ hộ"]]
        assert row["Số CCCD chủ hộ"] not in {one["Số CCCD"] for one in lists[2023].members[parents]}


def test_there_are_as_many_arrivals_as_departures(lists: Lists) -> None:
    before, now = set(lists[2022].classes), set(lists[2023].classes)
    assert len(before - now) == len(now - before) > 50


def test_the_ethnic_groups_are_those_of_the_city(lists: Lists) -> None:
    groups = Counter(row["Dân tộc"] for row in lists[2023].households)
    assert [name for name, _ in groups.most_common(4)] == ["Tày", "Kinh", "Nùng", "Dao"]
    assert {"Mông", "Hoa", "Sán Chay"} <= set(groups)
    poor = [row["Dân tộc"] for row in lists[2023].households if row["Mã hộ"] in lists[2023].of(POOR)]
    share = {name: poor.count(name) / count for name, count in groups.items()}
    assert share["Kinh"] < share["Tày"] < share["Dao"]
    assert all((row["Dân tộc"] != "Kinh") == row["Hộ dân tộc thiểu số"] for row in lists[2023].households)


def test_communes_lack_other_things_than_wards(lists: Lists) -> None:
    low = [row for row in lists[2022].households if lists[2022].classes[row["Mã hộ"]] != ABOVE]

    def share(area: str, indicator: str) -> float:
        there = [row for row in low if row[AREA] == area]
        return sum(row[heading] == 1 for row in there for heading in row if heading.startswith(indicator)) / len(there)

    for indicator in ("I05", "I09", "I10"):
        assert share("Nông thôn", indicator) > share("Thành thị", indicator)
    for indicator in ("I01", "I04"):
        assert share("Nông thôn", indicator) < share("Thành thị", indicator)


def test_an_income_exactly_on_the_line_occurs(lists: Lists) -> None:
    """The lines are inclusive: such a household is poor or near-poor."""
    line = {"Nông thôn": 1_500_000, "Thành thị": 2_000_000}
    on_it = {row["Mã hộ"] for row in lists[2023].households if row[INCOME] == line[row[AREA]]}
    assert on_it
    assert on_it <= lists[2023].of(POOR) | lists[2023].of(NEAR)
