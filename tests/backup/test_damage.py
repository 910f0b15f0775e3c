"""A file that is not exactly what was written is refused before anything is touched."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.backup.conftest import SERVER, Installation
from vuonlen.backup import archive, manifest, sealing
from vuonlen.backup.manifest import Facts, Manifest
from vuonlen.backup.sealing import CHUNK, Secret
from vuonlen.config import environment
from vuonlen.domain.problems import Refused

SECRET = Secret("key-file", b"k" * 32)
_TAG = 16


def quiet(done: int, total: int) -> None:
    """No bar."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of three chunks, made of files that are known."""
    folder = tmp_path_factory.mktemp("backup")
    (folder / "files" / "lists").mkdir(parents=True)
    dice = random.Random(7)
    (folder / "files" / "lists" / "goc.xlsx").write_bytes(dice.randbytes(2 * CHUNK + 5000))
    (folder / "taken").write_bytes(dice.randbytes(90_000))
    told = Manifest("0.1.0", "2026-11-24T00:00:00Z", "sqlite", "3", Facts({}, {}, []), {})
    archive.write(folder / "mot.backup", SECRET, told, folder / "taken", folder / "files", quiet)
    return folder / "mot.backup"


def refusal(file: Path, tmp_path: Path) -> str:
    """Code of the refusal, or what was wrongly accepted."""
    into = tmp_path / "opened"
    shutil.rmtree(into, ignore_errors=True)
    try:
        archive.read(file, SECRET, into, quiet)
    except Refused as why:
        return why.problems[0].code
    return "accepted"


def header_of(data: bytes) -> int:
    start = len(sealing.MAGIC)
    return start + 2 + int.from_bytes(data[start : start + 2], "big")


def test_the_whole_one_is_read(whole: Path, tmp_path: Path) -> None:
    opened = archive.read(whole, SECRET, tmp_path / "opened", quiet)
    assert opened.database.stat().st_size == 90_000
    assert (opened.files / "lists" / "goc.xlsx").stat().st_size == 2 * CHUNK + 5000


def test_a_flipped_bit_anywhere_is_refused(whole: Path, tmp_path: Path) -> None:
    data, file, dice = whole.read_bytes(), tmp_path / "x.backup", random.Random(1)
    places = [*range(header_of(data)), *(dice.randrange(len(data)) for _ in range(100)), len(data) - 1]
    accepted = []
    for at in places:
        bent = bytearray(data)
        bent[at] ^= 1 << dice.randrange(8)
        file.write_bytes(bent)
        if refusal(file, tmp_path) not in ("B-DAMAGED", "B-WRONG-KEY", "B-NOT-BACKUP", "B-NEWER"):
            accepted.append(at)
    assert accepted == []


def test_a_file_that_was_cut_off_anywhere_is_refused(whole: Path, tmp_path: Path) -> None:
    data, file, dice = whole.read_bytes(), tmp_path / "x.backup", random.Random(2)
    sealed = CHUNK + _TAG
    borders = [header_of(data) + n * sealed for n in range(len(data) // sealed + 1)]
    ends = [0, 1, len(sealing.MAGIC), *borders, *(dice.randrange(len(data)) for _ in range(100)), len(data) - 1]
    accepted = []
    for end in ends:
        file.write_bytes(data[:end])
        if refusal(file, tmp_path) not in ("B-DAMAGED", "B-NOT-BACKUP"):
            accepted.append(end)
    assert accepted == []


def test_chunks_out_of_place_are_refused(whole: Path, tmp_path: Path) -> None:
    data, file = whole.read_bytes(), tmp_path / "x.backup"
    head, sealed = header_of(data), CHUNK + _TAG
    parts = [data[at : at + sealed] for at in range(head, len(data), sealed)]
    assert len(parts) == 3
    for order in ([1, 0, 2], [0, 2], [1, 2], [0, 0, 1, 2], [0, 1, 2, 2], [2], [0, 1]):
        file.write_bytes(data[:head] + b"".join(parts[one] for one in order))
        assert refusal(file, tmp_path) == "B-DAMAGED", order
    file.write_bytes(data + b"\0")
    assert refusal(file, tmp_path) == "B-DAMAGED"


def test_chunks_of_another_backup_with_the_same_key_are_refused(whole: Path, tmp_path: Path) -> None:
    told = Manifest("0.1.0", "2026-11-24T00:00:00Z", "sqlite", "3", Facts({}, {}, []), {})
    other = tmp_path / "hai.backup"
    archive.write(other, SECRET, told, whole.with_name("taken"), whole.with_name("files"), quiet)
    data, theirs, sealed = whole.read_bytes(), other.read_bytes(), CHUNK + _TAG
    file, head = tmp_path / "x.backup", header_of(data)
    file.write_bytes(data[: head + sealed] + theirs[header_of(theirs) + sealed :])
    assert refusal(file, tmp_path) == "B-DAMAGED"


@pytest.mark.parametrize("members", [{}, {"database": [90_000, "00"]}, None])
def test_a_manifest_that_does_not_agree_is_refused(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, members: dict[str, list[object]] | None
) -> None:
    """As if the program that wrote it had a fault: everything is authentic and still does not agree."""
    original = manifest.Manifest.to_json

    def lie(self: Manifest) -> bytes:
        return json.dumps(json.loads(original(self)) | {"members": members} if members is not None else {}).encode()

    monkeypatch.setattr(manifest.Manifest, "to_json", lie)
    told = Manifest("0.1.0", "2026-11-24T00:00:00Z", "sqlite", "3", Facts({}, {}, []), {})
    archive.write(tmp_path / "x.backup", SECRET, told, whole.with_name("taken"), whole.with_name("files"), quiet)
    assert refusal(tmp_path / "x.backup", tmp_path) == "B-DAMAGED"


@pytest.mark.parametrize(
    "text", [b"", b"PK\x03\x04", b"SQLite format 3\0" * 90, b"VUONLEN-BACKUP\n\xff\xff" + b"x" * 90]
)
def test_what_is_no_backup_is_told(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "x.backup").write_bytes(text)
    assert refusal(tmp_path / "x.backup", tmp_path) == "B-NOT-BACKUP"


def test_a_weak_secret_is_refused(tmp_path: Path) -> None:
    (tmp_path / "khoa").write_bytes(b"short\n")
    for call in (lambda: Secret.passphrase("mười một k"), lambda: Secret.key_file(tmp_path / "khoa")):
        with pytest.raises(Refused):
            call()


# ---- the command --------------------------------------------------------------------------------------------------


def test_the_command_refuses_and_leaves_everything_as_it_was(make: Callable[..., Installation], tmp_path: Path) -> None:
    nha, file = make(), tmp_path / "mot.backup"
    assert nha.call("backup", file).returncode == 0
    before, files = nha.facts(), nha.files()
    data = bytearray(file.read_bytes())
    (tmp_path / "cut.backup").write_bytes(data[:-1])
    data[len(data) // 2] ^= 1
    (tmp_path / "bent.backup").write_bytes(data)
    for path, code in (
        (tmp_path / "bent.backup", "B-DAMAGED"),
        (tmp_path / "cut.backup", "B-DAMAGED"),
        (tmp_path / "khong-co.backup", "B-NOT-BACKUP"),
        (nha.home / "keys.json", "B-NOT-BACKUP"),
    ):
        assert nha.codes(nha.call("restore", path, "--replace")) == [code]
    wrong = {"VUONLEN_BACKUP_PASSPHRASE": "một câu khác, cũng thật dài"}
    assert nha.codes(nha.call("restore", file, "--replace", **wrong)) == ["B-WRONG-KEY"]
    assert nha.codes(nha.call("restore", file, "--replace", VUONLEN_BACKUP_PASSPHRASE="")) == ["B-NO-SECRET"]
    assert nha.codes(nha.call("backup", file)) == ["B-EXISTS"]
    assert (nha.facts(), nha.files()) == (before, files)


def test_other_keys_are_noticed(make: Callable[..., Installation], tmp_path: Path) -> None:
    nha, moi, file = make(), make("moi", empty=True), tmp_path / "mot.backup"
    assert nha.call("backup", file).returncode == 0
    (moi.home / "keys.json").unlink()
    environment.save_keys(moi.home / "keys.json", environment.new_keys())
    assert moi.codes(moi.call("restore", file)) == ["B-OTHER-KEYS"]
    assert moi.files() == {}
    ours = environment.load_keys(nha.home / "keys.json")
    newer = replace(ours, encryption=(environment.new_keys().encryption[0], *ours.encryption))
    (moi.home / "keys.json").unlink()
    environment.save_keys(moi.home / "keys.json", newer)
    assert moi.call("restore", file).returncode == 0


def test_a_backup_of_a_later_release_is_refused(make: Callable[..., Installation], tmp_path: Path) -> None:
    nha, file = make(), tmp_path / "mot.backup"
    with nha.reading() as run:
        later = "INSERT INTO django_migrations (app, name, applied) VALUES ('registry', '9999_later', '2027-01-01')"
        run(f"{later} RETURNING id")
        if not SERVER:
            run("COMMIT")
    done = nha.call("backup", file)
    assert nha.codes(done) == ["B-NEWER"]
    assert "9999_later" in done.stdout
    assert not file.exists()


def test_a_database_whose_journal_is_not_whole_is_not_called_backed_up(
    make: Callable[..., Installation], tmp_path: Path
) -> None:
    nha = make()
    with nha.reading() as run:
        if SERVER:
            run("ALTER TABLE journal_entry DISABLE TRIGGER USER")
            run("UPDATE journal_entry SET reason = 'khác' WHERE sequence = 7 RETURNING id")
        else:
            run("DROP TRIGGER journal_entry_keep_update")
            run("UPDATE journal_entry SET reason = 'khác' WHERE sequence = 7")
            run("COMMIT")
    done = nha.call("backup", tmp_path / "mot.backup")
    assert nha.codes(done) == ["B-UNPROVEN"]
    assert "mục 7" in done.stdout
    assert [one.name for one in tmp_path.iterdir() if "backup" in one.name] == []
