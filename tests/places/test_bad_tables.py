"""Conversion tables with faults: each is named with its cell, and nothing of a bad row is written."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.places.tables import HEADS, PART, ROWS, TITLES, WHOLE, changed, row, table, write_csv, write_xlsx
from vuonlen.domain.problems import Refused
from vuonlen.places import actions
from vuonlen.places.models import Place, Succession

pytestmark = pytest.mark.django_db


def imported(path: Path, rows: Sequence[Sequence[str]]) -> actions.Converted:
    return actions.import_conversion(path=write_csv(path / "bang.csv", rows))


@pytest.fixture
def known(tmp_path: Path) -> None:
    """The register knows the units of ROWS."""
    imported(tmp_path, table())


#: rows, what is told as (cell, code), old codes whose rows must not be written
BAD_ROWS: dict[str, tuple[list[list[str]], list[tuple[str, str]]]] = {
    "a code of letters": (changed(9, E="O1849"), [("E9", "PL-CODE")]),
    "a code that is too long": (changed(9, C="018499"), [("C9", "PL-CODE")]),
    "a code in Arabic digits": (changed(9, C="٠١٨٤٩"), [("C9", "PL-CODE")]),
    "a code with a decimal point": (changed(9, C="1849.5"), [("C9", "PL-CODE")]),
    "no new code": (changed(9, C=""), [("C9", "PL-CODE")]),
    "no name": (changed(9, B=""), [("B9", "PL-NAME")]),
    "a province without its code": (changed(9, A="Tỉnh Thái Nguyên"), [("A9", "PL-CODE")]),
    "a province whose code is too long": (changed(9, A="Tỉnh Thái Nguyên (190)"), [("A9", "PL-CODE")]),
    "an old province that is blank": (changed(9, H=""), [("H9", "PL-CODE")]),
    "a note that says nothing": (changed(9, F="xem phụ lục"), [("F9", "PL-NOTE")]),
    "no note": (changed(9, F=""), [("F9", "PL-NOTE")]),
    "the code of one unit and the name of another": (
        changed(9, E="01852"),
        [("E9", "PL-CODE-OR-NAME")],
    ),
    "the new code of one unit and the name of another": (changed(9, C="01840"), [("C9", "PL-CODE-OR-NAME")]),
    "another province than the register has": (
        changed(9, A="Tỉnh Tuyên Quang (08)"),
        [("A9", "PL-OTHER-PROVINCE")],
    ),
    "the same pair with another note": (
        [*ROWS, row(F=PART)],
        [("E7", "PL-TWICE"), ("E10", "PL-TWICE")],
    ),
    "wholly into two units": (
        [*ROWS, row(B="Xã Phong Quang", C="01849")],
        [("F7", "PL-SHARES"), ("F10", "PL-SHARES")],
    ),
    "all the people into two units": (
        [
            *changed(7, F="Nhập một phần diện tích, toàn bộ dân số"),
            row(B="Xã Phong Quang", C="01849", F="Nhập một phần diện tích, toàn bộ dân số"),
        ],
        [("F7", "PL-SHARES"), ("F10", "PL-SHARES")],
    ),
    "a whole and a part": (
        [*ROWS, row(B="Xã Phong Quang", C="01849", F=PART)],
        [("F7", "PL-SHARES"), ("F10", "PL-SHARES")],
    ),
}


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("case", BAD_ROWS)
def test_a_bad_row_is_named_and_changes_nothing(tmp_path: Path, case: str) -> None:
    rows, told = BAD_ROWS[case]
    before = sorted(Succession.objects.values_list("predecessor_id", "successor_id", "whole", "share"))
    units = Place.objects.count()
    many = [*rows, *[row(D=f"Xã Bên Cạnh {n}", E=f"0200{n}") for n in range(8)]]  # so that few are bad
    done = imported(tmp_path, table(many))
    assert [(one.where, one.code) for one in done.refused] == told
    after = sorted(Succession.objects.values_list("predecessor_id", "successor_id", "whole", "share"))
    assert set(before) <= set(after)
    assert len(after) == len(before) + 8
    assert Place.objects.count() == units + 8


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (changed(7, D="Xã Nông Thuợng"), []),  # the same sound to a reader without tones
        (changed(7, D="Xã Nông Thượn"), ["PL-SPELLING"]),
        (changed(7, D="Phường Nông Thượng"), ["PL-OTHER-KIND"]),
        ([*ROWS, row()], ["PL-SAME-ROW"]),
        ([*ROWS, row(D="Bãi bồi ven sông", E="")], ["PL-NO-UNIT"]),
        (changed(7, G="Huyện Bạch Thông (063)"), ["PL-PARENT"]),
        (changed(7, F=PART), ["PL-ONLY-PART"]),
        (changed(7, C="1843", E="1852"), ["PL-ZEROS"]),
    ],
)
def test_what_can_be_read_is_read_with_a_warning(tmp_path: Path, rows: list[list[str]], told: list[str]) -> None:
    done = imported(tmp_path, table(rows))
    assert done.refused == ()
    assert [one.code for one in done.warnings] == told
    assert done.created == 0


def swapped() -> list[list[str]]:
    """Old and new codes under each other's heading."""
    heads = list(HEADS)
    heads[1], heads[2], heads[3], heads[4] = heads[3], heads[4], heads[1], heads[2]
    return [TITLES, heads, *ROWS]


def without(*gone: int) -> list[list[str]]:
    return [[cell for place, cell in enumerate(one) if place not in gone] for one in table()]


BAD_FILES: dict[str, tuple[list[list[str]], str]] = {
    "no heading at all": (ROWS, "PL-COLUMNS"),
    "a column is missing": (without(5), "PL-COLUMNS"),
    "two columns are missing": (without(2, 4), "PL-COLUMNS"),
    "a heading stands twice": ([TITLES, [*HEADS[:8], HEADS[4]], *ROWS], "PL-COLUMN-TWICE"),
    "columns are swapped": (swapped(), "PL-MOSTLY-REFUSED"),
    "no rows under the headings": ([TITLES, HEADS], "PL-NO-ROWS"),
    "only names of provinces": ([TITLES, HEADS, ROWS[0]], "PL-NO-ROWS"),
    "no date in the title": ([HEADS, *ROWS], "PL-DATE"),
    "two dates in the titles": ([[TITLES[0], "trước ngày 01/7/2024"], HEADS, *ROWS], "PL-DATE"),
    "a date that does not exist": ([["từ ngày 31/6/2025"], HEADS, *ROWS], "PL-DATE"),
    "another table": ([["Mã hộ", "Họ tên chủ hộ"], ["H1", "Nông Văn An"]], "PL-COLUMNS"),
}


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("case", BAD_FILES)
def test_a_bad_file_is_refused_whole(tmp_path: Path, case: str) -> None:
    rows, code = BAD_FILES[case]
    before = [Place.objects.count(), Succession.objects.count()]
    with pytest.raises(Refused) as refused:
        imported(tmp_path, rows)
    assert refused.value.problems[0].code == code
    assert all(one.line("vi") and one.line("en") for one in refused.value.problems)
    assert [Place.objects.count(), Succession.objects.count()] == before


def mojibake(path: Path) -> Path:
    write_csv(path, table(), encoding="utf-8")
    path.write_text(path.read_bytes().decode("cp1252", errors="replace"), "utf-8")
    return path


def truncated(path: Path) -> Path:
    data = write_xlsx(path, table()).read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path


def emptied(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def archive(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("bang.csv", "x")
    return path


def page(path: Path) -> Path:
    path.write_text("<html><table><tr><td>Tên Xã mới</td></tr></table></html>", "utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "make", "code"),
    [
        ("rong.csv", emptied, "F-EMPTY"),
        ("mojibake.csv", mojibake, "PL-COLUMNS"),
        ("cut.xlsx", truncated, "F-BROKEN"),
        ("nen.xlsx", archive, "F-NO-WORKBOOK"),
        ("trang.xlsx", page, "F-HTML"),
        ("khac.docx", lambda path: write_csv(path, table()), "F-TYPE"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, name: str, make: Callable[[Path], Path], code: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.import_conversion(path=make(tmp_path / name))
    assert [one.code for one in refused.value.problems] == [code]
    assert not Place.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8", "utf-8-sig"])
def test_encodings_that_can_be_told_are_read(tmp_path: Path, encoding: str) -> None:
    done = actions.import_conversion(path=write_csv(tmp_path / "bang.csv", table(), encoding=encoding))
    assert (done.created, done.refused) == (6, ())


def test_of_unknown_codes_two_names_are_refused(tmp_path: Path) -> None:
    """Nobody can say which of the two the code means."""
    rows = [
        *ROWS,
        *[row(D=f"Xã Bên Cạnh {n}", E=f"0200{n}") for n in range(8)],
        row(D="Xã Khác", E="02007", C="01849", B="Xã Phong Quang"),
    ]
    done = imported(tmp_path, table(rows))
    assert {(one.where, one.code) for one in done.refused} == {("E17", "PL-TWO-NAMES"), ("E18", "PL-TWO-NAMES")}


def test_a_successor_in_two_provinces_is_refused(tmp_path: Path) -> None:
    more = [row(D=f"Xã Bên Cạnh {n}", E=f"{2000 + n:05}", B="Xã Mới", C="02999") for n in range(12)]
    more[-1][0] = "Tỉnh Tuyên Quang (08)"
    rows = [*ROWS, *[row(D=f"Xã Xa {n}", E=f"{3000 + n:05}") for n in range(60)], *more]
    done = imported(tmp_path, table(rows))
    assert {one.code for one in done.refused} == {"PL-OTHER-PROVINCE"}
    assert len(done.refused) == 12
    assert not Place.objects.filter(code="02999").exists()


@pytest.mark.usefixtures("known")
def test_a_unit_that_goes_on_unchanged_is_not_ended_silently(tmp_path: Path) -> None:
    Place.objects.filter(code="01852").update(valid_to=None)
    done = imported(tmp_path, table([*ROWS, *[row(D=f"Xã Bên Cạnh {n}", E=f"0200{n}") for n in range(8)]]))
    assert [(one.where, one.code) for one in done.refused] == [("E7", "PL-NOT-ENDED")]


def test_every_problem_reads_in_both_languages(tmp_path: Path) -> None:
    imported(tmp_path, table())
    for rows, _ in BAD_ROWS.values():
        try:
            told = imported(tmp_path, table(rows)).refused
        except Refused as why:
            told = why.problems
        assert all("{" not in one.line(lang) for one in told for lang in ("vi", "en"))


def test_the_whole_note_decides_not_its_case(tmp_path: Path) -> None:
    done = imported(tmp_path, table(changed(7, F=WHOLE.upper() + "\n")))
    assert (done.created, done.refused) == (6, ())
