"""PostgreSQL: dumped as of one moment, restored into a database beside, renamed into the place of another."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from vuonlen.backup.manifest import Facts, Run, gather
from vuonlen.domain.problems import Problem, Refused
from vuonlen.journal.reading import Database

ENGINE = "postgresql"
_SEES_ALL = "-c vuonlen.paths=*"  # row-level security would keep households out of the backup
_LONGEST = 63  # letters of a name in PostgreSQL
_HOLDS = ("accounts_user", "registry_household", "journal_entry")


def snapshot(target: Path) -> tuple[Facts, str]:
    """Dump the database as of one moment. Returns what that moment held, and the version of the server."""
    on = _beside(connection.settings_dict["NAME"])
    try:
        with transaction_of(on):
            run = _run(on)
            run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            moment = run("SELECT pg_export_snapshot()")[0][0]
            facts = gather(run, ENGINE)
            _program(
                "pg_dump", on, "--format=custom", "--no-owner", "--no-privileges", "--no-comments",
                "--enable-row-security", f"--snapshot={moment}", f"--file={target}",
            )  # fmt: skip
            return facts, str(run("SHOW server_version")[0][0])
    finally:
        on.close()


@contextmanager
def prove(dump: Path, name: str) -> Iterator[tuple[Facts, Database]]:
    """Restore into a new database `name`; what it holds, and its journal. The database stays: see `drop`."""
    try:
        create(name)
    except DatabaseError as why:
        raise Refused(Problem("B-SCRATCH", values={"why": _first_line(why)})) from why
    on = _beside(name)
    try:
        _program("pg_restore", on, "--no-owner", "--no-privileges", "--exit-on-error", f"--dbname={name}", str(dump))
        with transaction_of(on):
            yield gather(_run(on), ENGINE), Database(on)
    finally:
        on.close()


def create(name: str) -> None:
    _maintain(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")


def drop(name: str) -> None:
    _maintain(f'DROP DATABASE IF EXISTS "{name}"')


def scratch_name(number: int) -> str:
    """Known as ours by its beginning, so that what a killed run left is cleared away by the next."""
    return f"{_prefix()}{number}"


def clear_scratch() -> None:
    for (name,) in _maintain("SELECT datname FROM pg_database"):
        if name.startswith(_prefix()) and name.removeprefix(_prefix()).isdigit():
            drop(name)


def _prefix() -> str:
    return f"scratch_{connection.settings_dict['NAME']}"[: _LONGEST - 12] + "_"


def is_empty() -> bool:
    if not _exists(connection.settings_dict["NAME"]):
        return True
    on = _beside(connection.settings_dict["NAME"])
    try:
        run = _run(on)
        names = {name for (name,) in run("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")}
        return not any(run(f"SELECT 1 FROM {one} LIMIT 1") for one in _HOLDS if one in names)
    finally:
        on.close()


def put_in_place(name: str, at: datetime) -> str | None:
    """Both names change in one transaction. Returns the name under which the old database is kept.

    Raises Refused while somebody else is connected to it.
    """
    target = connection.settings_dict["NAME"]
    aside = f"{target[: _LONGEST - 24]}_before_{at:%Y%m%d_%H%M%S}"
    connection.close()
    on = _beside("postgres")
    try:
        held = _exists(target)
        with transaction_of(on):
            if held:
                _run(on)(f'ALTER DATABASE "{target}" RENAME TO "{aside}"')
            _run(on)(f'ALTER DATABASE "{name}" RENAME TO "{target}"')
    except DatabaseError as why:
        raise Refused(Problem("B-IN-USE", values={"why": _first_line(why)})) from why
    finally:
        on.close()
    return aside if held else None


@contextmanager
def transaction_of(on: BaseDatabaseWrapper) -> Iterator[None]:
    on.set_autocommit(False)
    try:
        yield
        on.commit()
    finally:
        on.rollback()
        on.set_autocommit(True)


def _beside(name: str) -> BaseDatabaseWrapper:
    """A connection of its own to another database of the same server."""
    on = connection.copy(f"backup-{name}")
    on.settings_dict["NAME"] = name
    options = on.settings_dict.setdefault("OPTIONS", {})
    options["options"] = f"{options.get('options', '')} {_SEES_ALL}".strip()
    return on


def _maintain(statement: str) -> list[tuple[Any, ...]]:
    on = _beside("postgres")
    try:
        return _run(on)(statement)
    finally:
        on.close()


def _exists(name: str) -> bool:
    return any(one == name for (one,) in _maintain("SELECT datname FROM pg_database"))


def _run(on: BaseDatabaseWrapper) -> Run:
    def run(statement: str) -> list[tuple[Any, ...]]:
        with on.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    return run


def _program(name: str, on: BaseDatabaseWrapper, *words: str) -> None:
    """pg_dump or pg_restore. What it connects with goes by the environment: arguments are seen by everybody."""
    told = on.settings_dict
    environment = {
        "PGHOST": told["HOST"], "PGPORT": str(told["PORT"] or ""), "PGUSER": told["USER"],
        "PGPASSWORD": told["PASSWORD"], "PGDATABASE": told["NAME"], "PGOPTIONS": _SEES_ALL,
        "PGSSLMODE": told["OPTIONS"].get("sslmode", ""), "PGSSLROOTCERT": told["OPTIONS"].get("sslrootcert", ""),
    }  # fmt: skip
    given = {key: value for key, value in environment.items() if value}
    done = subprocess.run([find(name), *words], env=os.environ | given, capture_output=True, text=True, check=False)
    if done.returncode:
        why = (done.stderr.strip().splitlines() or [str(done.returncode)])[0]
        raise Refused(Problem("B-PROGRAM", values={"program": name, "why": why}))


def find(name: str) -> str:
    """The newest one installed: a dump by an older program than the server is refused. Raises Refused."""
    folders = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda one: float(one.parts[-3]))
    found = str(folders[-1]) if folders else shutil.which(name)
    if not found:
        raise Refused(Problem("B-NO-PROGRAM", values={"program": name}))
    return found


def _first_line(why: Exception) -> str:
    return (str(why).strip().splitlines() or [type(why).__name__])[0]
