"""The lists are written once for all tests of this folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.demo.lists import DemoList
from vuonlen.demo.bac_kan import write_lists

YEARS = (2021, 2022, 2023, 2026)


@dataclass(frozen=True)
class Written:
    """What `write_lists` returned, and the progress it told on its way."""

    paths: list[Path]
    progress: list[tuple[int, int]]


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    told: list[tuple[int, int]] = []
    out = tmp_path_factory.mktemp("bac-kan") / "new" / "folder"
    return Written(write_lists(out, lambda done, total: told.append((done, total))), told)


@pytest.fixture(scope="session")
def folder(written: Written) -> Path:
    return written.paths[0].parent


@pytest.fixture(scope="session")
def lists(folder: Path) -> dict[int, DemoList]:
    return {year: DemoList(folder / f"danh-sach-{year}.xlsx") for year in YEARS}
