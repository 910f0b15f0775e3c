"""The shipped tables are those of the package they come from, and nobody has edited them since."""

from __future__ import annotations

import hashlib

import pytest

from bench import make_places
from vuonlen.places import country
from vuonlen.places.models import Level

SUMS = dict(
    reversed(line.split("  ")) for line in (country.DATA / "SHA256SUMS").read_text("utf-8").splitlines() if line
)


def test_the_tables_are_what_the_maker_makes() -> None:
    made = make_places.tables(make_places.source_files())
    assert set(made) == set(SUMS)
    for name, (heading, rows) in made.items():
        assert (country.DATA / name).read_text("utf-8") == make_places.written(heading, rows), name


@pytest.mark.parametrize("name", sorted(SUMS))
def test_no_table_was_edited(name: str) -> None:
    assert hashlib.sha256((country.DATA / name).read_bytes()).hexdigest() == SUMS[name]


def test_the_editions_have_the_published_numbers_of_units() -> None:
    before, since = list(country.before()), list(country.since())
    assert [sum(row.level == level for row in before) for level in (1, 2, 3)] == [63, 696, 10_035]
    assert [sum(row.level == level for row in since) for level in (1, 2, 3)] == [34, 0, 3_321]


def test_codes_are_reused_for_other_areas() -> None:
    names = [
        {row.unit.code: row.unit.name for row in rows if row.level == Level.COMMUNE}
        for rows in (country.before(), country.since())
    ]
    assert [one["01843"] for one in names] == ["Phường Phùng Chí Kiên", "Phường Bắc Kạn"]


def test_the_licence_of_the_tables_is_shipped_with_them() -> None:
    told = (country.DATA / "LICENSE-vietnamadminunits").read_text("utf-8")
    assert "MIT License" in told
    assert "Permission is hereby granted" in told


@pytest.mark.parametrize(
    ("written", "meant"),
    [("Thành Phố Bắc Kạn", "Thành phố Bắc Kạn"), ("Xã  Pa ủ", "Xã Pa Ủ"), ("Xã Đại áng", "Xã Đại Áng"),
     ("Xã M'Drắk", "Xã M'Drắk"), ("Thị Trấn Nông trường Phong Hải", "Thị trấn Nông trường Phong Hải")],
)  # fmt: skip
def test_names_are_spelt_one_way(written: str, meant: str) -> None:
    assert make_places.spelt(written) == meant
