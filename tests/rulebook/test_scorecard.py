"""Scorecards: exact sums, visible arithmetic, blanks stay unknown. The points here are made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from vuonlen.domain.problems import Refused
from vuonlen.rulebook.scorecard import Scorecard, load_scorecard

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


@pytest.mark.parametrize(
    "text",
    [
        "",
        "item,points\nA,1\n",
        "item,name,points\nA,Tên,nhiều\n",
        "item,name,points\nA,Tên,NaN\n",
        "item,name,points\n,Tên,1\n",
        "item,name,points\nA,Tên,1\nA,Tên,2\n",
        "item,name,points,extra\nA,Tên,1,2\n",
    ],
)
def test_a_faulty_card_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "the.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused):
        load_scorecard(path)
