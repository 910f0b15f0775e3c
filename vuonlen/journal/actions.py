"""Adding to the journal. Called inside the transaction of the act that it records."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import timezone

from vuonlen.journal.models import Chain, Entry


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with the role that gives the authority. id None: the installation itself."""

    id: int | None
    name: str
    role: str = ""


SYSTEM = Actor(None, "hệ thống")


@dataclass(frozen=True, slots=True)
class Act:
    """One act on one object. before, after: the values, hashed with the key of the journal and not stored."""

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
    """Add entries in order. Raises TransactionManagementError outside a transaction."""
    link, _ = Chain.objects.select_for_update().get_or_create(key=chain, defaults={"head": _hash({"chain": chain})})
    now = timezone.now()
    entries = []
    for act in acts:
        link.length += 1
        entry = Entry(
            chain=link,
            sequence=link.length,
            at=now,
            actor_id=actor.id,
            actor=actor.name,
            role=actor.role,
            place=act.place or chain,
            act=act.act,
            object_type=act.object_type,
            object_id=act.object_id,
            fields=" ".join(act.fields),
            reason=act.reason,
            before=_sealed(act.before),
            after=_sealed(act.after),
            previous=link.head,
        )
        entry.hash = link.head = _hash({name: str(getattr(entry, name)) for name in HASHED})
        entries.append(entry)
    Entry.objects.bulk_create(entries, batch_size=2000)
    link.save(update_fields=["length", "head"])
    return entries


HASHED = (
    "sequence", "at", "actor_id", "actor", "role", "place", "act", "object_type", "object_id", "fields", "reason",
    "before", "after", "previous",
)  # fmt: skip


def _hash(told: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _sealed(values: Mapping[str, object] | None) -> str:
    if values is None:
        return ""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, default=str)
    return hmac.new(bytes.fromhex(settings.KEYS.journal), text.encode(), hashlib.sha256).hexdigest()
