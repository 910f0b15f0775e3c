"""Unknown is never zero: which figures are unknown, which only lack some answers."""

from __future__ import annotations

from typing import Any

from vuonlen.analytics.engines.reference_figures import figures
from vuonlen.analytics.measures import Figure, Measure, Term
from vuonlen.analytics.table_model import measure
from vuonlen.analytics.table_values import total

POOR = ("status", "poor")
WITH_CAUSE = measure(Term((POOR, ("cause_C1", True))), unknown_if_blank=["cause_C1"])
PERSONS = measure(Term((POOR,), "members"))
MOVED = measure(Term((("move_poor", "new"),)))


def figure(one: Measure, *rows: dict[str, Any]) -> Figure:
    return figures([{"place": "A", **row} for row in rows], [one], "place")["A"][one.id]


def test_a_name_says_what_is_counted() -> None:
    assert WITH_CAUSE.id == "n(status=poor,cause_C1=yes)"
    assert PERSONS.id == "members(status=poor)"
    assert PERSONS.needs == ("members",)


def test_a_column_that_is_absent_is_unknown() -> None:
    assert figure(WITH_CAUSE, {"status": "poor"}) == Figure(None, 1)


def test_a_column_that_is_blank_for_every_poor_household_is_unknown() -> None:
    rows = [{"status": "poor", "cause_C1": None}, {"status": "not_poor", "cause_C1": True}]
    assert figure(WITH_CAUSE, *rows) == Figure(None, 1)


def test_some_blanks_leave_a_figure_and_are_told() -> None:
    rows = [{"status": "poor", "cause_C1": answer} for answer in (True, False, None, None)]
    assert figure(WITH_CAUSE, *rows) == Figure(1, 2)


def test_a_place_without_poor_households_has_a_known_zero() -> None:
    assert figure(WITH_CAUSE, {"status": "not_poor"}) == Figure(0, 0)
    assert figure(PERSONS, {"status": "not_poor", "members": None}) == Figure(0, 0)


def test_a_blank_class_is_an_answer() -> None:
    assert figure(MOVED, {"status": "poor", "move_poor": None}, {"status": "poor"}) == Figure(0, 0)


def test_a_blank_that_another_answer_rules_out_does_not_count() -> None:
    one = measure(Term((POOR, ("group_NCC", True)), "members"), unknown_if_blank=["group_NCC"])
    rows = [
        {"status": "poor", "group_NCC": False, "members": None},
        {"status": "poor", "group_NCC": True, "members": 3},
    ]
    assert figure(one, *rows) == Figure(3, 0)


def test_persons_are_unknown_where_no_household_of_the_group_has_them() -> None:
    one = measure(Term((POOR, ("group_NCC", True)), "members"), unknown_if_blank=["group_NCC"])
    rows = [
        {"status": "poor", "group_NCC": True, "members": None},
        {"status": "poor", "group_NCC": False, "members": 3},
    ]
    assert figure(one, *rows) == Figure(None, 1)


def test_a_row_open_in_two_terms_is_one_household() -> None:
    one = measure(Term((POOR,), "previous_members"), Term((POOR,), "persons_less"))
    assert figure(one, {"status": "poor"}, {"status": "poor", "previous_members": 4, "persons_less": 1}) == Figure(5, 1)


def test_a_total_is_unknown_as_soon_as_one_place_is() -> None:
    places = [{PERSONS.id: Figure(5, 1)}, {PERSONS.id: Figure(None, 2)}]
    assert total(places, [PERSONS])[PERSONS.id] == Figure(None, 3)
    assert total(places[:1], [PERSONS])[PERSONS.id] == Figure(5, 1)
    assert total([{}], [PERSONS])[PERSONS.id].value is None
