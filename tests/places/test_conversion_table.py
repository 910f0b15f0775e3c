"""The conversion table of the statistics office becomes places and successions; twice is once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.places.tables import PART, ROWS, changed, row, snapshot, table, write_csv, write_xlsx
from vuonlen.domain.problems import Refused
from vuonlen.journal.models import Entry
from vuonlen.places import actions, queries
from vuonlen.places.models import Level, Place, Share

pytestmark = pytest.mark.django_db
THEN, TODAY = date(2023, 6, 1), date(2026, 11, 24)


def test_a_table_alone_makes_the_places_it_names(tmp_path: Path) -> None:
    done = actions.import_conversion(path=write_csv(tmp_path / "bang.csv", table()))
    assert (done.on, done.rows, done.refused) == (date(2025, 7, 1), 6, ())
    assert (done.created, done.places) == (6, 2 + 1 + 6 + 3)  # provinces, district, old and new communes
    ward = queries.find("01843", TODAY)
    assert ward is not None
    assert queries.became(queries.find("01852", THEN), TODAY).place == ward  # type: ignore[arg-type]
    province = queries.find("06", THEN, Level.PROVINCE)
    assert province is not None
    assert queries.became(province, TODAY).place == ward.parent


def test_the_same_table_twice_changes_nothing(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "bang.csv", table())
    actions.import_conversion(path=path)
    before = snapshot()
    again = actions.import_conversion(path=path)
    assert (again.created, again.changed, again.withdrawn, again.places, again.unchanged) == (0, 0, 0, 0, 6)
    assert snapshot() == before


@pytest.mark.parametrize("numbers", [False, True])
def test_a_workbook_says_the_same(tmp_path: Path, numbers: bool) -> None:
    actions.import_conversion(path=write_csv(tmp_path / "bang.csv", table()))
    done = actions.import_conversion(path=write_xlsx(tmp_path / "bang.xlsx", table(), numbers=numbers))
    assert (done.unchanged, done.created, done.refused) == (6, 0, ())
    assert [one.code for one in done.warnings] == (["PL-ZEROS"] if numbers else [])


def test_an_import_is_in_the_journal_with_the_hash_of_its_file(tmp_path: Path) -> None:
    done = actions.import_conversion(path=write_csv(tmp_path / "bang.csv", table()))
    entry = Entry.objects.get(act="places.import_conversion")
    assert entry.object_id == done.sha256[:40]
    assert entry.chain.key == "system"


def test_columns_may_stand_in_another_order(tmp_path: Path) -> None:
    turned = [list(reversed(one)) for one in table()]
    done = actions.import_conversion(path=write_csv(tmp_path / "bang.csv", turned))
    assert (done.created, done.refused) == (6, ())


def test_a_split_is_kept_as_one(tmp_path: Path) -> None:
    rows = [*changed(7, F=PART), row(B="Xã Phong Quang", C="01849", F="Nhập  một phần ")]
    actions.import_conversion(path=write_csv(tmp_path / "bang.csv", table(rows)))
    before = queries.find("01852", THEN)
    assert before is not None
    after = queries.became(before, TODAY)
    assert (after.whole, [one.code for one in after.places]) == (False, ["01843", "01849"])


def test_where_one_unit_takes_all_the_people_the_others_took_land(tmp_path: Path) -> None:
    rows = [
        *changed(7, F="Nhập một phần diện tích, toàn bộ dân số"),
        row(B="Xã Phong Quang", C="01849", F="Nhập một phần diện tích"),
    ]
    actions.import_conversion(path=write_csv(tmp_path / "bang.csv", table(rows)))
    before = queries.find("01852", THEN)
    assert before is not None
    assert queries.became(before, TODAY).place == queries.find("01843", TODAY)
    assert set(before.successions.values_list("share", "whole")) == {(Share.PEOPLE, True), (Share.LAND, False)}


def test_a_better_table_corrects_what_stands(tmp_path: Path) -> None:
    """First a split, then a table that says the whole: the second half goes, and is told."""
    split = [*changed(7, F=PART), row(B="Xã Phong Quang", C="01849", F=PART)]
    actions.import_conversion(path=write_csv(tmp_path / "cu.csv", table(split)))
    done = actions.import_conversion(path=write_csv(tmp_path / "moi.csv", table()))
    assert (done.changed, done.withdrawn, done.created) == (1, 1, 0)
    before = queries.find("01852", THEN)
    assert before is not None
    assert queries.became(before, TODAY).whole


def test_a_table_of_one_province_leaves_the_others_alone(tmp_path: Path) -> None:
    other = row(
        A="Tỉnh Tuyên Quang (08)", B="Phường Nông Tiến", C="02212", F=PART, D="Xã Nông Thượng", E="01852"
    )  # an invented split over two provinces
    actions.import_conversion(path=write_csv(tmp_path / "hai.csv", table([*changed(7, F=PART), other])))
    done = actions.import_conversion(path=write_csv(tmp_path / "mot.csv", table(changed(7, F=PART))))
    assert done.withdrawn == 0


def test_old_units_of_a_table_do_not_claim_a_founding_day(tmp_path: Path) -> None:
    actions.import_conversion(path=write_csv(tmp_path / "bang.csv", table()))
    assert not Place.objects.filter(valid_to__isnull=False, since_known=True).exists()
    assert not Place.objects.filter(valid_to__isnull=True, since_known=False).exists()


def test_a_file_that_cannot_be_used_leaves_nothing(tmp_path: Path) -> None:
    before = snapshot()
    broken = [[*one[:4], "?", *one[5:]] for one in ROWS]
    with pytest.raises(Refused):
        actions.import_conversion(path=write_csv(tmp_path / "bang.csv", table(broken)))
    assert snapshot() == before
