"""docs/register.md names every verb by the address of its page."""

from __future__ import annotations

from pathlib import Path

import pytest

from vuonlen.registry.web.verbs import ON_HOUSEHOLD, ON_MEMBER

TEXT = (Path(__file__).parents[2] / "docs" / "register.md").read_text("utf-8")


@pytest.mark.parametrize("word", [*ON_HOUSEHOLD, *(f"nguoi/<id>/{word}" for word in ON_MEMBER)])
def test_each_verb_stands_in_the_guide(word: str) -> None:
    assert f"`{word}/`" in TEXT
