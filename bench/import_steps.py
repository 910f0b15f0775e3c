"""What `bench.import_lists` times: the steps of one import, through the actions that a user's pages call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from bench.import_lists import ON, VILLAGES
from vuonlen.accounts.models import Appointment, User
from vuonlen.accounts.rights import Role
from vuonlen.approval.actions import approve
from vuonlen.domain.names import fold
from vuonlen.foundation.paths import step
from vuonlen.jobs.work import Progress, find
from vuonlen.places.models import Kind, Level, Place
from vuonlen.registry.intake import actions
from vuonlen.registry.intake.models import Batch, Staged
from vuonlen.registry.intake.staging.work import stage
from vuonlen.registry.models import Household
from vuonlen.registry.rows import TABLES

COMMUNES, SINCE = 20, date(2025, 7, 1)


class Steps:
    """A province with its communes and villages, one who brings and one who approves."""

    def __init__(self, households: int) -> None:
        self.vendor, self._households = connection.vendor, households
        self._province = self._place("19", Level.PROVINCE, Kind.PROVINCE, "Tỉnh Thái Nguyên", step(1), None)
        self.communes: list[tuple[str, str]] = []
        for number in range(1, COMMUNES + 1):
            code, path = f"{5000 + number:05d}", self._province.path + step(number)
            commune = self._place(code, Level.COMMUNE, Kind.RURAL_COMMUNE, f"Xã Thử {number}", path, self._province)
            self.communes.append((code, commune.name))
            for village in range(1, VILLAGES + 1):
                name = f"Thôn {village}"
                self._place(f"{code}-{village}", Level.VILLAGE, Kind.VILLAGE, name, path + step(village), commune)
        self._officer = self._user("officer", Role.PROVINCE_OFFICER)
        self._approver = self._user("approver", Role.PROVINCE_APPROVER)

    def _place(self, code: str, level: Level, kind: Kind, name: str, path: str, parent: Place | None) -> Place:
        area = "rural" if level == Level.COMMUNE else ""
        return Place.objects.create(
            code=code, level=level, kind=kind, name=name, name_folded=fold(name), path=path, parent=parent,
            valid_from=SINCE, area_type=area,
        )  # fmt: skip

    def _user(self, name: str, role: Role) -> User:
        user = User.objects.create(username=name, full_name=name)
        Appointment.objects.create(user=user, role=role, place=self._province, valid_from=SINCE)
        return user

    def stage(self, path: Path) -> Batch:
        terms = actions.Terms(reference_date=ON, number="1/QĐ", signed_on=ON, issuer="UBND", everyone=True)
        rows = self._households * 5 + 10
        file = actions.Upload(path.name, [path.read_bytes()], max_rows=max(200_000, rows), max_mb=20 + rows // 10_000)
        batch = actions.upload(by=self._officer, place=self._province, terms=terms, file=file, in_background=False)
        stage(batch, silent)
        batch.refresh_from_db()
        assert batch.state == Batch.State.REVIEW, batch.problems
        for suspect in batch.suspects.filter(answer=""):
            actions.settle(suspect=suspect, by=self._officer, answer="different")
        return batch

    def apply(self, batch: Batch) -> None:
        proposal = actions.propose(batch=batch, by=self._officer, reason="đo")
        job = approve(proposal=proposal, by=self._approver).job
        assert job is not None
        find(job.work).call(Progress(), **job.arguments)  # as the worker does
        batch.refresh_from_db()
        assert batch.state == Batch.State.APPLIED
        assert Household.objects.count() == self._households, Household.objects.count()

    def stage_again(self, path: Path) -> None:
        batch = self.stage(path)
        assert batch.counts["rows"][Staged.Kind.UNCHANGED] == self._households, batch.counts

    @contextmanager
    def bare(self) -> Iterator[Callable[[], int]]:
        """Yields what inserts the same rows once more, without history, journal or checks; undone afterwards."""
        with transaction.atomic():
            held = {name: list(table._default_manager.all()) for name, table in TABLES.items()}
            with connection.cursor() as cursor:
                for table in reversed(TABLES.values()):
                    cursor.execute(f"DELETE FROM {table._meta.db_table}")
            yield lambda: sum(_insert(name, rows) for name, rows in held.items())
            transaction.set_rollback(True)


def _insert(name: str, rows: list[Any]) -> int:
    TABLES[name]._default_manager.bulk_create(rows, batch_size=500)
    return len(rows)


def silent(_done: int, _total: int, _message: str) -> None:
    """Nobody watches."""
