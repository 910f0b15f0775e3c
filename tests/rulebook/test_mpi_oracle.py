"""Weighted shares against an outside judge: the R package mpitbR on a public synthetic data set.

Uses the data folder beside the checkout (`shared/data/mpi`), which is not part of the project: skipped where absent.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from vuonlen.analytics.engines.polars_judge import judge_frame
from vuonlen.rulebook.load import find, load_sheet
from vuonlen.rules import STANDARDS

DATA = Path(__file__).parents[3] / "shared" / "data" / "mpi"
CODES = [one.code for one in find("mpi-global").indicators]

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="shared/data/mpi is not beside this checkout")


@pytest.fixture(scope="module")
def persons() -> pl.DataFrame:
    found = pl.read_csv(DATA / "syn_cdta.csv", infer_schema_length=None)
    kept = found.drop_nulls(CODES).with_columns(pl.col(CODES).cast(pl.Int64).cast(pl.Boolean))
    assert kept.height == 14_903
    return kept


@pytest.fixture(scope="module")
def expected() -> pl.DataFrame:
    return pl.read_csv(DATA / "expected_syn_cdta.csv", infer_schema_length=None).filter(
        (pl.col("measure") == "H") & (pl.col("ctype") == "lev")
    )


@pytest.mark.parametrize("k", [20, 33])
@pytest.mark.parametrize("by", ["nat", "area", "region"])
def test_headcount_ratio_equals_mpitbr(
    k: int, by: str, persons: pl.DataFrame, expected: pl.DataFrame, tmp_path: Path
) -> None:
    text = (STANDARDS / "mpi-global.yaml").read_text(encoding="utf-8")
    cutoff = "    poor_share_at_least: {value: 1/3,"
    assert cutoff in text
    near = next(line for line in text.splitlines() if "near_poor_share_at_least" in line)
    path = tmp_path / "mpi.yaml"
    path.write_text(text.replace(cutoff, cutoff.replace("1/3", f"{k}%")).replace(near + "\n", ""), encoding="utf-8")
    group = pl.lit("nat").alias("g") if by == "nat" else pl.col(by).cast(pl.String).alias("g")
    judged = judge_frame(persons.lazy(), load_sheet(path)).with_columns(group).collect()
    poor = (pl.col("status") == "poor") * pl.col("weight")
    found = dict(judged.group_by("g").agg(poor.sum() / pl.col("weight").sum()).rows())
    wanted = expected.filter((pl.col("k") == k) & (pl.col("by") == by))
    assert wanted.height == len(found)
    for row in wanted.iter_rows(named=True):
        assert found[str(row["group"])] == pytest.approx(row["estimate"], abs=5e-9)
