"""How long a million entries take to record and to verify, and how much memory. Prints a table.

    python bench/journal_verify.py [ENTRIES]                              SQLite in a temporary folder
    python -m tests.cluster python bench/journal_verify.py [ENTRIES]      PostgreSQL

3,321 chains, an anchor after each tenth of the entries. Memory is the most that the process ever held.
"""

from __future__ import annotations

import os
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import django

HOME = Path(tempfile.mkdtemp(prefix="vuonlen-bench-"))
os.environ |= {"VUONLEN_HOME": str(HOME), "DJANGO_SETTINGS_MODULE": "vuonlen.config.settings"}
os.environ["DATABASE_URL"] = os.environ.get("VUONLEN_TEST_DATABASE_URL") or f"sqlite:///{HOME / 'register.sqlite3'}"
django.setup()

from django.conf import settings  # noqa: E402  (the environment had to be set before)
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from vuonlen.journal import anchors  # noqa: E402
from vuonlen.journal.actions import Act, Actor, record_many  # noqa: E402
from vuonlen.journal.export import export  # noqa: E402
from vuonlen.journal.reading import still  # noqa: E402
from vuonlen.journal.standalone import verify_journal as standalone  # noqa: E402

CHAINS = 3_321
ACTS = [Act("registry.correct", "household", f"h{n}", {"a": n}, {"a": n + 1}, ["a"], "sửa") for n in range(300)]
NEO = HOME / "neo"


def timed(words: str, work: Callable[[], None]) -> None:
    began = perf_counter()
    work()
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"  {words:<28} {perf_counter() - began:7.1f} s   {held:5} MB", flush=True)


def record(turns: int) -> None:
    for turn in range(turns):
        with transaction.atomic():
            record_many(f"{turn % CHAINS:05d}@2025-07-01", Actor(turn, "Cán bộ", "commune_officer"), ACTS)
        if turn % (turns // 10) == 0 or turn == turns - 1:
            with still() as source:
                anchors.write(source, NEO, key=settings.KEYS.anchor, at=timezone.now())


def verify(with_anchors: bool) -> None:
    with still() as source:
        report = standalone.verify(source, anchors.load(NEO) if with_anchors else None)
    assert not report.findings


def write_export(file: Path) -> None:
    with still() as source:
        export(source, file, at=timezone.now(), advance=lambda done, total: None)


def alone(file: Path) -> None:
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115  (its report is not part of the table)
    status = standalone.main([str(file), "--anchors", str(NEO)])
    sys.stdout = sys.__stdout__
    assert status == 0


def main(entries: int) -> None:
    call_command("migrate", verbosity=0)
    turns, file = -(-entries // len(ACTS)), HOME / "journal.jsonl"
    print(f"{connection.vendor}: {turns * len(ACTS):,} entries in {min(turns, CHAINS):,} chains")
    timed("record, with anchors", lambda: record(turns))
    timed("verify", lambda: verify(False))
    timed("verify with anchors", lambda: verify(True))
    timed("export", lambda: write_export(file))
    timed("stand-alone, of the export", lambda: alone(file))
    if connection.vendor == "sqlite":
        timed("stand-alone, of the database", lambda: alone(HOME / "register.sqlite3"))


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]) if sys.argv[1:] else 1_000_000)
    finally:
        shutil.rmtree(HOME, ignore_errors=True)
