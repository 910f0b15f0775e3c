"""`vuonlen judge` end to end on small lists: counts, movement, files, exit status."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from tests.cli.conftest import Run, told

Write = Callable[..., Path]

NOW = (
    "H1;01852;Xã Nông Thượng;Thôn 1;nông thôn;Hoàng Văn A;4;1200000;120;40",
    "H2;01852;Xã Nông Thượng;Thôn 1;nông thôn;Nông Thị B;3;1300000;130;20",
    "H3;01852;Xã Nông Thượng;Thôn 2;nông thôn;Lý Văn C;5;3500000;220;0",
    "H4;01852;Xã Nông Thượng;Thôn 2;nông thôn;Bàn Thị D;2;;;",
    "H5;01855;Phường Xuất Hóa;Tổ 5;thành thị;Triệu Văn E;4;1900000;170;30",
    "H6;01855;Phường Xuất Hóa;Tổ 5;thành thị;Vi Thị G;1;2000000;175;20",
    "H8;01855;Phường Xuất Hóa;Tổ 6;thành thị;Ma Văn H;3;1700000;150;40",
)
BEFORE = (
    "H1;01852;Xã Nông Thượng;Thôn 1;nông thôn;Hoàng Văn A;3;1200000;120;40",
    "H2;01852;Xã Nông Thượng;Thôn 1;nông thôn;Nông Thị B;3;1200000;120;30",
    "H3;01852;Xã Nông Thượng;Thôn 2;nông thôn;Lý Văn C;5;1400000;130;50",
    "H4;01852;Xã Nông Thượng;Thôn 2;nông thôn;Bàn Thị D;2;3000000;200;0",
    "H5;01855;Phường Xuất Hóa;Tổ 5;thành thị;Triệu Văn E;4;2900000;200;30",
    "H6;01855;Phường Xuất Hóa;Tổ 5;thành thị;Vi Thị G;1;2900000;200;20",
    "H7;01855;Phường Xuất Hóa;Tổ 5;thành thị;Ma Văn H;3;1700000;150;40",
)
EARLIER = ("H5;01855;Phường Xuất Hóa;Tổ 5;thành thị;Triệu Văn E;4;1900000;170;30",)


def test_counts_by_class_and_place(run: Run, write: Write) -> None:
    done = run("judge", write("nay.csv", *NOW), "--standard", "vn-2022", "--out", "kq", "--json")
    assert done.returncode == 0, done.stderr
    found = told(done)
    assert found["standard"] == "vn-2022"
    assert len(found["standard_hash"]) == 64
    assert found["households"] == 7
    assert found["counts"] == {"poor": 3, "near_poor": 2, "not_poor": 1, "undetermined": 1}
    assert found["refused"] == 0
    assert {row["place"]: row["poor"] for row in found["by_place"]} == {"01852": 1, "01855": 2}


def test_movement_identity_and_paths(run: Run, write: Write) -> None:
    now, before, earlier = write("nay.csv", *NOW), write("truoc.csv", *BEFORE), write("xua.csv", *EARLIER)
    done = run("judge", now, "--standard", "vn-2022", "--previous", before, "--history", earlier, "--json")
    poor = told(done)["movement"]["poor"]
    expected = {"start": 4, "stayed": 1, "to_other": 1, "above": 1, "other_less": 1}
    expected |= {"from_other": 0, "relapsed": 1, "new": 0, "other_more": 1, "end": 3}
    assert poor == expected
    near = told(done)["movement"]["near_poor"]
    assert (near["start"], near["from_other"], near["new"], near["end"]) == (0, 1, 1, 2)


def test_likely_matches_are_offered_and_applied_only_when_confirmed(run: Run, write: Write, tmp_path: Path) -> None:
    now, before = write("nay.csv", *NOW), write("truoc.csv", *BEFORE)
    run("judge", now, "--standard", "vn-2022", "--previous", before, "--out", "kq")
    offered = tmp_path / "kq" / "ghep-ho-can-xac-nhan.csv"
    assert "H8,H7" in offered.read_text(encoding="utf-8-sig")
    done = run("judge", now, "--standard", "vn-2022", "--previous", before, "--matches", offered, "--json")
    poor = told(done)["movement"]["poor"]
    assert (poor["stayed"], poor["other_less"], poor["other_more"]) == (2, 0, 0)


def test_every_result_file_is_written(run: Run, write: Write, tmp_path: Path) -> None:
    run(
        "judge",
        write("nay.csv", *NOW),
        "--previous",
        write("truoc.csv", *BEFORE),
        "--standard",
        "vn-2022",
        "--out",
        "kq",
    )
    names = {one.name for one in (tmp_path / "kq").iterdir()}
    assert {f"R{number:02d}.xlsx" for number in range(1, 12)} <= names
    assert {"bang-tong-hop.xlsx", "judged.parquet", "judged.xlsx", "bien-dong.xlsx", "bao-cao-doc-tep.xlsx"} <= names
    assert not list(tmp_path.glob(".vuonlen-*"))


def test_judged_parquet_has_the_verdict_and_no_names(run: Run, write: Write, tmp_path: Path) -> None:
    run("judge", write("nay.csv", *NOW), "--standard", "vn-2022", "--out", "kq")
    found = pl.read_parquet(tmp_path / "kq" / "judged.parquet")
    assert {"household_id", "place_code", "status", "standard", "trace"} <= set(found.columns)
    assert not {"head", "id_number"} & set(found.columns)
    assert dict(found.select("household_id", "status").rows())["H2"] == "near_poor"
    assert (
        found.filter(pl.col("household_id") == "H1")["trace"].item() == "điểm A 120 ≤ 140 (nông thôn); điểm B 40 ≥ 30"
    )


def test_two_standards_give_two_results_and_a_comparison(run: Run, write: Write, tmp_path: Path) -> None:
    done = run(
        "judge", write("nay.csv", *NOW), "--standard", "vn-2022", "--standard", "vn-2027", "--out", "kq", "--json"
    )
    found = told(done)
    assert [one["standard"] for one in found] == ["vn-2022", "vn-2027"]
    assert (tmp_path / "kq" / "hai-chuan.xlsx").is_file()
    assert (tmp_path / "kq" / "vn-2027" / "R01.xlsx").is_file()


def test_refused_rows_are_told_and_exit_1(run: Run, write: Write) -> None:
    bad = "H9;01852;Xã Nông Thượng;Thôn 1;nông thôn;Lò Văn K;4;nhiều;120;40"
    done = run("judge", write("nay.csv", *NOW, bad), "--standard", "vn-2022", "--json")
    assert done.returncode == 1
    found = told(done)
    assert (found["households"], found["refused"]) == (7, 1)


def test_a_refused_row_is_named_with_its_cell(run: Run, write: Write) -> None:
    bad = "H9;01852;Xã Nông Thượng;Thôn 1;nông thôn;Lò Văn K;4;nhiều;120;40"
    done = run("judge", write("nay.csv", *NOW, bad), "--standard", "vn-2022")
    assert "H9" in done.stderr
    assert "nhiều" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("khong-co.xlsx",),
        ("nay.csv", "--standard", "vn-1999"),
        ("nay.csv", "--cutoff", "31/02/2023"),
        ("nay.csv", "--previous", "khong-co.xlsx"),
        ("nay.csv", "--max-rows", "2"),
        ("rong.csv",),
    ],
)
def test_unusable_input_exits_2_and_writes_nothing(
    arguments: tuple[str, ...], run: Run, write: Write, tmp_path: Path
) -> None:
    write("nay.csv", *NOW)
    (tmp_path / "rong.csv").write_bytes(b"")
    before = {one.name for one in tmp_path.iterdir()}
    done = run("judge", *arguments)
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert {one.name for one in tmp_path.iterdir()} == before


def test_a_failed_run_leaves_earlier_results_alone(run: Run, write: Write, tmp_path: Path) -> None:
    run("judge", write("nay.csv", *NOW), "--standard", "vn-2022", "--out", "kq")
    before = {one.name: one.read_bytes() for one in (tmp_path / "kq").iterdir()}
    assert run("judge", write("hong.csv", "x", head="vô nghĩa"), "--out", "kq").returncode == 2
    assert {one.name: one.read_bytes() for one in (tmp_path / "kq").iterdir()} == before


def test_a_place_that_became_urban_is_told_apart(run: Run, write: Write) -> None:
    before = write("truoc.csv", "H1;01852;Xã Nông Thượng;Thôn 1;nông thôn;Hoàng Văn A;4;1700000;150;40")
    now = write("nay.csv", "H1;01843;Phường Bắc Kạn;Tổ 9;thành thị;Hoàng Văn A;4;1700000;150;40")
    found = told(run("judge", now, "--standard", "vn-2022", "--previous", before, "--json"))
    assert found["movement"]["poor"]["new"] == 1
    assert found["movement"]["change_cause"] == {"place": 1}


def test_a_change_of_standard_is_told_apart(run: Run, write: Write) -> None:
    head = "Mã hộ;Mã xã;Khu vực;Số nhân khẩu;Thu nhập bình quân đầu người;I01;I02;I03"
    before = write("truoc.csv", "H1;01852;nông thôn;4;2100000;x;x;x", head=head)
    now = write("nay.csv", "H1;01852;nông thôn;4;2100000;x;x;x", head=head)
    arguments = ("--standard", "vn-2027", "--previous", before, "--previous-standard", "vn-2022", "--json")
    found = told(run("judge", now, *arguments))
    assert found["movement"]["change_cause"] == {"standard": 1}


def test_parquet_with_faults_is_refused(run: Run, tmp_path: Path) -> None:
    rows = {"household_id": ["A", "A"], "area_type": ["rural", "xã"], "income": [1.0, -2.0]}
    pl.DataFrame(rows).write_parquet(tmp_path / "ds.parquet")
    done = run("judge", "ds.parquet", "--standard", "vn-2022", "--json")
    assert done.returncode == 2
    assert {one["code"] for one in told(done)["problems"]} == {"P-SAME-ID", "P-VALUE"}


def test_parquet_is_judged_with_its_own_previous_class(run: Run, tmp_path: Path) -> None:
    rows = {
        "household_id": ["A", "B"],
        "place_code": ["01852", "01852"],
        "area_type": ["rural", "rural"],
        "members": [3, 4],
        "income": [1_400_000, 3_000_000],
        **{f"I{number:02d}": [number <= 3, False] for number in range(1, 13)},
        "previous_status": ["not_poor", "poor"],
    }
    pl.DataFrame(rows).write_parquet(tmp_path / "ds.parquet")
    found = told(run("judge", "ds.parquet", "--standard", "vn-2022", "--json"))
    assert found["counts"]["poor"] == 1
    assert found["movement"]["poor"]["above"] == 1
    assert found["movement"]["poor"]["new"] == 1


def test_a_recorded_class_that_the_answers_do_not_give_is_counted(run: Run, write: Write) -> None:
    head = "Mã hộ;Mã xã;Khu vực;Số nhân khẩu;Điểm A;Điểm B;Phân loại hộ"
    path = write("nay.csv", "H1;01852;nông thôn;4;150;40;Hộ nghèo", "H2;01852;nông thôn;4;120;40;Hộ nghèo", head=head)
    assert told(run("judge", path, "--standard", "vn-2022", "--json"))["recorded_differs"] == 1


def test_rows_refused_in_the_list_before_are_told(run: Run, write: Write) -> None:
    before = write("truoc.csv", *BEFORE, "H9;01852;Xã Nông Thượng;Thôn 1;nông thôn;Lò Văn K;4;nhiều;120;40")
    done = run("judge", write("nay.csv", *NOW), "--previous", before, "--standard", "vn-2022", "--json")
    assert done.returncode == 1
    assert told(done)["refused_in_older_lists"] == {"truoc.csv": 1}
