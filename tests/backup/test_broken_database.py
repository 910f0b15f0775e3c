"""The day that a backup is for: the embedded database is broken, or somebody deleted it and left its log behind."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.backup.conftest import SERVER, Installation

Make = Callable[..., Installation]
pytestmark = pytest.mark.skipif(bool(SERVER), reason="breaks the file of the embedded database")


@pytest.fixture
def backed(make: Make, tmp_path: Path) -> Installation:
    nha = make()
    assert nha.call("backup", tmp_path / "mot.backup").returncode == 0
    return nha


def log_of(nha: Installation, to: Path) -> None:
    """A write-ahead log with one more change than the database has, as a process leaves it that was killed."""
    with closing(sqlite3.connect(nha.database, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("UPDATE registry_household SET head_name = 'từ nhật ký ghi trước'")
        shutil.copyfile(f"{nha.database}-wal", to)


@pytest.mark.parametrize("broken", ["header", "middle"])
def test_a_broken_database_is_replaced_when_told_and_kept_aside(
    backed: Installation, tmp_path: Path, broken: str
) -> None:
    data = bytearray(backed.database.read_bytes())
    start = 0 if broken == "header" else 100  # of page 1: what the tables are
    data[start : start + 4000] = b"\x5a" * 4000
    backed.database.write_bytes(data)
    assert backed.codes(backed.call("restore", tmp_path / "mot.backup")) == ["B-NOT-EMPTY"]
    done = backed.call("restore", tmp_path / "mot.backup", "--replace")
    assert done.returncode == 0, done.stdout + done.stderr
    assert Path(json.loads(done.stdout)["old_database"]).read_bytes() == bytes(data)
    assert backed.ask("SELECT count(*) FROM registry_household") == [(60,)]


@pytest.mark.parametrize("gone", [True, False])
def test_a_log_that_was_left_behind_is_not_played_into_the_restored_one(
    backed: Installation, tmp_path: Path, gone: bool
) -> None:
    log_of(backed, tmp_path / "log")
    backed.database.unlink()
    if not gone:
        backed.database.write_bytes(b"\x5a" * 8192)
    shutil.copyfile(tmp_path / "log", f"{backed.database}-wal")
    done = backed.call("restore", tmp_path / "mot.backup", "--replace")
    assert done.returncode == 0, done.stdout + done.stderr
    assert backed.ask("SELECT DISTINCT head_name FROM registry_household") == [("Nông Văn Thử",)]
    assert [one.name.endswith(".sqlite3-wal") for one in backed.home.glob("*.before-*-wal")] == [True]


def test_a_restore_that_is_refused_leaves_nothing_behind(backed: Installation, tmp_path: Path) -> None:
    with backed.reading() as run:
        run("SELECT count(*) FROM registry_household")
        run("BEGIN IMMEDIATE")
        assert backed.codes(backed.call("restore", tmp_path / "mot.backup", "--replace")) == ["B-IN-USE"]
    kept = {"backup.lock", "files", "keys.json", "register.sqlite3"}
    assert {one.name for one in backed.home.iterdir() if not one.name.endswith(("-wal", "-shm"))} == kept
