"""A faulty sheet is refused whole, every fault with its line; a good one loads to the same values each time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from vuonlen.domain.poverty import AreaType
from vuonlen.domain.problems import Refused
from vuonlen.rulebook.load import check_sheet, find, in_force, load_sheet, shipped
from vuonlen.rules import STANDARDS

GOOD = (STANDARDS / "vn-2022.yaml").read_text(encoding="utf-8")


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def replaced(old: str, new: str) -> Callable[[], tuple[str, int]]:
    def make() -> tuple[str, int]:
        assert GOOD.count(old) >= 1, old
        text = GOOD.replace(old, new, 1)
        return text, line_of(GOOD, old)

    return make


FAULTS = {
    "unknown key": (replaced("    under_line_only: near_poor\n", "    under_line_onli: near_poor\n"), "S-KEY"),
    "unknown kind": (replaced("kind: two_scores", "kind: three_scores"), "S-KIND"),
    "unknown source": (replaced("source: tt07-d3\n", "source: tt08\n"), "S-SOURCE"),
    "no number": (replaced("value: 140", "value: nhiều"), "S-VALUE"),
    "negative number": (replaced("value: 140", "value: -140"), "S-VALUE"),
    "bad fraction": (replaced("value: 140", "value: 1/0"), "S-VALUE"),
    "bad date": (replaced("valid: {from: 2022-01-01", "valid: {from: 2022-13-01"), "S-YAML"),
    "missing without mark": (replaced("value: 140", "value: MISSING"), "S-VALUE"),
    "unknown confidence": (replaced("confidence: verified", "confidence: sure"), "S-VALUE"),
    "cut-off out of reach": (replaced("poor_deprivations_at_least: {value: 3", "poor_deprivations_at_least: {value: 13"), "S-CUTOFF"),
    "cut-off not whole": (replaced("poor_deprivations_at_least: {value: 3", "poor_deprivations_at_least: {value: 2.5"), "S-WHOLE"),
    "cut-off of zero": (replaced("poor_deprivations_at_least: {value: 3", "poor_deprivations_at_least: {value: 0"), "S-KNOWN"),
    "code twice": (replaced("code: I02", "code: I01"), "S-TWICE"),
    "period backwards": (replaced("to: 2026-12-31", "to: 2020-12-31"), "S-PERIOD"),
    "key twice": (replaced("id: vn-2022", "id: vn-2022\nid: vn-2023"), "S-KEY-TWICE"),
    "tag": (replaced("id: vn-2022", "id: !!python/name:os.system vn"), "S-TAG"),
    "broken yaml": (replaced("title:\n", "title: [\n"), "S-YAML"),
    "average upside down": (replaced("value: 2250000", "value: 1250000"), "S-ORDER"),
    "no urban line": (replaced("      urban: {value: 175,", "      all: {value: 175,"), "S-VALUE"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_named_with_its_line(name: str, tmp_path: Path) -> None:
    make, code = FAULTS[name]
    text, line = make()
    path = tmp_path / "chuan.yaml"
    path.write_text(text, encoding="utf-8")
    found = check_sheet(path)
    assert code in {one.code for one in found}
    lines = [int(one.cell.split()[-1]) for one in found if one.code == code]
    assert min(abs(one - line) for one in lines) <= 3, (lines, line)
    with pytest.raises(Refused):
        load_sheet(path)


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "chuan.yaml"
    path.write_text(GOOD.replace("value: 140", "value: x").replace("value: 175", "value: y"), encoding="utf-8")
    assert len([one for one in check_sheet(path) if one.code == "S-VALUE"]) == 2


def test_the_nearest_key_is_suggested(tmp_path: Path) -> None:
    path = tmp_path / "chuan.yaml"
    path.write_text(GOOD.replace("income_score_at_most", "income_scores_at_most"), encoding="utf-8")
    advice = [one.advice() for one in check_sheet(path) if one.code == "S-KEY"]
    assert advice and "income_score_at_most" in advice[0]


@pytest.mark.parametrize("content", [b"", b"- 1\n- 2\n", b"\xff\xfe\x00", b"a: &x 1\nb: *x\n", b"x" * 1_000_001])
def test_a_file_that_is_no_sheet_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "chuan.yaml"
    path.write_bytes(content)
    assert check_sheet(path)
    with pytest.raises(Refused):
        load_sheet(path)


@pytest.mark.parametrize("name", shipped())
def test_shipped_sheets_have_no_faults(name: str) -> None:
    assert check_sheet(STANDARDS / f"{name}.yaml") == ()


def test_line_endings_do_not_change_the_hash(tmp_path: Path) -> None:
    path = tmp_path / "chuan.yaml"
    path.write_bytes(GOOD.replace("\n", "\r\n").encode())
    assert load_sheet(path).hash == find("vn-2022").hash


def test_weights_are_exact(tmp_path: Path) -> None:
    test = find("mpi-global").methods[0].deprivation
    assert test is not None
    assert test.poor_at_least * 3 == test.whole
    text = (STANDARDS / "mpi-global.yaml").read_text(encoding="utf-8").replace("value: 1/3,", "value: 33%,")
    path = tmp_path / "chuan.yaml"
    path.write_text(text, encoding="utf-8")
    other = load_sheet(path).methods[0].deprivation
    assert other is not None
    assert other.poor_at_least * 100 == other.whole * 33


def test_the_standard_in_force_follows_the_date() -> None:
    from_date = {(2022, 1, 1): "vn-2022", (2026, 12, 31): "vn-2022", (2027, 1, 1): "vn-2027", (2030, 12, 31): "vn-2027"}
    assert {day: in_force(date(*day)).id for day in from_date} == from_date
    with pytest.raises(Refused):
        in_force(date(2031, 1, 1))


def test_decree_lines_are_those_of_the_decrees() -> None:
    lines = {name: find(name).methods[-1].line for name in ("vn-2022", "vn-2027")}
    found = {name: {area: one.by_area[area].value for area in AreaType} for name, one in lines.items() if one}
    assert found == {
        "vn-2022": {AreaType.RURAL: 1_500_000, AreaType.URBAN: 2_000_000},
        "vn-2027": {AreaType.RURAL: 2_200_000, AreaType.URBAN: 2_800_000},
    }


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(Refused) as caught:
        find("vn-1999")
    assert "vn-2022" in caught.value.problems[0].advice()
