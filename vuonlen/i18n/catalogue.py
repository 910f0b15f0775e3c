"""Takes the messages out of the code and the pages, keeps their translations, compiles the catalogues.

    python -m vuonlen.i18n.catalogue            writes django.po and django.mo of both languages
    python -m vuonlen.i18n.catalogue --check    exit status 1 when a file is not what the code asks for

English: every message of ours; the message ids are the Vietnamese sentences.
Vietnamese: every message of the packages we use that they do not bring in Vietnamese themselves.
Needs babel, so it is not part of the installed package.
"""

from __future__ import annotations

import ast
import gettext
import importlib.util
import io
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1]
LOCALE = PACKAGE / "i18n" / "locale"
ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "django.po"

#: parts of other packages that our pages show, and the catalogues in which they bring some Vietnamese
FOREIGN = (
    "django/core/validators.py",
    "django/forms",
    "django/utils/timesince.py",
    "django/utils/dates.py",
    "django/utils/ipv6.py",
    "django/utils/text.py",
    "django/db/models/base.py",
    "django/db/models/constraints.py",
    "django/db/models/fields/__init__.py",
    "django/db/models/fields/json.py",
    "django/db/models/fields/related.py",
    "django/contrib/auth/forms.py",
    "django/contrib/auth/models.py",
    "django/contrib/auth/password_validation.py",
    "django/contrib/auth/validators.py",
    "django/contrib/humanize",
    "allauth/account",
    "allauth/core",
    "allauth/mfa",
    "axes/handlers",
    "axes/helpers.py",
)
_CATALOGUES = ("django/conf", "django/contrib/auth", "django/contrib/humanize", "django/contrib/contenttypes")
_NOT_SHOWN = ("/email/", "/admin.py", "/management/", "/tests/", "/migrations/")  # nobody is sent a letter

#: function -> positions of context, singular and plural among its arguments
_PLAIN, _MANY, _CONTEXT, _BOTH = (None, 0, None), (None, 0, 1), (0, 1, None), (0, 1, 2)
_FUNCTIONS: dict[str, tuple[int | None, int, int | None]] = {
    "_": _PLAIN,
    "__": _PLAIN,  # what is translated later, where both stand in one file
    "gettext": _PLAIN,
    "gettext_lazy": _PLAIN,
    "gettext_noop": _PLAIN,
    "ngettext": _MANY,
    "ngettext_lazy": _MANY,
    "pgettext": _CONTEXT,
    "pgettext_lazy": _CONTEXT,
    "npgettext": _BOTH,
    "npgettext_lazy": _BOTH,
}
_LITERAL = r"""u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_CALL = re.compile(rf"(?<!\w)(_|n?p?gettext)\(\s*({_LITERAL}(?:\s*,\s*{_LITERAL})*)")

# A date in the header would make two extractions of the same code differ.
_DATE = datetime(2026, 11, 24, tzinfo=UTC)
_MAINTAINERS = "Vươn Lên maintainers"


class Message(NamedTuple):
    """What is looked up. plural: empty where there is one form only."""

    id: str
    plural: str = ""
    context: str = ""


Used = dict[Message, list[str]]


@dataclass(frozen=True, slots=True)
class Language:
    """One catalogue: whose messages it translates, and how its file begins."""

    lang: str
    header: str
    used: Used = field(default_factory=dict)

    @property
    def file(self) -> Path:
        return LOCALE / self.lang / "LC_MESSAGES" / "django.po"


# ---- what the code asks for ---------------------------------------------------------------------------------------


def messages(package: Path = PACKAGE) -> Used:
    """Message -> files of `package` that use it, in the order of the code. A package has Python and templates."""
    return collected(sorted([*package.rglob("*.py"), *package.rglob("templates/**/*.*")]), package.parent)


def foreign_messages() -> Used:
    """Messages of other packages that our pages may show, less those that come in Vietnamese with them."""
    brought = [_vietnamese(_site() / one / "locale" / "vi" / "LC_MESSAGES" / "django.mo") for one in _CATALOGUES]
    ours = _known(Language("vi", "").file)
    found = all_foreign_messages()
    return {one: at for one, at in found.items() if one in ours or not any(_has(known, one) for known in brought)}


def all_foreign_messages() -> Used:
    parts = [_site() / name for name in FOREIGN]
    files = [file for part in parts for file in ([part] if part.suffix == ".py" else part.rglob("*.*"))]
    shown = [file for file in files if not any(part in file.as_posix() for part in _NOT_SHOWN)]
    return collected(sorted(shown), _site())


def collected(files: Iterable[Path], root: Path) -> Used:
    found: Used = {}
    for file in files:
        for message in of_file(file):
            places = found.setdefault(message, [])
            name = file.relative_to(root).as_posix()
            if name not in places:
                places.append(name)
    return found


def of_file(file: Path) -> Iterator[Message]:
    if file.suffix == ".py":
        keywords = {name: _spec(places) for name, places in _FUNCTIONS.items()}
        for _line, text, _comments, context in extract_from_file("python", file, keywords=keywords):
            texts = (text,) if isinstance(text, str) else text
            if texts[0]:
                yield Message(texts[0], texts[1] if len(texts) > 1 else "", context or "")
    elif file.suffix in {".html", ".txt"}:
        yield from of_template(file.read_text("utf-8"))


def of_template(source: str) -> Iterator[Message]:
    """Django writes its tags as calls of gettext amid blanked-out text; they are read from there."""
    for call in _CALL.finditer(templatize(source)):
        texts: list[str] = list(ast.literal_eval(f"[{call[2]}]"))
        context, one, many = _FUNCTIONS[call[1]]
        if texts[one]:
            yield Message(texts[one], "" if many is None else texts[many], "" if context is None else texts[context])


def _spec(places: tuple[int | None, int, int | None]) -> Any:
    """`places` as babel writes them: counted from 1, the context marked."""
    context, one, many = places
    if context is None:
        return None if many is None else (one + 1, many + 1)
    return ((context + 1, "c"), one + 1) if many is None else ((context + 1, "c"), one + 1, many + 1)


def _site() -> Path:
    """Where the packages are installed."""
    spec = importlib.util.find_spec("django")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parents[1]


def _vietnamese(file: Path) -> gettext.GNUTranslations:
    with file.open("rb") as binary:
        return gettext.GNUTranslations(binary)


def _has(known: gettext.GNUTranslations, message: Message) -> bool:
    name = f"{message.context}\x04{message.id}" if message.context else message.id
    catalogue: dict[Any, str] = known._catalog  # type: ignore[attr-defined]
    return bool(catalogue.get((name, 0) if message.plural else name))


def _known(file: Path) -> set[Message]:
    """Messages that a catalogue of ours translates: a better word than the package's own stays."""
    if not file.exists():
        return set()
    return {_message(one) for one in read_po(io.BytesIO(file.read_bytes())) if one.id and _whole(one)}


def _message(entry: Any) -> Message:
    texts: tuple[str, ...] = (entry.id,) if isinstance(entry.id, str) else entry.id
    return Message(texts[0], texts[1] if len(texts) > 1 else "", entry.context or "")


# ---- the catalogues -----------------------------------------------------------------------------------------------


def catalogues() -> list[Language]:
    return [
        Language("en", "English texts of Vươn Lên; the message ids are the Vietnamese sentences.", messages()),
        Language("vi", "Vietnamese texts of the packages that Vươn Lên uses.", foreign_messages()),
    ]


def refreshed(old: bytes, language: Language) -> Catalog:
    """The catalogue of `language.used`, with each translation that `old` holds for the very same message."""
    known = read_po(io.BytesIO(old), locale=language.lang)
    fresh = Catalog(
        locale=language.lang,
        project="vuonlen",
        version="1",
        msgid_bugs_address=_MAINTAINERS,
        last_translator=_MAINTAINERS,
        language_team=_MAINTAINERS,
        creation_date=_DATE,
        revision_date=_DATE,
        fuzzy=False,
    )
    fresh.header_comment = f"# {language.header}"
    for message in sorted(language.used):
        ids = (message.id, message.plural) if message.plural else message.id
        entry = known.get(ids, message.context or None)
        text = entry.string if entry is not None and entry.id == ids else ""
        files = sorted(language.used[message])
        fresh.add(ids, text, locations=[(file, 0) for file in files], context=message.context or None)
    return fresh


def as_po(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    # line numbers would change with every edit of the code
    write_po(out, catalogue, width=110, include_lineno=False)
    return out.getvalue()


def as_mo(po: bytes, lang: str) -> bytes:
    out = io.BytesIO()
    write_mo(out, read_po(io.BytesIO(po), locale=lang))
    return out.getvalue()


def untranslated(po: bytes) -> list[str]:
    return [_message(entry).id for entry in read_po(io.BytesIO(po)) if entry.id and not _whole(entry)]


def _whole(entry: Any) -> bool:
    texts = [entry.string] if isinstance(entry.string, str) else list(entry.string)
    return bool(texts) and all(texts)


def check(languages: Sequence[Language]) -> list[str]:
    """What is wrong with the files, one sentence each."""
    found: list[str] = []
    for one in languages:
        po = as_po(refreshed(one.file.read_bytes() if one.file.exists() else b"", one))
        for file, now in ((one.file, po), (one.file.with_suffix(".mo"), as_mo(po, one.lang))):
            if not file.exists() or file.read_bytes() != now:
                found.append(f"{one.lang}/{file.name} is not what the code asks for; call ./run messages")
        found += [f"no text in {one.lang} for: {message}" for message in untranslated(po)]
    return found


def write(languages: Sequence[Language]) -> None:
    for one in languages:
        po = as_po(refreshed(one.file.read_bytes() if one.file.exists() else b"", one))
        one.file.parent.mkdir(parents=True, exist_ok=True)
        one.file.write_bytes(po)
        one.file.with_suffix(".mo").write_bytes(as_mo(po, one.lang))
        for message in untranslated(po):
            sys.stdout.write(f"no text in {one.lang} yet: {message}\n")


def main(arguments: list[str]) -> int:
    if "--check" in arguments:
        wrong = check(catalogues())
        for line in wrong:
            sys.stderr.write(f"{line}\n")
        return 1 if wrong else 0
    write(catalogues())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
