"""The hashes of the journal, byte for byte as docs/journal.md describes them.

The stand-alone verifier computes them a second time from that page, with code of its own.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from django.conf import settings

_CHAIN = b"vuonlen-journal-chain-1\n"
_ENTRY = b"vuonlen-journal-entry-1\n"
_VALUES = b"vuonlen-journal-values-1\n"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=str).encode


def genesis(chain: str) -> str:
    """What the first entry of a chain names as its previous."""
    return hashlib.sha256(_CHAIN + _encode([chain]).encode()).hexdigest()


def entry_hash(chain: str, values: Sequence[str]) -> str:
    """values: sequence, at, actor_id, actor, role, place, act, object_type, object_id, fields, reason, before,
    after, previous; each as text."""
    return hashlib.sha256(_ENTRY + _encode([chain, *values]).encode()).hexdigest()


def moment(at: datetime) -> str:
    """ "2026-11-24T10:35:02.000123Z": UTC, always six digits."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def sealed(object_type: str, object_id: str, values: Mapping[str, object] | None) -> str:
    """Keyed hash of the values of one object. The object is part of it: equal values of two objects look unlike.

    Not the act: so the state after one act and before the next on the same object can be seen to be the same.
    """
    if values is None:
        return ""
    told = _VALUES + _encode([object_type, object_id, values]).encode("utf-8", "surrogatepass")
    return hmac.new(bytes.fromhex(settings.KEYS.journal), told, hashlib.sha256).hexdigest()
