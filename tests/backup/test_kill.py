"""Killed (signal 9) anywhere: no file that claims to be a backup, and either the old database or the restored one.

Some points are taken by default; VUONLEN_ALL_POINTS=1 takes every one.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

from tests.backup.conftest import SERVER, Installation, admin

Make = Callable[..., Installation]
SAMPLE = 7


def points(count: int) -> list[int]:
    """Of 1 … count: all, or some with the first and the last."""
    assert count > SAMPLE
    if os.environ.get("VUONLEN_ALL_POINTS"):
        return list(range(1, count + 1))
    return sorted({1 + round(step * (count - 1) / (SAMPLE - 1)) for step in range(SAMPLE)})


def counted(nha: Installation, tmp_path: Path, *words: str | Path) -> int:
    told = tmp_path / "count"
    done = nha.call(*words, WATCHED=str(tmp_path), COUNT_TO=told)
    assert done.returncode == 0, done.stdout + done.stderr
    return int(told.read_text("ascii"))


def killed(nha: Installation, tmp_path: Path, at: int, *words: str | Path) -> None:
    done = nha.call(*words, WATCHED=str(tmp_path), KILL_AT=str(at))
    assert done.returncode in (-signal.SIGKILL, 0), done.stdout + done.stderr


def scratch_databases() -> list[str]:
    found = admin("SELECT datname FROM pg_database") if SERVER else []
    return [name for (name,) in found if name.startswith("scratch_")]


def test_a_backup_that_is_killed_leaves_no_file_that_claims_to_be_one(make: Make, tmp_path: Path) -> None:
    nha, moi = make(), make("moi", empty=True)
    steps = counted(nha, tmp_path, "backup", tmp_path / "dem.backup")
    finished = 0
    for at in points(steps):
        file = tmp_path / f"{at}.backup"
        killed(nha, tmp_path, at, "backup", file)
        if file.exists():  # the kill came after it was proven and named: then it is a backup
            finished += 1
            last = file
    assert finished < len(points(steps))
    done = nha.call("backup", tmp_path / "cuoi.backup")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (nha.home / "scratch").exists()
    assert scratch_databases() == []
    assert moi.call("restore", last if finished else tmp_path / "cuoi.backup").returncode == 0


def test_a_restore_that_is_killed_leaves_the_old_database_or_the_restored_one(make: Make, tmp_path: Path) -> None:
    nha, file = make(), tmp_path / "mot.backup"
    assert nha.call("backup", file).returncode == 0
    backed = nha.ask("SELECT count(*) FROM journal_entry WHERE act = 'backup.made'")
    nha.call("more")
    old, files = nha.facts(), nha.files()
    steps = counted(make("dem"), tmp_path, "restore", file, "--replace")
    seen = set()
    for at in points(steps):
        killed(nha, tmp_path, at, "restore", file, "--replace")
        now = nha.facts()
        if now == old:
            seen.add("old")
        else:  # the restored one, of before the newest entries
            seen.add("new")
            assert nha.ask("SELECT count(*) FROM journal_entry WHERE act = 'backup.made'") != backed
            assert {one: n for one, n in now.tables.items() if "journal" not in one} == {
                one: n for one, n in old.tables.items() if "journal" not in one
            }
            break
        assert nha.files() == files
    assert "old" in seen
    done = nha.call("restore", file, "--replace")
    assert done.returncode == 0, done.stdout + done.stderr
    assert nha.ask("SELECT act FROM journal_entry WHERE actor_id IS NULL") == [("backup.restored",)]
    assert nha.files() == files
    assert scratch_databases() == []
    shutil.rmtree(nha.home)
