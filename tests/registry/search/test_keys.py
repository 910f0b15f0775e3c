"""Whatever words of a name somebody remembers, one of the ranges that they mean holds a key of the name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuonlen.domain.names import fold
from vuonlen.registry.search.keys import WORDS, keys_of, wanted
from vuonlen.registry.search.models import LONGEST

WORD = st.text(alphabet="abcdeghinotu", min_size=1, max_size=7)
NAME = st.lists(WORD, min_size=1, max_size=WORDS)


def finds(words: str, name: str) -> bool:
    keys = keys_of([fold(name)])
    return any(one.low <= key < one.high for one in wanted(words) for key in keys)


@given(name=NAME, data=st.data())
def test_words_that_follow_each_other(name: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(name) - 1))
    last = data.draw(st.integers(first + 1, len(name)))
    assert finds(" ".join(name[first:last]), " ".join(name))


@given(name=NAME, data=st.data())
def test_the_last_word_may_be_begun_only(name: list[str], data: st.DataObject) -> None:
    last = data.draw(st.integers(1, len(name)))
    begun = name[last - 1][: data.draw(st.integers(1, len(name[last - 1])))]
    assert finds(" ".join([*name[: last - 1], begun]), " ".join(name))


@given(name=st.lists(WORD, min_size=2, max_size=WORDS), data=st.data())
def test_first_words_and_last_ones(name: list[str], data: st.DataObject) -> None:
    """ "nguyen an" for Nguyễn Văn An, and "an nguyen" too."""
    first = data.draw(st.integers(1, len(name) - 1))
    last = data.draw(st.integers(first, len(name) - 1))
    assert finds(" ".join(name[:first] + name[last:]), " ".join(name))
    assert finds(" ".join(name[last:] + name[:first]), " ".join(name))


@pytest.mark.parametrize(
    "words, name",
    [
        ("NGUYỄN văn", "Nguyễn Văn An"),
        ("nguyen  van   an", "Nguyễn Văn An"),
        ("thuy", "Lò Thị Thùy"),
        ("thúi", "Lò Thị Thúy"),  # y and i are one
        ("dong", "Đồng Văn Đông"),
        ("H'Đêm", "H'Đêm Niê"),
        ("hòa", "Hoà"),
        ("hoa\u0300", "Hòa"),
    ],
)
def test_tones_marks_and_case_do_not_matter(words: str, name: str) -> None:
    assert finds(words, name)


@pytest.mark.parametrize(
    "words, name", [("van nguyen an", "Nguyễn Văn An"), ("an van", "Nguyễn Văn An"), ("guyen", "Nguyễn Văn An")]
)
def test_what_is_not_meant(words: str, name: str) -> None:
    assert not finds(words, name)


@given(name=st.text(max_size=300))
def test_keys_of_any_text_fit_the_column_and_the_bytes(name: str) -> None:
    for key in keys_of([fold(name)]):
        assert 0 < len(key) <= LONGEST
        key.encode()


def test_no_words_mean_nothing() -> None:
    assert wanted("") == wanted(" … ") == []
