"""The verifier stands alone: the standard library only, on a machine without the project."""

from __future__ import annotations

import ast
import json
import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from vuonlen.journal import anchors
from vuonlen.journal.actions import SYSTEM, Act, record_many
from vuonlen.journal.export import export
from vuonlen.journal.reading import Database
from vuonlen.journal.standalone import verify_journal

pytestmark = pytest.mark.django_db
SCRIPT = Path(verify_journal.__file__)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder as an inspector has it: the script, an export, the anchors. Nothing else."""
    with transaction.atomic():
        record_many("01843@2025-07-01", SYSTEM, [Act("registry.correct", "household", f"h{n}") for n in range(9)])
        record_many("system", SYSTEM, [Act("places.load_country", "places", "country")])
    anchors.write(Database(), tmp_path / "neo", key=settings.KEYS.anchor, at=datetime(2026, 11, 2, tzinfo=UTC))
    export(Database(), tmp_path / "so.jsonl", at=datetime(2026, 11, 2, tzinfo=UTC), advance=lambda *_: None)
    shutil.copy(SCRIPT, tmp_path)
    return tmp_path


def call(desk: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A Python without site packages and without our folder on its path."""
    command = [sys.executable, "-I", "-S", SCRIPT.name, *words]
    return subprocess.run(command, cwd=desk, capture_output=True, encoding="utf-8", check=False)


def test_it_imports_nothing_but_the_standard_library() -> None:
    tree = ast.parse(SCRIPT.read_text("utf-8"))
    named = {one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names}
    named |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {one.split(".")[0] for one in named} <= sys.stdlib_module_names


def test_a_whole_journal_in_vietnamese_and_in_english(desk: Path) -> None:
    done = call(desk, "so.jsonl", "--anchors", "neo")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Nhật ký nguyên vẹn.\n2 chuỗi, 10 mục đã kiểm tra.\n1 dấu neo")
    assert call(desk, "so.jsonl", "--lang", "en").stdout.startswith("The journal is whole.\n2 chains, 10 entries")


def test_a_changed_line_is_named_with_exit_status_one(desk: Path) -> None:
    text = (desk / "so.jsonl").read_text("utf-8")
    (desk / "so.jsonl").write_text(text.replace('"object_id":"h4"', '"object_id":"h5"'), "utf-8")
    done = call(desk, "so.jsonl", "--lang", "en")
    assert done.returncode == 1
    assert "chain 01843@2025-07-01, entry 5: changed or swapped" in done.stdout
    told = json.loads(call(desk, "so.jsonl", "--json").stdout)
    assert (told["whole"], told["findings"][0]["sequence"]) == (False, 5)


@pytest.mark.parametrize(
    ("damage", "kind"),
    [
        (lambda lines: lines[:4] + lines[5:], "missing"),
        (lambda lines: [*lines[:4], "{", *lines[5:]], "unreadable"),
        (lambda lines: [*lines[:3], lines[4], lines[3], *lines[5:]], "missing"),
        (lambda lines: lines[:-1], "truncated"),
        (lambda lines: [lines[0], *lines[2:]], "chain-gone"),
        (lambda lines: lines[:11], "chain-gone"),
        (lambda lines: [*lines, *lines[1:]], "chain-twice"),
        (lambda lines: [*lines, lines[3]], "stray"),
        (lambda lines: [*lines[:4], lines[4].replace('"sequence":3', '"sequence":"3"'), *lines[5:]], "changed"),
    ],
)
def test_a_damaged_export_is_never_whole(desk: Path, damage: object, kind: str) -> None:
    file = desk / "so.jsonl"
    lines = file.read_text("utf-8").splitlines()
    file.write_text("\n".join(damage(lines)) + "\n", "utf-8")  # type: ignore[operator]
    told = json.loads(call(desk, "so.jsonl", "--anchors", "neo", "--json").stdout)
    assert kind in [one["kind"] for one in told["findings"]]


@pytest.mark.parametrize("text", [b"", b"PK\x03\x04", b"Ten;Tuoi\n", b"SQLite format 3\0 but no more"])
def test_what_is_no_journal_is_told_with_exit_status_two(desk: Path, text: bytes) -> None:
    (desk / "la.bin").write_bytes(text)
    done = call(desk, "la.bin")
    assert (done.returncode, done.stdout) == (2, "")
    assert "la.bin" in done.stderr
    assert "Traceback" not in done.stderr


def test_other_unusable_words_are_told_with_exit_status_two(desk: Path) -> None:
    sqlite3.connect(desk / "khac.sqlite3").execute("CREATE TABLE t (x)")
    (desk / "trong").mkdir()
    for words in (
        ["khong-co.jsonl"],
        ["khac.sqlite3"],
        ["so.jsonl", "--anchors", "trong"],
        ["so.jsonl", "--anchors", "neo", "--public-key", "abc"],
    ):
        assert call(desk, *words).returncode == 2, words
