"""The history of a household in words: who did what and when, each field before and after, its place in the journal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from vuonlen.accounts.protected import mask
from vuonlen.accounts.rights import Right
from vuonlen.journal.models import Entry
from vuonlen.places.models import Place
from vuonlen.registry.models import Act, Change, Decision, Household, Person
from vuonlen.registry.queries import acts_of
from vuonlen.registry.reversing import right_to_undo
from vuonlen.registry.rows import TABLES, read
from vuonlen.registry.telling import words

MOST = 50  # acts on one page


@dataclass(frozen=True, slots=True)
class FieldTold:
    """One field of one row: what stood there, what stands there now."""

    label: str
    before: str
    after: str


@dataclass(slots=True)
class ChangeTold:
    """One row, or several of one table that came or went together: "Người: Nông Văn A, Nông Thị B"."""

    kind: str  # add, set, remove
    table: str
    names: list[str]
    fields: list[FieldTold] = field(default_factory=list)

    @property
    def subject(self) -> str:
        return f"{self.table}: {', '.join(self.names)}" if self.names else self.table


@dataclass(slots=True)
class ActTold:
    """One act. sequence: its number in the chain of the journal. may_undo: the reader, or with somebody's approval."""

    act: Act
    verb: str
    changes: list[ChangeTold]
    undone: bool
    may_undo: bool = False
    sequence: int | None = None
    chain: str = ""

    @property
    def since(self) -> date | None:
        """The day from which it is true; none for what mends a mistake from its beginning."""
        one = self.act.reverses or self.act
        return None if one.verb in words.MENDING else self.act.effective_on


@dataclass(frozen=True, slots=True)
class _Names:
    """Names of the rows that changes speak of. gone: what the history kept of rows that are no longer there."""

    rows: dict[tuple[str, int], Any]
    gone: dict[tuple[str, int], dict[str, Any]]
    persons: dict[int, str]
    places: dict[int, str]
    decisions: dict[int, Decision]


def history(home: Household, rights: Collection[Right], before: int | None = None) -> list[ActTold]:
    """Acts on `home`, newest first. rights: what the reader holds at its place. before: only older than this act."""
    acts = acts_of(home).select_related("by", "household", "reverses__reverses", "reversed_by").order_by("-id")
    if before is not None:
        acts = acts.filter(pk__lt=before)
    return told(list(acts[:MOST]), rights)


def told(acts: Sequence[Act], rights: Collection[Right]) -> list[ActTold]:
    """Acts in words, in a number of queries that does not grow with them."""
    changes: dict[int, list[Change]] = defaultdict(list)
    rows = Change.objects.filter(act__in=acts).order_by("id")
    for one in rows:
        changes[one.act_id].append(one)
    names = _names(rows)
    entries = _entries(acts)
    found = []
    for act in acts:
        entry = entries.get(act.pk)
        undone = hasattr(act, "reversed_by")
        found.append(
            ActTold(
                act,
                _verb(act),
                _together([_change(one, names, rights) for one in changes[act.pk]]),
                undone=undone,
                may_undo=not undone and not act.batch and right_to_undo(act) in rights,
                sequence=entry.sequence if entry else None,
                chain=entry.chain.key if entry else "",
            )
        )
    return found


def _verb(act: Act) -> str:
    if act.reverses is None:
        return words.verb(act.verb)
    return _("Hoàn tác: {verb}").format(verb=words.verb(act.reverses.verb))


def _change(one: Change, names: _Names, rights: Collection[Right]) -> ChangeTold:
    subject = _subject(one, names)
    told = ChangeTold(one.kind, words.table(one.model), [subject] if subject else [])
    if one.kind != "set":
        return told
    before, after = one.before or {}, one.after or {}
    for column in after:
        if column not in words.SILENT:
            label = words.field(one.model, column)
            said = [_value(one.model, column, values.get(column), names, rights) for values in (before, after)]
            told.fields.append(FieldTold(label, *said))
    return told


def _together(changes: list[ChangeTold]) -> list[ChangeTold]:
    """Rows of one table that came or went in one act stand on one line."""
    found: list[ChangeTold] = []
    for one in changes:
        last = found[-1] if found else None
        if last is not None and one.kind != "set" and (last.kind, last.table) == (one.kind, one.table):
            last.names += one.names
        else:
            found.append(one)
    return found


def _value(model: str, column: str, value: Any, names: _Names, rights: Collection[Right]) -> str:
    blank = _("(trống)")
    if value in (None, ""):
        return _("(còn hiệu lực)") if column == "valid_to" else blank
    if column == "id_number":
        return mask(str(read(model, column, value)))
    asked = words.PROTECTED.get(f"{model}.{column}")
    if asked is not None and asked not in rights:
        return _("(không hiển thị)")
    if column in ("place_id", "registered_in_id"):
        return names.places.get(value, "")
    if column in ("decision_id", "corrects_id"):
        return str(names.decisions.get(value, ""))
    return words.told(model, column, value) or blank


def _subject(one: Change, names: _Names) -> str:
    """What the row is about. A row that is gone is named from what was kept of it when it went."""
    row = names.rows.get((one.model, one.row))
    kept = (one.before or {}) if one.kind == "remove" else names.gone.get((one.model, one.row), {})

    def has(column: str) -> Any:
        return getattr(row, column, None) if row is not None else read(one.model, column, kept.get(column))

    match one.model:
        case "household":
            return str(has("code") or "")
        case "person":
            return str(has("name") or "")
        case "membership" | "person_state":
            return names.persons.get(has("person_id") or 0, "")
        case "residence":
            return names.places.get(has("place_id") or 0, "")
        case "status":
            return words.status(has("status") or "")
        case "decision":
            return str(has("number") or "")
        case _:
            day = has("reference_date")
            return f"{day:%d/%m/%Y}" if day else ""


def _names(changes: Collection[Change]) -> _Names:
    wanted: dict[str, set[int]] = defaultdict(set)
    ids: dict[str, set[int]] = defaultdict(set)
    for one in changes:
        wanted[one.model].add(one.row)
        for values in (one.before or {}, one.after or {}):
            for column, value in values.items():
                if column.endswith("_id") and isinstance(value, int):
                    ids[column].add(value)
    rows = {
        (model, pk): row
        for model, keys in wanted.items()
        for pk, row in TABLES[model]._default_manager.in_bulk(keys).items()
    }
    for row in rows.values():
        for column in ("person_id", "place_id"):
            if getattr(row, column, None):
                ids[column].add(getattr(row, column))
    gone = _gone({(model, pk) for model, keys in wanted.items() for pk in keys} - set(rows))
    for values in gone.values():
        for column in ("person_id", "place_id"):
            if values.get(column):
                ids[column].add(values[column])
    places = ids["place_id"] | ids["registered_in_id"]
    return _Names(
        rows,
        gone,
        dict(Person.objects.filter(pk__in=ids["person_id"]).values_list("pk", "name")),
        dict(Place.objects.filter(pk__in=places).values_list("pk", "name")),
        Decision.objects.in_bulk(ids["decision_id"] | ids["corrects_id"]),
    )


def _gone(keys: Collection[tuple[str, int]]) -> dict[tuple[str, int], dict[str, Any]]:
    """What rows held when they were removed."""
    if not keys:
        return {}
    rows = Change.objects.filter(kind="remove", model__in={one for one, _ in keys}, row__in={pk for _, pk in keys})
    told = rows.order_by("id").values_list("model", "row", "before")
    return {(model, pk): before or {} for model, pk, before in told if (model, pk) in keys}


def _entries(acts: Sequence[Act]) -> dict[int, Entry]:
    """Act -> its entry in the journal: of one household and one verb, the n-th act made the n-th entry.

    Where the two do not number alike, no entry is named rather than a wrong one.
    """
    homes = {act.household_id: act.household.public_id for act in acts if act.household is not None}
    verbs = {act.verb for act in acts}
    entries: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    written = Entry.objects.filter(
        object_type="household", object_id__in=homes.values(), act__in=[f"registry.{one}" for one in verbs]
    )
    for entry in written.select_related("chain").only("object_id", "act", "sequence", "chain__key").order_by("id"):
        entries[entry.object_id, entry.act.removeprefix("registry.")].append(entry)
    done: dict[tuple[str, str], list[int]] = defaultdict(list)
    rows = Act.objects.filter(household__in=homes, verb__in=verbs).order_by("id")
    for pk, household, verb in rows.values_list("id", "household_id", "verb"):
        done[homes[household or 0], verb].append(pk)
    return {
        pk: entry
        for key, keys in done.items()
        if len(keys) == len(entries[key])
        for pk, entry in zip(keys, entries[key], strict=True)
    }
