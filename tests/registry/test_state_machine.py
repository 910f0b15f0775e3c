"""Random verbs and their undoing, in random order, on a few households: what must hold, holds after each.

VUONLEN_SEQUENCES=10000 draws that many sequences; without it a few, the same on each run.
"""

from __future__ import annotations

import os
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.registry.making import again, do, person
from tests.registry.rows import derived, everything
from tests.web.cast import Cast
from vuonlen.domain.poverty import Status
from vuonlen.domain.problems import Refused
from vuonlen.journal.models import Entry
from vuonlen.registry.current import newest
from vuonlen.registry.models import Act, Household, Membership, Person, PersonState, Residence, StatusPeriod
from vuonlen.registry.verbs.desk import Conflict
from vuonlen.registry.verbs.facts import PersonFacts
from vuonlen.registry.verbs.heads import change_head
from vuonlen.registry.verbs.households import (
    add_household,
    close_household,
    correct_household,
    reopen_household,
    strike_household,
)
from vuonlen.registry.verbs.joining import merge_households, split_household
from vuonlen.registry.verbs.members import (
    add_member,
    correct_member,
    correct_member_state,
    mark_deceased,
    member_leaves,
    take_member,
)
from vuonlen.registry.verbs.moving import move_household
from vuonlen.registry.verbs.statuses import Paper, correct_status
from vuonlen.registry.verbs.undoing import undo, undo_decided

SEQUENCES = int(os.environ.get("VUONLEN_SEQUENCES", "12"))
FIRST = date(2023, 1, 1)
days = st.integers(0, 400).map(lambda number: FIRST + timedelta(days=number))
numbers = st.integers(0, 10**6)
NAMES = ("An", "Bình", "Chi", "Dũng", "Em", "Giang")


class Register(RuleBasedStateMachine):
    """One officer and one chair at work."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.count = 0
        self.before: tuple[int, dict[str, Any]] | None = None  # the newest act, and all rows before it

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    # ---- what is done ----

    @initialize()
    def begin(self) -> None:
        for code in ("A", "B"):
            self.add_household(0, FIRST, code)
            self.add_member(len(code), FIRST, "Bình")

    def _call(self, verb: Any, **told: Any) -> None:
        """A verb that is refused leaves no trace; one that is done can be undone until the next."""
        before = everything()
        acts, entries = Act.objects.count(), Entry.objects.count()
        try:
            act = verb(**told)
        except (Refused, Conflict, PermissionDenied):
            assert everything() == before
            assert (Act.objects.count(), Entry.objects.count()) == (acts, entries)
        else:
            self.before = (act.pk, before)

    def _home(self, pick: int) -> Household:
        homes = list(Household.objects.order_by("pk"))
        return homes[pick % len(homes)] if homes else Household()

    def _person(self, pick: int, home: Household | None = None) -> Person:
        rows = Person.objects.filter(memberships__household=home).distinct() if home else Person.objects.all()
        persons = list(rows.order_by("pk"))
        return persons[pick % len(persons)] if persons else Person()

    def _on(self, pick: int, verb: Any, day: date, by: Any = None, **told: Any) -> None:
        home = self._home(pick)
        if home.pk:
            self._call(lambda **rest: do(verb, home, by or self.cast.officer, on=day, **rest), **told)

    @rule(pick=numbers, day=days, code=st.sampled_from("ABCDE"))
    def add_household(self, pick: int, day: date, code: str) -> None:
        villages = self.cast.places.villages["01852"]
        self._call(
            add_household, by=self.cast.officer, reason="x", effective_on=day, code=code,
            place=villages[pick % 2], head=PersonFacts(f"Người {code}"),
        )  # fmt: skip

    @rule(pick=numbers, day=days, name=st.sampled_from(NAMES))
    def add_member(self, pick: int, day: date, name: str) -> None:
        self._on(pick, add_member, day, facts=PersonFacts(name, 1990), confirmed=True)

    @rule(pick=numbers, other=numbers, day=days)
    def take_member(self, pick: int, other: int, day: date) -> None:
        self._on(pick, take_member, day, person=self._person(other))

    @rule(pick=numbers, who=numbers, day=days, name=st.sampled_from(NAMES))
    def correct_member(self, pick: int, who: int, day: date, name: str) -> None:
        chosen = self._person(who, self._home(pick))
        self._on(pick, correct_member, day, person=chosen, facts=PersonFacts(name, 1985), relation=name)

    @rule(pick=numbers, who=numbers, day=days, work=st.sampled_from(["", "employed", "not_employed"]))
    def state(self, pick: int, who: int, day: date, work: str) -> None:
        self._on(pick, correct_member_state, day, person=self._person(who, self._home(pick)), work=work, insured=False)

    @rule(pick=numbers, who=numbers, next_one=numbers, day=days, verb=st.sampled_from([member_leaves, mark_deceased]))
    def go(self, pick: int, who: int, next_one: int, day: date, verb: Any) -> None:
        home = self._home(pick)
        self._on(pick, verb, day, person=self._person(who, home), new_head=self._person(next_one, home))

    @rule(pick=numbers, who=numbers, day=days)
    def change_head(self, pick: int, who: int, day: date) -> None:
        self._on(pick, change_head, day, person=self._person(who, self._home(pick)))

    @rule(pick=numbers, who=numbers, next_one=numbers, day=days, code=st.sampled_from("ABCDE"))
    def split(self, pick: int, who: int, next_one: int, day: date, code: str) -> None:
        home = self._home(pick)
        one = self._person(who, home)
        told = {"members": [one], "head": one, "code": code, "new_head": self._person(next_one, home)}
        self._on(pick, split_household, day, **told)

    @rule(pick=numbers, other=numbers, day=days)
    def merge(self, pick: int, other: int, day: date) -> None:
        into = self._home(other)
        self._on(pick, merge_households, day, self.cast.chair, into=into, revision_into=into.revision)

    @rule(pick=numbers, place=numbers, day=days)
    def move(self, pick: int, place: int, day: date) -> None:
        villages = [*self.cast.places.villages["01852"], *self.cast.places.villages["01837"]]
        self._on(pick, move_household, day, place=villages[place % 4])

    @rule(pick=numbers, day=days, code=st.sampled_from("ABCDE"))
    def correct(self, pick: int, day: date, code: str) -> None:
        self._on(pick, correct_household, day, code=code, address="Số 1")

    @rule(pick=numbers, day=days)
    def close(self, pick: int, day: date) -> None:
        self._on(pick, close_household, day, why="moved_away")

    @rule(pick=numbers, day=days)
    def strike(self, pick: int, day: date) -> None:
        self._on(pick, strike_household, day, self.cast.chair)

    @rule(pick=numbers, who=numbers, day=days)
    def reopen(self, pick: int, who: int, day: date) -> None:
        one = self._person(who, self._home(pick))
        self._on(pick, reopen_household, day, members=[one], head=one)

    @rule(pick=numbers, day=days, status=st.sampled_from(list(Status)))
    def classify(self, pick: int, day: date, status: Status) -> None:
        self.count += 1
        paper = Paper(f"{self.count}/QĐ", day, "UBND")
        self._on(pick, correct_status, day, self.cast.chair, status=status, paper=paper)

    @rule()
    def undo_the_newest(self) -> None:
        """The act just done goes back to exactly what was before."""
        if self.before is None:
            return
        pk, rows = self.before
        self._undo(Act.objects.get(pk=pk))
        assert everything() == rows
        self.before = None

    @rule(pick=numbers)
    def undo_any(self, pick: int) -> None:
        """An older act: either all of it, or refused whole."""
        acts = list(Act.objects.order_by("pk"))
        if not acts:
            return
        before = everything()
        self.before = None
        try:
            self._undo(acts[pick % len(acts)])
        except (Refused, PermissionDenied):
            assert everything() == before

    def _undo(self, act: Act) -> None:
        try:
            undo(act=act, by=self.cast.officer, reason="nhầm")
        except Refused as refused:
            if [one.code for one in refused.problems] != ["G-UNDO-DECIDED"]:
                raise
            undo_decided(act=act, by=self.cast.chair, reason="nhầm")

    # ---- what must hold ----

    @invariant()
    def no_periods_overlap(self) -> None:
        for table, key in (
            (Membership, "person_id"), (Residence, "household_id"), (StatusPeriod, "household_id"),
            (PersonState, "person_id"),
        ):  # fmt: skip
            groups: dict[int, list[tuple[date, date]]] = defaultdict(list)
            for owner, since, until in table._default_manager.values_list(key, "valid_from", "valid_to"):
                groups[owner].append((since, until or date.max))
            for periods in groups.values():
                periods.sort()
                assert all(one[1] <= two[0] for one, two in pairwise(periods)), table

    @invariant()
    def an_open_household_has_members_and_one_head(self) -> None:
        for home in Household.objects.all():
            rows = [one.is_head for one in Membership.objects.filter(household=home, valid_to=None)]
            if home.closed_on is None:
                assert rows.count(True) == 1, home
            else:
                assert rows == [], home

    @invariant()
    def an_open_household_lives_somewhere(self) -> None:
        for home in Household.objects.all():
            stays = Residence.objects.filter(household=home, valid_to=None).count()
            assert stays == (0 if home.closed_on else 1)

    @invariant()
    def each_class_names_a_decision(self) -> None:
        assert not StatusPeriod.objects.filter(decision__number="").exists()
        assert StatusPeriod.objects.filter(decision__isnull=False).count() == StatusPeriod.objects.count()

    @invariant()
    def the_newest_state_is_what_the_periods_say(self) -> None:
        homes = list(Household.objects.all())
        states = newest(homes)
        assert [derived(one) for one in homes] == [states[one.pk] for one in homes]

    @invariant()
    def the_journal_is_whole(self) -> None:
        chains: dict[int, list[Entry]] = defaultdict(list)
        for one in Entry.objects.order_by("chain_id", "sequence"):
            chains[one.chain_id].append(one)
        for entries in chains.values():
            assert [one.sequence for one in entries] == list(range(1, len(entries) + 1))
            assert all(two.previous == one.hash for one, two in pairwise(entries))
        told = Entry.objects.filter(act__startswith="registry.").count()
        assert told == Act.objects.count()


@pytest.mark.django_db
def test_what_must_hold_holds_after_any_verbs(cast: Cast) -> None:
    Register.cast = cast
    chosen = settings(
        max_examples=SEQUENCES, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck),
        derandomize="VUONLEN_SEQUENCES" not in os.environ,
        phases=[Phase.generate],  # shrinking with a database takes minutes; a failure prints its steps anyway
    )  # fmt: skip
    run_state_machine_as_test(Register, settings=chosen)


@pytest.mark.django_db
def test_the_machine_does_not_only_meet_refusals(cast: Cast) -> None:
    """The rules are not so strict that nothing happens: a plain sequence does every verb once."""
    Register.cast = cast
    machine = Register()
    machine.begin()
    home = again(Household.objects.order_by("pk").first())
    day = FIRST + timedelta(days=100)
    machine._on(0, change_head, day, person=person(home, "Bình"))
    machine.merge(0, 1, FIRST + timedelta(days=200))
    assert sorted(Act.objects.values_list("verb", flat=True)) == [
        "add_household", "add_household", "add_member", "add_member", "change_head", "merge_households",
    ]  # fmt: skip
    machine.undo_the_newest()
    machine.teardown()
