"""Every page in one language: no English of ours or of other packages in Vietnamese, no Vietnamese in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.db.models import CharField, JSONField, TextField

from tests.browser.addresses import Sight, Walk
from tests.web import world as worlds
from vuonlen.i18n import catalogue
from vuonlen.rulebook import lists

pytestmark = pytest.mark.django_db
SAID = {"alt", "aria-label", "data-confirm", "data-label", "placeholder", "title"}
_LETTERS = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹáàãéèíìĩóòõúùũý]", re.IGNORECASE)
#: the same in both languages
NAMES = ("Vươn Lên", "Tiếng Việt", "VI – Tiếng Việt", "Thôn Nà Kham, Tổ 5")


class Words(HTMLParser):
    """The words of a page, as read and as told by a screen reader."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"script", "style"}
        self.found += [text for name, text in attrs if name in SAID and text]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.found.append(" ".join(data.split()))


@pytest.fixture
def english() -> set[str]:
    """Everything that English pages may say, and what other packages say by themselves."""
    texts = {one.id for one in catalogue.all_foreign_messages()}
    for entry in catalogue.refreshed(catalogue.ENGLISH.read_bytes(), catalogue.catalogues()[0]):
        if entry.id and entry.string != entry.id:
            texts |= {entry.string} if isinstance(entry.string, str) else set(entry.string)
    return {" ".join(one.split()) for one in texts if len(one) > 2}


def test_vietnamese_pages_hold_no_english(english: set[str]) -> None:
    vietnamese = {one.id for one in catalogue.messages()}
    wrong = [
        f"{sight}: {text}"
        for sight in Walk(worlds.build()).sights()
        for text in Words(sight.source).found
        if text.strip(" .:*") in english - vietnamese
    ]
    assert not wrong, "\n".join(wrong)


def test_english_pages_hold_no_vietnamese_but_what_people_wrote() -> None:
    walk = Walk(worlds.build(), "en")
    seen: list[Sight] = list(walk.sights())
    written = sorted(data(), key=len, reverse=True)
    wrong = set()
    for sight in seen:
        for text in Words(sight.source).found:
            rest = text
            for one in written:
                rest = rest.replace(one, "")
            if _LETTERS.search(rest):
                wrong.add(f"{sight.name}: {text}")
    assert not wrong, "\n".join(sorted(wrong))


def data() -> Iterator[str]:
    """What stands in the database and in the lists of the law: names are the same in every language.

    A proposal keeps the words in which it was made; whoever approves reads those.
    """
    yield from NAMES
    yield from lists.ethnic_groups().values()
    for model in apps.get_models():
        fields = [one.name for one in model._meta.fields if isinstance(one, CharField | TextField | JSONField)]
        for row in model._default_manager.values_list(*fields) if fields else ():
            yield from (text for value in row for text in strings(value) if _LETTERS.search(text))


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)
