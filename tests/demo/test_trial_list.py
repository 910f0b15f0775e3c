"""The list for trying an import by hand: a little of everything that such a list brings, and nothing else."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests.demo.lists import DemoList
from vuonlen.demo.bac_kan import write_trial_list
from vuonlen.intake.reading import ListRead, read_list

WARD = "01843"  # Phường Bắc Kạn


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> ListRead:
    folder = tmp_path_factory.mktemp("trial")
    return read_list(write_trial_list(folder, WARD), folder)


@pytest.fixture(scope="module")
def ids(trial: ListRead) -> set[str]:
    return set(pl.read_parquet(trial.households)["household_id"])


def test_one_cell_cannot_be_read_and_is_named(trial: ListRead) -> None:
    assert [(one.code, one.where, one.values) for one in trial.refused] == [("R-NUMBER", "Hộ!I5", {"text": "khá"})]
    assert trial.warnings == ()


def test_two_came_one_went_and_one_has_another_number(
    ids: set[str], lists: dict[int, DemoList], trial: ListRead
) -> None:
    whole = {row["Mã hộ"] for row in lists[2026].households if row["Mã xã/phường"] == WARD}
    came = ids - whole
    assert sorted(name.rsplit("-", 1)[1] for name in came) == ["M1", "M2", "MOI"]
    gone = whole - ids
    assert len(gone) == 3, "the one that went, the one with another number, the one that cannot be read"
    assert {name.removesuffix("-MOI") for name in came if name.endswith("MOI")} < gone


def test_it_is_the_same_file_every_time(tmp_path: Path) -> None:
    one, other = (write_trial_list(tmp_path / name, WARD).read_bytes() for name in ("a", "b"))
    assert one == other
