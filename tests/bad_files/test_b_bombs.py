"""Class B: files that are small on disk and large in memory, or reach outside their folder."""

from __future__ import annotations

import stat
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests.bad_files.making import GOOD, HEADS, edited, good_workbook, with_part, workbook
from tests.bad_files.outcomes import codes, households, read, refused
from vuonlen.intake.limits import Limits

_MB = 2**20


def test_a_file_over_the_size_limit_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    (tmp_path / "large.xlsx").write_bytes(b"PK\x03\x04" + b"\0" * (3 * _MB))
    assert refused(tmp_path / "large.xlsx", limits=replace(Limits(), max_bytes=2 * _MB)) == ["F-SIZE"]


def test_a_workbook_that_opens_to_more_than_allowed(tmp_path: Path) -> None:
    good_workbook(tmp_path / "good.xlsx")
    bomb = with_part(tmp_path / "good.xlsx", tmp_path / "bomb.xlsx", "xl/media/a.xml", b" " * (201 * _MB))
    assert bomb.stat().st_size < _MB  # about 1000:1
    assert refused(bomb) == ["F-ZIP-INFLATED"]


def test_a_workbook_that_lies_about_what_it_opens_to(tmp_path: Path) -> None:
    good_workbook(tmp_path / "good.xlsx")
    bomb = with_part(tmp_path / "good.xlsx", tmp_path / "lie.xlsx", "xl/theme/b.xml", b" " * (30 * _MB))
    content = bytearray(bomb.read_bytes())
    at = content.rfind(b"xl/theme/b.xml") - 46 + 24
    content[at : at + 4] = (1000).to_bytes(4, "little")
    bomb.write_bytes(content)
    assert refused(bomb, limits=replace(Limits(), max_inflated=20 * _MB)) == ["F-BROKEN"]


def test_an_archive_inside_a_workbook(tmp_path: Path) -> None:
    inner = good_workbook(tmp_path / "good.xlsx").read_bytes()
    nested = with_part(tmp_path / "good.xlsx", tmp_path / "nested.xlsx", "xl/embeddings/a.bin", inner)
    assert refused(nested) == ["F-ZIP-NESTED"]


def test_an_archive_with_too_many_parts(tmp_path: Path) -> None:
    many = good_workbook(tmp_path / "many.xlsx")
    with zipfile.ZipFile(many, "a") as archive:
        for n in range(2_100):
            archive.writestr(f"xl/media/{n}.xml", b"")
    assert refused(many) == ["F-ZIP-MEMBERS"]


@pytest.mark.parametrize("name", ["../evil.xml", "xl/../../evil.xml", "/etc/evil.xml", "C:/evil.xml"])
def test_a_part_that_reaches_outside(tmp_path: Path, name: str) -> None:
    good_workbook(tmp_path / "good.xlsx")
    path = with_part(tmp_path / "good.xlsx", tmp_path / "slip.xlsx", name, b"<a/>")
    assert refused(path) == ["F-ZIP-PATH"]


def test_a_symbolic_link_inside(tmp_path: Path) -> None:
    good_workbook(tmp_path / "good.xlsx")
    link = zipfile.ZipInfo("xl/link.xml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert refused(with_part(tmp_path / "good.xlsx", tmp_path / "link.xlsx", link, b"/etc/passwd")) == ["F-ZIP-PATH"]


def test_one_cell_in_the_last_row(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "far.xlsx",
        {"Hộ": [HEADS, GOOD]},
        after=lambda book: book.get_worksheet_by_name("Hộ").write(1_048_575, 0, "H2"),
    )
    found = read(path)
    assert list(households(found)) == ["H1", "H2"]
    assert codes(found) == []


def test_one_cell_in_the_last_column(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "wide.xlsx",
        {"Hộ": [HEADS, GOOD]},
        after=lambda book: book.get_worksheet_by_name("Hộ").write(1, 16_383, 1),
    )
    assert refused(path) == ["F-WIDE@Hộ"]


def test_one_cell_in_the_last_corner_needs_more_memory_than_allowed(tmp_path: Path) -> None:
    limits = replace(Limits(), max_columns=20_000)
    path = workbook(
        tmp_path / "corner.xlsx",
        {"Hộ": [HEADS, GOOD]},
        after=lambda book: book.get_worksheet_by_name("Hộ").write(1_048_575, 16_383, 1),
    )
    assert refused(path, limits=limits) == ["F-MEMORY"]


def test_more_rows_than_allowed(tmp_path: Path) -> None:
    rows = [HEADS, *([f"H{n}", *GOOD[1:]] for n in range(60))]
    assert refused(workbook(tmp_path / "rows.xlsx", {"Hộ": rows}), limits=replace(Limits(), max_rows=50)) == [
        "F-ROWS@Hộ"
    ]


def test_formatted_empty_rows_do_not_count(tmp_path: Path) -> None:
    def paint(book: object) -> None:
        sheet = book.get_worksheet_by_name("Hộ")  # type: ignore[attr-defined]
        grey = book.add_format({"bg_color": "#cccccc"})  # type: ignore[attr-defined]
        for n in range(2, 3_000):
            sheet.write_blank(n, 0, None, grey)

    path = workbook(tmp_path / "grey.xlsx", {"Hộ": [HEADS, GOOD]}, after=paint)
    assert codes(read(path, limits=replace(Limits(), max_rows=50))) == []


def test_two_million_shared_strings_stay_within_memory(tmp_path: Path) -> None:
    good_workbook(tmp_path / "good.xlsx")
    strings = b"<si><t>a</t></si>" * 2_000_000

    def swell(name: str, content: bytes) -> bytes:
        return content.replace(b"</sst>", strings + b"</sst>") if name.endswith("sharedStrings.xml") else content

    path = edited(tmp_path / "good.xlsx", tmp_path / "strings.xlsx", swell)
    assert list(households(read(path))) == ["H1"]


def test_too_much_memory_ends_the_reading_process_and_says_so(tmp_path: Path) -> None:
    rows = [[*HEADS, *(f"Cột {n}" for n in range(40))]]
    rows += [[f"H{n}", *GOOD[1:], *("x" * 30 + str(n + k) for k in range(40))] for n in range(4_000)]
    path = workbook(tmp_path / "heavy.xlsx", {"Hộ": rows})
    assert refused(path, limits=replace(Limits(), memory_bytes=6 * _MB)) == ["F-MEMORY"]


def test_too_much_time_ends_the_reading_process_and_says_so(tmp_path: Path) -> None:
    rows = [[*HEADS, *(f"Cột {n}" for n in range(40))]]
    rows += [[f"H{n}", *GOOD[1:], *(f"{n}-{k}" for k in range(40))] for n in range(15_000)]
    path = workbook(tmp_path / "slow.xlsx", {"Hộ": rows})
    assert refused(path, limits=replace(Limits(), cpu_seconds=1)) == ["F-TIME"]
