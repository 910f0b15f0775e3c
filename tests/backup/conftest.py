"""An installation of its own for each test: a folder with keys, files and a database, filled once and then copied."""

from __future__ import annotations

import importlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from vuonlen.backup.manifest import Facts, gather
from vuonlen.config import environment

SERVER = os.environ.get("VUONLEN_TEST_DATABASE_URL", "")
psycopg: Any = importlib.import_module("psycopg") if SERVER else None  # not installed where only SQLite is used
FILES = {"lists/goc-1.xlsx": 2_600_000, "lists/goc-2.xlsx": 70_000, "exports/rong.csv": 0}


@dataclass
class Installation:
    """home: its folder. url: its database on the server, empty for SQLite."""

    home: Path
    url: str
    more: dict[str, str] = field(default_factory=dict)

    @property
    def database(self) -> Path:
        return self.home / "register.sqlite3"

    def call(self, *words: str | Path, **more: str | Path) -> subprocess.CompletedProcess[str]:
        """A command that can be killed at a point."""
        return self._run("tests.backup.command", *words, **more)

    def program(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """`vuonlen` as a person calls it."""
        return self._run("vuonlen", *words)

    def _run(self, module: str, *words: str | Path, **more: str | Path) -> subprocess.CompletedProcess[str]:
        told = {name: value for name, value in os.environ.items() if not name.startswith(("VUONLEN", "DATABASE"))}
        told |= {"VUONLEN_HOME": str(self.home), "DJANGO_SETTINGS_MODULE": "vuonlen.config.settings"}
        told |= {"VUONLEN_BACKUP_PASSPHRASE": "một câu thật dài, dễ nhớ", **self.more}
        told |= {name: str(value) for name, value in more.items()}
        if self.url:
            told["DATABASE_URL"] = self.url
        command = [sys.executable, "-m", module, *map(str, words)]
        return subprocess.run(command, env=told, capture_output=True, text=True, check=False)

    def facts(self) -> Facts:
        """What its database holds, read without any of the code under test but the counting."""
        with self.reading() as run:
            return gather(run, "postgresql" if self.url else "sqlite")

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        with self.reading() as run:
            return run(statement)

    @contextmanager
    def reading(self) -> Iterator[Callable[[str], list[tuple[Any, ...]]]]:
        if self.url:
            with psycopg.connect(self.url, options="-c vuonlen.paths=*", autocommit=True) as on:
                yield lambda statement: _rows(on.execute(statement))
            return
        with closing(sqlite3.connect(self.database)) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            yield lambda statement: raw.execute(statement).fetchall()

    def files(self) -> dict[str, bytes]:
        folder = self.home / "files"
        return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}

    def codes(self, done: subprocess.CompletedProcess[str]) -> list[str]:
        """Codes of the problems that a refused command told."""
        assert done.returncode == 2, done.stderr
        return [one["code"] for one in json.loads(done.stdout)["problems"]]


def admin(statement: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(SERVER, autocommit=True) as on:
        return _rows(on.execute(statement))


def _rows(done: Any) -> list[tuple[Any, ...]]:
    return done.fetchall() if done.description else []


def url_of(name: str) -> str:
    return f"{SERVER.rsplit('/', 1)[0]}/{name}"


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    home = tmp_path_factory.mktemp("filled")
    environment.save_keys(home / "keys.json", environment.new_keys())
    for number, (name, size) in enumerate(FILES.items()):
        (home / "files" / name).parent.mkdir(parents=True, exist_ok=True)
        (home / "files" / name).write_bytes(os.urandom(size) if number else bytes(range(256)) * (size // 256))
    made = Installation(home, "")
    if SERVER:
        admin("DROP DATABASE IF EXISTS bk_filled")
        admin("CREATE DATABASE bk_filled")
        made.url = url_of("bk_filled")
    done = made.call("fill")
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture
def make(filled: Installation, tmp_path: Path) -> Iterator[Callable[..., Installation]]:
    """Makes an installation: a copy of the filled one, or (empty=True) one with its keys and nothing else."""
    names: list[str] = []

    def build(name: str = "nha", *, empty: bool = False) -> Installation:
        home, url = tmp_path / name, ""
        if empty:
            home.mkdir()
            shutil.copy(filled.home / "keys.json", home)
        else:
            shutil.copytree(filled.home, home)
        if SERVER:
            database = f"bk_{name}_{os.getpid()}"
            names.append(database)
            admin(f"CREATE DATABASE {database}" + ("" if empty else " TEMPLATE bk_filled"))
            url = url_of(database)
        return Installation(home, url)

    yield build
    if SERVER:
        for (found,) in admin("SELECT datname FROM pg_database"):
            if any(one in found for one in names):
                admin(f'DROP DATABASE "{found}" WITH (FORCE)')


@pytest.fixture
def nha(make: Callable[..., Installation]) -> Installation:
    return make()
