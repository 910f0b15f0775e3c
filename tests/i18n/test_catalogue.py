"""Every message has an English text with the same placeholders, and the compiled catalogue is the written one."""

from __future__ import annotations

import ast
import gettext
import string
from pathlib import Path

import pytest

from vuonlen.i18n import _, activate, catalogue, language

PACKAGE = catalogue.PACKAGE
MESSAGES = catalogue.messages()


def placeholders(text: str) -> set[str]:
    return {name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


@pytest.fixture(scope="module")
def english() -> gettext.GNUTranslations:
    with catalogue.ENGLISH.with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_every_message_has_an_english_text() -> None:
    assert MESSAGES
    assert catalogue.untranslated(catalogue.as_po(catalogue.refreshed(catalogue.ENGLISH.read_bytes(), MESSAGES))) == []


def test_translations_keep_the_placeholders(english: gettext.GNUTranslations) -> None:
    assert [one for one in MESSAGES if placeholders(one) != placeholders(english.gettext(one))] == []


def test_the_catalogue_is_what_the_code_asks_for() -> None:
    written = catalogue.ENGLISH.read_bytes()
    assert catalogue.as_po(catalogue.refreshed(written, MESSAGES)) == written


def test_the_compiled_catalogue_is_the_written_one() -> None:
    assert catalogue.ENGLISH.with_suffix(".mo").read_bytes() == catalogue.as_mo(catalogue.ENGLISH.read_bytes())


def test_only_whole_sentences_are_marked() -> None:
    """`_(f"...")` and `_(variable)` cannot be found by the extraction, so they would never be translated."""
    found = []
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                whole = len(node.args) == 1 and isinstance(node.args[0], ast.Constant)
                if not whole:
                    found.append(f"{file.relative_to(PACKAGE)}:{node.lineno}")
    assert found == []


def test_a_new_message_is_taken_with_its_file_and_an_old_translation_stays(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text('_("Hộ nghèo")\n_("Hộ " "cận nghèo {n}")\n_(name)\n', "utf-8")
    used = catalogue.messages(tmp_path)
    assert used == {"Hộ nghèo": ["one.py"], "Hộ cận nghèo {n}": ["one.py"]}
    first = catalogue.as_po(catalogue.refreshed(b"", used)).replace(
        b'msgid "H\xe1\xbb\x99 ngh\xc3\xa8o"\nmsgstr ""', b'msgid "H\xe1\xbb\x99 ngh\xc3\xa8o"\nmsgstr "Poor household"'
    )
    again = catalogue.refreshed(first, used)
    assert {str(entry.id): entry.string for entry in again if entry.id} == {
        "Hộ nghèo": "Poor household",
        "Hộ cận nghèo {n}": "",
    }
    assert catalogue.untranslated(catalogue.as_po(again)) == ["Hộ cận nghèo {n}"]


def test_a_message_that_the_code_dropped_leaves_the_catalogue() -> None:
    before = catalogue.as_po(catalogue.refreshed(b"", {"Cũ": ["a.py"], "Mới": ["a.py"]}))
    assert "Cũ" not in catalogue.as_po(catalogue.refreshed(before, {"Mới": ["a.py"]})).decode("utf-8")


def test_a_message_without_translation_shows_vietnamese() -> None:
    activate("en")
    assert _("Câu không có trong danh mục") == "Câu không có trong danh mục"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="fr"):
        activate("fr")
    assert language() == "vi"
