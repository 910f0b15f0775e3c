"""The three-sheet workbook used in practice: poor and near-poor with their members, and two sheets of exits."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bad_files.making import workbook
from tests.bad_files.outcomes import codes, households, members, read
from vuonlen.intake.reading import ListRead

_SHEET1 = ["Stt", "Số TT hộ", "Họ tên chủ hộ", "Họ tên thành viên", "Quan hệ với chủ hộ", "Ngày sinh (dd/mm/yyyy)"]
_SHEET1 += ["Giới tính", "CCCD", "Tỉnh", "Huyện", "Mã huyện", "Xã", "Mã xã", "Thôn", "Dân tộc", "Phân loại hộ"]
_SHEET1 += ["Số QĐ công nhận", "Ngày ban hành QĐ", "Điểm B1", "Điểm B2", "Hộ DTTS", "Hộ không có KNLĐ"]
_SHEET1 += ["Hộ có thành viên CCCM", "Nguyên nhân nghèo", "Tuổi", "Số nhân khẩu"]
_EXITS = [
    "Stt",
    "TT hộ",
    "Họ tên",
    "Quan hệ",
    "Giới tính",
    "Ngày sinh",
    "CCCD",
    "Dân tộc",
    "Địa chỉ",
    "B1",
    "B2",
    "Ghi chú",
]
_PLACE = ["Bắc Kạn", "TP Bắc Kạn", "058", "Xã Dương Quang", "01849"]
_DECISION = ["12/QĐ-UBND", "15/12/2023"]


def _household(stt: int, name: str, status: str, scores: list[Any], causes: str, cccd: str | None) -> list[Any]:
    person = [stt, stt, name, None, "Chủ hộ", "05/03/1985", "Nam", cccd, *_PLACE, "Nà Pái", "Tày"]
    return [*person, status, *_DECISION, *scores, "x", None, None, causes, 38, None]


def _member(stt: int, name: str, relation: str, born: str, sex: str) -> list[Any]:
    return [None, None, None, name, relation, born, sex, None, *_PLACE, "Nà Pái", "Tày", *[None] * 11]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> ListRead:
    first: list[list[Any]] = [
        ["UBND XÃ DƯƠNG QUANG"],
        [],
        ["DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO SAU KHI RÀ SOÁT"],
        [],
        [],
        _SHEET1,
    ]
    first += [["A", *range(1, 26)]]
    first += [_household(1, "Nông Văn An", "Hộ nghèo", [120, 40], "C1; C7", "006085001234")]
    first += [_member(1, "Lý Thị Bình", "Vợ", "1987", "Nữ"), _member(1, "Nông Thị Chi", "Con", "02/02/2012", "Nữ")]
    first += [_household(2, "Bế Văn Dũng", "Hộ cận nghèo", [130.5, 20], "Thiếu vốn", "006085001235")]
    first += [[None, "Tổng cộng", None, 4]]
    poor = [["DANH SÁCH HỘ THOÁT NGHÈO SAU KHI RÀ SOÁT"], *[[]] * 7, _EXITS]
    poor += [[1, 1, "Triệu Văn Em", "Chủ hộ", "Nam", "1970", "006070001236", "Dao", "Nà Pái", 150, 20, None]]
    poor += [[2, 2, "Bế Văn Dũng", "Chủ hộ", "Nam", "05/03/1985", "006085001235", "Tày", "Nà Pái", 130.5, 20, None]]
    near = [["DANH SÁCH HỘ THOÁT CẬN NGHÈO SAU KHI RÀ SOÁT"], *[[]] * 7, _EXITS]
    near += [[1, 1, "Lục Thị Giang", "Chủ hộ", "Nữ", "1975", "006175001237", "Nùng", "Nà Pái", 160, 0, None]]
    sheets = {"Nghèo, cận nghèo": first, "Thoát nghèo": poor, "Thoát cận nghèo": near}
    return read(workbook(tmp_path_factory.mktemp("practice") / "xa.xlsx", sheets))


def test_it_is_recognised_and_does_not_list_everyone(found: ListRead) -> None:
    assert (found.layout, found.lists_everyone, found.rows) == ("practice", False, 4)
    assert found.refused == ()


def test_classes_scores_and_members_of_the_list(found: ListRead) -> None:
    rows = {row["head"]: row for row in households(found).values()}
    an = rows["Nông Văn An"]
    assert (an["recorded_status"], an["income_score"], an["deprivation_score"], an["members"]) == (
        "poor",
        120.0,
        40.0,
        3,
    )
    assert (an["cause_C1"], an["cause_C7"], an["cause_C2"], an["group_DTTS"], an["group_NCC"]) == (
        True,
        True,
        False,
        True,
        False,
    )
    assert (an["area_type"], an["place_code"], an["ethnicity"]) == ("rural", "01849", "02")
    assert rows["Bế Văn Dũng"]["recorded_status"] == "near_poor"


def test_those_that_left_have_their_class_before(found: ListRead) -> None:
    rows = {row["head"]: row for row in households(found).values()}
    assert rows["Triệu Văn Em"]["previous_status"] == "poor"
    assert rows["Lục Thị Giang"]["previous_status"] == "near_poor"
    assert rows["Triệu Văn Em"]["recorded_status"] is None
    assert rows["Triệu Văn Em"]["group_DTTS"] is None, "the sheet of exits does not ask"


def test_exits_without_a_commune_belong_to_the_only_one_of_the_workbook(found: ListRead) -> None:
    rows = {row["head"]: row for row in households(found).values()}
    em = rows["Triệu Văn Em"]
    assert (em["place_code"], em["place_name"], em["area_type"]) == ("01849", "Xã Dương Quang", "rural")
    assert [one.sheet for one in found.warnings if one.code == "W-PLACE-OF-LIST"] == ["Thoát nghèo", "Thoát cận nghèo"]


def test_a_household_in_two_sheets_is_counted_once_with_its_class_before(found: ListRead) -> None:
    rows = [row for row in households(found).values() if row["head"] == "Bế Văn Dũng"]
    assert [(row["previous_status"], row["recorded_status"]) for row in rows] == [("poor", "near_poor")]
    assert "W-TWO-LISTS@H11" in codes(found)


def test_members_are_tied_to_their_household(found: ListRead) -> None:
    people = members(found)
    assert [one["name"] for one in people if one["household_id"] == people[0]["household_id"]] == [
        "Nông Văn An",
        "Lý Thị Bình",
        "Nông Thị Chi",
    ]
    assert {one["name"] for one in people} >= {"Triệu Văn Em", "Lục Thị Giang"}
    chi = next(one for one in people if one["name"] == "Nông Thị Chi")
    assert (chi["relation"], chi["birth_year"], chi["birth_date"], chi["sex"]) == ("Con", 2012, "2012-02-02", "female")


def test_ids_from_ordinals_are_named_and_do_not_repeat_between_sheets(found: ListRead) -> None:
    assert [one.code for one in found.warnings].count("W-ID-POSITION") == 1
    assert len({one["household_id"] for one in households(found).values()}) == 4


def test_the_totals_row_is_left_out(found: ListRead) -> None:
    assert "W-TOTALS-ROW@B12" in codes(found)
