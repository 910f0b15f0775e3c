"""Class D: dates of birth. The day comes first; the year alone is enough; nothing is guessed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.bad_files.making import HEADS, workbook
from tests.bad_files.outcomes import codes, households, members
from tests.bad_files.outcomes import read_here as read

_NEXT_YEAR = date.today().year + 1
#: id, cell, (birth_year, birth_date), codes
CASES: list[tuple[str, Any, tuple[int | None, str | None], tuple[str, ...]]] = [
    ("day-month-year", "05/03/1985", (1985, "1985-03-05"), ()),
    ("one-digit", "5/3/1985", (1985, "1985-03-05"), ()),
    ("dashes", "05-03-1985", (1985, "1985-03-05"), ()),
    ("dots", "05.03.1985", (1985, "1985-03-05"), ()),
    ("spaces", "05 / 03 / 1985", (1985, "1985-03-05"), ()),
    ("iso", "1985-03-05", (1985, "1985-03-05"), ()),
    ("iso-midnight", "1985-03-05 00:00:00", (1985, "1985-03-05"), ()),
    ("words", "ngày 5 tháng 3 năm 1985", (1985, "1985-03-05"), ()),
    ("cell", date(1985, 3, 5), (1985, "1985-03-05"), ()),
    ("leap-day", "29/02/2024", (2024, "2024-02-29"), ()),
    ("year-text", "1985", (1985, None), ()),
    ("year-number", 1985, (1985, None), ()),
    ("year-slashes", "//1985", (1985, None), ()),
    ("year-dots", "…/…/1985", (1985, None), ()),
    ("month-year", "03/1985", (1985, None), ()),
    ("year-words", "năm 1985", (1985, None), ()),
    ("blank", None, (None, None), ()),
    ("dash", "-", (None, None), ("X-DASH",)),
    ("two-digit-year", "5/3/85", (1985, "1985-03-05"), ("X-DATE-YEAR",)),
    ("two-digit-year-either", "5/3/15", (None, None), ("R-DATE-YEAR",)),
    ("month-first", "03/25/1985", (None, None), ("R-DATE-ORDER",)),
    ("no-such-day", "31/02/1985", (None, None), ("R-DATE-NONE",)),
    ("no-leap-day", "29/02/2023", (None, None), ("R-DATE-NONE",)),
    ("day-32", "32/01/1985", (None, None), ("R-DATE-NONE",)),
    ("month-13", "13/13/1985", (None, None), ("R-DATE-NONE",)),
    ("lunar", "Ất Sửu", (None, None), ("R-DATE",)),
    ("lunar-mixed", "tháng Giêng 1985", (None, None), ("R-DATE",)),
    ("serial", 31111, (None, None), ("R-DATE-SERIAL",)),
    ("future", f"05/03/{_NEXT_YEAR}", (None, None), ("R-DATE-FUTURE",)),
    ("future-year", _NEXT_YEAR, (None, None), ("R-DATE-FUTURE",)),
    ("tomorrow", date.today() + timedelta(days=2), (None, None), ("R-DATE-FUTURE",)),
    ("very-old", "05/03/1880", (1880, "1880-03-05"), ("W-AGE",)),
    ("five-digit-year", "05/03/19850", (None, None), ("R-DATE",)),
]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[dict[str, Any] | None, list[str]]]:
    """Case id -> the person that was kept, and everything listed in its row."""
    base = tmp_path_factory.mktemp("dates")
    persons = [["Mã hộ", "Họ và tên", "Quan hệ với chủ hộ", "Ngày sinh"]]
    persons += [[name, "Nông Văn An", "Chủ hộ", cell] for name, cell, *_ in CASES]
    lists = [HEADS, *([name, "Nông Văn An", "nông thôn", 1, 900_000] for name, *_ in CASES)]
    found = read(workbook(base / "dates.xlsx", {"Hộ": lists, "Thành viên": persons}))
    kept = {one["household_id"]: one for one in members(found)}
    listed = codes(found)
    rows = {name: f"@D{n}" for n, (name, *_) in enumerate(CASES, start=2)}
    return {
        name: (kept.get(name), [one.removesuffix(at) for one in listed if one.endswith(at)])
        for name, at in rows.items()
    }


@pytest.mark.parametrize(("name", "cell", "birth", "listed"), CASES, ids=[case[0] for case in CASES])
def test_date_of_birth(
    name: str,
    cell: Any,
    birth: tuple[int | None, str | None],
    listed: tuple[str, ...],
    outcomes: dict[str, tuple[dict[str, Any] | None, list[str]]],
) -> None:
    person, found = outcomes[name]
    assert found == list(listed)
    if any(code.startswith("R-") for code in listed):
        assert person is None
    else:
        assert person is not None
        assert (person["birth_year"], person["birth_date"]) == birth


def test_dates_of_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    rows = [["Mã hộ", "Họ và tên", "Ngày sinh"], ["H1", "An", date(1985, 3, 5)]]
    found = read(
        workbook(
            tmp_path / "mac.xlsx", {"Hộ": [HEADS, ["H1", "An", "nt", 1, 0]], "TV": rows}, options={"date_1904": True}
        )
    )
    assert members(found)[0]["birth_date"] == "1985-03-05"


def test_an_id_that_excel_turned_into_a_date_is_refused(tmp_path: Path) -> None:
    found = read(
        workbook(tmp_path / "id.xlsx", {"Hộ": [HEADS, [date(2024, 2, 1), "An", "nt", 1, 0], ["2-1", "B", "nt", 1, 0]]})
    )
    assert codes(found) == ["R-TEXT-DATE@A2"]
    assert list(households(found)) == ["2-1"]
