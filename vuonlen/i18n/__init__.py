"""Language of the interface: Vietnamese in the code, English in a gettext catalogue.

The message ids are the Vietnamese sentences, so a missing translation shows Vietnamese
(docs/decisions/0002-vietnamese-message-ids.md). Django reads the same catalogue; this module serves the code below it
and the commands. Each request and each task has its own language; a thread that chose none speaks Vietnamese.
"""

from __future__ import annotations

import gettext
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LANGUAGES = ("vi", "en")
DOMAIN = "django"  # the name under which Django looks for the catalogue
_LOCALE = Path(__file__).parent / "locale"
_lang: ContextVar[str] = ContextVar("language", default="vi")


def activate(lang: str) -> None:
    """Use `lang` ("vi" or "en") from here on, in this request or command. Raises ValueError for another."""
    if lang not in LANGUAGES:
        raise ValueError(f"unknown language {lang!r}; known: {', '.join(LANGUAGES)}")
    _lang.set(lang)


def language() -> str:
    return _lang.get()


@cache
def _english() -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, _LOCALE, languages=["en"])


def _(message: str) -> str:
    return _english().gettext(message) if _lang.get() == "en" else message
