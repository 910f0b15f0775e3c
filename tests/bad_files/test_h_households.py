"""Class H: what cannot be true of a household, and what is only odd."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.bad_files.making import GOOD, HEADS, workbook
from tests.bad_files.outcomes import codes, households, members
from tests.bad_files.outcomes import read_here as read

_PERSONS = ["Số TT hộ", "Họ tên chủ hộ", "Họ tên thành viên", "Quan hệ với chủ hộ", "Ngày sinh", "Giới tính", "CCCD"]
_PERSONS += ["Thôn", "Dân tộc", "Phân loại hộ", "Điểm B1", "Điểm B2"]


def head(stt: Any = 1, **changes: Any) -> list[Any]:
    row = dict(
        zip(
            _PERSONS,
            [stt, "Nông Văn An", None, "Chủ hộ", "05/03/1985", "Nam", "006085001234", "Nà Pái", "Tày", "N", 120, 40],
            strict=True,
        )
    )
    return list((row | changes).values())


def member(name: str, relation: str | None = "Vợ", **changes: Any) -> list[Any]:
    row = dict(
        zip(_PERSONS, [None, None, name, relation, "1987", "Nữ", None, None, "Tày", None, None, None], strict=True)
    )
    return list((row | changes).values())


def practice(
    tmp_path: Path, rows: list[list[Any]]
) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]], list[str]]:
    """Households by the head's name, persons, and what was listed besides that ids come from ordinals."""
    found = read(
        workbook(tmp_path / "p.xlsx", {"Hộ": [["DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO SAU KHI RÀ SOÁT"], _PERSONS, *rows]})
    )
    assert found.layout == "practice"
    assert not found.lists_everyone
    told = [one for one in codes(found) if not one.startswith("W-ID-POSITION")]
    return {row["head"]: row for row in households(found).values()}, members(found), told


def test_member_rows_belong_to_the_household_above(tmp_path: Path) -> None:
    rows = [
        head(),
        member("Lý Thị Bình"),
        member("Nông Thị Chi", "Con"),
        head(2, **{"Họ tên chủ hộ": "Bế Văn Dũng", "CCCD": None}),
    ]
    kept, persons, listed = practice(tmp_path, rows)
    assert listed == []
    assert {name: row["members"] for name, row in kept.items()} == {"Nông Văn An": 3, "Bế Văn Dũng": 1}
    assert [one["name"] for one in persons] == ["Nông Văn An", "Lý Thị Bình", "Nông Thị Chi", "Bế Văn Dũng"]
    assert len({one["household_id"] for one in persons[:3]}) == 1


def test_two_heads_refuse_the_household(tmp_path: Path) -> None:
    kept, persons, listed = practice(
        tmp_path, [head(), member("Nông Văn Bảo", "Chủ hộ"), head(2, CCCD=None, **{"Họ tên chủ hộ": "B"})]
    )
    assert listed == ["R-HEADS@D4"]
    assert list(kept) == ["B"]
    assert [one["name"] for one in persons] == ["B"]


def test_no_head_refuses_the_household(tmp_path: Path) -> None:
    kept, persons, listed = practice(tmp_path, [head(**{"Quan hệ với chủ hộ": "Con"}), member("Lý Thị Bình")])
    assert (kept, persons, listed) == ({}, [], ["R-HEAD-NONE@D3"])


def test_a_dead_head_is_listed(tmp_path: Path) -> None:
    kept, _, listed = practice(
        tmp_path, [head(**{"Quan hệ với chủ hộ": "Chủ hộ (đã chết)"}), member("Lý Thị Bình", "Chủ hộ")]
    )
    assert list(kept) == ["Lý Thị Bình"]
    assert listed == ["W-HEAD-DEAD@D3"]
    kept, _, listed = practice(tmp_path, [head(**{"Quan hệ với chủ hộ": "Chủ hộ đã chết"})])
    assert listed == ["W-HEAD-DEAD@D3"]


def test_one_person_under_two_spellings_is_listed(tmp_path: Path) -> None:
    rows = [head(), member("Lý Thị Hoà", "Vợ"), member("Lý Thị Hòa", "Em")]
    kept, _, listed = practice(tmp_path, rows)
    assert listed == ["W-PERSON-TWICE@C5"]
    assert kept["Nông Văn An"]["members"] == 3


def test_one_person_in_two_households_is_listed(tmp_path: Path) -> None:
    rows = [head(), head(2, **{"Họ tên chủ hộ": "Bế Văn Dũng"})]
    kept, _, listed = practice(tmp_path, rows)
    assert listed == ["W-IDNO-TWICE@G4"]
    assert len(kept) == 2


def test_poor_and_near_poor_at_once_in_the_rows_of_a_household(tmp_path: Path) -> None:
    kept, _, listed = practice(tmp_path, [head(), member("B", **{"Phân loại hộ": "CN"})])
    assert (kept, listed) == ({}, ["R-STATUS-TWO@J4"])


def test_two_scores_in_one_household(tmp_path: Path) -> None:
    kept, _, listed = practice(tmp_path, [head(), member("B", **{"Điểm B1": 150})])
    assert (kept, listed) == ({}, ["R-DIFFERS@K4"])


def test_a_fault_in_a_member_refuses_the_household(tmp_path: Path) -> None:
    kept, persons, listed = practice(tmp_path, [head(), member("B", **{"Ngày sinh": "31/02/1987"})])
    assert (kept, persons, listed) == ({}, [], ["R-DATE-NONE@E4"])


def test_members_before_any_household_are_refused(tmp_path: Path) -> None:
    kept, persons, listed = practice(tmp_path, [member("B", "Con"), head()])
    assert list(kept) == ["Nông Văn An"]
    assert [one["name"] for one in persons] == ["Nông Văn An"]
    assert listed == ["R-ID-BLANK@A3", "R-HEAD-NONE@D3"]


def test_a_number_on_every_person_does_not_split_the_household(tmp_path: Path) -> None:
    heads = ["STT", *_PERSONS[1:]]
    rows = [
        heads,
        [1, *head()[1:]],
        [2, *member("Lý Thị Bình")[1:]],
        [3, *head(3, CCCD=None, **{"Họ tên chủ hộ": "B"})[1:]],
    ]
    found = read(workbook(tmp_path / "p.xlsx", {"Hộ": rows}))
    assert {row["head"]: row["members"] for row in households(found).values()} == {"Nông Văn An": 2, "B": 1}


def plain(tmp_path: Path, heads: list[str], *rows: list[Any]) -> tuple[list[str], list[str]]:
    found = read(workbook(tmp_path / "p.xlsx", {"Hộ": [heads, *rows]}))
    return list(households(found)), codes(found)


@pytest.mark.parametrize(
    ("count", "kept", "listed"), [(0, [], ["R-MEMBERS-ZERO@D2"]), (40, ["H1"], ["W-MEMBERS-MANY@D2"]), (30, ["H1"], [])]
)
def test_odd_numbers_of_members(tmp_path: Path, count: int, kept: list[str], listed: list[str]) -> None:
    assert plain(tmp_path, HEADS, [*GOOD[:3], count, GOOD[4]]) == (kept, listed)


def test_the_same_row_twice_counts_once(tmp_path: Path) -> None:
    assert plain(tmp_path, HEADS, GOOD, GOOD) == (["H1"], ["W-ID-SAME-ROW@A3"])


def test_the_same_row_twice_with_another_ordinal_counts_once(tmp_path: Path) -> None:
    assert plain(tmp_path, ["STT", *HEADS], [1, *GOOD], [2, *GOOD]) == (["H1"], ["W-ID-SAME-ROW@B3"])


def test_one_id_with_differing_rows_refuses_all_of_them(tmp_path: Path) -> None:
    other = ["H1", "Bế Văn Dũng", *GOOD[2:]]
    assert plain(tmp_path, HEADS, GOOD, other, ["H2", *GOOD[1:]]) == (["H2"], ["R-ID-TWICE@A2", "R-ID-TWICE@A3"])


def test_a_row_without_an_id_is_refused(tmp_path: Path) -> None:
    assert plain(tmp_path, HEADS, GOOD, [None, *GOOD[1:]]) == (["H1"], ["R-ID-BLANK@A3"])


def test_ticked_as_poor_and_as_near_poor(tmp_path: Path) -> None:
    heads = ["Mã hộ", "Hộ nghèo", "Hộ cận nghèo"]
    assert plain(tmp_path, heads, ["H1", "x", "x"], ["H2", None, "x"]) == (["H2"], ["R-STATUS-TWO@C2"])


@pytest.mark.parametrize("score", [139.99, 140.0, 140.01])
def test_a_score_at_the_cut_off_is_kept_to_the_hundredth(tmp_path: Path, score: float) -> None:
    found = read(workbook(tmp_path / "s.xlsx", {"Hộ": [["Mã hộ", "Điểm B1", "Điểm B2"], ["H1", score, 30]]}))
    assert households(found)["H1"]["income_score"] == score


def people(tmp_path: Path, count: int, *rows: list[Any]) -> tuple[list[str], list[str], list[str]]:
    heads = ["Mã hộ", "Họ và tên", "Quan hệ với chủ hộ", "Năm sinh"]
    lists = [HEADS, [*GOOD[:3], count, GOOD[4]], ["H2", "B", "nông thôn", 1, 0]]
    found = read(workbook(tmp_path / "p.xlsx", {"Hộ": lists, "Thành viên": [heads, *rows]}))
    return list(households(found)), [one["name"] for one in members(found)], codes(found)


def test_a_member_of_no_household_is_refused(tmp_path: Path) -> None:
    found = people(tmp_path, 1, ["H1", "An", "Chủ hộ", 1985], ["H9", "X", "Chủ hộ", 1990])
    assert found == (["H1", "H2"], ["An"], ["R-ORPHAN@A3"])


def test_members_that_do_not_fit_the_number_given_are_listed(tmp_path: Path) -> None:
    found = people(tmp_path, 4, ["H1", "An", "Chủ hộ", 1985], ["H1", "Bình", "Vợ", 1987])
    assert found == (["H1", "H2"], ["An", "Bình"], ["W-MEMBERS-DIFFER@D2"])


def test_two_heads_in_the_sheet_of_members_refuse_the_household(tmp_path: Path) -> None:
    found = people(tmp_path, 2, ["H1", "An", "Chủ hộ", 1985], ["H1", "Bình", "Chủ hộ", 1987])
    assert found == (["H2"], [], ["R-HEADS@C3"])
