"""Make the big lists that the benchmarks read, under bench/data/ (not in git). Synthetic, the same for the same seed.

    python bench/make_lists.py workbook --rows 12256 320000
    python bench/make_lists.py parquet --households 1000000 5000000 27000000

workbook: list-ROWS.xlsx and list-ROWS-previous.xlsx, one row per household, 60 columns under the headings that
officers use. parquet: households-N.parquet with the columns of `vuonlen.domain.columns`, in row groups. About 8 % of
the households are poor and 5 % near-poor by the standard of 2022; about 2 % of the indicator answers are blank.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import polars as pl
import pyarrow.parquet as pq
import xlsxwriter

from vuonlen.demo.bac_kan import RECIPE
from vuonlen.demo.recipe import Recipe, load

DATA = Path(__file__).parent / "data"
ROW_GROUP = 500_000  # households: one chunk in memory at a time
PLACES = 3_321  # communes of the country
CODES = [f"I{n:02d}" for n in range(1, 13)]
LINE = np.array([1_500_000, 2_000_000])  # rural, urban
POOR, NEAR_POOR, NOT_POOR = 0, 1, 2
SHARES = (0.08, 0.05, 0.87)
STATUS = np.array(["poor", "near_poor", "not_poor"])
ETHNIC = np.array(["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "12", "13", "15", "18"])
BLANKS = 0.02

Columns = dict[str, np.ndarray[Any, Any]]


def draw(rng: np.random.Generator, count: int, places: int) -> Columns:
    """`count` households: place (number), urban, ethnic, class, previous class, members, income, lacks, blank."""
    place = rng.integers(0, places, count)
    urban = place % 5 == 0
    wanted = rng.choice(3, count, p=SHARES)
    low = wanted != NOT_POOR
    line = LINE[urban.astype(int)]
    income = np.where(low, line * rng.uniform(0.35, 1.0, count), line * (1.02 + rng.exponential(1.1, count)))
    stays = rng.random(count) < np.where(low, 0.82, 0.985)
    previous = np.where(stays, wanted, rng.integers(0, 3, count))
    local = ETHNIC[1 + place % (len(ETHNIC) - 1)]
    return {
        "place": place,
        "urban": urban,
        "ethnicity": np.where(rng.random(count) < np.where(place % 3 == 0, 0.25, 0.93), "01", local),
        "previous": previous,
        "members": np.minimum(1 + rng.poisson(2.7, count), 14),
        "income": np.round(income, -3),
        "lacks": _lacks(rng, wanted),
        "blank": rng.random((count, len(CODES))) < BLANKS,
    }


def _lacks(rng: np.random.Generator, wanted: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Deprivations per household and indicator: three or more for the poor, two or fewer for the near-poor."""
    count, width = len(wanted), len(CODES)
    lacks = rng.random((count, width)) < np.select([wanted == POOR, wanted == NEAR_POOR], [0.2, 0.0], 0.05)[:, None]
    first = rng.integers(0, width, count)
    rows = np.arange(count)
    for step, near in ((0, 0.8), (5, 0.5), (9, 0.0)):
        chance = np.select([wanted == POOR, wanted == NEAR_POOR], [1.0, near], 0.0)
        lacks[rows, (first + step) % width] |= rng.random(count) < chance
    return lacks


def parquet_chunk(seed: int, start: int, count: int) -> pl.DataFrame:
    drawn = draw(np.random.default_rng([seed, start]), count, PLACES)
    answers = {
        code: pl.Series(drawn["lacks"][:, n]).set(pl.Series(drawn["blank"][:, n]), None) for n, code in enumerate(CODES)
    }
    frame = pl.DataFrame(
        {
            "place": drawn["place"],
            "area_type": np.where(drawn["urban"], "urban", "rural"),
            "ethnicity": drawn["ethnicity"],
            "members": drawn["members"],
            "income": drawn["income"],
            **answers,
            "previous_status": STATUS[drawn["previous"]],
        }
    )
    number = pl.int_range(start, start + count).cast(pl.String).str.zfill(9)
    code = (10_001 + 7 * pl.col("place")).cast(pl.String).str.zfill(5)
    return frame.select(
        pl.format("H{}", number).alias("household_id"),
        code.alias("place_code"),
        pl.exclude("place"),
    )


def write_parquet(households: int, seed: int, out: Path) -> Path:
    """One file of `households` rows, a row group per chunk, so memory does not grow with the file."""
    path = out / f"households-{households}.parquet"
    unfinished = path.with_suffix(".part")
    writer: pq.ParquetWriter | None = None
    for start in range(0, households, ROW_GROUP):
        table = parquet_chunk(seed, start, min(ROW_GROUP, households - start)).to_arrow()
        if writer is None:
            writer = pq.ParquetWriter(unfinished, table.schema, compression="zstd")
        writer.write_table(table)
    if writer is not None:
        writer.close()
    unfinished.replace(path)
    return path


# fmt: off
BEFORE_INDICATORS = (
    "Mã hộ", "Mã xã", "Tên xã", "Thôn, bản, tổ dân phố", "Khu vực", "Họ và tên chủ hộ", "Số CCCD", "Số nhân khẩu",
    "Thu nhập bình quân đầu người (đồng/tháng)", "Điểm B1", "Điểm B2"
)
GROUPS = (
    "Dân tộc", "Hộ dân tộc thiểu số", "Hộ không có khả năng lao động",
    "Hộ có thành viên là người có công với cách mạng"
)
CHILDREN = (
    "Hộ làm nông, lâm, ngư nghiệp", "Số trẻ em dưới 16 tuổi", "Số trẻ em không có BHYT", "Số trẻ em suy dinh dưỡng",
    "Số trẻ em không đi học"
)
#: What officers keep beside it, and nobody's rule reads.
EXTRAS = (
    "Số sổ hộ", "Số thửa đất", "Diện tích đất ở (m2)", "Diện tích đất ruộng (m2)", "Diện tích đất rừng (m2)",
    "Số trâu", "Số bò", "Số lợn", "Số gia cầm", "Số xe máy", "Số ti vi", "Nguồn điện", "Nguồn thắp sáng",
    "Dư nợ NHCSXH (triệu đồng)", "Nhu cầu hỗ trợ", "Đợt hỗ trợ", "Khoảng cách đến trạm y tế (km)",
    "Khoảng cách đến trường (km)", "Người rà soát", "Ghi chú"
)
# fmt: on
NEEDS = ("", "Vay vốn", "Học nghề", "Sửa nhà", "Con giống")


def headings(recipe: Recipe) -> list[str]:
    indicators = [f"{code} {name}" for code, name in recipe.indicators.items()]
    causes = [f"{code} {name}" for code, name in recipe.causes.items()]
    return [*BEFORE_INDICATORS, *indicators, *GROUPS, *causes, *CHILDREN, *EXTRAS]


def workbook_rows(recipe: Recipe, rows: int, seed: int, *, previous: bool) -> Iterator[Sequence[Any]]:
    """Rows of one workbook. The previous list: the same households, one in ten with other answers, 1 % others."""
    rng = np.random.default_rng([seed, rows])
    drawn = draw(rng, rows, max(1, rows // 1_500))
    numbers = rng.integers(0, 1 << 30, (rows, 24))
    if previous:
        other, changed = draw(rng, rows, max(1, rows // 1_500)), rng.random(rows) < 0.1
        for name in ("income", "lacks", "blank"):
            drawn[name][changed] = other[name][changed]
    low = drawn["income"] <= LINE[drawn["urban"].astype(int)]
    for row in range(rows):
        gone = previous and row % 97 == 0  # a household that is not in today's list
        yield _row(recipe, drawn, numbers[row].tolist(), row, low=bool(low[row]), number=row + rows * gone)


def _row(recipe: Recipe, drawn: Columns, chance: list[int], row: int, *, low: bool, number: int) -> list[Any]:
    place, urban, lacks = int(drawn["place"][row]), bool(drawn["urban"][row]), drawn["lacks"][row].tolist()
    members = int(drawn["members"][row])
    answers = [None if blank else int(one) for one, blank in zip(lacks, drawn["blank"][row].tolist(), strict=True)]
    income = float(drawn["income"][row])
    line, score = (2_000_000, 175) if urban else (1_500_000, 140)
    points = round(income / line * score) if low else max(score + 1, min(round(income / line * score), 400))
    ethnic = "Kinh" if drawn["ethnicity"][row] == "01" else ("Tày", "Nùng", "Dao", "Thái", "Mường")[place % 5]
    children = chance[0] % (members // 2 + 1)
    return [
        f"H{number:07d}",
        f"{10_001 + 7 * place}",
        f"{'Phường' if urban else 'Xã'} số {place + 1}",
        f"{'Tổ' if urban else 'Thôn'} {1 + number % 12}",
        "Thành thị" if urban else "Nông thôn",
        _name(recipe, number),
        f"0060{50 + number % 49}{number % 1_000_000:06d}",
        members,
        income,
        points if low else None,
        10 * sum(lacks) if low and None not in answers else None,
        *answers,
        ethnic,
        int(ethnic != "Kinh"),
        int(chance[1] % 20 == 0),
        int(chance[2] % 25 == 0),
        *(int(one % 4 == 0) if low else None for one in chance[3:11]),
        "Có" if chance[11] % 3 else "Không",
        children,
        *(min(children, int(one % 9 == 0)) for one in chance[12:15]),
        *_extras(chance, number),
    ]


def _name(recipe: Recipe, number: int) -> str:
    """The same head for the same household in both years."""
    names, sex = recipe.names, "male" if number % 3 else "female"
    parts = (names.family["Tày"], names.middle[sex]["*"], names.given[sex]["*"])
    return " ".join(
        part[(number * step + number // 7) % len(part)] for part, step in zip(parts, (1, 5, 11), strict=True)
    )


def _extras(chance: list[int], number: int) -> list[Any]:
    return [
        f"S{number:06d}",
        f"{chance[15] % 400}/{chance[16] % 60}",
        60 + chance[17] % 400,
        *(10 * (one % 900) for one in chance[18:20]),
        *(one % 4 for one in chance[20:24]),
        chance[15] % 3,
        chance[16] % 2,
        ("Lưới điện", "Thủy điện nhỏ", "Chưa có")[chance[17] % 3],
        "Điện",
        float(chance[18] % 100) / 2,
        NEEDS[chance[19] % len(NEEDS)],
        f"Đợt {1 + chance[20] % 3}",
        float(chance[21] % 120) / 10,
        float(chance[22] % 150) / 10,
        f"Cán bộ {1 + number % 40}",
        "" if chance[23] % 10 else "đã kiểm tra",
    ]


def write_workbook(rows: int, seed: int, out: Path, *, previous: bool) -> Path:
    recipe = load(RECIPE)
    path = out / f"list-{rows}{'-previous' if previous else ''}.xlsx"
    unfinished = path.with_suffix(".part")
    with xlsxwriter.Workbook(str(unfinished), {"constant_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("Danh sách")
        sheet.write_string(0, 0, recipe.notice)
        for column, heading in enumerate(headings(recipe)):
            sheet.write_string(2, column, heading)
        for number, row in enumerate(workbook_rows(recipe, rows, seed, previous=previous), start=3):
            for column, cell in enumerate(row):
                if isinstance(cell, str) and cell:
                    sheet.write_string(number, column, cell)
                elif isinstance(cell, int | float):
                    sheet.write_number(number, column, cell)
    unfinished.replace(path)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--out", type=Path, default=DATA)
    kinds = parser.add_subparsers(dest="kind", required=True)
    kinds.add_parser("workbook").add_argument("--rows", type=int, nargs="+", default=[12_256])
    kinds.add_parser("parquet").add_argument("--households", type=int, nargs="+", default=[1_000_000])
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    if options.kind == "parquet":
        jobs = [partial(write_parquet, n, options.seed, options.out) for n in options.households]
    else:
        jobs = [
            partial(write_workbook, n, options.seed, options.out, previous=previous)
            for n in options.rows
            for previous in (True, False)
        ]
    for job in jobs:
        began = perf_counter()
        path = job()
        print(f"{path}  {path.stat().st_size / 2**20:,.0f} MB  {perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
