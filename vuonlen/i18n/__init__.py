"""Language of the interface: Vietnamese in the code, English in a gettext catalogue.

The message ids are the Vietnamese sentences, so a missing translation shows Vietnamese
(docs/decisions/0002-vietnamese-message-ids.md).
"""

from __future__ import annotations

import gettext
from pathlib import Path

LANGUAGES = ("vi", "en")
_LOCALE = Path(__file__).parent / "locale"
_now: gettext.NullTranslations = gettext.NullTranslations()
_lang = "vi"


def activate(lang: str) -> None:
    """Use `lang` ("vi" or "en") from here on. Raises ValueError for another."""
    global _now, _lang
    if lang not in LANGUAGES:
        raise ValueError(f"unknown language {lang!r}; known: {', '.join(LANGUAGES)}")
    _lang = lang
    _now = gettext.translation("vuonlen", _LOCALE, languages=[lang], fallback=lang == "vi")


def language() -> str:
    return _lang


def _(message: str) -> str:
    return _now.gettext(message)
