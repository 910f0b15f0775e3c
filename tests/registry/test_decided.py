"""What takes two persons: merging, striking a double entry, correcting a class, moving away, and undoing these."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.registry.making import (
    BEGAN,
    again,
    classify,
    do,
    family,
    heads,
    household,
    names,
    person,
)
from tests.web.cast import Cast
from vuonlen.approval.actions import approve
from vuonlen.approval.models import Proposal
from vuonlen.domain.poverty import Status
from vuonlen.domain.problems import Refused
from vuonlen.registry import proposals
from vuonlen.registry.models import Act, Decision, Household, StatusPeriod
from vuonlen.registry.queries import household_as_of
from vuonlen.registry.verbs.desk import Conflict
from vuonlen.registry.verbs.facts import PersonFacts
from vuonlen.registry.verbs.joining import merge_households
from vuonlen.registry.verbs.members import member_leaves
from vuonlen.registry.verbs.statuses import Paper, correct_status
from vuonlen.registry.verbs.undoing import undo

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 1)
PAPER = Paper("77/QĐ-UBND", date(2024, 4, 28), "UBND xã Nông Thượng")


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.problems]


def two(cast: Cast) -> tuple[Household, Household]:
    """The family, and a man who lives alone."""
    return household(cast, "H2", PersonFacts("Ma Văn Tư")), family(cast)


def ask(verb: Any, home: Household, cast: Cast, **rest: Any) -> Proposal:
    told = {"household": again(home), "by": cast.officer, "reason": "theo giấy tờ", "effective_on": DAY}
    made: Proposal = verb(**(told | rest))
    return made


# ---- merging ------------------------------------------------------------------------------------------------------


def test_nothing_happens_before_another_approves(cast: Cast) -> None:
    alone, home = two(cast)
    ask(proposals.propose_merge, alone, cast, into=home)
    assert again(alone).closed_on is None
    assert len(names(home)) == 3


def test_an_approved_merger_brings_the_members_over(cast: Cast) -> None:
    alone, home = two(cast)
    classify(home)
    made = ask(proposals.propose_merge, alone, cast, into=home)
    assert approve(proposal=made, by=cast.chair).state == Proposal.State.APPROVED
    assert (again(alone).closed_why, again(alone).closed_on) == ("merged", DAY)
    assert names(home) == ["Nông Văn An", "Hoàng Thị Bình", "Nông Thị Chi", "Ma Văn Tư"]
    assert (heads(home), again(home).status, again(home).size) == (["Nông Văn An"], "poor", 4)


def test_the_act_names_who_proposed_it(cast: Cast) -> None:
    alone, home = two(cast)
    approve(proposal=ask(proposals.propose_merge, alone, cast, into=home), by=cast.chair)
    act = Act.objects.get(verb="merge_households")
    assert act.by == cast.chair
    assert cast.officer.full_name in act.reason


def test_a_merger_into_a_household_that_changed_meanwhile_is_stale(cast: Cast) -> None:
    alone, home = two(cast)
    made = ask(proposals.propose_merge, alone, cast, into=home)
    do(member_leaves, home, cast.officer, on=DAY, person=person(home, "Chi"))
    assert approve(proposal=made, by=cast.chair).state == Proposal.State.STALE
    assert again(alone).closed_on is None


def test_a_merger_that_could_not_be_done_is_told_when_it_is_proposed(cast: Cast) -> None:
    alone, home = two(cast)
    with pytest.raises(Refused) as refused:
        ask(proposals.propose_merge, alone, cast, into=home, effective_on=BEGAN)
    assert codes(refused) == ["G-BEFORE"]
    assert not Proposal.objects.exists()
    assert not Act.objects.filter(verb="merge_households").exists()


def test_a_household_is_not_merged_with_itself(cast: Cast) -> None:
    home = family(cast)
    with pytest.raises(Refused) as refused:
        ask(proposals.propose_merge, home, cast, into=home)
    assert codes(refused) == ["G-MERGE-SAME"]


def test_an_officer_merges_nothing_alone(cast: Cast) -> None:
    alone, home = two(cast)
    with pytest.raises(PermissionDenied):
        do(merge_households, alone, cast.officer, into=home, revision_into=home.revision)


def test_a_merger_is_seen_in_the_history_of_both(cast: Cast) -> None:
    alone, home = two(cast)
    approve(proposal=ask(proposals.propose_merge, alone, cast, into=home), by=cast.chair)
    act = Act.objects.get(verb="merge_households")
    for one in (alone, home):
        assert act in proposals.Act.objects.filter(changes__household=one).distinct()


# ---- striking -----------------------------------------------------------------------------------------------------


def test_a_double_entry_is_closed_and_not_deleted(cast: Cast) -> None:
    alone, home = two(cast)
    approve(proposal=ask(proposals.propose_strike, alone, cast, twin=home), by=cast.chair)
    assert (again(alone).closed_why, again(alone).head_name) == ("entered_twice", "Ma Văn Tư")


# ---- class --------------------------------------------------------------------------------------------------------


def correct(cast: Cast, home: Household, status: Status = Status.NEAR_POOR, **rest: Any) -> Proposal:
    told: dict[str, Any] = {"status": status, "paper": PAPER}
    return ask(proposals.propose_status, home, cast, **(told | rest))


def periods(home: Household) -> list[tuple[date, date | None, str, str]]:
    rows = StatusPeriod.objects.filter(household=home).select_related("decision").order_by("valid_from")
    return [(one.valid_from, one.valid_to, one.status, one.decision.number) for one in rows]


def test_a_class_is_corrected_by_a_decision_that_names_the_old_one(cast: Cast) -> None:
    home = family(cast)
    old = classify(home).decision
    approve(proposal=correct(cast, home), by=cast.chair)
    assert Decision.objects.get(number="77/QĐ-UBND").corrects == old
    assert periods(home) == [
        (date(2023, 12, 31), DAY, "poor", "12/QĐ-UBND"),
        (DAY, None, "near_poor", "77/QĐ-UBND"),
    ]
    assert again(home).status == "near_poor"


def test_a_correction_from_the_first_day_replaces_the_class(cast: Cast) -> None:
    home = family(cast)
    classify(home)
    approve(proposal=correct(cast, home, effective_on=date(2023, 12, 31)), by=cast.chair)
    assert periods(home) == [(date(2023, 12, 31), None, "near_poor", "77/QĐ-UBND")]


def test_a_correction_of_an_earlier_class_ends_with_it(cast: Cast) -> None:
    home = family(cast)
    classify(home, Status.POOR, date(2023, 12, 31))
    classify(home, Status.NOT_POOR, date(2024, 12, 31), number="9/QĐ")
    approve(proposal=correct(cast, home), by=cast.chair)
    assert periods(home)[1] == (DAY, date(2024, 12, 31), "near_poor", "77/QĐ-UBND")
    assert again(home).status == "not_poor"


def test_a_household_without_a_class_gets_one_until_the_next(cast: Cast) -> None:
    home = family(cast)
    classify(home, Status.NOT_POOR, date(2024, 12, 31), number="9/QĐ")
    approve(proposal=correct(cast, home), by=cast.chair)
    assert periods(home)[0] == (DAY, date(2024, 12, 31), "near_poor", "77/QĐ-UBND")
    assert Decision.objects.get(number="77/QĐ-UBND").corrects is None


def test_one_decision_may_correct_many_households(cast: Cast) -> None:
    alone, home = two(cast)
    classify(home)
    classify(alone)
    for one in (home, alone):
        approve(proposal=correct(cast, one), by=cast.chair)
    assert Decision.objects.filter(number="77/QĐ-UBND").count() == 1


@pytest.mark.parametrize(
    ("paper", "code"),
    [
        (Paper("12/QĐ-UBND", date(2023, 12, 31), "UBND"), "G-DECISION-TAKEN"),
        (Paper("", date(2024, 4, 28), "UBND"), "G-BLANK"),
        (Paper("77/QĐ", date(2024, 4, 28), " "), "G-BLANK"),
        (Paper("77/QĐ", date(2999, 4, 28), "UBND"), "G-DECISION-LATER"),
    ],
)
def test_a_class_needs_a_real_decision(cast: Cast, paper: Paper, code: str) -> None:
    home = family(cast)
    classify(home)
    with pytest.raises(Refused) as refused:
        correct(cast, home, paper=paper)
    assert codes(refused) == [code]


def test_the_same_class_again_is_refused(cast: Cast) -> None:
    home = family(cast)
    classify(home)
    with pytest.raises(Refused) as refused:
        correct(cast, home, Status.POOR)
    assert codes(refused) == ["G-STATUS-SAME"]


def test_no_class_before_any_standard_was_in_force(cast: Cast) -> None:
    home = household(cast, on=date(2021, 6, 1))
    with pytest.raises(Refused) as refused:
        correct(cast, home, effective_on=date(2021, 7, 1), paper=Paper("1/QĐ", date(2021, 7, 1), "UBND"))
    assert codes(refused) == ["G-STANDARD"]


def test_an_officer_corrects_no_class_alone(cast: Cast) -> None:
    home = family(cast)
    with pytest.raises(PermissionDenied):
        do(correct_status, home, cast.officer, status=Status.POOR, paper=PAPER)


# ---- moving away --------------------------------------------------------------------------------------------------


def test_a_move_to_another_commune_waits_for_who_answers_for_both(cast: Cast) -> None:
    home = family(cast)
    there = cast.places.villages["01846"][0]  # of the neighbour
    made = ask(proposals.propose_move, home, cast, place=there)
    with pytest.raises(Refused) as refused:
        approve(proposal=made, by=cast.chair)  # of the commune that it leaves
    assert codes(refused) == ["G-APPROVE-BOTH"]
    approve(proposal=made, by=cast.approver)
    assert household_as_of(again(home), DAY).place == there


def test_a_move_to_another_province_has_nobody_for_both(cast: Cast) -> None:
    home = family(cast, on=date(2023, 3, 1))
    with pytest.raises(Refused) as refused:
        ask(proposals.propose_move, home, cast, place=cast.places.far_commune, effective_on=date(2025, 8, 1))
    assert codes(refused) == ["G-BOTH-ENDS"]


# ---- undoing ------------------------------------------------------------------------------------------------------


def test_what_two_decided_one_does_not_undo(cast: Cast) -> None:
    alone, home = two(cast)
    approve(proposal=ask(proposals.propose_merge, alone, cast, into=home), by=cast.chair)
    with pytest.raises(Refused) as refused:
        undo(act=Act.objects.get(verb="merge_households"), by=cast.officer, reason="nhầm")
    assert codes(refused) == ["G-UNDO-DECIDED"]


def test_what_two_decided_two_undo(cast: Cast) -> None:
    alone, home = two(cast)
    approve(proposal=ask(proposals.propose_merge, alone, cast, into=home), by=cast.chair)
    act = Act.objects.get(verb="merge_households")
    made = proposals.propose_undo(household=again(alone), act=act, by=cast.officer, reason="nhầm")
    assert approve(proposal=made, by=cast.chair).state == Proposal.State.APPROVED
    assert (again(alone).closed_on, names(alone), len(names(home))) == (None, ["Ma Văn Tư"], 3)


def test_undoing_the_undoing_takes_two_again(cast: Cast) -> None:
    alone, home = two(cast)
    approve(proposal=ask(proposals.propose_merge, alone, cast, into=home), by=cast.chair)
    act = Act.objects.get(verb="merge_households")
    made = proposals.propose_undo(household=again(alone), act=act, by=cast.officer, reason="nhầm")
    approve(proposal=made, by=cast.chair)
    with pytest.raises(Refused) as refused:
        undo(act=Act.objects.get(verb="reverse"), by=cast.officer, reason="lại nhầm")
    assert codes(refused) == ["G-UNDO-DECIDED"]


def test_a_verb_on_an_old_revision_writes_nothing(cast: Cast) -> None:
    alone, home = two(cast)
    with pytest.raises(Conflict):
        do(merge_households, alone, cast.chair, into=home, revision_into=0)
    assert again(alone).closed_on is None
