"""Every value of the law carries a date, a source and a confidence; nothing missing is filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from vuonlen.domain.poverty import Confidence
from vuonlen.rulebook.lists import asked_at, ethnic_groups, minority_codes, poverty_causes, target_groups
from vuonlen.rulebook.load import find, shipped
from vuonlen.rules import LISTS, STANDARDS

SHEETS = sorted(path for path in STANDARDS.glob("*.yaml") if not path.stem.endswith(".cases"))
DATED_LISTS = ["ethnic_groups", "member_questions", "poverty_causes", "target_groups"]


def values(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if "value" in node or "code" in node:
            yield node
        for one in node.values():
            yield from values(one)
    elif isinstance(node, list):
        for one in node:
            yield from values(one)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_every_value_of_a_sheet_has_date_source_and_confidence(path: Path) -> None:
    found = list(values(yaml.safe_load(path.read_text(encoding="utf-8"))))
    assert len(found) > 10
    for one in found:
        assert {"from", "source", "confidence"} <= set(one), one
        assert one["confidence"] in set(Confidence)


@pytest.mark.parametrize("name", DATED_LISTS)
def test_every_entry_of_a_list_has_date_source_and_confidence(name: str) -> None:
    found = yaml.safe_load((LISTS / f"{name}.yaml").read_text(encoding="utf-8"))
    assert found
    for one in found:
        assert {"code", "name_vi", "from", "source", "confidence"} <= set(one), one


@pytest.mark.parametrize("name", DATED_LISTS)
def test_the_confidence_of_an_entry_is_one_of_the_known(name: str) -> None:
    for one in yaml.safe_load((LISTS / f"{name}.yaml").read_text(encoding="utf-8")):
        assert one["confidence"] in set(Confidence), one
        if "definition" in one:
            assert set(one["definition"]) == {"vi", "en"}
            assert one["definition_confidence"] in set(Confidence)


@pytest.mark.parametrize("names", [poverty_causes, target_groups])
def test_causes_and_groups_have_both_names(names: Callable[[str], dict[str, str]]) -> None:
    assert names("vi").keys() == names("en").keys()
    assert all(names("en")[code] != name for code, name in names("vi").items())


def test_a_people_has_one_name_in_both_languages() -> None:
    assert ethnic_groups("en") == ethnic_groups() | {"55": "Foreigner"}


def test_enough_cases_stand_beside_the_national_standards() -> None:
    counted = {
        name: len(yaml.safe_load((STANDARDS / f"{name}.cases.yaml").read_text(encoding="utf-8")))
        for name in ("vn-2022", "vn-2027")
    }
    assert counted["vn-2022"] >= 30
    assert counted["vn-2027"] >= 12


def test_the_lists_are_complete() -> None:
    assert len(ethnic_groups()) == 55
    assert len(minority_codes()) == 53
    assert list(poverty_causes()) == [f"C{number}" for number in range(1, 9)]
    assert {"DTTS", "KCKNLD", "NCC"} <= set(target_groups())


def test_questions_are_asked_by_age() -> None:
    asked = {
        age: {one for one in ("insured", "in_school", "malnourished", "work") if asked_at(one, age)}
        for age in (2, 3, 6, 15, 16, 90)
    }
    child = {"in_school", "malnourished"}
    grown = {"insured", "work"}
    assert asked == {
        2: {"malnourished"}, 3: child, 6: child | {"insured"}, 15: child | {"insured"}, 16: grown, 90: grown,
    }  # fmt: skip


def test_unread_thresholds_of_the_2027_standard_stay_missing() -> None:
    sheet = find("vn-2027")
    missing = [one.code for one in sheet.indicators if one.deprived_if is None]
    assert missing == [f"N{number:02d}" for number in range(4, 13)]
    assert all(not one.confidence.confirmed for one in sheet.indicators)
    assert [method.kind for method in sheet.methods] == ["income_and_deprivations"]
    assert sheet.average_living is None
    assert sheet.missing


def test_each_shipped_id_is_its_file_name() -> None:
    assert {find(name).id for name in shipped()} == set(shipped())
