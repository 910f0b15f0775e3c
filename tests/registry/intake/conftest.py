"""Most cases are about rows, not about limits: they read their list without starting a process for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from vuonlen.intake.child import HOUSEHOLDS, MEMBERS, Job
from vuonlen.intake.child import read as read_job
from vuonlen.intake.containers import PARQUET, check_container
from vuonlen.intake.limits import Limits
from vuonlen.intake.reading import read_list
from vuonlen.intake.results import ListRead
from vuonlen.registry.intake.staging import source


def _read_here(path: Path, workdir: Path, *, indicator_codes: frozenset[str], limits: Limits, **_more: Any) -> ListRead:
    """The steps of `intake.reading.read_list` in this process."""
    if check_container(path, limits).kind == PARQUET:
        return read_list(path, workdir, indicator_codes=indicator_codes, limits=limits)
    found = read_job(Job(path, workdir, indicator_codes, limits, None, None, date.today()))
    return ListRead(
        path.name, "", found.layout, found.lists_everyone, workdir / HOUSEHOLDS,
        workdir / MEMBERS if found.has_members else None, found.columns, found.repairs, found.refused, found.warnings,
        found.rows,
    )  # fmt: skip


@pytest.fixture
def own_process() -> None:
    """Asked for by a test that reads as the installation does."""


@pytest.fixture(autouse=True)
def reading_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "own_process" not in request.fixturenames:
        monkeypatch.setattr(source, "read_list", _read_here)
