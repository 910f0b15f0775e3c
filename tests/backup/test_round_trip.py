"""A backup is made, and restored elsewhere: the same rows, the same files, a journal that verifies."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.backup.conftest import SERVER, Installation, admin

Make = Callable[..., Installation]


def made(nha: Installation, file: Path, **more: str | Path) -> dict[str, object]:
    done = nha.call("backup", file, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    told: dict[str, object] = json.loads(done.stdout)
    return told


def test_into_an_empty_installation(make: Make, tmp_path: Path) -> None:
    nha, moi, file = make(), make("moi", empty=True), tmp_path / "mot.backup"
    before = nha.facts()
    told = made(nha, file)
    assert told["proven"] is True
    assert told["tables"] == before.tables
    assert told["journal"] == {"chains": 1, "entries": 60}
    done = moi.call("restore", file)
    assert done.returncode == 0, done.stdout + done.stderr
    after = moi.facts()
    system = after.chains.pop("system")  # the restore itself
    assert system[0] == 1
    assert after.chains == before.chains
    assert {name: n for name, n in after.tables.items() if not name.startswith("journal_")} == {
        name: n for name, n in before.tables.items() if not name.startswith("journal_")
    }
    assert moi.files() == nha.files()
    rows = "SELECT code, head_name, public_id FROM registry_household ORDER BY code"
    assert moi.ask(rows) == nha.ask(rows)
    assert moi.ask("SELECT act FROM journal_entry WHERE actor_id IS NULL") == [("backup.restored",)]


def test_making_one_is_an_entry_of_the_journal(nha: Installation, tmp_path: Path) -> None:
    made(nha, tmp_path / "mot.backup")
    told = made(nha, tmp_path / "hai.backup")
    assert told["journal"] == {"chains": 2, "entries": 61}
    assert nha.ask("SELECT object_id FROM journal_entry WHERE act = 'backup.made' ORDER BY id") == [
        ("mot.backup",),
        ("hai.backup",),
    ]


def test_nothing_can_be_read_in_the_file_and_only_its_owner_may_try(nha: Installation, tmp_path: Path) -> None:
    file = tmp_path / "mot.backup"
    made(nha, file)
    data = file.read_bytes()
    for plain in (b"SQLite", b"PGDMP", b"manifest", "Nông Văn Thử".encode(), bytes(range(256))):
        assert plain not in data
    assert file.stat().st_mode & 0o077 == 0
    assert sorted(one.name for one in tmp_path.iterdir()) == ["mot.backup", "nha"]
    assert not (nha.home / "scratch").exists()


def test_with_a_key_file(make: Make, tmp_path: Path) -> None:
    nha, moi, file, key = make(), make("moi", empty=True), tmp_path / "mot.backup", tmp_path / "khoa"
    key.write_bytes(b"k" * 32)
    made(nha, file, KEY_FILE=key)
    other = tmp_path / "khoa-khac"
    other.write_bytes(b"x" * 32)
    assert moi.codes(moi.call("restore", file, KEY_FILE=other)) == ["B-WRONG-KEY"]
    assert moi.codes(moi.call("restore", file)) == ["B-WRONG-KEY"]
    assert moi.call("restore", file, KEY_FILE=key).returncode == 0


def test_what_is_there_is_replaced_only_when_told_and_kept_aside(make: Make, tmp_path: Path) -> None:
    nha, file = make(), tmp_path / "mot.backup"
    made(nha, file)
    backed = nha.ask("SELECT count(*) FROM registry_household")
    nha.call("more")
    before = nha.facts()
    assert nha.codes(nha.call("restore", file)) == ["B-NOT-EMPTY"]
    assert nha.facts() == before
    done = nha.call("restore", file, "--replace")
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    aside = Installation(nha.home, "")
    if SERVER:
        aside.url = nha.url.rsplit("/", 1)[0] + "/" + told["old_database"]
        assert aside.facts() == before
        admin(f"DROP DATABASE {told['old_database']}")
    else:
        aside = Installation(Path(told["old_database"]).parent, "")
        nha.database.rename(nha.home / "new")
        Path(told["old_database"]).rename(nha.database)
        assert aside.facts() == before
        (nha.home / "new").rename(nha.database)
    assert nha.ask("SELECT count(*) FROM registry_household") == backed
    assert nha.ask("SELECT act FROM journal_entry WHERE actor_id IS NULL") == [("backup.restored",)]


def test_other_files_of_the_target_stay_and_a_clash_stops_everything(make: Make, tmp_path: Path) -> None:
    nha, moi, file = make(), make("moi", empty=True), tmp_path / "mot.backup"
    made(nha, file)
    (moi.home / "files" / "lists").mkdir(parents=True)
    (moi.home / "files" / "lists" / "cua-toi.xlsx").write_bytes(b"x")
    (moi.home / "files" / "lists" / "goc-2.xlsx").write_bytes(b"other")
    assert moi.codes(moi.call("restore", file)) == ["B-FILE-CLASH"]
    assert sorted(moi.files()) == ["lists/cua-toi.xlsx", "lists/goc-2.xlsx"]
    (moi.home / "files" / "lists" / "goc-2.xlsx").unlink()
    assert moi.call("restore", file).returncode == 0
    assert moi.files() == {**nha.files(), "lists/cua-toi.xlsx": b"x"}


def test_a_database_that_somebody_uses_is_not_replaced(make: Make, tmp_path: Path) -> None:
    nha, file = make(), tmp_path / "mot.backup"
    made(nha, file)
    before = nha.facts()
    with nha.reading() as run:
        run("SELECT count(*) FROM registry_household")
        assert nha.codes(nha.call("restore", file, "--replace")) == ["B-IN-USE"]
    assert nha.facts() == before


@pytest.mark.skipif(bool(SERVER), reason="holds the one write lock of the embedded database; a server has none")
def test_a_backup_is_made_while_others_write(make: Make, nha: Installation, tmp_path: Path) -> None:
    """The writer ends while the backup is being proven: what was not committed is not in it."""
    file = tmp_path / "mot.backup"
    with nha.reading() as run, ThreadPoolExecutor(1) as beside:
        run("BEGIN IMMEDIATE")
        run("UPDATE registry_household SET head_name = 'chưa xong'")
        made_of = beside.submit(nha.call, "backup", file)
        while not file.with_name(f".{file.name}.part").exists():  # the picture was taken by then
            assert not made_of.done(), made_of.result().stdout
            time.sleep(0.05)
        run("ROLLBACK")
        assert made_of.result().returncode == 0
    moi = make("moi", empty=True)
    assert moi.call("restore", file).returncode == 0
    assert moi.ask("SELECT count(*) FROM registry_household WHERE head_name = 'chưa xong'") == [(0,)]
    assert nha.ask("SELECT count(*) FROM journal_entry WHERE act = 'backup.made'") == [(1,)]


@pytest.mark.skipif(bool(SERVER), reason="holds the one write lock of the embedded database; a server has none")
def test_without_its_entry_in_the_journal_there_is_no_backup(nha: Installation, tmp_path: Path) -> None:
    with nha.reading() as run:
        run("BEGIN IMMEDIATE")
        run("UPDATE registry_household SET head_name = 'chưa xong'")
        assert nha.codes(nha.call("backup", tmp_path / "mot.backup")) == ["B-LOCKED"]
        run("ROLLBACK")
    assert list(tmp_path.glob("*mot.backup*")) == []
    assert nha.ask("SELECT count(*) FROM journal_entry WHERE act = 'backup.made'") == [(0,)]


def test_a_database_of_an_older_release_is_backed_up_before_it_is_migrated(make: Make, tmp_path: Path) -> None:
    nha, moi, file = make(), make("moi", empty=True), tmp_path / "mot.backup"
    with nha.reading() as run:
        newest = "SELECT max(id) FROM django_migrations WHERE app = 'registry_search'"
        run(f"DELETE FROM django_migrations WHERE id = ({newest})")
        if not SERVER:
            run("COMMIT")
    assert nha.codes(nha.program("journal", "verify", "--json")) == ["I-NOT-MIGRATED"]
    done = nha.program("backup", "--to", file, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert nha.ask("SELECT count(*) FROM journal_entry WHERE act = 'backup.made'") == [(1,)]
    back = moi.program("restore", file, "--json")
    assert back.returncode == 0, back.stdout + back.stderr
    assert json.loads(back.stdout)["migrations_waiting"] == 1
    assert moi.ask("SELECT act FROM journal_entry WHERE actor_id IS NULL") == [("backup.restored",)]


def test_where_there_is_nothing_yet_there_is_nothing_to_back_up(make: Make, tmp_path: Path) -> None:
    moi = make("moi", empty=True)
    assert moi.codes(moi.call("backup", tmp_path / "mot.backup")) == ["B-NOTHING"]
    assert not (tmp_path / "mot.backup").exists()
    assert not moi.database.exists()


def test_to_another_place_nothing_of_the_installation_is_touched(make: Make, tmp_path: Path) -> None:
    """Not its database, and not its files, be there some that it has no more."""
    nha, file = make(), tmp_path / "mot.backup"
    made(nha, file)
    (nha.home / "files" / "lists" / "goc-2.xlsx").unlink()
    before, files = nha.facts(), nha.files()
    other = Installation(tmp_path / "xem", "")
    to: str | Path = other.home
    if SERVER:
        other = Installation(nha.home / "restored-bk_nha_xem", nha.url.rsplit("/", 1)[0] + "/bk_nha_xem")
        to = other.url
    done = nha.program("restore", file, "--to", to, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (nha.facts(), nha.files()) == (before, files)
    assert len(other.files()) == len(files) + 1
    assert other.ask("SELECT count(*) FROM registry_household") == [(60,)]
    if SERVER:
        admin("DROP DATABASE bk_nha_xem")
