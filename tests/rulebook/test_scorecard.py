"""Scorecards: exact sums, visible arithmetic, blanks stay unknown. The points here are made up."""

from __future__ import annotations

import pickle
import unicodedata
from pathlib import Path

import pytest

from vuonlen.domain.problems import Refused
from vuonlen.rulebook.scorecard import REGION, Scorecard, load_scorecard

CARD = """item,name,points,region,parent,verified
M1,Có ti vi,0.1,,,x
M2,Có tủ lạnh,0.2,,,x
N1,Một hai người,35,rural,size,x
N1,Một hai người,45,urban,size,x
N2,Ba người trở lên,20,,size,
"""


@pytest.fixture
def card(tmp_path: Path) -> Scorecard:
    path = tmp_path / "the.csv"
    path.write_text(CARD, encoding="utf-8")
    return load_scorecard(path)


def test_the_sum_is_exact_and_shown(card: Scorecard) -> None:
    found = card.total({"M1": "x", "M2": "có", "N1": "0", "N2": "không"}, "rural")
    assert (found.points, found.arithmetic) == (0.3, "M1 0,1 + M2 0,2 = 0,3")


def test_points_follow_the_region(card: Scorecard) -> None:
    answers = {"M1": "0", "M2": "0", "N1": "x", "N2": None}
    assert [card.total(answers, region).points for region in ("rural", "urban")] == [35.0, 45.0]


def test_a_blank_tick_makes_the_total_unknown(card: Scorecard) -> None:
    found = card.total({"M1": None, "M2": "0", "N1": "x", "N2": None}, "rural")
    assert (found.points, found.missing) == (None, ("M1",))


def test_no_answer_at_all_is_unknown_not_zero(card: Scorecard) -> None:
    found = card.total({}, "rural")
    assert found.points is None
    assert found.missing == ("M1", "M2", "N1", "N2")


def test_two_options_of_one_parent_are_refused(card: Scorecard) -> None:
    with pytest.raises(Refused, match="N1"):
        card.total({"M1": "0", "M2": "0", "N1": "x", "N2": "x"}, "rural")


def test_unverified_points_are_told(card: Scorecard) -> None:
    answers = {"M1": "0", "M2": "0", "N1": "0", "N2": "x"}
    assert card.total(answers, "rural").unverified
    assert not card.total({**answers, "N1": "x", "N2": "0"}, "rural").unverified


@pytest.mark.parametrize("heading", ["M1", "m1", "CÓ TI VI", "co ti vi"])
def test_a_heading_finds_its_item(card: Scorecard, heading: str) -> None:
    assert card.item_for(heading) == "M1"


def test_yaml_says_the_same_as_csv(card: Scorecard, tmp_path: Path) -> None:
    path = tmp_path / "the.yaml"
    path.write_text('- {item: M1, name: Có ti vi, points: 0.1, verified: true}\n- {item: M2, name: B, points: "0,2"}\n')
    assert load_scorecard(path).total({"M1": True, "M2": True}, None).points == 0.3


CODES = {
    "": "S-CARD-EMPTY",
    "item,name,points\n": "S-CARD-EMPTY",
    "item,points\nA,1\n": "S-CARD-HEADING",
    "item,name,points\nA,Tên,nhiều\n": "S-CARD-POINTS",
    "item,name,points\nA,Tên,NaN\n": "S-CARD-POINTS",
    "item,name,points\nA,Tên,1_0\n": "S-CARD-POINTS",
    "item,name,points\n,Tên,1\n": "S-CARD-NEEDED",
    "item,name,points\nA,Tên,1\na,Tên,2\n": "S-CARD-TWICE",
    "item,name,points,extra\nA,Tên,1,2\n": "S-CARD-COLUMN",
    "item,name,points,points\nA,Tên,1,2\n": "S-CARD-COLUMN",
    "item,name,points\nA,Tên,12,5\n": "S-CARD-WIDE",
}


@pytest.mark.parametrize("text", CODES)
def test_a_faulty_card_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "the.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        load_scorecard(path)
    assert [one.code for one in caught.value.problems] == [CODES[text]]


@pytest.mark.parametrize("name", ["the.csv", "the.yaml"])
def test_every_fault_is_named_with_its_line(name: str, tmp_path: Path) -> None:
    text = {
        "the.csv": "item,name,points\nA,Một,x\nB,Hai,2\nC,,3\n",
        "the.yaml": "- {item: A, name: Một,\n   points: x}\n- {item: B, name: H, points: 2}\n- {item: C, points: 3}\n",
    }[name]
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        load_scorecard(path)
    lines = {"the.csv": ["dòng 2", "dòng 4"], "the.yaml": ["dòng 1", "dòng 4"]}[name]
    assert [(one.code, one.cell) for one in caught.value.problems] == list(
        zip(["S-CARD-POINTS", "S-CARD-NEEDED"], lines, strict=True)
    )


@pytest.mark.parametrize("text", ["- {item: &x A, name: B, points: 1}\n", "- [1]\n", "chữ", "- {item: A, name: [\n"])
def test_yaml_that_is_no_card_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "the.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused):
        load_scorecard(path)


def test_semicolons_and_decimal_commas_are_read(tmp_path: Path) -> None:
    path = tmp_path / "the.csv"
    path.write_text("item;name;points\r\nA;Tên;12,5\r\n", encoding="utf-8-sig")
    assert load_scorecard(path).total({"A": "x"}, None).points == 12.5


def test_points_of_another_region_are_never_used(tmp_path: Path) -> None:
    path = tmp_path / "the.csv"
    path.write_text("item,name,points,region\nA,Tên,10,Đông Bắc\nB,Khác,1,Tây Bắc\n", encoding="utf-8")
    card = load_scorecard(path)
    assert card.total({"A": "x", "B": None}, "dong bac").points == 10
    with pytest.raises(Refused) as caught:
        card.total({"A": "x", "B": "x"}, "Tây Bắc")
    assert caught.value.problems[0].code == "S-CARD-NO-POINTS"
    with pytest.raises(Refused) as caught:
        card.total({"A": "x"}, "Đông Nam")
    assert caught.value.problems[0].code == "S-CARD-REGION"
    assert "Tây Bắc, Đông Bắc" in caught.value.problems[0].advice()


def test_points_of_the_region_go_before_those_of_every_region(tmp_path: Path) -> None:
    path = tmp_path / "the.csv"
    path.write_text("item,name,points,region\nA,Tên,1,\nA,Tên,2,urban\nB,Khác,0,rural\n", encoding="utf-8")
    card = load_scorecard(path)
    assert [card.total({"A": "x", "B": "0"}, region).points for region in ("rural", "urban")] == [1, 2]


def test_an_unknown_region_leaves_the_total_unknown(card: Scorecard) -> None:
    found = card.total({"M1": "x", "M2": "0", "N1": "x", "N2": None}, None)
    assert (found.points, found.missing) == (None, (REGION, "N2"))


@pytest.mark.parametrize("answer", ["-", "?", "có thể"])
def test_an_answer_that_could_be_either_is_refused(card: Scorecard, answer: str) -> None:
    with pytest.raises(Refused) as caught:
        card.total({"M1": answer}, "rural")
    assert caught.value.problems[0].code == "S-CARD-TICK"


def test_yes_is_yes_however_its_letters_are_composed(card: Scorecard) -> None:
    answers = {"M1": unicodedata.normalize("NFD", "Có"), "M2": "KHÔNG", "N1": "x", "N2": "0"}
    assert card.total(answers, "rural").arithmetic == "M1 0,1 + N1 35 = 35,1"


def test_a_name_that_two_items_share_names_neither(tmp_path: Path) -> None:
    path = tmp_path / "the.csv"
    path.write_text("item,name,points,parent\nA0,Không có,0,tivi\nB0,Không có,0,xe\n", encoding="utf-8")
    card = load_scorecard(path)
    assert card.item_for("Không có") is None
    assert card.item_for("b0") == "B0"


def test_a_code_goes_before_the_name_of_another_item(tmp_path: Path) -> None:
    path = tmp_path / "the.csv"
    path.write_text("item,name,points\nxe,Tivi,1\ntivi,Xe,2\n", encoding="utf-8")
    assert load_scorecard(path).item_for("Xe") == "xe"


def test_a_card_travels_to_another_process(card: Scorecard) -> None:
    answers = {"M1": "x", "M2": "0", "N1": "x", "N2": None}
    assert pickle.loads(pickle.dumps(card)).total(answers, "urban") == card.total(answers, "urban")
