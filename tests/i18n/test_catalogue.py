"""Every message has its text in both languages with the same placeholders; what is compiled is what is written."""

from __future__ import annotations

import ast
import gettext
import io
import re
import string
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from vuonlen.i18n import catalogue
from vuonlen.i18n.catalogue import Language, Message

PACKAGE = catalogue.PACKAGE
CATALOGUES = catalogue.catalogues()
_PERCENT = re.compile(r"%\((\w+)\)[sdr]|%([sdr])")
both = pytest.mark.parametrize("language", CATALOGUES, ids=lambda one: one.lang)


def placeholders(text: str) -> set[str]:
    braces = {name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}
    return braces | {name or kind for name, kind in _PERCENT.findall(text)}


def entries(language: Language) -> list[Any]:
    return [one for one in read_po(io.BytesIO(language.file.read_bytes())) if one.id]


@both
def test_every_message_has_a_text(language: Language) -> None:
    assert language.used
    assert catalogue.untranslated(catalogue.as_po(catalogue.refreshed(language.file.read_bytes(), language))) == []


@both
def test_translations_keep_the_placeholders(language: Language) -> None:
    wrong = []
    for one in entries(language):
        ids = [one.id] if isinstance(one.id, str) else list(one.id)
        texts = [one.string] if isinstance(one.string, str) else list(one.string)
        wrong += [text for text in texts if not placeholders(text) <= placeholders(ids[-1]) | placeholders(ids[0])]
        wrong += [text for text in texts[-1:] if placeholders(text) != placeholders(ids[-1])]
    assert wrong == []


@both
def test_the_catalogue_is_what_the_code_asks_for(language: Language) -> None:
    written = language.file.read_bytes()
    assert catalogue.as_po(catalogue.refreshed(written, language)) == written


@both
def test_the_compiled_catalogue_is_the_written_one(language: Language) -> None:
    compiled = language.file.with_suffix(".mo").read_bytes()
    assert compiled == catalogue.as_mo(language.file.read_bytes(), language.lang)
    assert len(gettext.GNUTranslations(io.BytesIO(compiled))._catalog) > 50  # type: ignore[attr-defined]


def test_the_check_finds_nothing_wrong() -> None:
    assert catalogue.check(CATALOGUES) == []


def test_english_texts_are_not_vietnamese() -> None:
    """A text copied from the id would pass every other test. Proper names and terms of the law may stay."""
    letters = set("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹĐ")
    kept = (
        "Vươn Lên",
        "Tiếng Việt",
        "Bắc Kạn",
        "Việt Nam",
        "Nà Kham",
        "Thái Nguyên",
        "đồng",
        "điểm",
        "QĐ-",
        "NĐ-CP",
        "Thôn ",
        "Tổ ",
    )
    found = []
    for one in entries(CATALOGUES[0]):
        for text in [one.string] if isinstance(one.string, str) else one.string:
            rest = text
            for name in kept:
                rest = rest.replace(name, "")
            if letters & set(rest):
                found.append(text)
    assert found == []


def test_only_whole_sentences_are_marked() -> None:
    """`_(f"...")` and `_(variable)` cannot be found by the extraction, so they would never be translated."""
    found = []
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "__"}:
                whole = len(node.args) == 1 and isinstance(node.args[0], ast.Constant)
                if not whole:
                    found.append(f"{file.relative_to(PACKAGE)}:{node.lineno}")
    assert found == []


def test_no_marked_text_escapes_the_extraction() -> None:
    """Inside an f-string nothing is found: write `_("… {name}").format(name=…)`."""
    known = {one.id for one in CATALOGUES[0].used}
    lost = [
        f"{file.relative_to(PACKAGE)}:{node.lineno}"
        for file in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"_", "__"}
        and isinstance(node.args[0], ast.Constant)
        and node.args[0].value not in known
    ]
    assert lost == []


# ---- what is found, and what is kept ------------------------------------------------------------------------------


def used(*messages: str) -> Language:
    return Language("en", "Texts.", {Message(one): ["a.py"] for one in messages})


def test_messages_are_found_in_code(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(
        '_("Hộ nghèo")\n_("Hộ " "cận nghèo {n}")\n_(name)\n__("Muộn")\n'
        'ngettext("{n} hộ", "{n} các hộ", n)\npgettext_lazy("cây", "Lá")\nother("Không")\n',
        "utf-8",
    )
    found = catalogue.messages(tmp_path)
    assert list(found) == [
        Message("Hộ nghèo"),
        Message("Hộ cận nghèo {n}"),
        Message("Muộn"),
        Message("{n} hộ", "{n} các hộ"),
        Message("Lá", context="cây"),
    ]
    assert found[Message("Hộ nghèo")] == [f"{tmp_path.name}/one.py"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('{% translate "Lưu" %}', Message("Lưu")),
        ("  {% trans 'Dấu \"nháy\"' as x %}", Message('Dấu "nháy"')),
        ('{% translate "Lá" context "cây" %}', Message("Lá", context="cây")),
        ('{% include "a.html" with title=_("Chưa có hộ") %}', Message("Chưa có hộ")),
        ('{{ value|default:_("chưa rõ") }}', Message("chưa rõ")),
        ('{{ _("Thôn") }}', Message("Thôn")),
        ("{% blocktranslate trimmed %}\n  Chào\n  {{ name }}\n{% endblocktranslate %}", Message("Chào %(name)s")),
        (
            "{% blocktranslate count n=rows|length %}{{ n }} hộ{% plural %}{{ n }} các hộ{% endblocktranslate %}",
            Message("%(n)s hộ", "%(n)s các hộ"),
        ),
    ],
)
def test_messages_are_found_in_pages(source: str, message: Message) -> None:
    assert list(catalogue.of_template(f"<p>gettext('nothing')</p>\n   {source}\n<b>)(</b>")) == [message]


def test_an_old_translation_stays_and_a_new_message_is_told() -> None:
    first = catalogue.as_po(catalogue.refreshed(b"", used("Hộ nghèo"))).replace(
        b'msgid "H\xe1\xbb\x99 ngh\xc3\xa8o"\nmsgstr ""', b'msgid "H\xe1\xbb\x99 ngh\xc3\xa8o"\nmsgstr "Poor household"'
    )
    again = catalogue.refreshed(first, used("Hộ nghèo", "Hộ cận nghèo {n}"))
    assert {str(one.id): one.string for one in again if one.id} == {
        "Hộ nghèo": "Poor household",
        "Hộ cận nghèo {n}": "",
    }
    assert catalogue.untranslated(catalogue.as_po(again)) == ["Hộ cận nghèo {n}"]


def test_a_message_that_the_code_dropped_leaves_the_catalogue() -> None:
    before = catalogue.as_po(catalogue.refreshed(b"", used("Cũ", "Mới")))
    assert "Cũ" not in catalogue.as_po(catalogue.refreshed(before, used("Mới"))).decode("utf-8")


def test_half_a_plural_is_no_translation() -> None:
    language = Language("en", "Texts.", {Message("{n} hộ", "{n} các hộ"): ["a.py"]})
    fresh = catalogue.refreshed(b"", language)
    (entry,) = [one for one in fresh if one.id]
    entry.string = ("{n} household", "")
    assert catalogue.untranslated(catalogue.as_po(fresh)) == ["{n} hộ"]
