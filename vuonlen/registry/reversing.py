"""Undoing acts: every row back to what it was, as a new act with a reason, while nothing later stands on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import models, transaction

from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.accounts.row_security import widened
from vuonlen.registry.current import refresh
from vuonlen.registry.models import Act, Change, Household
from vuonlen.registry.rows import TABLES, plain, read
from vuonlen.registry.writing import Book

_PART = 500  # acts whose rows are held in memory at once
_POINTING = {
    "person": (("membership", "person"), ("person_state", "person")),
    "decision": (("status", "decision"), ("assessment", "decision")),
}

#: verbs that take two persons, and so does their undoing
DECIDED = frozenset({"merge_households", "strike_household", "correct_status", "receive_household"})


class CannotReverse(Exception):
    """Later acts stand on the ones to undo. `changes`: theirs; empty where the act was undone before."""

    def __init__(self, changes: Sequence[Change]) -> None:
        super().__init__(f"{len(changes)} later changes")
        self.changes = list(changes)


def decided(act: Act) -> bool:
    """Whether `act`, or what it undoes in the end, took two persons."""
    return _root(act).verb in DECIDED


def right_to_undo(act: Act) -> Right:
    """The one that doing it takes: where a household went with its unit, whoever manages places answers for it."""
    return Right.MANAGE_PLACES if _root(act).verb == "carry" else Right.EDIT_HOUSEHOLDS


def _root(act: Act) -> Act:
    one = act
    while one.reverses is not None:
        one = one.reverses
    return one


def blockers(acts: Iterable[Act]) -> list[Change]:
    """Later changes, by other acts that still hold, to rows that undoing `acts` would touch."""
    chosen = {one.pk for one in acts}
    mine = list(Change.objects.filter(act_id__in=chosen).order_by("id"))
    found: dict[int, Change] = {}
    for later in _later_on_rows(mine, chosen):
        found[later.pk] = later
    for later in _later_on_households(mine, chosen):
        found[later.pk] = later
    for later in _pointing(mine, chosen):
        found[later.pk] = later
    return [found[key] for key in sorted(found)]


def reverse(*, act: Act, by: User | None, reason: str) -> Act:
    """Undo one act. Raises CannotReverse; the caller has checked the right. Undoing an undoing does it again."""
    with transaction.atomic(), widened():
        return _reverse([act], by, reason)[0]


def reverse_batch(
    *, batch: str, by: User | None, reason: str, on_progress: Callable[[int, int], None] | None = None
) -> int:
    """Undo all acts of one import, in one transaction. Returns how many. Raises CannotReverse."""
    with transaction.atomic(), widened():
        acts = list(Act.objects.filter(batch=batch, reversed_by__isnull=True, reverses__isnull=True).order_by("-id"))
        for start in range(0, len(acts), _PART):
            part = acts[start : start + _PART]
            standing = [one for one in blockers(part) if one.act.batch != batch]
            if standing:
                raise CannotReverse(standing)
        for start in range(0, len(acts), _PART):
            _reverse(acts[start : start + _PART], by, reason, checked=True)
            if on_progress is not None:
                on_progress(min(start + _PART, len(acts)), len(acts))
    return len(acts)


def _reverse(acts: list[Act], by: User | None, reason: str, *, checked: bool = False) -> list[Act]:
    if Act.objects.filter(reverses__in=[one.pk for one in acts]).exists():
        raise CannotReverse([])
    if not checked:
        standing = blockers(acts)
        if standing:
            raise CannotReverse(standing)
    changes = list(
        Change.objects.filter(act_id__in=[one.pk for one in acts]).order_by("-id").select_related("household")
    )
    rows = _rows(changes)
    homes = _households(changes, acts, rows)
    book = Book(by=by)
    made: dict[int, Act] = {}
    for one in sorted(acts, key=lambda act: -act.pk):
        undone = book.act("reverse", homes.get(one.household_id or 0), reason=reason, effective_on=one.effective_on)
        undone.reverses = one
        made[one.pk] = undone
    for change in changes:
        _undo(book, made[change.act_id], change, rows, homes)
    book.write()
    there = set(Household.objects.filter(pk__in=homes).values_list("pk", flat=True))
    refresh([one for pk, one in homes.items() if pk in there])
    return [made[one.pk] for one in acts]


def _undo(
    book: Book, act: Act, change: Change, rows: dict[tuple[str, int], models.Model], homes: dict[int, Household]
) -> None:
    home = homes.get(change.household_id or 0)
    if change.kind == "remove":
        values = change.before or {}
        table = TABLES[change.model]
        row = table(pk=change.row, **{name: read(change.model, name, value) for name, value in values.items()})
        rows[change.model, change.row] = row
        if isinstance(row, Household):
            homes[row.pk] = row
        book.add(act, row, home)
        return
    row = rows[change.model, change.row]
    if change.kind == "add":
        book.remove(act, row, home)
        return
    for name, value in (change.after or {}).items():
        if plain(change.model, name, getattr(row, name)) != value and not _sealed_same(change.model, name, row, value):
            raise CannotReverse([change])  # changed by something that is not in the history
    before = {name: read(change.model, name, value) for name, value in (change.before or {}).items()}
    book.set(act, row, home, **before)


def _sealed_same(model: str, name: str, row: models.Model, value: Any) -> bool:
    """The same text sealed twice looks different."""
    return bool(getattr(row, name) == read(model, name, value))


def _rows(changes: list[Change]) -> dict[tuple[str, int], models.Model]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for one in changes:
        wanted[one.model].add(one.row)
    return {
        (name, pk): row
        for name, keys in wanted.items()
        for pk, row in TABLES[name]._default_manager.in_bulk(keys).items()
    }


def _households(
    changes: list[Change], acts: list[Act], rows: dict[tuple[str, int], models.Model]
) -> dict[int, Household]:
    """One object per household, whether it is a row to change, the subject of an act, or both."""
    named = [*(change.household_id for change in changes), *(act.household_id for act in acts)]
    keys = {pk for pk in named if pk is not None}
    found: dict[int, Household] = {pk: row for (_, pk), row in rows.items() if isinstance(row, Household)}
    found |= Household.objects.in_bulk(keys - set(found))
    return found


def _later_on_rows(mine: list[Change], chosen: set[int]) -> Iterable[Change]:
    by_row: dict[tuple[str, int], list[Change]] = defaultdict(list)
    for one in mine:
        by_row[one.model, one.row].append(one)
    for model in TABLES:
        keys = [row for name, row in by_row if name == model]
        for start in range(0, len(keys), _PART):
            later = _standing(Change.objects.filter(model=model, row__in=keys[start : start + _PART]), chosen)
            for other in later:
                if any(other.pk > one.pk and _touch(one, other) for one in by_row[model, other.row]):
                    yield other


def _touch(one: Change, other: Change) -> bool:
    """Two edits of different fields of a row do not stand on each other."""
    if one.kind == other.kind == "set":
        return bool(set(one.after or {}) & set(other.after or {}))
    return True


def _later_on_households(mine: list[Change], chosen: set[int]) -> Iterable[Change]:
    """Whatever was done to a household stands on the act that added it."""
    added = [one for one in mine if one.model == "household" and one.kind == "add"]
    for start in range(0, len(added), _PART):
        part = {one.row: one.pk for one in added[start : start + _PART]}
        for other in _standing(Change.objects.filter(household_id__in=part), chosen):
            if other.household_id is not None and other.pk > part[other.household_id]:
                yield other


def _pointing(mine: list[Change], chosen: set[int]) -> Iterable[Change]:
    """Rows of other acts that point at a person or a decision that would go."""
    for target, sources in _POINTING.items():
        keys = [one.row for one in mine if one.model == target and one.kind == "add"]
        for model, field in sources:
            for start in range(0, len(keys), _PART):
                part = {f"{field}_id__in": keys[start : start + _PART]}
                pointing = set(TABLES[model]._default_manager.filter(**part).values_list("pk", flat=True))
                pointing -= {one.row for one in mine if one.model == model}
                chunk = sorted(pointing)
                for begin in range(0, len(chunk), _PART):
                    rows = Change.objects.filter(model=model, row__in=chunk[begin : begin + _PART], kind="add")
                    yield from _standing(rows, chosen)


def _standing(changes: models.QuerySet[Change], chosen: set[int]) -> Iterable[Change]:
    """Changes of acts that still hold: neither undone, nor an undoing. (Undoing an undoing holds again.)"""
    holds = models.Q(act__reverses__isnull=True) | models.Q(act__reverses__reverses__isnull=False)
    rows = changes.filter(holds, act__reversed_by__isnull=True).exclude(act_id__in=chosen)
    return rows.select_related("act", "act__by", "household")
