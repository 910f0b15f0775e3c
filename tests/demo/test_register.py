"""`vuonlen demo`: both lists go through the import, and the register then counts what was published."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.jobs.workers import ROOT


def demo(out: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VUONLEN_")}
    environment.pop("DATABASE_URL", None)
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "vuonlen", "demo", "--out", str(out), "--no-serve"]
    return subprocess.run(
        command, cwd=out, env=environment | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
        timeout=1800,
    )  # fmt: skip


def test_the_register_counts_what_was_published_and_a_second_start_adds_nothing(tmp_path: Path) -> None:
    for _again in range(2):
        done = demo(tmp_path)
        assert done.returncode == 0, done.stderr
        assert "31/12/2022: 285 hộ nghèo (2,33 %) trong 12.256 hộ" in done.stdout
        assert "31/12/2023: 242 hộ nghèo (1,97 %) trong 12.256 hộ" in done.stdout
    with closing(sqlite3.connect(tmp_path / "register" / "register.sqlite3")) as database:
        rows = database.execute("SELECT state, count(*) FROM registry_intake_staged GROUP BY state").fetchall()
        batches = database.execute("SELECT state, count(*) FROM registry_intake_batch GROUP BY state").fetchall()
    assert [state for state, _count in rows] == ["done"], rows  # no row was set aside as a conflict
    assert batches == [("applied", 2)]
