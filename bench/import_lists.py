"""A list imported from its workbook to the register, beside the bare insertion of the same rows by Django.

    python -m bench.import_lists --households 10000 100000
    python -m tests.cluster python -m bench.import_lists --households 10000        (on PostgreSQL)

Each size has a database of its own. A household has four members; everyone has an ID number and an answer. `stage` is
upload, reading in the child process, validation, duplicates in the file, matching and comparing; `apply` is the
register, history, journal and search index. `again` stages the same file once more: nothing may have changed.
`bare` inserts the same households, persons, memberships, states, homes, classes and reviews with `bulk_create`.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter

import xlsxwriter

MEMBERS, VILLAGES = 4, 8  # persons of a household, villages of a commune
ON = date(2025, 12, 31)
CODES = [f"I{number:02d}" for number in range(1, 13)]
HOMES = ["Mã hộ", "Mã xã", "Tên xã", "Thôn", "Họ tên chủ hộ", "Số CCCD chủ hộ", "Số nhân khẩu",
         "Thu nhập bình quân đầu người", "Điểm A", "Điểm B", *CODES, "Dân tộc"]  # fmt: skip
PERSONS = ["Mã hộ", "Họ và tên", "Quan hệ với chủ hộ", "Ngày sinh", "Giới tính", "Số CCCD", "Dân tộc", "Có BHYT",
           "Đang đi học", "Suy dinh dưỡng"]  # fmt: skip
FAMILY = ["Nông", "Hoàng", "Lý", "Bế", "Triệu", "Ma", "Nguyễn", "Lường", "Hà", "Đinh", "Vi", "Lộc", "Chu", "Đàm"]
MIDDLE = ["Văn", "Thị", "Đức", "Thu", "Minh", "Thanh", "Ngọc", "Quang"]
GIVEN = ["An", "Bình", "Chi", "Dũng", "Hoa", "Hạnh", "Khánh", "Lan", "Mai", "Nam", "Sơn", "Thảo", "Tuấn", "Yến"]
RELATIONS = ["Chủ hộ", "Vợ", "Con", "Con"]


def write_list(path: Path, households: int, communes: list[tuple[str, str]]) -> None:
    """A workbook of two sheets, the same for the same number."""
    rng = random.Random(households)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        homes, persons = book.add_worksheet("Hộ"), book.add_worksheet("Thành viên")
        homes.write_row(0, 0, HOMES)
        persons.write_row(0, 0, PERSONS)
        serial = line = 0
        for number in range(households):
            code, place = communes[number * len(communes) // households]
            born = [
                rng.randrange(1950, 2000),
                rng.randrange(1950, 2000),
                rng.randrange(2000, 2020),
                rng.randrange(2008, 2024),
            ]
            people = []
            for relation, year in zip(RELATIONS, born, strict=True):
                serial += 1
                female = rng.random() < 0.5
                name = f"{rng.choice(FAMILY)} {rng.choice(MIDDLE)} {rng.choice(GIVEN)}"
                century = (2 if year >= 2000 else 0) + female
                identity = f"019{century}{year % 100:02d}{serial:06d}"
                people.append(
                    (name, relation, f"{rng.randrange(1, 28):02d}/{rng.randrange(1, 13):02d}/{year}", female, identity)
                )
            head, identity = people[0][0], people[0][4]
            lacks = [int(rng.random() < 0.2) for _ in range(12)]
            row = [f"H{number:06d}", code, place, f"Thôn {number % VILLAGES + 1}", head, identity, MEMBERS,
                   rng.randrange(8, 60) * 100_000, rng.randrange(100, 200), 10 * sum(lacks), *lacks, "Tày"]  # fmt: skip
            homes.write_row(number + 1, 0, row)
            for name, relation, birth, female, number_of in people:
                line += 1
                told = [row[0], name, relation, birth, "Nữ" if female else "Nam", number_of, "Tày", "Có", None, None]
                persons.write_row(line, 0, told)


def busy() -> float:
    """Seconds of CPU of this process and of the children that ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


@contextmanager
def timed(told: dict[str, float], cpu: dict[str, float], name: str, profile: str) -> Iterator[None]:
    profiler = cProfile.Profile() if profile == name else None
    if profiler:
        profiler.enable()
    since, used = perf_counter(), busy()
    yield
    told[name] = perf_counter() - since
    cpu[name] = busy() - used
    if profiler:
        profiler.disable()
        pstats.Stats(profiler).sort_stats("tottime").print_stats(25).sort_stats("cumulative").print_stats("vuonlen", 45)


def run(households: int, profile: str, whole_only: bool) -> None:
    """One size, in a migrated database that is empty."""
    import django  # noqa: PLC0415  (the settings read the environment of this process)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from vuonlen.accounts.row_security import widen_process  # noqa: PLC0415

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    widen_process()
    call_command("migrate", verbosity=0, interactive=False)
    from bench.import_steps import Steps  # noqa: PLC0415

    told: dict[str, float] = {}
    cpu: dict[str, float] = {}
    steps = Steps(households)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "danh-sach.xlsx"
        write_list(path, households, steps.communes)
        with timed(told, cpu, "stage", profile):
            batch = steps.stage(path)
        with timed(told, cpu, "apply", profile):
            steps.apply(batch)
        if not whole_only:
            with timed(told, cpu, "again", profile):
                steps.stage_again(path)
    if not whole_only:
        with steps.bare() as insert, timed(told, cpu, "bare", profile):
            rows = insert()
    whole = told["stage"] + told["apply"]
    for name, value in told.items():
        print(f"{steps.vendor:10} {households:7} households  {name:6} {value:7.2f} s  CPU {cpu[name]:7.2f} s")
    print(
        f"{steps.vendor:10} {households:7} households  whole  {whole:7.2f} s  CPU {cpu['stage'] + cpu['apply']:7.2f} s"
    )
    if not whole_only:
        print(f"    {whole / told['bare']:.1f} x bare ({rows} rows)")
    print(f"    {households / whole:.0f} households/s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--households", type=int, nargs="+", default=[10_000])
    parser.add_argument("--profile", choices=["stage", "apply", "again", "bare", ""], default="")
    parser.add_argument("--whole-only", action="store_true", help="neither `again` nor `bare`")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        run(options.households[0], options.profile, options.whole_only)
        return
    for size in options.households:
        each(size, options.profile, options.whole_only)


def each(size: int, profile: str, whole_only: bool) -> None:
    """A process of its own with a database of its own."""
    address = os.environ.get("VUONLEN_TEST_DATABASE_URL", "")
    with tempfile.TemporaryDirectory() as home:
        told = {"VUONLEN_HOME": home, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "bench.import_settings"}
        clean = {name: value for name, value in (os.environ | told).items() if value}
        command = [sys.executable, "-m", "bench.import_lists", "--one", "--households", str(size), "--profile", profile]
        subprocess.run(command + ["--whole-only"] * whole_only, env=clean, check=True)


if __name__ == "__main__":
    main()
