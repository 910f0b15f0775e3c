"""A recipe is checked where it enters."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from vuonlen.demo.bac_kan import RECIPE
from vuonlen.demo.recipe import load


@pytest.mark.parametrize(
    ("good", "bad", "why"),
    [
        ("{first: near, second: poor,", "{first: near, second: porr,", "unknown band"),
        ("near_left: 1,", "", "paths are not those of the recipe"),
        ("{poor: 2, near: 4, between_poor: 12", "{poor: 2, near: 4, betwen_poor: 12", "unknown band"),
        ("ethnic: {Kinh: 44,", "ethnic: {Kih: 44,", "unknown ethnic group"),
        ("lone: 0.09", "lone: 9", "less than or equal to 1"),
        ("poor_poor: 16,", "poor_poor: -16,", "greater than or equal to 0"),
        ("seed: bac-kan-1", "sed: bac-kan-1", "seed"),
    ],
)
def test_a_fault_of_the_recipe_is_named(tmp_path: Path, good: str, bad: str, why: str) -> None:
    text = RECIPE.read_text("utf-8")
    assert good in text
    broken = tmp_path / "recipe.yaml"
    broken.write_text(text.replace(good, bad, 1), "utf-8")
    with pytest.raises(ValidationError, match=why):
        load(broken)
