"""Folding and Vietnamese order. Two programs that nobody here wrote say what the order is: DuckDB and PostgreSQL."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from itertools import pairwise

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cluster import cluster
from vuonlen.domain.names import LONGEST_KEY, fold, order_key

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
VOWELS = set("aăâeêioôơuưy")
NAMES = [
    "Nguyễn Văn An",
    "Nguyễn Văn Ân",
    "Nguyễn Vân An",
    "Hà Thị Đào",
    "Hạ Thị Đào",
    "Ma A Páo",
    "H'Ben Niê",
    "Y Ê Ban",
]


def words(count: int) -> list[str]:
    """Invented words in which letters, tones, capitals and spaces meet in every way."""
    rng = random.Random(20260701)

    def letter() -> str:
        one = rng.choice("aăâdđeêoơu nh" * 3 + LETTERS)
        toned = one + (rng.choice(TONES) if one in VOWELS else "")
        return unicodedata.normalize("NFC", toned.upper() if rng.random() < 0.3 else toned)

    made = {" ".join("".join(letter() for _ in range(rng.randint(1, 8))).split()) for _ in range(count)}
    return sorted((made | set(NAMES)) - {""})


def _duckdb(texts: list[str]) -> list[str]:
    with duckdb.connect() as told:
        told.execute("CREATE TABLE t AS SELECT unnest($texts) AS x", {"texts": texts})
        return [row[0] for row in told.execute("SELECT x FROM t ORDER BY x COLLATE vi").fetchall()]


def _postgres(texts: list[str]) -> list[str]:
    psycopg = pytest.importorskip("psycopg")
    with cluster() as address, psycopg.connect(address) as told:
        query = 'SELECT x FROM unnest(%s::text[]) AS x ORDER BY x COLLATE "vi-x-icu"'
        return [row[0] for row in told.execute(query, [texts]).fetchall()]


@pytest.mark.parametrize("oracle", [_duckdb, _postgres], ids=["duckdb", "postgresql"])
def test_order_is_that_of_others(oracle: Callable[[list[str]], list[str]]) -> None:
    texts = words(12_000)
    told = oracle(texts)
    assert len(told) == len(texts) > 9_000
    wrong = [(one, two) for one, two in pairwise(told) if order_key(one) >= order_key(two)]
    assert wrong == []


def test_order_that_a_reader_expects() -> None:
    wanted = ["An", "Án", "Anh", "Ăn", "Ân", "Bình", "Chi", "Dũng", "Đa", "Em", "Êm", "Hoa", "Hòa", "Hỏa", "Hoà Bình"]
    assert sorted(sorted(wanted, key=fold), key=order_key) == wanted


@given(st.text(max_size=200))
def test_any_text_has_a_key_that_a_database_can_hold(text: str) -> None:
    key = order_key(text)
    assert len(key) <= LONGEST_KEY
    assert key.isascii()
    assert key.isprintable() or not key
    assert key == key.strip()


@given(st.text(alphabet=st.sampled_from(sorted(set("".join(NAMES)))), max_size=30))
def test_the_form_of_unicode_does_not_matter(text: str) -> None:
    one, two = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert order_key(one) == order_key(two)
    assert fold(one) == fold(two)


def test_a_long_name_still_has_its_letters() -> None:
    assert order_key("Ễ" * 119 + "A") < order_key("Ễ" * 119 + "B")


@pytest.mark.parametrize(
    "one, two",
    [
        ("Điềm Thuỵ", "diem thụy"),
        ("NGUYỄN  VĂN\u00a0AN", "nguyen van an"),
        ("Ðặng Thị Lý", "đặng thị lí"),  # the Icelandic letter that some keyboards write
        ("Hoà Bình", "hòa bình"),
        ("H'Ben Niê", "h ben nie"),
        ("Ng\u200buyễn", "nguyen"),
        ("\u202eAn", "an"),
    ],
)
def test_what_is_one_name(one: str, two: str) -> None:
    assert fold(one) == fold(two)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
