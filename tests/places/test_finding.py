"""Places are found by code and by name, as people write names."""

from __future__ import annotations

from datetime import date

import pytest

from vuonlen.places import actions, queries
from vuonlen.places.kinds import kind_of, sound
from vuonlen.places.models import Kind, Level

pytestmark = pytest.mark.django_db
THEN, TODAY = date(2023, 6, 1), date(2026, 11, 24)


@pytest.mark.parametrize(
    "text",
    ["Xã Nông Thượng", "xã nông thượng", "NONG THUONG", "nong thuong", "x. Nông Thượng", "Xa  Nong-Thuong",
     "Xa\u0303 No\u0302ng Thu\u031bo\u031b\u0323ng"],
)  # fmt: skip
def test_a_name_is_found_as_people_write_it(country: actions.Loaded, text: str) -> None:
    assert [one.code for one in queries.find_by_name(text, THEN)] == ["01852"]


@pytest.mark.parametrize(
    ("text", "within", "found"),
    [("P.1", "Thành phố Đà Lạt", "Phường 1"), ("phường 01", "TP Đà Lạt", "Phường 1"), ("p12", "Đà Lạt", "Phường 12"),
     ("TT. Bằng Lũng", "Huyện Chợ Đồn", "Thị trấn Bằng Lũng")],
)  # fmt: skip
def test_short_forms_are_understood(country: actions.Loaded, text: str, within: str, found: str) -> None:
    (district,) = queries.find_by_name(within, THEN, level=Level.DISTRICT)
    assert [one.name for one in queries.find_by_name(text, THEN, within=district)] == [found]


@pytest.mark.parametrize("text", ["Điềm Thuỵ", "Điềm Thụy", "diem thuy", "diem thui"])
def test_spelling_variants_are_one(country: actions.Loaded, text: str) -> None:
    assert [one.code for one in queries.find_by_name(text, TODAY)] == ["05941"]


def test_an_ambiguous_name_gives_all_candidates(country: actions.Loaded) -> None:
    same = queries.find_by_name("Phường 1", THEN)
    assert len(same) > 20
    assert len({one.parent_id for one in same}) == len(same)
    neighbours = queries.find_by_name("Sơn Hà", TODAY, level=Level.COMMUNE)
    assert {"Xã Sơn Hà", "Xã Sơn Hạ"} <= {one.name for one in neighbours}


def test_a_name_belongs_to_a_date(country: actions.Loaded) -> None:
    assert queries.find_by_name("Xã Nông Thượng", TODAY) == []
    assert [one.level for one in queries.find_by_name("Bắc Kạn", THEN)] == [Level.PROVINCE, Level.DISTRICT]
    assert [one.name for one in queries.find_by_name("Bắc Kạn", TODAY)] == ["Phường Bắc Kạn"]


@pytest.mark.parametrize("text", ["", "  ", "…", "%", "_", "'; --"])
def test_nothing_is_found_by_nothing(country: actions.Loaded, text: str) -> None:
    assert queries.find_by_name(text, TODAY) == []
    assert list(queries.search(text, TODAY)) == []


def test_search_finds_parts_of_names_and_codes(country: actions.Loaded) -> None:
    assert "Xã Nông Thượng" in {one.name for one in queries.search("ông thượ", THEN)}
    assert [one.name for one in queries.search("01843", TODAY)] == ["Phường Bắc Kạn"]


def test_a_code_is_one_unit_of_a_level(country: actions.Loaded) -> None:
    province = queries.find("19", TODAY, Level.PROVINCE)
    assert province is not None
    assert province.name == "Tỉnh Thái Nguyên"
    assert queries.find("01852", TODAY) is None


@pytest.mark.parametrize(
    ("name", "level", "kind"),
    [("Thị xã Mộc Châu", Level.DISTRICT, Kind.TOWN), ("Thị Trấn Du", Level.COMMUNE, Kind.TOWNSHIP),
     ("Xuân Quang 3", Level.COMMUNE, None), ("Tổ dân phố 5", Level.VILLAGE, Kind.RESIDENTIAL_GROUP),
     ("Huyện Chợ Đồn", Level.DISTRICT, Kind.DISTRICT)],
)  # fmt: skip
def test_the_kind_stands_in_the_name(name: str, level: Level, kind: Kind | None) -> None:
    assert kind_of(name, level) == kind


def test_sound_keeps_tones_wherever_they_are_written() -> None:
    assert sound("Xã Điềm Thuỵ") == sound("xã điềm thụy")
    assert sound("Định Hoá") == sound("Định Hóa")
    assert sound("Xã Sơn Hà") != sound("Xã Sơn Hạ")
    assert sound("Xã Trà Dơn") != sound("Xã Trà Don")
