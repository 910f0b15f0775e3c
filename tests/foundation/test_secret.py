"""Sealed values and keyed hashes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from vuonlen.foundation.secret import Undecipherable, keyed_hash, seal, unseal


@pytest.fixture
def other_keys() -> Iterator[tuple[str, ...]]:
    """Other keys in force; gives the ones before."""
    before = settings.KEYS
    settings.KEYS = replace(before, encryption=(Fernet.generate_key().decode(),))
    yield before.encryption
    settings.KEYS = before


@given(st.text())
def test_what_was_sealed_can_be_read(text: str) -> None:
    assert unseal(seal(text)) == text


def test_the_same_value_never_looks_the_same_twice() -> None:
    assert seal("006070000001") != seal("006070000001")


def test_other_keys_open_nothing(other_keys: tuple[str, ...]) -> None:
    new = settings.KEYS
    settings.KEYS = replace(new, encryption=other_keys)
    sealed = seal("006070000001")
    settings.KEYS = new
    with pytest.raises(Undecipherable):
        unseal(sealed)


def test_a_new_key_in_front_still_reads_what_the_old_one_wrote(other_keys: tuple[str, ...]) -> None:
    new = settings.KEYS
    settings.KEYS = replace(new, encryption=other_keys)
    sealed = seal("006070000001")
    settings.KEYS = replace(new, encryption=(*new.encryption, *other_keys))
    assert unseal(sealed) == "006070000001"


def test_a_changed_value_is_not_read() -> None:
    sealed = seal("006070000001")
    with pytest.raises(Undecipherable):
        unseal(sealed[:-3] + ("AAA" if sealed[-3:] != "AAA" else "BBB"))


def test_keyed_hashes_of_different_purposes_differ() -> None:
    assert keyed_hash("1", purpose="id_number") != keyed_hash("1", purpose="phone")
    assert keyed_hash("1", purpose="id_number") == keyed_hash("1", purpose="id_number")


def test_the_hash_hangs_on_the_key() -> None:
    before = settings.KEYS
    first = keyed_hash("006070000001", purpose="id_number")
    settings.KEYS = replace(before, index="00" * 32)
    try:
        assert keyed_hash("006070000001", purpose="id_number") != first
    finally:
        settings.KEYS = before
