"""A faulty sheet is refused whole, every fault with its line; a good one loads to the same values each time."""

from __future__ import annotations

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


CUTOFF = "poor_deprivations_at_least: {value: "
#: what is wrong -> (what stands in the good sheet, what is written instead, code of the fault)
FAULTS = {
    "unknown key": ("    under_line_only: near_poor\n", "    under_line_onli: near_poor\n", "S-KEY"),
    "a key like no other": ("valid: {from", "qqqq: 1\nvalid: {from", "S-KEY-UNKNOWN"),
    "a list as a key": ("id: vn-2022", "? [a, b]\n: c\nid: vn-2022", "S-KEY-UNKNOWN"),
    "unknown kind": ("kind: two_scores", "kind: three_scores", "S-KIND"),
    "unknown source": ("source: tt07-d3\n", "source: tt08\n", "S-SOURCE"),
    "no source": ("value: 140, from: 2022-01-01, source: tt07-d3", "value: 140, from: 2022-01-01", "S-NEEDED"),
    "no date": ("value: 140, from: 2022-01-01,", "value: 140,", "S-NEEDED"),
    "no confidence": ("source: tt07-d3, confidence: verified}", "source: tt07-d3}", "S-NEEDED"),
    "no number": ("value: 140", "value: nhiều", "S-NUMBER"),
    "negative number": ("value: 140", "value: -140", "S-NUMBER"),
    "bad fraction": ("value: 140", "value: 1/0", "S-NUMBER"),
    "yes as a number": ("value: 140", "value: yes", "S-NUMBER"),
    "a number without end": ("value: 140", "value: " + "1" * 5000, "S-NUMBER"),
    "blank": ("value: 140", "value: ", "S-BLANK"),
    "a thousand with a dot": ("value: 1500000", "value: 1.500", "S-THOUSANDS"),
    "a million with dots": ("value: 1500000", "value: 1.500.000", "S-NUMBER"),
    "no such day": ("valid: {from: 2022-01-01", "valid: {from: 2022-13-01", "S-DATE"),
    "a year as a date": ("valid: {from: 2022-01-01", "valid: {from: 2022", "S-DATE"),
    "zero as a date": ("valid: {from: 2022-01-01", "valid: {from: 0", "S-DATE"),
    "Vietnamese date": ("valid: {from: 2022-01-01", "valid: {from: 01/01/2022", "S-DATE"),
    "missing without mark": ("value: 140", "value: MISSING", "S-MARK"),
    "mark without missing": ("confidence: verified", "confidence: missing", "S-MARK"),
    "threshold is a word": ("deprived_if: {vi:", "deprived_if: chưa rõ\n    x: {vi:", "S-THRESHOLD"),
    "unknown confidence": ("confidence: verified", "confidence: sure", "S-CHOICE"),
    "a number as a title": ("vi: Theo điểm A và điểm B", "vi: 12", "S-WORDS"),
    "Vietnamese code": ("code: I02", "code: chỉ-số", "S-CODE"),
    "methods are no list": ("methods:\n", "methods: 3\nmissing_:\n", "S-ITEMS"),
    "cut-off out of reach": (CUTOFF + "3", CUTOFF + "13", "S-CUTOFF"),
    "cut-off not whole": (CUTOFF + "3", CUTOFF + "2.5", "S-WHOLE"),
    "cut-off of zero": (CUTOFF + "3", CUTOFF + "0", "S-KNOWN"),
    "points too fine": ("points_per_deprivation: {value: 10,", "points_per_deprivation: {value: 10.00001,", "S-FINE"),
    "code twice": ("code: I02", "code: I01", "S-TWICE"),
    "period backwards": ("to: 2026-12-31", "to: 2020-12-31", "S-PERIOD"),
    "key twice": ("id: vn-2022", "id: vn-2022\nid: vn-2023", "S-KEY-TWICE"),
    "tag": ("id: vn-2022", "id: !!python/name:os.system vn", "S-TAG"),
    "anchor": ("id: vn-2022", "id: &ten vn-2022", "S-TAG"),
    "broken yaml": ("title:\n", "title: [\n", "S-YAML"),
    "a sign YAML forbids": ("vi: Theo điểm A", "vi: Theo\x07 điểm A", "S-YAML"),
    "two documents": ("valid: {from", "---\nvalid: {from", "S-YAML"),
    "too deep": ("id: vn-2022", "id: " + "[" * 200, "S-DEEP"),
    "average upside down": ("value: 2250000", "value: 1250000", "S-ORDER"),
    "no urban line": ("      urban: {value: 175,", "      all: {value: 175,", "S-AREA-BOTH"),
    "rural alone": ("      urban: {value: 175,", "      # {value: 175,", "S-AREA"),
    "two kinds of line": (
        "    income_at_most:\n",
        "    income_below: {all: {value: 9, from: 2022-01-01, "
        "source: tt07-d3, confidence: verified}}\n    income_at_most:\n",
        "S-ONE-OF",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_named_with_its_line(name: str, tmp_path: Path) -> None:
    old, new, code = FAULTS[name]
    line = line_of(GOOD, old)
    path = tmp_path / "chuan.yaml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    found = check_sheet(path)
    assert code in {one.code for one in found}
    lines = [int(one.cell.split()[-1]) for one in found if one.code == code]
    assert min(abs(one - line) for one in lines) <= 3, (lines, line)
    assert all("{" not in one.sentence(lang) for one in found for lang in ("vi", "en"))
    with pytest.raises(Refused):
        load_sheet(path)


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "chuan.yaml"
    path.write_text(GOOD.replace("value: 140", "value: x").replace("value: 175", "value: y"), encoding="utf-8")
    assert len([one for one in check_sheet(path) if one.code == "S-NUMBER"]) == 2


def test_a_file_that_does_not_exist_is_told(tmp_path: Path) -> None:
    assert [one.code for one in check_sheet(tmp_path / "khong-co.yaml")] == ["S-NO-FILE"]


def test_the_nearest_key_is_suggested(tmp_path: Path) -> None:
    path = tmp_path / "chuan.yaml"
    path.write_text(GOOD.replace("income_score_at_most", "income_scores_at_most"), encoding="utf-8")
    advice = [one.advice() for one in check_sheet(path) if one.code == "S-KEY"]
    assert advice
    assert "income_score_at_most" in advice[0]


@pytest.mark.parametrize(
    "content",
    [b"", b"- 1\n- 2\n", b"hello", b"\xff\xfe\x00", b"a: &x 1\nb: *x\n", b"x" * 1_000_001, b"[" * 200_000],
    ids=["empty", "list", "word", "no text", "alias", "too large", "nested"],
)
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


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("value: 1/3,", "value: 3/2,", "S-CUTOFF"),
        ("value: 1/5,", "value: 1/2,", "S-ORDER-SHARE"),
        ("      d_cm: {", "      d_khac: {", "S-WEIGHT-CODE"),
        ("      d_cm: {", "      d_khac: {", "S-NO-WEIGHT"),
        ("d_cm: {value: 1/6,", "d_cm: {value: MISSING,", "S-MARK"),
        ("d_cm: {value: 1/6,", "d_cm: {value: 0,", "S-KNOWN"),
        ("d_cm: {value: 1/6,", "d_cm: {value: 0.166667,", "S-FINE"),
    ],
)
def test_faults_of_weights(old: str, new: str, code: str, tmp_path: Path) -> None:
    text = (STANDARDS / "mpi-global.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "chuan.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert code in {one.code for one in check_sheet(path)}
    with pytest.raises(Refused):
        load_sheet(path)


def test_weights_that_do_not_sum_to_one_are_a_warning(tmp_path: Path) -> None:
    text = (STANDARDS / "mpi-global.yaml").read_text(encoding="utf-8").replace("d_cm: {value: 1/6", "d_cm: {value: 1/9")
    path = tmp_path / "chuan.yaml"
    path.write_text(text, encoding="utf-8")
    assert [(one.code, one.values["total"]) for one in check_sheet(path)] == [("S-WEIGHT-SUM", "17/18")]
    test = load_sheet(path).methods[0].deprivation
    assert test is not None
    assert sum(test.weights.values()) * 18 == test.whole * 17


def test_one_answer_for_two_indicators_is_a_warning(tmp_path: Path) -> None:
    text = (STANDARDS / "vn-2027.yaml").read_text(encoding="utf-8")
    path = tmp_path / "chuan.yaml"
    path.write_text(text.replace("answered_by: [I02]", "answered_by: [I01]"), encoding="utf-8")
    assert [(one.code, one.values["codes"]) for one in check_sheet(path)] == [("S-BORROWED", "N01, N02")]
    assert load_sheet(path).id == "vn-2027"


def test_a_near_line_under_the_poor_line_is_refused(tmp_path: Path) -> None:
    value = "{value: %s, from: 2024-01-01, source: nq, confidence: verified}"
    method = (
        "{id: tien, kind: single_line, title: {vi: a, en: a}, source: nq, measure: consumption, "
        f"poor_at_most: {{all: {value % 900000}}}, near_poor_at_most: {{all: {value % 800000}}}}}"
    )
    path = tmp_path / "chuan.yaml"
    path.write_text(
        "id: chi-tieu\ntitle: {vi: a, en: a}\nlegal_basis: {vi: a, en: a}\nvalid: {from: 2024-01-01, to: null}\n"
        "sources: {nq: {instrument: NQ, date: 2024-01-01}}\nindicators: []\nmethods:\n  - " + method + "\n",
        encoding="utf-8",
    )
    assert {one.code for one in check_sheet(path)} == {"S-ORDER"}
    path.write_text(path.read_text(encoding="utf-8").replace("800000", "1000000"), encoding="utf-8")
    assert load_sheet(path).methods[0].near_line is not None


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
