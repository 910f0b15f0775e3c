"""Any sequence of proposing, deciding, changing roles, leaving and taking over, beside a plain model of what is right.

The model knows nothing of `vuonlen.approval`: it reads users and roles as rows, keeps who took over from whom, and
counts what must have happened. After each step the tables and the journal are compared with it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.approval import things
from tests.web.cast import Cast
from vuonlen.accounts.models import Appointment, User
from vuonlen.accounts.rights import RIGHTS, Right, Role
from vuonlen.approval.actions import approve, hand_over, propose, refuse, withdraw
from vuonlen.approval.models import Proposal
from vuonlen.domain.problems import Refused
from vuonlen.journal.models import Chain, Entry
from vuonlen.places.models import Place

PEOPLE = (
    "officer",
    "officer2",
    "chair",
    "province_officer",
    "approver",
    "approver2",
    "nobody",
)  # few: they meet more often
PLACES = ("bac_kan", "province")
RIGHTS_OF = {
    "test.village": (Right.IMPORT, Right.APPROVE_REGISTER),
    "test.appoint": (Right.PROPOSE_ROLES, Right.APPROVE_ROLES),
}
_FIELDS = (
    "sequence", "at", "actor_id", "actor", "role", "place", "act", "object_type", "object_id", "fields", "reason",
    "before", "after", "previous",
)  # fmt: skip

someone = st.sampled_from(PEOPLE)
somewhere = st.sampled_from(PLACES)
a_role = st.sampled_from([Role.COMMUNE_OFFICER, Role.COMMUNE_CHAIR, Role.PROVINCE_APPROVER, Role.PROVINCE_OFFICER])
number = st.integers(0, 7)


@dataclass
class Asked:
    """One proposal as the model knows it. version: of the data it was made on."""

    row: Proposal
    kind: str
    by: str
    place: str
    about: set[str]
    payload: dict[str, Any]
    version: int
    state: str = "open"
    decided_by: str = ""
    handed: int = 0


def outcome(act: Callable[[], Proposal]) -> str:
    try:
        return str(act().state)
    except PermissionDenied:
        return "denied"
    except Refused as why:
        return why.problems[0].code


class Office(RuleBasedStateMachine):
    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self._undo = transaction.atomic()
        self._undo.__enter__()
        others = [user.pk for name, user in self.cast.users().items() if name not in PEOPLE]
        User.objects.filter(pk__in=others).update(is_active=False)
        self.users = {name: User.objects.get(pk=getattr(self.cast, name).pk) for name in PEOPLE}
        self.places = {name: getattr(self.cast.places, name) for name in PLACES}
        self.asked: list[Asked] = []
        self.taken: list[tuple[str, str]] = []  # who took over from whom
        self.versions: Counter[str] = Counter()  # of the villages of a place, of the roles of a user
        self.began = {name: len(things.villages(place.pk)) for name, place in self.places.items()}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._undo.__exit__(None, None, None)

    # ---- what is right, told plainly ----------------------------------------------------------------------------

    def active(self, who: str) -> bool:
        user = User.objects.get(pk=self.users[who].pk)
        return user.is_active and user.left_on is None

    def holds(self, who: str, right: Right, place: str) -> bool:
        today, path = timezone.localdate(), self.places[place].path
        for one in Appointment.objects.filter(user=self.users[who]).select_related("place"):
            runs = one.valid_from <= today and (one.valid_to is None or one.valid_to > today)
            if runs and right in RIGHTS[Role(one.role)] and path.startswith(one.place.path):
                return self.active(who)
        return False

    def same(self, names: set[str]) -> set[str]:
        found = set(names)
        while more := {one for pair in self.taken if found & set(pair) for one in pair} - found:
            found |= more
        return found

    def behind(self, who: str) -> set[str]:
        """`who` and whoever handed over to them, however long ago."""
        found = {who}
        while more := {a for a, b in self.taken if b in found} - found:
            found |= more
        return found

    def version(self, kind: str, payload: dict[str, Any], place: str) -> int:
        return self.versions[f"place {payload['commune']}" if kind == "test.village" else f"user {payload['user']}"]

    def changed(self, kind: str, payload: dict[str, Any]) -> None:
        self.versions[f"place {payload['commune']}" if kind == "test.village" else f"user {payload['user']}"] += 1

    def may_decide(self, one: Asked, who: str) -> str:
        """What `who` is told who decides on it; "" where nothing stands against it."""
        if who == one.by:
            return "A-SELF"
        if who in self.same({one.by}):
            return "A-SUCCESSOR"
        if who in self.same(one.about):
            return "A-INTERESTED"
        if not self.holds(who, RIGHTS_OF[one.kind][1], one.place):
            return "denied"
        return "" if one.state == "open" else "A-DECIDED"

    def effect(self, one: Asked) -> str:
        """What an approval by somebody entitled comes to."""
        if one.version != self.version(one.kind, one.payload, one.place):
            return "stale"
        told = one.payload
        held = one.kind == "test.appoint" and things.running(told["user"], told["role"], told["place"])
        return "A-KIND" if held else "approved"  # refused by the kind itself: nothing is done, and it still waits

    # ---- proposing and deciding ---------------------------------------------------------------------------------

    def _propose(self, kind: str, who: str, place: str, payload: dict[str, Any], about: set[str]) -> None:
        version = self.version(kind, payload, place)
        rows: list[Proposal] = []

        def act() -> Proposal:
            rows.append(
                propose(kind=kind, by=self.users[who], place=self.places[place], title="t", payload=payload, reason="r")
            )
            return rows[-1]

        propose_right, approve_right = RIGHTS_OF[kind]
        barred = self.same({who} | about)
        twice = any(
            (one.kind, one.place, one.payload, one.version, one.state) == (kind, place, payload, version, "open")
            for one in self.asked
        )
        if not self.holds(who, propose_right, place):
            expected = "denied"
        elif not any(self.holds(one, approve_right, place) for one in set(PEOPLE) - barred):
            expected = "A-NOBODY"
        else:
            expected = "A-TWICE" if twice else "open"
        assert outcome(act) == expected
        if rows:
            self.asked.append(Asked(rows[0], kind, who, place, about, payload, version))

    @rule(who=someone, place=somewhere, name=st.sampled_from("ABCDE"))
    def propose_village(self, who: str, place: str, name: str) -> None:
        self._propose("test.village", who, place, {"commune": self.places[place].pk, "name": name}, set())

    @rule(who=someone, place=somewhere, about=someone, role=a_role)
    def propose_role(self, who: str, place: str, about: str, role: Role) -> None:
        payload = {"user": self.users[about].pk, "role": role.value, "place": self.places[place].pk}
        self._propose("test.appoint", who, place, payload, {about})

    @rule(place=somewhere, name=st.sampled_from("ABCDE"), which=number)
    def propose_village_as_one_may(self, place: str, name: str, which: int) -> None:
        """Otherwise most of what is drawn would be denied."""
        for who in self.who_may(Right.IMPORT, place, which):
            self.propose_village(who, place, name)

    @rule(place=somewhere, about=someone, role=a_role, which=number)
    def propose_role_as_one_may(self, place: str, about: str, role: Role, which: int) -> None:
        for who in self.who_may(Right.PROPOSE_ROLES, place, which):
            self.propose_role(who, place, about, role)

    def who_may(self, right: Right, place: str, which: int) -> list[str]:
        """One of those who hold it, if there is any."""
        found = [who for who in PEOPLE if self.holds(who, right, place)]
        return [found[which % len(found)]] if found else []

    def _one(self, which: int) -> Asked:
        return self.asked[-1 - which % len(self.asked)]  # mostly a late one: small numbers are drawn more often

    @precondition(lambda self: self.asked)
    @rule(which=number, who=someone)
    def approve(self, which: int, who: str) -> None:
        one = self._one(which)
        expected = self.may_decide(one, who)
        if not expected:
            expected = self.effect(one)
        assert outcome(lambda: approve(proposal=one.row, by=self.users[who])) == expected
        if expected in ("approved", "stale"):
            one.state, one.decided_by = expected, who
            if expected == "approved":
                self.changed(one.kind, one.payload)

    @precondition(lambda self: self.asked)
    @rule(which=number)
    def approve_by_whoever_can(self, which: int) -> None:
        one = self._one(which)
        for who in [who for who in PEOPLE if not self.may_decide(one, who)][:1]:
            self.approve(which, who)

    @precondition(lambda self: self.asked)
    @rule(which=number, who=someone)
    def refuse(self, which: int, who: str) -> None:
        one = self._one(which)
        expected = self.may_decide(one, who) or "refused"
        assert outcome(lambda: refuse(proposal=one.row, by=self.users[who], reason="không")) == expected
        if expected == "refused":
            one.state, one.decided_by = expected, who

    @precondition(lambda self: self.asked)
    @rule(which=number, who=someone)
    def withdraw(self, which: int, who: str) -> None:
        one = self._one(which)
        if not self.active(who) or one.by not in self.behind(who):
            expected = "denied"
        else:
            expected = "withdrawn" if one.state == "open" else "A-DECIDED"
        assert outcome(lambda: withdraw(proposal=one.row, by=self.users[who])) == expected
        if expected == "withdrawn":
            one.state, one.decided_by = expected, who

    # ---- the world changes --------------------------------------------------------------------------------------

    @rule(who=someone, role=a_role, place=somewhere)
    def appoint(self, who: str, role: Role, place: str) -> None:
        user, where, today = self.users[who], self.places[place], timezone.localdate()
        if things.running(user.pk, role, where.pk):
            return
        Appointment.objects.create(user=user, role=role, place=where, valid_from=today, document="thẳng")
        self.versions[f"user {self.users[who].pk}"] += 1

    @rule(who=someone)
    def end_roles(self, who: str) -> None:
        rows = Appointment.objects.filter(user=self.users[who], valid_to__isnull=True)
        if rows.update(valid_to=timezone.localdate()):
            self.versions[f"user {self.users[who].pk}"] += 1

    @rule(who=someone)
    def make_superuser(self, who: str) -> None:
        User.objects.filter(pk=self.users[who].pk).update(is_superuser=True, is_staff=True)

    @rule(who=someone, to=someone)
    def leave(self, who: str, to: str) -> None:
        """Closed, and the work handed over. The accounts forget the successor; the proposals must not."""
        User.objects.filter(pk=self.users[who].pk).update(is_active=False, left_on=timezone.localdate())
        if who != to:
            self.hand_over(who, to)

    @rule(who=someone, to=someone)
    def hand_over(self, who: str, to: str) -> None:
        if who == to:
            return
        self.taken.append((who, to))
        behind = self.behind(who)  # with the new link: they may go round in a circle
        open_ones = [one for one in self.asked if one.state == "open" and one.by in behind]
        assert hand_over(from_user=self.users[who], to_user=self.users[to]) == len(open_ones)
        for one in open_ones:
            one.handed += 1

    @rule(who=someone)
    def come_back(self, who: str) -> None:
        User.objects.filter(pk=self.users[who].pk).update(is_active=True, left_on=None)

    @rule(place=somewhere)
    def data_change(self, place: str) -> None:
        things.add_village(self.places[place].pk, "ngoài đề nghị")
        self.versions[f"place {self.places[place].pk}"] += 1

    # ---- what always holds --------------------------------------------------------------------------------------

    @invariant()
    def proposals_are_as_they_should_be(self) -> None:
        rows = {row.pk: row for row in Proposal.objects.all()}
        assert set(rows) == {one.row.pk for one in self.asked}
        for one in self.asked:
            row = rows[one.row.pk]
            assert (row.state, row.proposed_by_id) == (one.state, self.users[one.by].pk)
            decider = self.users[one.decided_by].pk if one.decided_by else None
            assert row.decided_by_id == decider
            if one.state in ("approved", "refused", "stale"):
                assert decider != row.proposed_by_id
            assert (row.applied_at is not None) == (one.state == "approved")

    @invariant()
    def there_is_one_effect_for_each_approval_and_no_other(self) -> None:
        approved = [one for one in self.asked if one.state == "approved"]
        villages: Counter[tuple[int, str]] = Counter(
            (one.payload["commune"], one.payload["name"]) for one in approved if one.kind == "test.village"
        )
        rows = Place.objects.filter(parent__in=self.places.values(), name__in="ABCDE")
        assert Counter(rows.values_list("parent", "name")) == villages
        roles: Counter[tuple[int, str, int]] = Counter(
            (one.payload["user"], one.payload["role"], one.payload["place"])
            for one in approved
            if one.kind == "test.appoint"
        )
        made = Appointment.objects.filter(document="")
        assert Counter(made.values_list("user", "role", "place")) == roles

    @invariant()
    def the_journal_tells_all_of_it(self) -> None:
        told = Counter(Entry.objects.values_list("object_id", "act"))
        expected: Counter[tuple[str, str]] = Counter()
        words = {"approved": "approve", "stale": "approve", "refused": "refuse", "withdrawn": "withdraw"}
        for one in self.asked:
            key = one.row.public_id
            expected[key, "approval.propose"] += 1
            if one.state != "open":
                expected[key, f"approval.{words[one.state]}"] += 1
            if one.state == "stale":
                expected[key, "approval.stale"] += 1
            if one.handed:
                expected[key, "approval.hand_over"] += one.handed
        assert told == expected

    @invariant()
    def the_journal_is_one_chain(self) -> None:
        for chain in Chain.objects.all():
            link = _sha(b"vuonlen-journal-chain-1\n", [chain.key])
            count = 0
            for count, entry in enumerate(chain.entries.order_by("sequence"), 1):
                assert (entry.sequence, entry.previous) == (count, link)
                link = _sha(b"vuonlen-journal-entry-1\n", [chain.key, *(_text(entry, name) for name in _FIELDS)])
                assert entry.hash == link
            assert (chain.length, chain.head) == (count, link)


def _text(entry: Entry, name: str) -> str:
    if name == "at":
        return entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    value = getattr(entry, name)
    return "" if value is None else str(value)


def _sha(what: bytes, told: list[str]) -> str:
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(what + text.encode()).hexdigest()
