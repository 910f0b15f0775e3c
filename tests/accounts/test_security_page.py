"""docs/security.md is true: what it names exists, every control has a proof, the rights are those of the program."""

from __future__ import annotations

import re

import pytest

from tests.architecture.tree import ROOT
from tests.web.promised import TEXT, rights, table
from vuonlen.accounts.rights import RIGHTS, Right

NAMED = re.compile(r"`((?:tests|vuonlen)/[\w/]+\.py)`")


@pytest.mark.parametrize("name", sorted(set(NAMED.findall(TEXT))))
def test_each_file_that_it_names_exists(name: str) -> None:
    assert (ROOT / name).is_file()


def test_each_control_has_a_place_and_a_proof() -> None:
    rows = table("Controls")
    assert len(rows) >= 14
    for control, rule, where, proof in rows:
        assert len(rule.split()) > 5, control
        assert NAMED.findall(where), control
        assert all(one.startswith("tests/") for one in NAMED.findall(proof)), control
        assert NAMED.findall(proof), control


def test_each_control_of_a_threat_is_on_the_list() -> None:
    known = {row[0].split()[0] for row in table("Controls")}
    named = {one.strip() for row in table("Who could do harm") for one in row[3].split(",")}
    assert named <= known
    assert all(re.fullmatch(r"C\d+", one) for one in named)


def test_the_table_of_rights_is_the_one_the_program_uses() -> None:
    assert rights() == RIGHTS
    assert [row[0] for row in table("Who may do what")] == list(Right)


def test_each_planned_control_says_where_it_stands() -> None:
    rows = {row[0]: row for row in table("Where the planned controls stand")}
    assert list(rows) == [f"C{number}" for number in range(1, 21)]
    proven = {row[0].split()[0] for row in table("Controls")}
    for name, (_, _, now, missing) in rows.items():
        assert now in {"yes", "partly", "no"}, name
        assert (name in proven) == (now != "no"), name
        assert missing or now == "yes", name
