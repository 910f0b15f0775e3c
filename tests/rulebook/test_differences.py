"""Two standards compared: every change is told in both languages, what is the same is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from vuonlen.rulebook.load import find, load_sheet, shipped
from vuonlen.rulebook.sheets.differences import Difference, differences
from vuonlen.rules import STANDARDS


def changed(name: str, old: str, new: str, folder: Path) -> tuple[Difference, ...]:
    text = (STANDARDS / f"{name}.yaml").read_text(encoding="utf-8")
    assert old in text
    path = folder / "chuan.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return differences(find(name), load_sheet(path))


@pytest.mark.parametrize("name", shipped())
def test_a_standard_does_not_differ_from_itself(name: str) -> None:
    assert differences(find(name), find(name)) == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "a", "b"),
    [
        ("vn-2022", "value: 2000000", "value: 2100000", "≤ 2.000.000 đồng", "≤ 2.100.000 đồng"),
        ("vn-2022", "value: 175", "value: 175.5", "≤ 175 điểm", "≤ 175,5 điểm"),
        (
            "vn-2022",
            "poor_deprivation_score_at_least: {value: 30",
            "poor_deprivation_score_at_least: {value: 40",
            "30",
            "40",
        ),
        ("vn-2022", "to: 2026-12-31", "to: 2027-12-31", "01/01/2022 – 31/12/2026", "01/01/2022 – 31/12/2027"),
        ("vn-2022", "under_line_only: near_poor", "under_line_only: not_poor", "Hộ cận nghèo", "Không nghèo"),
        ("mpi-global", "value: 1/5,", "value: 20.1%,", "1/5 (20,0 %)", "201/1000 (20,1 %)"),
        ("mpi-global", "d_cm: {value: 1/6", "d_cm: {value: 1/9", "1/6 (16,7 %)", "1/9 (11,1 %)"),
    ],
)
def test_a_figure_that_changed_is_the_only_difference(
    name: str, old: str, new: str, a: str, b: str, tmp_path: Path
) -> None:
    found = changed(name, old, new, tmp_path)
    assert [(one.a.vi.split(" (chưa")[0], one.b.vi.split(" (chưa")[0]) for one in found] == [(a, b)]


def test_shares_that_round_to_the_same_are_told_apart(tmp_path: Path) -> None:
    found = changed("mpi-global", "value: 1/3,", "value: 33.3%,", tmp_path)
    assert [(one.a.vi.split(" (chưa")[0], one.b.vi.split(" (chưa")[0]) for one in found] == [
        ("1/3 (33,3 %)", "333/1000 (33,3 %)")
    ]


def test_a_poor_line_is_told_beside_a_near_poor_line(tmp_path: Path) -> None:
    value = "{all: {value: %d, from: 2024-01-01, source: nq, confidence: verified}}"
    sheets = []
    for poor in (900_000, 950_000):
        path = tmp_path / "tien.yaml"
        path.write_text(
            "id: chi-tieu\ntitle: {vi: a, en: a}\nlegal_basis: {vi: a, en: a}\nvalid: {from: 2024-01-01, to: null}\n"
            "sources: {nq: {instrument: NQ, date: 2024-01-01}}\nindicators: []\nmethods:\n"
            "  - {id: tien, kind: single_line, title: {vi: Tiền, en: Money}, source: nq, measure: consumption, "
            f"poor_at_most: {value % poor}, near_poor_at_most: {value % 1_200_000}}}\n",
            encoding="utf-8",
        )
        sheets.append(load_sheet(path))
    found = differences(*sheets)
    assert [one.what.vi for one in found] == ["Tiền: nghèo, chi tiêu (nông thôn)", "Tiền: nghèo, chi tiêu (thành thị)"]


def test_confidence_alone_is_a_difference(tmp_path: Path) -> None:
    found = changed(
        "vn-2022",
        "value: 140, from: 2022-01-01, source: tt07-d3, confidence: verified",
        "value: 140, from: 2022-01-01, source: tt07-d3, confidence: secondary",
        tmp_path,
    )
    assert [(one.a.vi, one.b.vi) for one in found] == [("≤ 140 điểm", "≤ 140 điểm (theo nguồn thứ cấp)")]


def test_a_threshold_that_is_read_at_last_is_told(tmp_path: Path) -> None:
    found = changed(
        "vn-2027",
        "deprived_if: MISSING\n    source: draft\n    from: 2027-01-01\n    confidence: missing",
        "deprived_if: {vi: Đã có, en: Known}\n    source: nd351\n    from: 2027-01-01\n    confidence: verified",
        tmp_path,
    )
    assert [one.what.vi for one in found] == ["Chỉ số Bảo hiểm y tế"]
    assert "ngưỡng chưa có" in found[0].a.vi
    assert "Đã có" in found[0].b.vi


def test_indicators_are_paired_added_and_dropped() -> None:
    told = {one.what.vi: (one.a.vi, one.b.vi) for one in differences(find("vn-2022"), find("vn-2027"))}
    dropped, added = "Chỉ số Phương tiện phục vụ tiếp cận thông tin", "Chỉ số Xử lý rác thải sinh hoạt"
    assert told[dropped][1] == "không có"
    assert told[added][0] == "không có"
    renamed = told["Chỉ số Nhà tiêu hợp vệ sinh"]
    assert renamed[0].startswith("I10 Nhà tiêu hợp vệ sinh")
    assert renamed[1].startswith("N11 Nhà tiêu (công trình phụ) hợp vệ sinh")
    assert sum(what.startswith("Chỉ số") for what in told) == 13


def test_every_difference_is_told_in_english_too() -> None:
    vietnamese = set("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữự")
    for one in differences(find("vn-2022"), find("vn-2027")):
        assert not vietnamese & set(one.what.en.casefold()), one.what.en
