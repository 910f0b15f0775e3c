"""The files: marked as synthetic everywhere, the same at every run, complete or absent."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.demo.conftest import YEARS, Written
from tests.demo.lists import DemoList
from vuonlen.demo import workbook
from vuonlen.demo.bac_kan import RECIPE

NOTICE = "DỮ LIỆU MINH HỌA — dữ liệu minh họa (synthetic), không phải người thật"
PACKAGE = RECIPE.parent.parent


def test_every_sheet_begins_with_the_notice(lists: dict[int, DemoList]) -> None:
    for one in lists.values():
        assert one.sheet_names == ["Hộ", "Thành viên"]
        assert [one.cells(sheet)[0][0] for sheet in one.sheet_names] == [NOTICE, NOTICE]


def test_the_file_properties_say_so_too(folder: Path) -> None:
    files = sorted(folder.iterdir())
    assert [one.name for one in files] == [f"danh-sach-{year}.xlsx" for year in YEARS]
    for one in files:
        with zipfile.ZipFile(one) as inside:
            assert NOTICE in inside.read("docProps/core.xml").decode("utf-8")


def test_another_process_with_other_settings_writes_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from vuonlen.demo.bac_kan import write_lists; "
    env = {**os.environ, "PYTHONHASHSEED": "4242", "TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "C"}
    command = [sys.executable, "-c", code + "write_lists(Path(sys.argv[1]))", str(tmp_path)]
    subprocess.run(command, check=True, env=env, cwd=PACKAGE.parent)
    for one in folder.iterdir():
        assert (tmp_path / one.name).read_bytes() == one.read_bytes(), one.name


def test_progress_runs_to_the_end_and_the_paths_are_returned(written: Written) -> None:
    assert [one.name for one in written.paths] == [f"danh-sach-{year}.xlsx" for year in YEARS]
    assert all(one.is_file() for one in written.paths)
    done = [one for one, _ in written.progress]
    assert done == sorted(set(done))
    assert {total for _, total in written.progress} == {done[-1]}


def test_a_file_that_is_broken_off_leaves_nothing(tmp_path: Path) -> None:
    def rows() -> list[list[str]]:
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        workbook.write(tmp_path / "list.xlsx", NOTICE, "", [("Hộ", ["Mã hộ"], (row for row in rows()))], lambda: None)
    assert list(tmp_path.iterdir()) == []


def test_no_text_of_digits_becomes_a_number(lists: dict[int, DemoList]) -> None:
    row = lists[2023].households[0]
    assert isinstance(row["Mã xã/phường"], str)
    assert isinstance(row["Số CCCD chủ hộ"], str)
    assert isinstance(row["Số nhân khẩu"], float)


def test_the_real_person_of_the_article_is_not_in_the_lists(lists: dict[int, DemoList]) -> None:
    assert all(
        person["Họ và tên"] != "Vy Thị Lợi"
        for one in lists.values()
        for members in one.members.values()
        for person in members
    )


def test_the_generator_does_not_know_the_published_figures() -> None:
    figure = re.compile(r"(?<![\d.,])(?:285|242|12[.,_ ]?256|2[.,]33|1[.,]97)(?![\d.,]*\d)")
    files = [one for one in RECIPE.parent.iterdir() if one.suffix in (".py", ".yaml")]
    assert RECIPE in files
    assert [one.name for one in files if figure.search(one.read_text("utf-8"))] == []


def test_nothing_but_the_generator_knows_the_recipe() -> None:
    outside = [one for one in PACKAGE.rglob("*.py") if RECIPE.parent not in one.parents]
    assert [one.name for one in outside if "recipe_bac_kan" in one.read_text("utf-8")] == []


def test_the_generator_knows_nothing_that_judges_or_counts() -> None:
    foreign = re.compile(r"vuonlen\.(?:rulebook|rules|analytics|reporting|intake)")
    assert [one.name for one in RECIPE.parent.glob("*.py") if foreign.search(one.read_text("utf-8"))] == []
