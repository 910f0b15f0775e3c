"""A workbook read, judged, compared and written back with all tables, beside the bare reader and the bare writer.

    python bench/make_lists.py workbook --rows 12256 320000
    python bench/judge_files.py --rows 12256 320000

Each line is a whole process: wall seconds, CPU seconds, the largest process in memory.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import xlsxwriter
from python_calamine import CalamineWorkbook

DATA = Path(__file__).parent / "data"


def read_only(path: Path) -> None:
    """The raw limit of reading: every cell of the first sheet as Python values."""
    sum(len(row) for row in CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).iter_rows())


def write_only(path: Path, out: Path) -> None:
    """The raw limit of writing with XlsxWriter: the same cells, nothing computed."""
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).iter_rows()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, float):
                    sheet.write_number(number, column, value)
                elif value != "":
                    sheet.write_string(number, column, str(value))


def measure(command: list[str]) -> tuple[float, float, float]:
    """Wall, CPU of the process and its children, and the peak of the largest of them in MB."""
    began = perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(child.pid, 0)
    wall = perf_counter() - began
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"failed: {' '.join(command)}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[12_256])
    parser.add_argument("--only", choices=["read", "write"])
    parser.add_argument("--file", type=Path)
    options = parser.parse_args()
    if options.only == "read":
        read_only(options.file)
    elif options.only == "write":
        with tempfile.TemporaryDirectory() as folder:
            write_only(options.file, Path(folder) / "bare.xlsx")
    else:
        sys.stdout.write("| rows x 60 | what | wall s | CPU s | peak MB |\n|---|---|---|---|---|\n")
        for rows in options.rows:
            compare(rows)


def compare(rows: int) -> None:
    now, before = DATA / f"list-{rows}.xlsx", DATA / f"list-{rows}-previous.xlsx"
    limits = ["--max-rows", str(rows + 10_000), "--max-mb", str(now.stat().st_size // 2**20 + 10)]
    bare = [sys.executable, __file__, "--file", str(now), "--only"]
    judge = [sys.executable, "-m", "vuonlen", "judge", str(now), "--standard", "vn-2022", *limits]
    with tempfile.TemporaryDirectory(dir=DATA) as out:
        for what, command in (
            ("bare calamine, reading", [*bare, "read"]),
            ("bare XlsxWriter, writing (and reading)", [*bare, "write"]),
            ("vuonlen check", [sys.executable, "-m", "vuonlen", "check", str(now), *limits, "--json"]),
            ("vuonlen judge, all tables", [*judge, "--out", f"{out}/1", "--json"]),
            ("vuonlen judge with the year before", [*judge, "--previous", str(before), "--out", f"{out}/2", "--json"]),
        ):
            wall, cpu, peak = measure(command)
            sys.stdout.write(f"| {rows:,} | {what} | {wall:.1f} | {cpu:.1f} | {peak:,.0f} |\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
