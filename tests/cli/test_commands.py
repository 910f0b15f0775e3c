"""The other commands: explain, check, standards, demo-data, help, language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run, told
from vuonlen.rulebook.load import find, load_sheet, shipped
from vuonlen.rules import STANDARDS

Write = Callable[..., Path]
LINE = "H1;01852;Xã Nông Thượng;Thôn 1;nông thôn;Hoàng Văn A;4;1200000;120;40"


def test_explain_prints_the_trace(run: Run, write: Write) -> None:
    done = run("explain", write("nay.csv", LINE), "H1", "--standard", "vn-2022")
    assert done.returncode == 0, done.stderr
    assert "HỘ NGHÈO" in done.stdout
    assert "120 ≤ 140" in done.stdout
    assert "Thông tư 07/2021/TT-BLĐTBXH" in done.stdout


def test_explain_in_english(run: Run, write: Write) -> None:
    done = run("explain", write("nay.csv", LINE), "H1", "--standard", "vn-2022", "--lang", "en")
    assert "POOR" in done.stdout
    assert "Income score A (B1): 120 ≤ 140" in done.stdout


def test_explain_under_two_standards_as_json(run: Run, write: Write) -> None:
    done = run("explain", write("nay.csv", LINE), "H1", "--standard", "vn-2022", "--standard", "vn-2027", "--json")
    assert [(one["standard"], one["status"]) for one in told(done)] == [
        ("vn-2022", "poor"),
        ("vn-2027", "undetermined"),
    ]


def test_explain_names_similar_ids(run: Run, write: Write) -> None:
    done = run("explain", write("nay.csv", LINE), "H11")
    assert done.returncode == 2
    assert "H1" in done.stderr


def test_check_lists_columns_and_writes_nothing(run: Run, write: Write, tmp_path: Path) -> None:
    path = write("nay.csv", LINE)
    before = {one.name for one in tmp_path.iterdir()}
    done = run("check", path, "--json")
    assert done.returncode == 0, done.stderr
    found = told(done)
    assert {"household_id", "income", "income_score"} <= {one["column"] for one in found["columns"]}
    assert found["rows"] == 1
    assert {one.name for one in tmp_path.iterdir()} == before


def test_check_exits_1_when_a_row_is_refused(run: Run, write: Write) -> None:
    assert run("check", write("nay.csv", LINE, LINE.replace("H1", "H2").replace("1200000", "abc"))).returncode == 1


def test_standards_list_has_every_shipped_one(run: Run) -> None:
    assert {one["id"] for one in told(run("standards", "list", "--json"))} == set(shipped())


@pytest.mark.parametrize("name", shipped())
def test_standards_show_tells_source_and_confidence(run: Run, name: str) -> None:
    found = told(run("standards", "show", name, "--json"))
    assert found["hash"] == find(name).hash
    assert all(one["source"] and one["confidence"] and one["from"] for one in found["values"])
    assert run("standards", "show", name).returncode == 0


def test_standards_show_says_what_is_missing(run: Run) -> None:
    assert "Còn thiếu" in run("standards", "show", "vn-2027").stdout


def test_standards_diff_names_the_lines(run: Run) -> None:
    found = told(run("standards", "diff", "vn-2022", "vn-2027", "--json"))["differences"]
    pairs = {(one["first"], one["second"]) for one in found}
    assert any("1.500.000" in first and "2.200.000" in second for first, second in pairs)
    assert told(run("standards", "diff", "vn-2022", "vn-2022", "--json"))["differences"] == []


def test_standards_check_passes_a_good_sheet_and_fails_a_bad_one(run: Run, tmp_path: Path) -> None:
    good = (STANDARDS / "vn-2022.yaml").read_text(encoding="utf-8")
    (tmp_path / "tot.yaml").write_text(good, encoding="utf-8")
    (tmp_path / "hong.yaml").write_text(good.replace("value: 140", "value: nhiều"), encoding="utf-8")
    assert load_sheet(tmp_path / "tot.yaml").id == "vn-2022"
    assert run("standards", "check", "tot.yaml").returncode == 0
    done = run("standards", "check", "hong.yaml")
    assert done.returncode == 2
    assert "dòng" in done.stderr


def test_help_in_both_languages(run: Run) -> None:
    assert "Xét từng hộ" in run("--help").stdout
    assert "Judge" in run("--help", "--lang", "en").stdout


def test_an_unknown_language_or_option_exits_2(run: Run) -> None:
    assert run("--help", "--lang", "fr").returncode == 2
    assert run("judge", "--khong-co").returncode == 2


def test_an_unknown_demonstration_is_refused(run: Run) -> None:
    assert run("demo-data", "ha-noi").returncode == 2
