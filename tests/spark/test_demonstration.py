"""The demonstration judged on Spark in local mode: every row equals the embedded engine's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from pyspark.sql import SparkSession

from vuonlen.analytics.engines import spark_engine
from vuonlen.analytics.engines.polars_judge import judge_frame
from vuonlen.demo.bac_kan import write_lists
from vuonlen.intake.reading import read_list
from vuonlen.rulebook.load import find

COMPARED = (
    "household_id",
    "status",
    "decided_by",
    "disagree",
    "contradiction",
    "average_living",
    "unconfirmed",
    "missing",
)


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    builder = SparkSession.builder.master("local[2]").appName("vuonlen")
    session = builder.config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "2").getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="module")
def households(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("demo")
    lists = {path.stem: path for path in write_lists(folder)}
    found = {}
    for name in ("danh-sach-2023", "danh-sach-2026"):
        work = folder / name
        work.mkdir()
        found[name] = read_list(lists[name], work).households
    return found


@pytest.mark.parametrize(
    ("name", "standard"),
    [("danh-sach-2023", "vn-2022"), ("danh-sach-2026", "vn-2022"), ("danh-sach-2026", "vn-2027")],
)
def test_every_row_of_spark_equals_polars(
    name: str, standard: str, households: dict[str, Path], spark: SparkSession
) -> None:
    sheet = find(standard)
    path = households[name]
    expected = judge_frame(pl.scan_parquet(path), sheet).select(COMPARED).sort("household_id").collect().rows()
    judged = spark_engine.judge_frame(spark.read.parquet(str(path)), sheet).select(*COMPARED)
    found = [tuple(row) for row in judged.orderBy("household_id").collect()]
    assert len(found) == 12_256
    assert found == expected
