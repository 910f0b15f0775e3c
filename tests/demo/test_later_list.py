"""The list of 2026: the same households in the units of after 1 July 2025, for one survey under two standards."""

from __future__ import annotations

from tests.demo.lists import ABOVE, AREA, INCOME, LINE_2027, POOR, DemoList

Lists = dict[int, DemoList]
NEW_UNITS = {
    "01834": "01840",
    "01840": "01840",
    "01846": "01840",
    "01837": "01843",
    "01843": "01843",
    "01852": "01843",
    "01855": "01843",
    "01849": "01849",
}
WASTE = "N12 Xử lý rác thải sinh hoạt"


def test_the_same_households_live_in_the_new_units(lists: Lists) -> None:
    before = {row["Mã hộ"]: row["Mã xã/phường"] for row in lists[2023].households}
    now = {row["Mã hộ"]: row["Mã xã/phường"] for row in lists[2026].households}
    assert now == {name: NEW_UNITS[code] for name, code in before.items()}
    names = {row["Mã xã/phường"]: row["Tên xã/phường"] for row in lists[2026].households}
    assert names == {"01840": "Phường Đức Xuân", "01843": "Phường Bắc Kạn", "01849": "Xã Phong Quang"}


def test_villages_of_one_new_unit_have_different_names(lists: Lists) -> None:
    """Tổ 5 of Xuất Hóa and tổ 5 of Sông Cầu are in one ward now."""
    old = {row["Mã hộ"]: (row["Mã xã/phường"], row["Thôn/tổ"]) for row in lists[2023].households}
    assert ("01855", "Tổ 5") in set(old.values())
    new = {row["Mã hộ"]: (row["Mã xã/phường"], row["Thôn/tổ"]) for row in lists[2026].households}
    assert len({(old[name], new[name]) for name in old}) == len(set(old.values())) == len(set(new.values()))


def test_nong_thuong_is_urban_now_and_that_alone_makes_some_poor(lists: Lists) -> None:
    old = {row["Mã hộ"]: row["Mã xã/phường"] for row in lists[2023].households}
    there = [row for row in lists[2026].households if old[row["Mã hộ"]] == "01852"]
    assert {row[AREA] for row in there} == {"Thành thị"}
    poor = lists[2026].of(POOR)
    assert any(row["Mã hộ"] in poor and row[INCOME] != "" and row[INCOME] > 1_500_000 for row in there)


def test_the_coming_lines_bring_many_more_under_them(lists: Lists) -> None:
    low = {name for name, found in lists[2026].classes.items() if found != ABOVE}
    coming = {
        row["Mã hộ"] for row in lists[2026].households if row[INCOME] != "" and row[INCOME] <= LINE_2027[row[AREA]]
    }
    assert 200 <= len(low) <= 400
    assert 400 <= len(coming - low) <= 800


def test_incomes_have_grown(lists: Lists) -> None:
    def median(year: int) -> float:
        incomes = sorted(row[INCOME] for row in lists[year].households if row[INCOME] != "")
        return float(incomes[len(incomes) // 2])

    assert median(2026) > 1.1 * median(2023)


def test_waste_was_asked_of_a_part_only(lists: Lists) -> None:
    answers = [row[WASTE] for row in lists[2026].households]
    assert {0, 1, ""} == set(answers)
    assert 0.2 < answers.count("") / len(answers) < 0.8
    assert all(WASTE not in row for row in lists[2023].households[:1])
