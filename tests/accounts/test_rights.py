"""The table of roles and rights says what the requirement says."""

from __future__ import annotations

import pytest

from vuonlen.accounts.rights import LEVELS, OF_HOUSEHOLDS, RIGHTS, SECOND_FACTOR, Right, Role
from vuonlen.places.models import Level


def test_each_role_has_rights_and_a_level() -> None:
    assert set(RIGHTS) == set(LEVELS) == set(Role)
    assert all(RIGHTS.values())
    assert all(LEVELS.values())


def test_each_right_is_given_to_somebody() -> None:
    assert set().union(*RIGHTS.values()) == set(Right)


def test_the_administrator_sees_nothing_of_households() -> None:
    about = OF_HOUSEHOLDS | {
        Right.EDIT_HOUSEHOLDS, Right.IMPORT, Right.EXPORT, Right.APPROVE_REGISTER, Right.SEE_ID_NUMBER,
        Right.SEE_HEALTH, Right.SEE_ETHNICITY, Right.READ_JOURNAL,
    }  # fmt: skip
    assert not RIGHTS[Role.ADMINISTRATOR] & about


def test_the_bank_only_looks_up_one_household_at_a_time() -> None:
    assert RIGHTS[Role.BANK_OFFICER] == {Right.LOOK_UP_HOUSEHOLD}


def test_the_inspector_reads_everything_and_changes_nothing() -> None:
    reading = {
        Right.READ_HOUSEHOLDS, Right.SEE_ETHNICITY, Right.SEE_HEALTH, Right.SEE_ID_NUMBER, Right.READ_JOURNAL,
    }  # fmt: skip
    assert RIGHTS[Role.INSPECTOR] == reading


def test_the_village_head_reads_and_sees_no_protected_field() -> None:
    assert RIGHTS[Role.VILLAGE_HEAD] == {Right.READ_HOUSEHOLDS}
    assert LEVELS[Role.VILLAGE_HEAD] == {Level.VILLAGE}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Right.EDIT_HOUSEHOLDS, Right.APPROVE_REGISTER),
        (Right.IMPORT, Right.APPROVE_REGISTER),
        (Right.PROPOSE_ROLES, Right.APPROVE_ROLES),
    ],
)
def test_no_role_both_proposes_and_approves(one: Right, other: Right) -> None:
    assert [role for role, rights in RIGHTS.items() if {one, other} <= rights] == []


def test_whoever_approves_needs_the_second_factor() -> None:
    assert {right for right in Right if right.startswith("approve_")} == SECOND_FACTOR
