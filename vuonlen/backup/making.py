"""Making a backup: a picture of one moment, sealed, restored for a trial, and only then given its name."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from vuonlen import __version__
from vuonlen.backup import archive, postgres, sqlite
from vuonlen.backup.manifest import Facts, Manifest, check_values
from vuonlen.backup.proving import Step, proven, waiting
from vuonlen.backup.scratch import scratch
from vuonlen.backup.sealing import Secret, settle
from vuonlen.domain.problems import Problem, Refused
from vuonlen.i18n import _
from vuonlen.journal.actions import SYSTEM, Act, record
from vuonlen.journal.hashing import moment


@dataclass(frozen=True, slots=True)
class Made:
    path: Path
    size: int
    manifest: Manifest
    entries: int
    chains: int


def make(path: Path, secret: Secret, step: Step) -> Made:
    """Raises Refused where a backup cannot be made, or does not hold what it should: then there is no file."""
    if path.exists():
        raise Refused(Problem("B-EXISTS", values={"path": path}))
    if not _begun():
        raise Refused(Problem("B-NOTHING", values={"target": connection.settings_dict["NAME"]}))
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    with scratch(settings.HOME) as folder:
        try:
            taken = folder / "taken"
            facts, server = _snapshot(taken, step)
            manifest = Manifest(
                __version__, moment(timezone.now()), connection.vendor, server, facts, check_values(settings.KEYS)
            )
            archive.write(part, secret, manifest, taken, Path(settings.FILES), step(_("Mã hóa")))
            taken.unlink()
            with proven(part, secret, folder, step) as found:
                made = Made(path, part.stat().st_size, found.manifest, found.entries, found.chains)
            _keep(part, made)
        finally:
            part.unlink(missing_ok=True)
    return made


def _begun() -> bool:
    """Whether this is the database of a register, be it of an older release."""
    if connection.vendor == sqlite.ENGINE and not Path(connection.settings_dict["NAME"]).exists():
        return False
    return "journal_entry" in connection.introspection.table_names()


def _snapshot(taken: Path, step: Step) -> tuple[Facts, str]:
    advance = step(_("Sao chép cơ sở dữ liệu"))
    if connection.vendor == sqlite.ENGINE:
        return sqlite.snapshot(Path(connection.settings_dict["NAME"]), taken, advance)
    return postgres.snapshot(taken)


def _name(part: Path, path: Path) -> None:
    """Never over another file."""
    try:
        os.link(part, path)
    except FileExistsError:
        raise Refused(Problem("B-EXISTS", values={"path": path})) from None
    except OSError:  # a memory stick knows no links
        part.rename(path)
    settle(path)


def _keep(part: Path, made: Made) -> None:
    """The file gets its name together with its entry: where the entry cannot be written, there is no file."""
    if "journal" in waiting():  # a database of an older release is backed up before it is migrated
        _name(part, made.path)
        return
    told = {"time": made.manifest.time, "size": made.size, "members": len(made.manifest.members)}
    try:
        with transaction.atomic():
            record("system", SYSTEM, Act("backup.made", "backup", made.path.name[:40], after=told))
            _name(part, made.path)
    except OperationalError as why:
        if "locked" not in str(why):
            raise
        raise Refused(Problem("B-LOCKED")) from why
