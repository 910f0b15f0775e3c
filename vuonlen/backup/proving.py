"""A backup opened, restored to a scratch place and compared with what it says of itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from vuonlen import __version__
from vuonlen.backup import archive, postgres, sqlite
from vuonlen.backup.archive import Opened
from vuonlen.backup.manifest import Facts, Manifest
from vuonlen.backup.sealing import Secret
from vuonlen.domain.problems import Problem, Refused
from vuonlen.i18n import _, language
from vuonlen.journal.standalone.verify_journal import Source, verify

Step = Callable[[str], Callable[[int, int], None]]


@dataclass(frozen=True, slots=True)
class Proven:
    """A backup that was restored for a trial and agreed. database: the SQLite file, or the name in PostgreSQL."""

    opened: Opened
    database: str
    entries: int
    chains: int

    @property
    def manifest(self) -> Manifest:
        return self.opened.manifest


@contextmanager
def proven(file: Path, secret: Secret, folder: Path, step: Step) -> Iterator[Proven]:
    """The trial database lives within this block. Raises Refused."""
    opened = archive.read(file, secret, folder / "opened", step(_("Giải mã và đối chiếu")))
    check_version(opened.manifest)
    if opened.manifest.engine != connection.vendor:
        told = {"theirs": opened.manifest.engine, "ours": connection.vendor}
        raise Refused(Problem("B-ENGINE", values=told))
    if connection.vendor == sqlite.ENGINE:
        facts, journal = sqlite.prove(opened.database)
        entries, chains = _compare(opened.manifest, facts, journal, step)
        journal.connection.close()
        yield Proven(opened, str(opened.database), entries, chains)
        return
    name = postgres.scratch_name(os.getpid())
    postgres.clear_scratch()
    try:
        step(_("Khôi phục thử"))
        with postgres.prove(opened.database, name) as (held, source):
            entries, chains = _compare(opened.manifest, held, source, step)
        yield Proven(opened, name, entries, chains)
    finally:
        postgres.drop(name)


def check_version(manifest: Manifest) -> None:
    """Raises Refused for a backup of a later release, or with migrations that this one does not know."""
    known = set(MigrationLoader(None).disk_migrations)
    strange = [one for one in manifest.facts.migrations if tuple(one) not in known]
    if _numbers(manifest.version) > _numbers(__version__) or strange:
        more = f", {'.'.join(strange[0])}" if strange else ""
        raise Refused(Problem("B-NEWER", values={"version": manifest.version + more, "ours": __version__}))


def waiting() -> list[str]:
    """Labels of the applications whose tables the database does not have yet as this release wants them."""
    executor = MigrationExecutor(connection)
    return [step.app_label for step, _back in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(one) for one in version.split("+")[0].split(".") if one.isdigit())


def _compare(manifest: Manifest, facts: Facts, journal: Source, step: Step) -> tuple[int, int]:
    """Counts, heads and every hash of the journal. Returns the numbers of entries and chains."""
    wrong = manifest.facts.differences(facts)
    if wrong:
        raise Refused(Problem("B-UNPROVEN", values={"why": ", ".join(wrong[:5])}))
    report = verify(journal, advance=step(_("Kiểm tra nhật ký")))
    if report.findings:
        raise Refused(Problem("B-UNPROVEN", values={"why": report.findings[0].sentence(language())}))
    return report.entries, report.chains
