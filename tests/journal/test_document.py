"""docs/journal.md describes the hashes well enough to compute them from it: this file uses no code of the project."""

from __future__ import annotations

import hashlib
import json
import re

import pytest
from django.db import transaction

from tests.architecture.tree import ROOT
from vuonlen.journal.actions import Act, Actor, record_many
from vuonlen.journal.models import Entry

TEXT = (ROOT / "docs" / "journal.md").read_text("utf-8")
EXAMPLE = dict(re.findall(r"^(chain|first|value|hash)   +(.+)$", TEXT, re.MULTILINE))


def sha256(tag: str, value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{tag}\n{text}".encode()).hexdigest()


def test_the_example_is_true() -> None:
    assert sha256("vuonlen-journal-chain-1", [EXAMPLE["chain"]]) == EXAMPLE["first"]
    assert sha256("vuonlen-journal-entry-1", json.loads(EXAMPLE["value"])) == EXAMPLE["hash"]


@pytest.mark.django_db
def test_entries_are_hashed_as_the_page_says() -> None:
    chain = "01843@2025-07-01"
    odd = 'lý do "lạ" \\ \n\t\x01 \u2028 𝄞 é'
    with transaction.atomic():
        record_many(chain, Actor(7, "Nông Thị Lan", "commune_officer"), [Act("x.y", "household", "k7", reason=odd)])
        record_many(chain, Actor(None, "hệ thống"), [Act("x.z", "household", "k7", fields=["a", "b"], place="tỉnh")])
    previous = sha256("vuonlen-journal-chain-1", [chain])
    for one in Entry.objects.order_by("sequence"):
        at = f"{one.at:%Y-%m-%dT%H:%M:%S.%f}Z"
        who = "" if one.actor_id is None else str(one.actor_id)
        told = [chain, str(one.sequence), at, who, one.actor, one.role, one.place, one.act, one.object_type]
        told += [one.object_id, one.fields, one.reason, one.before, one.after, previous]
        assert (one.previous, one.hash) == (previous, sha256("vuonlen-journal-entry-1", told))
        previous = one.hash
