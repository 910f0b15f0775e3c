"""Restoring: everything is opened, restored for a trial and compared before the installation is touched.

The moment of the change is one rename of the database. Whatever happens before it, a kill included, leaves the old
one whole; uploaded files are only added to, never taken away.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from vuonlen.backup import postgres, sqlite
from vuonlen.backup.manifest import Manifest, fits
from vuonlen.backup.proving import Proven, Step, proven, waiting
from vuonlen.backup.scratch import scratch
from vuonlen.backup.sealing import Secret, settle
from vuonlen.domain.problems import Problem, Refused
from vuonlen.journal.actions import SYSTEM, Act, record


@dataclass(frozen=True, slots=True)
class Restored:
    manifest: Manifest
    entries: int
    chains: int
    files: int  # that were added
    aside: str  # where the old database is kept; empty where there was none
    waiting: int  # migrations that the restored database lacks


def target_name() -> str:
    return str(connection.settings_dict["NAME"])


def target_is_empty() -> bool:
    if connection.vendor == sqlite.ENGINE:
        return sqlite.is_empty(Path(target_name()))
    return postgres.is_empty()


def restore(path: Path, secret: Secret, *, keys_file: Path, replace: bool, step: Step) -> Restored:
    """Into the installation of the settings. Raises Refused; nothing is changed then."""
    if not path.is_file():
        raise Refused(Problem("B-NOT-BACKUP", values={"path": path}))
    at = timezone.now()
    with scratch(settings.HOME) as folder, proven(path, secret, folder, step) as found:
        if not fits(found.manifest.keys, settings.KEYS):
            raise Refused(Problem("B-OTHER-KEYS", values={"path": keys_file}))
        if not replace and not target_is_empty():
            raise Refused(Problem("B-NOT-EMPTY", values={"target": target_name()}))
        connection.close()
        files = _add_files(found.opened.files, Path(settings.FILES))
        aside = _put_in_place(found, at)
    steps = waiting()
    if "journal" not in steps:  # else its tables are those of an older release
        _journal(found.manifest, path)
    return Restored(found.manifest, found.entries, found.chains, files, aside, len(steps))


def _put_in_place(found: Proven, at: datetime) -> str:
    if connection.vendor == sqlite.ENGINE:
        return str(sqlite.put_in_place(Path(found.database), Path(target_name()), at) or "")
    return postgres.put_in_place(found.database, at) or ""


def _add_files(taken: Path, into: Path) -> int:
    """Uploaded files that are not there yet. One of the same name with other content stops everything."""
    missing = []
    for one in sorted(taken.rglob("*")) if taken.is_dir() else []:
        if not one.is_file():
            continue
        there = into / one.relative_to(taken)
        if not there.exists():
            missing.append((one, there))
        elif _digest(there) != _digest(one):
            raise Refused(Problem("B-FILE-CLASH", values={"name": one.relative_to(taken).as_posix()}))
    for one, there in missing:
        there.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = there.with_name(f"{there.name}.part")
        shutil.copyfile(one, part)
        part.chmod(0o600)
        settle(part)
        os.replace(part, there)
    return len(missing)


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _journal(manifest: Manifest, path: Path) -> None:
    told = {"time": manifest.time, "members": manifest.members}
    try:
        with transaction.atomic():
            record("system", SYSTEM, Act("backup.restored", "backup", path.name[:40], after=told))
    except (DatabaseError, Refused):  # the restored data count, be the clock of this machine wrong or the disk full
        return
