"""9 attacks at 100 positions each: all are found and the first bad entry is named, by both verifiers (goal G5)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection, transaction

from tests.journal.attacks import ATTACKS, SEEN_ONLY_WITH_ANCHORS, Journal, lower_walls
from vuonlen.cli.register import journal as command
from vuonlen.journal import anchors
from vuonlen.journal.actions import Act, Actor, record, record_many
from vuonlen.journal.export import export
from vuonlen.journal.models import Chain
from vuonlen.journal.reading import Database
from vuonlen.journal.standalone import verify_journal as standalone

KEY, BESIDE = "01843@2025-07-01", "01840@2025-07-01"
LENGTH = 130
POSITIONS = [1 + round(step * (LENGTH - 1) / 99) for step in range(100)]
BEGAN = datetime(2026, 11, 2, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three chains, anchored every few entries; the folder of the anchors."""
    kept, length, turn = tmp_path / "anchors", 0, 0
    while length < LENGTH:
        turn += 1
        count = min(1 + turn * 7 % 12, LENGTH - length)
        with time_machine.travel(BEGAN + timedelta(hours=turn), tick=False), transaction.atomic():
            acts = [_act(length + n) for n in range(count)]
            record_many(KEY, Actor(turn, f"Cán bộ {turn}", "commune_officer"), acts)
            record(BESIDE, Actor(None, "hệ thống"), _act(turn))
            anchors.write(Database(), kept, key=settings.KEYS.anchor, at=datetime.now(UTC))
        length += count
    return kept


def _act(number: int) -> Act:
    return Act("registry.correct", "household", f"h{number % 9}", {"a": number}, {"a": -number}, ["a"], f"lần {number}")


@contextmanager
def under_attack() -> Iterator[Journal]:
    """The journal of the test database with its walls down; whatever happens is taken back at the end."""

    def run(statement: str, values: Any = ()) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    chain = Chain.objects.get(key=KEY)
    if connection.vendor == "sqlite":  # what Django does not forget when a savepoint is taken back
        connection.check_constraints()
    point = transaction.savepoint()
    lower_walls(run, connection.vendor)
    try:
        yield Journal(run, connection.vendor, chain.pk, KEY, chain.length)
    finally:
        transaction.savepoint_rollback(point)


def told_by_command(capsys: Any, kept: Path | None) -> tuple[int, Any]:
    status = command.verify(anchors_in=kept, as_json=True)
    return status, json.loads(capsys.readouterr().out)


def told_by_script(capsys: Any, file: Path, kept: Path | None) -> tuple[int, Any]:
    more = ["--anchors", str(kept)] if kept else []
    status = standalone.main([str(file), "--json", *more])
    return status, json.loads(capsys.readouterr().out)


def first(told: tuple[int, Any]) -> tuple[int, str, int]:
    """Exit status, chain and number of the one finding."""
    status, report = told
    assert len(report["findings"]) == 1, report
    return status, report["findings"][0]["chain"], report["findings"][0]["sequence"]


def written(tmp_path: Path) -> Path:
    file = tmp_path / "journal.jsonl"
    file.unlink(missing_ok=True)
    export(Database(), file, at=BEGAN, advance=lambda done, total: None)
    return file


def test_an_honest_journal_is_whole(folder: Path, tmp_path: Path, capsys: Any) -> None:
    for status, report in (
        told_by_command(capsys, folder),
        told_by_command(capsys, None),
        told_by_script(capsys, written(tmp_path), folder),
        told_by_script(capsys, written(tmp_path), None),
    ):
        assert (status, report["chains"]) == (0, 2), report["findings"]
        assert report["entries"] == LENGTH + Chain.objects.get(key=BESIDE).length
    with under_attack():
        assert told_by_command(capsys, folder)[0] == 0  # lowering the walls alone is no attack


@pytest.mark.parametrize("attack", ATTACKS)
def test_every_position_is_found_and_named(attack: str, folder: Path, tmp_path: Path, capsys: Any) -> None:
    wrong = []
    for at in POSITIONS:
        with under_attack() as journal:
            bad = ATTACKS[attack](journal, at)
            file = written(tmp_path)
            answers = [told_by_command(capsys, folder), told_by_script(capsys, file, folder)]
            if attack not in SEEN_ONLY_WITH_ANCHORS:
                answers += [told_by_command(capsys, None), told_by_script(capsys, file, None)]
        wrong += [(at, bad, one) for one in map(first, answers) if one != (1, KEY, bad)]
    assert wrong == []
    assert told_by_command(capsys, folder)[0] == 0  # each attack was taken back


@pytest.mark.django_db(transaction=True)  # a copy is made of what is committed
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the file of the database is SQLite's")
@pytest.mark.parametrize("attack", ATTACKS)
def test_the_script_reads_the_database_file_itself(attack: str, folder: Path, tmp_path: Path, capsys: Any) -> None:
    whole, file, wrong = tmp_path / "whole.sqlite3", tmp_path / "attacked.sqlite3", []
    with closing(sqlite3.connect(whole)) as copy:
        connection.connection.backup(copy)
    assert told_by_script(capsys, whole, folder)[0] == 0
    for at in POSITIONS:
        file.write_bytes(whole.read_bytes())
        with closing(sqlite3.connect(file, isolation_level=None)) as raw:
            run = _plain_run(raw)
            lower_walls(run, "sqlite")
            bad = ATTACKS[attack](Journal(run, "sqlite", Chain.objects.get(key=KEY).pk, KEY, LENGTH), at)
        answer = first(told_by_script(capsys, file, folder))
        wrong += [(at, bad, answer)] if answer != (1, KEY, bad) else []
    assert wrong == []


def _plain_run(raw: sqlite3.Connection) -> Callable[..., list[tuple[Any, ...]]]:
    return lambda statement, values=(): raw.execute(statement.replace("%s", "?"), values).fetchall()


@pytest.mark.parametrize("attack", sorted(SEEN_ONLY_WITH_ANCHORS))
def test_what_only_anchors_show_is_said_where_none_are_given(attack: str, folder: Path, capsys: Any) -> None:
    with under_attack() as journal:
        ATTACKS[attack](journal, 60)
        assert command.verify(as_json=False) == 0
    assert "--anchors" in capsys.readouterr().out
