"""The published figures of Bắc Kạn city come out of the lists by counting. They stand here and nowhere else."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import duckdb
import pytest

from tests.demo.lists import ABOVE, NEAR, OPEN, POOR, DemoList

Lists = dict[int, DemoList]
HOUSEHOLDS = 12_256
#: year -> poor households and their rate, as published
PUBLISHED = {2022: (285, "2.33"), 2023: (242, "1.97")}
CITY = {"01834", "01837", "01840", "01843", "01846", "01849", "01852", "01855"}
RURAL = {"01849", "01852"}


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_poor_and_their_rate_are_the_published_ones(lists: Lists, year: int) -> None:
    poor, rate = PUBLISHED[year]
    listed = lists[year].households
    assert len(listed) == HOUSEHOLDS
    assert len(lists[year].of(POOR)) == poor
    assert round(Decimal(poor) * 100 / len(listed), 2) == Decimal(rate)


@pytest.mark.parametrize("year", PUBLISHED)
def test_a_database_counts_the_same_poor(lists: Lists, year: int) -> None:
    """A second count that shares nothing with the first but the cells."""
    _, _, headings, *rows = lists[year].cells("Hộ")
    wanted = {text: place for place, text in enumerate(headings)}
    asked = [place for text, place in wanted.items() if text[0] == "I" and text[1:3].isdigit()]
    number = [wanted["Thu nhập bình quân đầu người (đồng/tháng)"], wanted["Điểm A"]]
    table = duckdb.connect()
    table.execute("create table list (area text, income double, score double, lacks int)")
    table.executemany(
        "insert into list values (?, ?, ?, ?)",
        [
            [row[wanted["Khu vực"]], *(row[place] or None for place in number), lacks]
            for row in rows
            if (lacks := sum(row[place] == 1 for place in asked)) >= 3
        ],
    )
    found = table.execute(
        """select count(*) from list where case area
           when 'Nông thôn' then coalesce(income <= 1500000, score <= 140)
           when 'Thành thị' then coalesce(income <= 2000000, score <= 175) end"""
    ).fetchone()
    assert found == (PUBLISHED[year][0],)


def test_the_poor_fall_by_43_net(lists: Lists) -> None:
    assert len(lists[2023].of(POOR)) - len(lists[2022].of(POOR)) == -43


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_near_poor_are_as_many_as_the_city_had_before(lists: Lists, year: int) -> None:
    """236 at the end of 2018; the figures of these years are not public."""
    assert 220 <= len(lists[year].of(NEAR)) <= 270


@pytest.mark.parametrize("year", (2021, 2022, 2023, 2026))
def test_no_household_is_left_undetermined(lists: Lists, year: int) -> None:
    assert lists[year].of(OPEN) == set()


def test_the_net_fall_has_gross_flows_behind_it(lists: Lists) -> None:
    """start - to near-poor - above - left + from near-poor + relapsed + new + arrived = end, none of them empty."""
    before, now, once = lists[2022].classes, lists[2023].classes, lists[2021].of(POOR)
    flows: Counter[str] = Counter()
    for name in before.keys() | now.keys():
        was, is_ = before.get(name), now.get(name)
        if was == POOR and is_ != POOR:
            flows[{NEAR: "to_near", ABOVE: "above", None: "left"}[is_]] += 1
        if is_ == POOR and was == ABOVE:
            flows["relapsed" if name in once else "new"] += 1
        elif is_ == POOR and was != POOR:
            flows[{NEAR: "from_near", None: "arrived"}[was]] += 1
    assert set(flows) == {"to_near", "above", "left", "from_near", "relapsed", "new", "arrived"}
    out = flows["to_near"] + flows["above"] + flows["left"]
    added = flows["from_near"] + flows["relapsed"] + flows["new"] + flows["arrived"]
    assert PUBLISHED[2022][0] - out + added == PUBLISHED[2023][0]
    assert out > 43


def test_the_near_poor_move_on_every_path_too(lists: Lists) -> None:
    before, now, once = lists[2022].classes, lists[2023].classes, lists[2021].of(NEAR)
    pairs = Counter((before.get(name), now.get(name)) for name in before.keys() | now.keys())
    assert all(pairs[NEAR, other] for other in (POOR, NEAR, ABOVE, None))
    assert all(pairs[other, NEAR] for other in (POOR, ABOVE, None))
    risen = {name for name, was in before.items() if was == ABOVE and now.get(name) == NEAR}
    assert risen & once
    assert risen - once


def test_the_earlier_list_holds_only_the_poor_and_the_near_poor(lists: Lists) -> None:
    assert {POOR, NEAR} == set(lists[2021].classes.values())


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_eight_units_are_six_wards_and_two_communes(lists: Lists, year: int) -> None:
    areas = {(row["Mã xã/phường"], row["Khu vực"]) for row in lists[year].households}
    assert areas == {(code, "Nông thôn" if code in RURAL else "Thành thị") for code in CITY}


def test_each_unit_has_poor_households_in_both_years(lists: Lists) -> None:
    for year in PUBLISHED:
        poor = lists[year].of(POOR)
        assert {row["Mã xã/phường"] for row in lists[year].households if row["Mã hộ"] in poor} == CITY
