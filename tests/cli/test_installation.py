"""A first installation from the command line alone: each command is a process of its own, as on a real machine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import told
from vuonlen.accounts import rights
from vuonlen.cli.register import app

Command = Callable[..., subprocess.CompletedProcess[str]]
HEAD = "Mã hộ;Mã xã;Tên xã;Thôn;Khu vực;Họ tên chủ hộ;Số nhân khẩu;Thu nhập bình quân đầu người;Điểm A;Điểm B"
ROW = "H1;01843;Phường Bắc Kạn;Tổ 1;urban;Nông Thị Thử;2;;150;40"


@pytest.fixture
def command(tmp_path: Path) -> Command:
    environment = os.environ | {
        "VUONLEN_HOME": str(tmp_path / "noi-cai-dat"),
        "VUONLEN_BACKUP_PASSPHRASE": "một câu thật dài chỉ để thử",
        "DJANGO_SETTINGS_MODULE": "vuonlen.config.settings",
    }
    for name in ("DATABASE_URL", "VUONLEN_KEYS_FILE", "VUONLEN_DEMO"):
        environment.pop(name, None)

    def call(*words: str | Path) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "vuonlen", *map(str, words)]
        return subprocess.run(
            line, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=600
        )

    return call


def did(done: subprocess.CompletedProcess[str]) -> Any:
    assert done.returncode == 0, done.stderr
    return told(done)


def test_the_roles_offered_are_the_roles_there_are() -> None:
    assert [one.value for one in app.Role] == list(rights.Role.values)


def test_before_migrate_a_command_says_what_to_do(command: Command) -> None:
    done = command("user", "add", "quantri", "--full-name", "Lê Anh Tuấn", "--place", "19")
    assert done.returncode == 2
    assert "vuonlen migrate" in done.stderr
    assert "Traceback" not in done.stderr


def test_from_nothing_to_a_proposed_list_a_backup_and_back(command: Command, tmp_path: Path) -> None:
    did(command("migrate", "--json"))
    did(command("places", "load", "--json"))
    for username, role in (("quantri", "administrator"), ("canbo", "commune_officer")):
        place = "19" if role == "administrator" else "01843"
        did(command("user", "add", username, "--full-name", "Người Thử", "--place", place, "--role", role, "--json"))

    (tmp_path / "ds.csv").write_text(f"{HEAD}\n{ROW}\n", encoding="utf-8-sig")
    terms = ("--place", "01843", "--on", "31/12/2025", "--decision", "QĐ 01", "--by", "canbo", "--some", "--json")
    batch = did(command("import", "ds.csv", *terms))
    assert (batch["rows"]["new"], batch["notes"]["refused"]) == (1, 0)

    kept = did(command("backup", "--to", "mot.backup", "--json"))
    assert kept["proven"] is True
    assert command("user", "close", "canbo", "--reason", "chuyển công tác").returncode == 0
    full = command("restore", "mot.backup", "--json")
    assert full.returncode == 2, "data already there must not be overwritten unasked"
    back = did(command("restore", "mot.backup", "--replace", "--yes", "--json"))
    assert back["journal"]["entries"] == kept["journal"]["entries"]
    verified = did(command("journal", "verify", "--json"))["entries"]
    assert verified == kept["journal"]["entries"] + 1, "the restoring is an entry too"
