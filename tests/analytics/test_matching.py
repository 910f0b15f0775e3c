"""Likely matches are offered, never applied."""

from __future__ import annotations

import polars as pl

from vuonlen.analytics.engines.polars_movement import match
from vuonlen.analytics.matching import fold, likely_matches


def row(
    household_id: str, head: str, place: str = "01852", village: str = "Thôn 1", members: int = 4
) -> dict[str, object]:
    return {"household_id": household_id, "head": head, "place_code": place, "village": village, "members": members}


def test_a_name_without_tones_is_offered() -> None:
    (pair,) = likely_matches([row("N1", "NGUYEN THI DAO")], [row("O1", "Nguyễn Thị Đào")])
    assert (pair.household_id, pair.previous_id) == ("N1", "O1")
    assert pair.likeness == 100
    assert pair.why == ("village", "members")


def test_another_place_is_never_offered() -> None:
    assert likely_matches([row("N1", "Hoàng Văn A", place="01852")], [row("O1", "Hoàng Văn A", place="01855")]) == []


def test_twins_get_one_partner_each() -> None:
    now = [row("N1", "Lý Văn Sơn"), row("N2", "Lý Văn Sơn", village="Thôn 2")]
    before = [row("O2", "Lý Văn Sơn", village="Thôn 2"), row("O1", "Lý Văn Sơn")]
    pairs = {(pair.household_id, pair.previous_id) for pair in likely_matches(now, before)}
    assert pairs == {("N1", "O1"), ("N2", "O2")}


def test_an_unlike_name_is_not_offered() -> None:
    assert likely_matches([row("N1", "Hoàng Thị Mai")], [row("O1", "Triệu Văn Páo")]) == []


def test_fold_equates_composed_and_decomposed() -> None:
    assert fold("Bà  Ðặng".replace("Ð", "Đ")) == fold("ba\u0300 đa\u0323\u0306ng")


def frame(*rows: tuple[str, str | None]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema={"household_id": pl.String, "id_number": pl.String}, orient="row")


def test_the_same_id_matches_before_the_id_number() -> None:
    pairs = match(frame(("A", "1"), ("B", "2")), frame(("A", "2"), ("C", "1")))
    assert sorted(pairs.rows()) == [("A", "A", "id")]


def test_an_id_number_matches_only_when_unique_on_both_sides() -> None:
    assert sorted(match(frame(("N", "7")), frame(("O", "7"))).rows()) == [("N", "O", "id_number")]
    assert match(frame(("N", "7"), ("M", "7")), frame(("O", "7"))).rows() == []
    assert match(frame(("N", None)), frame(("O", None))).rows() == []


def test_a_confirmed_pair_matches_and_cannot_take_a_household_that_has_a_partner() -> None:
    confirmed = pl.DataFrame([("N", "O"), ("A", "O2")], schema=["household_id", "previous_id"], orient="row")
    pairs = match(frame(("N", None), ("A", None)), frame(("O", None), ("A", None), ("O2", None)), confirmed)
    assert sorted(pairs.rows()) == [("A", "A", "id"), ("N", "O", "confirmed")]
