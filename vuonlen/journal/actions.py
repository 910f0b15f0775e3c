"""Adding to the journal. Called inside the transaction of the act that it records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection
from django.db.transaction import TransactionManagementError
from django.utils import timezone

import vuonlen.domain.problems.journal  # noqa: F401  (fills the catalogue)
from vuonlen.domain.problems import Problem, Refused
from vuonlen.foundation.bulk import insert
from vuonlen.journal.hashing import entry_hash, genesis, moment, sealed
from vuonlen.journal.models import Chain, Entry

CLOCK_SLACK = timedelta(minutes=5)
_MANY = 100  # from here on worth one more question, for the keys
_LIMITS: dict[str, int] = {
    one.name: one.max_length for one in Entry._meta.concrete_fields if one.max_length
}  # SQLite would take a longer text, PostgreSQL would not


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with the role that gives the authority. id None: the installation itself."""

    id: int | None
    name: str
    role: str = ""


SYSTEM = Actor(None, "hệ thống")


@dataclass(frozen=True, slots=True)
class Act:
    """One act on one object. before, after: the values, hashed with the key of the journal and not stored.

    reason is stored as given; everything else must be free of personal data.
    """

    act: str
    object_type: str
    object_id: str
    before: Mapping[str, object] | None = None
    after: Mapping[str, object] | None = None
    fields: Sequence[str] = field(default=())
    reason: str = ""
    place: str = ""


def record(chain: str, actor: Actor, act: Act) -> Entry:
    """Add one entry to `chain` (a `Place.key`, or "system")."""
    return record_many(chain, actor, [act])[0]


def record_many(chain: str, actor: Actor, acts: Sequence[Act]) -> list[Entry]:
    """Add entries in order. Whoever writes to several chains in one transaction takes them in the order of their keys.

    Raises TransactionManagementError outside a transaction, Refused where the clock of the server has gone back,
    ValueError for a text that does not fit.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("the journal is written inside the transaction of the act")
    if not acts:
        return []
    link = _locked(chain)
    at = _now(link)
    entries = []
    for act in acts:
        entry = _entry(link, at, actor, act)
        link.length += 1
        link.head = entry.hash
        entries.append(entry)
    if len(entries) < _MANY:
        Entry.objects.bulk_create(entries)
    else:
        insert(entries)
    link.at = at
    link.save(update_fields=["length", "head", "at"])
    return entries


def _locked(key: str) -> Chain:
    """The chain, for this transaction alone. On SQLite the transaction already holds the only lock there is."""
    rows = Chain.objects.select_for_update().filter(key=key)
    found = rows.first()
    if found is None:  # of two who begin a chain at once, the second waits here and then finds the row of the first
        Chain.objects.bulk_create([Chain(key=_fits("key", key, 40), head=genesis(key))], ignore_conflicts=True)
        found = rows.get()
    return found


def _now(link: Chain) -> datetime:
    """Never before the newest entry: a small step back of the clock is covered, a large one is refused."""
    now = timezone.now()
    if link.at is None or now >= link.at:
        return now
    if link.at - now > CLOCK_SLACK:
        told = {"now": f"{now:%d/%m/%Y %H:%M} UTC", "last": f"{link.at:%d/%m/%Y %H:%M} UTC"}
        raise Refused(Problem("J-CLOCK", values=told))
    return link.at


def _entry(link: Chain, at: datetime, actor: Actor, act: Act) -> Entry:
    entry = Entry(
        chain=link,
        sequence=link.length + 1,
        at=at,
        actor_id=actor.id,
        actor=_plain(actor.name),
        role=actor.role,
        place=act.place or link.key,
        act=act.act,
        object_type=act.object_type,
        object_id=str(act.object_id),
        fields=" ".join(act.fields),
        reason=_plain(act.reason),
        before=sealed(act.object_type, act.object_id, act.before),
        after=sealed(act.object_type, act.object_id, act.after),
        previous=link.head,
    )
    for name, most in _LIMITS.items():
        _fits(name, getattr(entry, name), most)
    told = [
        str(entry.sequence), moment(at), "" if actor.id is None else str(actor.id), entry.actor, entry.role,
        entry.place, entry.act, entry.object_type, entry.object_id, entry.fields, entry.reason, entry.before,
        entry.after, entry.previous,
    ]  # fmt: skip
    entry.hash = entry_hash(link.key, told)
    return entry


def _fits(name: str, text: str, most: int) -> str:
    if len(text) > most:
        raise ValueError(f"{name} of a journal entry holds {most} characters: {text[:60]!r}")
    return text


def _plain(text: str) -> str:
    """What a person typed, without what no database keeps: NUL and halves of a character."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")
