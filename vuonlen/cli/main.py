"""Entry point: settle the language before any text is made, then hand over to the commands."""

from __future__ import annotations

import importlib
import os
import sys

from vuonlen.i18n import LANGUAGES, activate

UNUSABLE = 2


def main() -> None:
    """`vuonlen`: exit status 0 done, 1 done with refused rows, 2 unusable input."""
    arguments, lang = _language(sys.argv[1:])
    if lang not in LANGUAGES:
        sys.stderr.write(f"--lang: vi | en (không phải / not {lang!r})\n")
        sys.exit(UNUSABLE)
    activate(lang)
    app = importlib.import_module("vuonlen.cli.app")  # after the language: help texts are made on import
    sys.exit(app.run(arguments))


def _language(arguments: list[str]) -> tuple[list[str], str]:
    """`--lang X` may stand anywhere; without it VUONLEN_LANG, then Vietnamese."""
    rest: list[str] = []
    lang = os.environ.get("VUONLEN_LANG", "vi")
    words = iter(arguments)
    for word in words:
        if word == "--lang":
            lang = next(words, "")
        elif word.startswith("--lang="):
            lang = word.removeprefix("--lang=")
        else:
            rest.append(word)
    return rest, lang
