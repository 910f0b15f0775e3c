"""A mapping file remembers odd headings, the sheet, and where a blank means no."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bad_files.making import GOOD, HEADS, workbook
from tests.bad_files.outcomes import codes, households, refused_here
from tests.bad_files.outcomes import read_here as read
from vuonlen.domain.problems import Refused
from vuonlen.intake.mapping import HeadingMapping, load_mapping, save_suggestion

_ODD = ["Mã", "Người đứng tên", "Thu nhập hộ khai", "Có nước sạch", "Nước"]


def written(tmp_path: Path, text: str) -> HeadingMapping:
    (tmp_path / "mapping.yaml").write_text(text, "utf-8")
    return load_mapping(tmp_path / "mapping.yaml")


def test_odd_headings_are_read_as_the_file_says(tmp_path: Path) -> None:
    mapping = written(
        tmp_path,
        "columns:\n  Mã: household_id\n  người đứng tên: head\n  Thu nhập hộ khai: income\n"
        "  Có nước sạch: carry\n  Nước: I09\n",
    )
    path = workbook(tmp_path / "odd.xlsx", {"Hộ": [_ODD, ["H1", "An", 900_000, "x", None]]})
    found = read(path, mapping=mapping)
    row = households(found)["H1"]
    assert (row["head"], row["income"], row["x_Có nước sạch"], row["I09"]) == ("An", 900_000.0, "x", None)


def test_a_blank_means_no_only_where_the_file_says_so(tmp_path: Path) -> None:
    path = workbook(tmp_path / "b.xlsx", {"Hộ": [[*HEADS, "I09", "I10"], [*GOOD, None, None]]})
    row = households(read(path, mapping=written(tmp_path, 'blank_means:\n  I09: "no"\n')))["H1"]
    assert row["I09"] is False
    assert row["I10"] is None


def test_the_sheet_and_the_row_of_headings_can_be_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "s.xlsx", {"2022": [HEADS, GOOD], "2023": [["Mã hộ", "x"], HEADS, ["H7", *GOOD[1:]]]})
    found = read(path, mapping=written(tmp_path, 'sheet: "2023"\nheading_row: 2\n'))
    assert list(households(found)) == ["H7"]
    assert codes(found) == []


@pytest.mark.parametrize(
    "text",
    [
        "columns: [a, b]",
        "colums:\n  a: income\n",
        'blank_means:\n  I09: "yes"\n',
        "columns:\n  a: income\n b: c\n",
        "heading_row: 0",
    ],
)
def test_a_mapping_file_with_a_fault_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(Refused) as caught:
        written(tmp_path, text)
    assert [one.code for one in caught.value.problems] == ["F-MAPPING"]


def test_a_column_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "n.xlsx", {"Hộ": [HEADS, GOOD]})
    assert refused_here(path, mapping=written(tmp_path, "columns:\n  Mã hộ: houshold_id\n")) == ["F-MAPPING"]


def test_a_heading_that_the_list_does_not_have_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "n.xlsx", {"Hộ": [HEADS, GOOD]})
    assert refused_here(path, mapping=written(tmp_path, "columns:\n  Thu nhập cũ: carry\n")) == ["F-MAPPING-HEADING"]


def test_a_suggestion_reads_the_same_list_the_same_way(tmp_path: Path) -> None:
    path = workbook(tmp_path / "list.xlsx", {"Hộ": [[*HEADS, "Ghi chú"], [*GOOD, "a"]]})
    before = read(path)
    save_suggestion(before, tmp_path / "mapping.yaml")
    after = read(path, mapping=load_mapping(tmp_path / "mapping.yaml"))
    assert after.columns == before.columns
    assert households(after)["H1"]["x_Ghi chú"] == "a"
