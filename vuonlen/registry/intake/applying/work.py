"""Writing an approved list into the register, part by part.

Each part is one transaction, in which it is also marked as done: a run that was killed goes on with the next part,
and nothing is done twice. A household that somebody changed after it was compared is set aside, not overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

import vuonlen.domain.problems.imports  # noqa: F401  (fills the catalogue)
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.accounts.scope import actor
from vuonlen.analytics.engines.polars_review import indicator_columns
from vuonlen.approval.models import Proposal
from vuonlen.domain.problems import Problem, Refused
from vuonlen.registry.current import refresh
from vuonlen.registry.intake.applying.closing import can_close, close
from vuonlen.registry.intake.applying.places import make_villages, placed
from vuonlen.registry.intake.collecting import seldom
from vuonlen.registry.intake.comparing.entering import Terms, begin, go_on, household_of
from vuonlen.registry.intake.comparing.pens import Ink
from vuonlen.registry.intake.comparing.rows import Entry, decision_of, scene_of, terms_of
from vuonlen.registry.intake.comparing.scene import Scene
from vuonlen.registry.intake.listed import Listed
from vuonlen.registry.intake.models import Batch, Staged
from vuonlen.registry.intake.staging.communes import Villages
from vuonlen.registry.models import Household, Membership, Person, PersonState, Residence
from vuonlen.registry.writing import Book
from vuonlen.rulebook.load import find

PART = 500  # households of one transaction
Step = Callable[[int, int, str], None]
_ANALYZED = frozenset({1, 4, 16, 64, 256})  # parts after which PostgreSQL counts its tables anew
WRITES = Q(kind__in=[Staged.Kind.NEW, Staged.Kind.CHANGED]) | Q(
    kind=Staged.Kind.MISSING, fate__in=[Staged.Fate.MOVED_AWAY, Staged.Fate.DISSOLVED]
)


def apply(batch: Batch, by: User, step: Step) -> None:
    """Write the list. Called again after a kill it goes on; once all is done it changes nothing."""
    _begin(batch.pk, by)
    ground = _Ground(batch)
    total = Staged.objects.filter(WRITES, batch=batch).count()
    done = Staged.objects.filter(WRITES, batch=batch).exclude(state=Staged.State.WAITING).count()
    with seldom():
        while True:
            step(done, max(total, done), _("Đang ghi vào sổ hộ"))
            written = _part(batch.pk, by, ground)
            if not written:
                return
            done += written
            if done // PART in _ANALYZED:
                _analyze()


def _analyze() -> None:
    """Of a register that was empty, PostgreSQL thinks for a minute that it is: every look-up would read all of it."""
    if connection.vendor != "postgresql":
        return
    tables = ", ".join(one._meta.db_table for one in (Household, Person, Membership, PersonState, Residence))
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")


def _locked(key: int) -> Batch:
    return Batch.objects.select_for_update(of=("self",)).select_related("place", "proposal").get(pk=key)


def _begin(key: int, by: User) -> None:
    """What all parts need: the villages that the list names first, and the decision that makes its classes."""
    with transaction.atomic():
        batch = _locked(key)
        if batch.state != Batch.State.PROPOSED:
            return
        if batch.proposal is None or batch.proposal.state != Proposal.State.APPROVED:
            raise Refused(Problem("U-STATE"))  # nobody writes a list that nobody else approved
        batch.made_villages = make_villages(batch, actor(by, batch.area_path, Right.APPROVE_REGISTER))
        decision = decision_of(batch)
        if decision._state.adding:
            book = Book(by=by, batch=batch.public_id)
            act = book.act("import", None, reason=reason_of(batch), effective_on=batch.effective_on, place=batch.place)
            book.add(act, decision)
            book.write()
        batch.state = Batch.State.APPLYING
        batch.save(update_fields=["state", "made_villages"])


def reason_of(batch: Batch) -> str:
    return batch.note or f"{batch.file_name} ({batch.reference_date:%d/%m/%Y})"


class _Ground:
    """What is read once for all parts: places, and what holds for every row."""

    def __init__(self, batch: Batch) -> None:
        self.villages, places = placed(batch)
        codes = frozenset(indicator_columns(find(batch.standard)))
        self.terms: Terms = terms_of(batch, frozenset(batch.columns), codes, places)


def _part(key: int, by: User, ground: _Ground) -> int:
    """One part. Returns how many rows it dealt with; 0 once the batch is done."""
    with transaction.atomic():
        batch = _locked(key)
        if batch.state != Batch.State.APPLYING:
            return 0
        rows = list(
            Staged.objects.filter(WRITES, batch=batch, ordinal__gt=batch.applied_through).order_by("ordinal")[:PART]
        )
        if not rows:
            batch.state = Batch.State.APPLIED
            batch.save(update_fields=["state"])
            return 0
        _Part(batch, rows, by, ground).write()
        batch.applied_through = rows[-1].ordinal
        batch.save(update_fields=["applied_through", "moved_homes"])
        return len(rows)


@dataclass(slots=True)
class _Row:
    staged: Staged
    entry: Entry | None  # None: a household that the list no longer has


class _Part:
    """The rows of one transaction."""

    def __init__(self, batch: Batch, rows: Sequence[Staged], by: User, ground: _Ground) -> None:
        self._batch, self._by, self._terms = batch, by, ground.terms
        self._rows = [_Row(one, _entry(one, ground.villages)) for one in rows]
        self._scene = self._load()
        self._before = {pk: one.household.revision for pk, one in self._scene.homes.items()}
        self._taken = self._codes_taken()
        self._own_done: set[int] | None = None
        self._now: datetime = timezone.now()

    def _load(self) -> Scene:
        entries = [one.entry for one in self._rows if one.entry is not None]
        closing = [
            Entry(one.staged.ordinal, Listed("", 0), one.staged.household_id) for one in self._rows if one.entry is None
        ]
        compared = [int(pk) for one in self._rows for pk in one.staged.compared]
        return scene_of([*entries, *closing], self._batch, compared)

    def write(self) -> None:
        book = Book(by=self._by, batch=self._batch.public_id, at=self._now)
        homes: dict[int, Household] = {}  # by key of the staged row
        for one in self._rows:
            home = self._enter(one, book)
            if home is None:
                one.staged.state = Staged.State.CONFLICT
            else:
                one.staged.state = Staged.State.DONE
                homes[one.staged.pk] = home
        book.write()
        moved = [one.household for pk, one in self._scene.homes.items() if one.household.revision != self._before[pk]]
        changed = {id(one): one for one in (*homes.values(), *moved)}
        refresh(changed.values())  # and the search index with it
        self._mark(homes, moved)

    def _enter(self, row: _Row, book: Book) -> Household | None:
        """The household that was written; None where the row has to be set aside."""
        staged = row.staged
        if not self._as_compared(staged):
            return None
        reason, on = reason_of(self._batch), self._batch.reference_date
        if row.entry is None:
            home = self._scene.homes[staged.household_id or 0]
            if not can_close(home, on):
                return None
            act = book.act("close_household", home.household, reason=reason, effective_on=on)
            close(home, on, staged.fate, Ink(book, act, self._scene))
            return home.household
        listed = row.entry.listed
        if staged.kind == Staged.Kind.NEW:
            if (listed.commune, listed.code) in self._taken:
                return None
            own = household_of(listed, self._terms)
            act = book.act("import", own, reason=reason, effective_on=on)
            begin(listed, own, self._scene, self._terms, Ink(book, act, self._scene))
            return own
        known = self._scene.homes[staged.household_id or 0]
        act = book.act("import", known.household, reason=reason, effective_on=on)
        go_on(listed, known, self._scene, self._terms, Ink(book, act, self._scene))
        return known.household

    def _as_compared(self, staged: Staged) -> bool:
        """Whether every household of the row is what it was compared with, but for what this batch itself wrote."""
        for key, revision in staged.compared.items():
            home = self._scene.homes.get(int(key))
            if home is None:
                return False
            expected = revision + self._batch.moved_homes.get(key, 0)
            if self._before[int(key)] == expected:
                continue
            if self._before[int(key)] != expected + 1 or int(key) not in self._own_rows_done():
                return False
        return True

    def _own_rows_done(self) -> set[int]:
        if self._own_done is None:
            rows = Staged.objects.filter(batch=self._batch, state=Staged.State.DONE, household_id__in=self._scene.homes)
            self._own_done = {pk for pk in rows.values_list("household_id", flat=True) if pk is not None}
        return self._own_done

    def _codes_taken(self) -> set[tuple[int, str]]:
        """Numbers that somebody gave since the list was compared."""
        new = [one.entry.listed for one in self._rows if one.entry and one.staged.kind == Staged.Kind.NEW]
        rows = Household.objects.filter(
            code__in=[one.code for one in new], registered_in__in={one.commune for one in new}
        )
        return set(rows.values_list("registered_in_id", "code"))

    def _mark(self, homes: dict[int, Household], moved: Sequence[Household]) -> None:
        own = {one.pk for one in homes.values()}
        for one in moved:
            if one.pk not in own:
                self._batch.moved_homes[str(one.pk)] = self._batch.moved_homes.get(str(one.pk), 0) + 1
        table = Staged._meta.db_table
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {table} SET state = %s, household_id = %s WHERE id = %s",
                [
                    (
                        one.staged.state,
                        homes[one.staged.pk].pk if one.staged.pk in homes else one.staged.household_id,
                        one.staged.pk,
                    )
                    for one in self._rows
                ],
            )


def _entry(staged: Staged, villages: Villages) -> Entry | None:
    if staged.kind == Staged.Kind.MISSING:
        return None
    listed = Listed.read(staged.content)
    if listed.village is None:
        listed.village = villages.find(listed.commune, listed.village_name)
    return Entry(staged.ordinal, listed, staged.household_id)
