"""One language for each request and each thread, the same for Django and for the code below it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from vuonlen.foundation.web.language import LanguageMiddleware
from vuonlen.i18n import _, activate, language

SENTENCE = "Biểu mẫu"


def test_a_message_without_translation_shows_vietnamese() -> None:
    activate("en")
    assert _("Câu không có trong danh mục") == "Câu không có trong danh mục"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="fr"):
        activate("fr")
    assert language() == "vi"


def test_django_and_the_core_read_one_catalogue() -> None:
    activate("en")
    with translation.override("en"):
        assert translation.gettext(SENTENCE) == _(SENTENCE) == "Form"


def test_django_speaks_vietnamese_where_its_own_words_are_missing() -> None:
    with translation.override("vi"):
        assert translation.gettext("Enter a complete value.") == "Hãy nhập đầy đủ."
        assert translation.ngettext("%(num)d day", "%(num)d days", 3) % {"num": 3} == "3 ngày"


def test_threads_speak_their_own_language() -> None:
    together = Barrier(2)

    def say(lang: str) -> list[str]:
        activate(lang)
        said = []
        for _round in range(50):
            together.wait(10)
            said.append(_(SENTENCE))
        return said

    with ThreadPoolExecutor(2) as pool:
        vietnamese, english = pool.map(say, ["vi", "en"])
    assert (set(vietnamese), set(english)) == ({SENTENCE}, {"Form"})


def test_what_one_context_chose_does_not_reach_another() -> None:
    copy_context().run(activate, "en")
    assert language() == "vi"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_request_is_answered_in_its_language(lang: str) -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(_(SENTENCE))

    activate("vi" if lang == "en" else "en")  # what the request before this one left behind
    with translation.override(lang):
        said = LanguageMiddleware(view)(RequestFactory().get("/")).content.decode()
    assert said == ("Form" if lang == "en" else SENTENCE)
