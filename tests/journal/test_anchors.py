"""Anchors: a signed series outside the database, never written over, never covering a rewrite."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.db import connection, transaction

from tests.journal.wall import WALL, lowered
from vuonlen.domain.problems import Refused
from vuonlen.journal import anchors
from vuonlen.journal.actions import SYSTEM, Act, record, record_many
from vuonlen.journal.models import Chain
from vuonlen.journal.reading import Database
from vuonlen.journal.standalone.verify_journal import Anchors, signed, verify

KEY = "01843@2025-07-01"
AT = datetime(2026, 11, 2, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def add(count: int = 2, chain: str = KEY) -> None:
    with transaction.atomic():
        record_many(chain, SYSTEM, [Act("registry.correct", "household", f"h{n}") for n in range(count)])


def write(folder: Path, turn: int = 0, key: str = "") -> anchors.Written:
    return anchors.write(Database(), folder, key=key or settings.KEYS.anchor, at=AT + timedelta(hours=turn))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """30 anchors of two chains: number 1 and 25 name every chain."""
    add(3, "system")
    for turn in range(30):
        add()
        write(tmp_path / "neo", turn)
    return tmp_path / "neo"


def faults(folder: Path, public_key: str = "") -> list[tuple[str, int]]:
    report = verify(Database(), Anchors(folder, public_key))
    return [(one.kind, one.sequence) for one in report.findings]


def change(path: Path, **values: Any) -> None:
    told = json.loads(path.read_text("utf-8"))
    told["anchor"].update(values)
    path.write_text(json.dumps(told), "utf-8")


def test_each_names_the_one_before_and_only_what_grew(folder: Path) -> None:
    kept = Anchors(folder)
    second = json.loads((folder / "anchor-00000002.json").read_text("utf-8"))["anchor"]
    assert (kept.number, kept.findings, kept.state[KEY][0]) == (30, [], 60)
    assert list(second["chains"]) == [KEY]
    assert len(second["chains"][KEY]["trail"]) == 2 * 16
    assert (folder / anchors.KEY_FILE).read_text("ascii").strip() == kept.key
    assert faults(folder) == []


def test_entries_after_the_newest_anchor_are_counted(folder: Path) -> None:
    add(5)
    assert verify(Database(), Anchors(folder)).unanchored == 5


@pytest.mark.parametrize(("number", "told"), [(7, 7), (1, 1), (30, 30), (25, 25)])
def test_an_anchor_that_was_changed_is_named(folder: Path, number: int, told: int) -> None:
    path = folder / f"anchor-{number:08d}.json"
    change(path, time="2026-01-01T00:00:00.000000Z")
    assert faults(folder)[0] == ("anchor-changed", told)


@pytest.mark.parametrize("number", [1, 12, 29])
def test_an_anchor_that_is_gone_is_named_and_the_chains_are_still_compared(folder: Path, number: int) -> None:
    (folder / f"anchor-{number:08d}.json").unlink()
    assert faults(folder) == [("anchor-gone", number)]


@pytest.mark.parametrize("text", ["", "{}", '{"anchor": 3}', "không phải JSON", '{"anchor": {}, "signature": "zz"}'])
def test_an_anchor_that_cannot_be_read_is_named(folder: Path, text: str) -> None:
    (folder / "anchor-00000009.json").write_text(text, "utf-8")
    assert faults(folder)[0] == ("anchor-unreadable", 9)


def test_a_whole_series_made_with_another_key_is_told_by_the_key_on_paper(folder: Path, tmp_path: Path) -> None:
    paper = Anchors(folder).key
    write(tmp_path / "giả", key="11" * 32)
    assert faults(tmp_path / "giả") == []  # nothing in the folder itself can tell
    assert faults(tmp_path / "giả", paper)[0] == ("anchor-key", 1)


def test_another_installation_does_not_write_into_the_folder(folder: Path) -> None:
    with pytest.raises(Refused, match="J-ANCHOR-KEY"):
        write(folder, key="11" * 32)


def test_nothing_is_added_to_a_series_that_is_not_whole(folder: Path) -> None:
    change(folder / "anchor-00000030.json", root="00")
    with pytest.raises(Refused, match="J-ANCHORS-BROKEN"):
        write(folder, 31)


def test_an_anchor_is_never_written_over(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {one: one.read_bytes() for one in folder.iterdir()}
    late = Anchors(folder)
    late.number = 29  # as it was before somebody else wrote number 30
    monkeypatch.setattr(anchors, "_kept", lambda *_: late)
    with pytest.raises(Refused, match="J-EXISTS"):
        write(folder, 31)
    assert {one: one.read_bytes() for one in folder.iterdir()} == before


def test_a_folder_that_knows_no_links_is_written_to(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr("os.link", no_links)
    assert write(folder, 31).number == 31
    assert faults(folder) == []
    assert sorted(one.name for one in folder.iterdir() if one.name.startswith(".")) == []


def test_a_chain_that_was_computed_anew_is_left_out_and_told(folder: Path) -> None:
    head = Chain.objects.get(key=KEY).head
    with lowered_walls():
        Chain.objects.filter(key=KEY).update(length=59)
        sql("DELETE FROM journal_entry WHERE sequence = 60")
        add(1)  # on top of a head that was left
    done = write(folder, 31)
    assert [(one.kind, one.chain, one.sequence) for one in done.findings] == [("rechained", KEY, 60)]
    assert Anchors(folder).state[KEY] == (60, head)


def test_a_chain_that_is_gone_is_told(folder: Path) -> None:
    with lowered_walls():
        sql("DELETE FROM journal_entry WHERE chain_id = (SELECT id FROM journal_chain WHERE key = 'system')")
        Chain.objects.filter(key="system").delete()
    assert faults(folder) == [("chain-gone", 1)]
    assert [one.kind for one in write(folder, 31).findings] == ["chain-gone"]


def test_entries_whose_chain_is_gone_are_told() -> None:
    add()
    point = transaction.savepoint()
    for statement in WALL.lower_wall(connection.vendor):
        sql(statement)
    if connection.vendor == "postgresql":
        sql("SET CONSTRAINTS ALL DEFERRED")
    sql("UPDATE journal_entry SET chain_id = 999")
    assert [one.kind for one in verify(Database()).findings] == ["truncated", "stray"]
    transaction.savepoint_rollback(point)


def test_a_signature_is_checked_as_the_library_does() -> None:
    for number in range(20):
        private = Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
        public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        message = f"dấu neo {number}".encode()
        signature = private.sign(message)
        assert signed(public, message, signature)
        assert not signed(public, message + b".", signature)
        assert not signed(bytes(32), message, signature)
        for at in (0, 31, 32, 63):
            bent = bytearray(signature)
            bent[at] ^= 1
            assert not signed(public, message, bytes(bent))
        assert not signed(public, message, signature[:63])


def lowered_walls() -> Any:
    if connection.vendor == "postgresql":
        sql("SET CONSTRAINTS ALL IMMEDIATE")
    return lowered()


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_record_alone_needs_no_anchor() -> None:
    with transaction.atomic():
        record("system", SYSTEM, Act("x", "y", "z"))
    assert verify(Database()).findings == []
