"""The embedded database: copied while it is used, proved, put in the place of another."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from vuonlen.backup.manifest import Facts, Run, gather
from vuonlen.backup.sealing import settle
from vuonlen.domain.problems import Problem, Refused
from vuonlen.journal.standalone.verify_journal import SqliteFile, Unusable

ENGINE = "sqlite"
_PAGES = 2000  # copied between two steps of the progress bar
_BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_HOLDS = ("accounts_user", "registry_household", "journal_entry")  # a database without any row of these is empty


def snapshot(source: Path, target: Path, advance: Callable[[int, int], None]) -> tuple[Facts, str]:
    """Copy as of one moment, others go on writing. Returns what that moment held, and the version of the library."""
    with closing(_open(source)) as raw, closing(sqlite3.connect(target)) as copy:
        raw.execute("BEGIN")
        facts = gather(_run(raw), ENGINE)  # the first read fixes the moment, and the copy is of the same one
        raw.backup(copy, pages=_PAGES, progress=lambda _status, left, total: advance(total - left, total))
        raw.execute("ROLLBACK")
    return facts, sqlite3.sqlite_version


def prove(file: Path) -> tuple[Facts, SqliteFile]:
    """What a copy holds, and its journal. Raises Refused where SQLite itself finds it unsound."""
    try:
        with closing(_open(file)) as raw:
            said = raw.execute("PRAGMA integrity_check(1)").fetchone()[0]
            lost = raw.execute("PRAGMA foreign_key_check").fetchone()
            if said != "ok" or lost:
                raise Refused(Problem("B-UNPROVEN", values={"why": said if said != "ok" else f"{lost[0]}: {lost[2]}"}))
            facts = gather(_run(raw), ENGINE)
        return facts, SqliteFile(file)
    except (sqlite3.Error, Unusable) as why:
        raise Refused(Problem("B-UNPROVEN", values={"why": str(why)})) from why


def is_empty(file: Path) -> bool:
    """Whether nothing is lost where `file` is replaced. One that cannot be read any more is not empty."""
    if not file.exists() or not file.stat().st_size:
        return True
    try:
        with closing(_open(file)) as raw:
            names = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            return not any(raw.execute(f"SELECT 1 FROM {one} LIMIT 1").fetchone() for one in _HOLDS if one in names)
    except sqlite3.DatabaseError:
        return False


def put_in_place(new: Path, target: Path, at: datetime) -> Path | None:
    """One rename is the moment of the change; before it the old database is whole. Returns where the old one is kept.

    Raises Refused while somebody else has the old one open.
    """
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    staged = target.with_name(f".{target.name}.restoring")
    aside = target.with_name(f"{target.stem}.before-{at:%Y%m%dT%H%M%S}{target.suffix}")
    held = target.exists()
    try:
        shutil.move(new, staged)
        staged.chmod(0o600)
        settle(staged)
        if held:
            _close_others_out(target)
            _keep(target, aside)
        _set_logs_aside(target, aside)
        os.replace(staged, target)
    finally:
        staged.unlink(missing_ok=True)
    settle(target)
    return aside if held else None


def _close_others_out(target: Path) -> None:
    """Without others the write-ahead log goes away, its changes in the database. A broken one tells of no others."""
    try:
        with closing(_open(target, timeout=2)) as raw:
            raw.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as why:
        if getattr(why, "sqlite_errorcode", 0) & 0xFF not in _BROKEN:
            raise Refused(Problem("B-IN-USE", values={"why": str(why)})) from why
        return
    if target.with_name(f"{target.name}-wal").exists():
        raise Refused(Problem("B-IN-USE", values={"why": f"{target.name}-wal"}))


def _keep(target: Path, aside: Path) -> None:
    try:
        os.link(target, aside)
    except OSError:  # a disk that knows no links
        shutil.copyfile(target, aside)
        aside.chmod(0o600)


def _set_logs_aside(target: Path, aside: Path) -> None:
    """HAZARD: the log of a broken database, or of one that somebody deleted, would be played into the new one."""
    for ending in ("-wal", "-shm", "-journal"):
        log = target.with_name(target.name + ending)
        if log.exists():
            log.rename(aside.with_name(aside.name + ending))


def _open(file: Path, timeout: float = 30) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=timeout, isolation_level=None)


def _run(raw: sqlite3.Connection) -> Run:
    return lambda statement: raw.execute(statement).fetchall()
