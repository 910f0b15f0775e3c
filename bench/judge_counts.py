"""Judge a country and count by commune x ethnicity x class x indicator: ours, hand-written Polars, pandas.

    python bench/judge_counts.py --households 1000000 5000000 27000000 --pandas 5000000

Each run is a process of its own; the ways take turns, so that a drift of the machine hits all of them. Prints the
medians, the ratios and the peak memory, and stops if two ways do not give the same counts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import statistics
import subprocess
import sys
from pathlib import Path
from time import perf_counter, process_time

import pandas as pd
import polars as pl

from vuonlen.analytics.engines.polars_counts import count_by
from vuonlen.rulebook.load import find

HERE = Path(__file__).parent
BY = ["place_code", "ethnicity", "previous_status"]
CODES = [f"I{n:02d}" for n in range(1, 13)]
RURAL, URBAN, DEPRIVED = 1_500_000, 2_000_000, 3


def ours(path: Path) -> pl.DataFrame:
    return count_by(path, find("vn-2022"), BY)


def hand_written(path: Path) -> pl.DataFrame:
    """The same result as someone would write it for this one law."""
    line = pl.when(pl.col("area_type") == "rural").then(RURAL).when(pl.col("area_type") == "urban").then(URBAN)
    low = pl.sum_horizontal(pl.col(code).fill_null(value=False).cast(pl.Int8) for code in CODES)
    high = low + pl.sum_horizontal(pl.col(code).is_null().cast(pl.Int8) for code in CODES)
    frame = pl.scan_parquet(path).with_columns(low=low, high=high, under=pl.col("income").round(2) <= line)
    under = pl.col("under")
    status = (
        pl.when(~under)
        .then(pl.lit("not_poor"))
        .when(under & (pl.col("low") >= DEPRIVED))
        .then(pl.lit("poor"))
        .when(under & (pl.col("high") < DEPRIVED))
        .then(pl.lit("near_poor"))
        .otherwise(pl.lit("undetermined"))
    )
    grouped = frame.with_columns(status=status).group_by(*BY, "status")
    return grouped.agg(pl.len().alias("n"), *(pl.col(code).sum() for code in CODES)).collect(engine="streaming")


def in_pandas(path: Path) -> pl.DataFrame:
    """Vectorised pandas on the same columns."""
    columns = ["place_code", "ethnicity", "previous_status", "area_type", "income", *CODES]
    frame = pd.read_parquet(path, columns=columns, dtype_backend="pyarrow")
    flags = frame[CODES]
    low = flags.fillna(False).sum(axis=1)
    high = low + flags.isna().sum(axis=1)
    line = frame["area_type"].map({"rural": RURAL, "urban": URBAN})
    under = frame["income"].round(2) <= line
    status = pd.Series("undetermined", index=frame.index)
    status[under & (low >= DEPRIVED)] = "poor"
    status[under & (high < DEPRIVED)] = "near_poor"
    status[~under] = "not_poor"
    frame["status"] = status
    frame[CODES] = flags.fillna(False).astype("int64")
    grouped = frame.groupby([*BY, "status"], observed=True)
    counts = grouped[CODES].sum()
    counts.insert(0, "n", grouped.size())
    return pl.from_pandas(counts.reset_index())


WAYS = {"vuonlen": ours, "polars": hand_written, "pandas": in_pandas}


def one_run(way: str, path: Path) -> None:
    began = perf_counter()
    counts = WAYS[way](path)
    seconds = perf_counter() - began
    key = [*BY, "status"]
    plain = counts.with_columns(pl.col(key).cast(pl.String), pl.exclude(key).cast(pl.Int64)).sort(key)
    digest = hashlib.sha256(plain.select(*key, "n", *CODES).write_csv().encode()).hexdigest()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"wall": seconds, "cpu": process_time(), "peak_mb": peak, "digest": digest}
    sys.stdout.write(json.dumps(told) + "\n")


def measure(way: str, path: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--way", way, "--file", str(path)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def compare(path: Path, ways: list[str], runs: int) -> None:
    found: dict[str, list[dict[str, float]]] = {way: [] for way in ways}
    for _ in range(runs):
        for way in ways:
            found[way].append(measure(way, path))
    digests = {one["digest"] for rows in found.values() for one in rows}
    if len(digests) != 1:
        raise SystemExit(f"{path.name}: the ways do not agree: {digests}")
    base = statistics.median(one["wall"] for one in found["polars"])
    for way, rows in found.items():
        wall, cpu = (statistics.median(one[name] for one in rows) for name in ("wall", "cpu"))
        sys.stdout.write(
            f"| {path.stem} | {way} | {wall:.2f} | {cpu:.1f} | {max(one['peak_mb'] for one in rows):,.0f} "
            f"| {wall / base:.2f} |\n"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, nargs="+", default=[1_000_000, 5_000_000])
    parser.add_argument("--pandas", type=int, nargs="*", default=[], help="sizes at which pandas runs as well")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--way", choices=WAYS)
    parser.add_argument("--file", type=Path)
    options = parser.parse_args()
    if options.way:
        one_run(options.way, options.file)
        return
    sys.stdout.write(
        "| households | way | wall s | CPU s | peak MB | x hand-written Polars |\n|---|---|---|---|---|---|\n"
    )
    for size in options.households:
        path = HERE / "data" / f"households-{size}.parquet"
        ways = ["vuonlen", "polars", *(["pandas"] if size in options.pandas else [])]
        compare(path, ways, options.runs)


if __name__ == "__main__":
    main()
