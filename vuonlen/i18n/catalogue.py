"""Takes the messages out of the code, keeps their English translations, compiles the catalogue.

    python -m vuonlen.i18n.catalogue            writes vuonlen.po and vuonlen.mo
    python -m vuonlen.i18n.catalogue --check    exit status 1 when either file is not what the code asks for

The message ids are the Vietnamese sentences. Needs babel, so it is not part of the installed package.
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1]
ENGLISH = PACKAGE / "i18n" / "locale" / "en" / "LC_MESSAGES" / "vuonlen.po"

# A date in the header would make two extractions of the same code differ.
_DATE = datetime(2026, 11, 24, tzinfo=UTC)
_MAINTAINERS = "Vươn Lên maintainers"


def messages(package: Path = PACKAGE) -> dict[str, list[str]]:
    """Message id -> files of `package` that use it, in the order of the code."""
    found: dict[str, list[str]] = {}
    for file, _line, message, _comments, _context in extract_from_dir(
        package, [("**.py", "python")], keywords={"_": None}
    ):
        if isinstance(message, str) and message:
            places = found.setdefault(message, [])
            if file not in places:
                places.append(file)
    return found


def refreshed(old: bytes, used: dict[str, list[str]]) -> Catalog:
    """The catalogue of `used`, with each translation that `old` holds for the very same message."""
    known = read_po(io.BytesIO(old), locale="en")
    fresh = Catalog(
        locale="en",
        project="vuonlen",
        version="1",
        msgid_bugs_address=_MAINTAINERS,
        last_translator=_MAINTAINERS,
        language_team=_MAINTAINERS,
        creation_date=_DATE,
        revision_date=_DATE,
        fuzzy=False,
    )
    fresh.header_comment = "# English texts of Vươn Lên; the message ids are the Vietnamese sentences."
    for message in sorted(used):
        entry = known.get(message)
        text = entry.string if entry is not None and isinstance(entry.string, str) else ""
        fresh.add(message, text, locations=[(f"vuonlen/{file}", 0) for file in sorted(used[message])])
    return fresh


def as_po(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    # line numbers would change with every edit of the code
    write_po(out, catalogue, width=110, include_lineno=False)
    return out.getvalue()


def as_mo(po: bytes) -> bytes:
    out = io.BytesIO()
    write_mo(out, read_po(io.BytesIO(po), locale="en"))
    return out.getvalue()


def main(arguments: list[str]) -> int:
    po = as_po(refreshed(ENGLISH.read_bytes() if ENGLISH.exists() else b"", messages()))
    compiled = as_mo(po)
    binary = ENGLISH.with_suffix(".mo")
    if "--check" in arguments:
        stale = [
            file.name
            for file, now in ((ENGLISH, po), (binary, compiled))
            if not file.exists() or file.read_bytes() != now
        ]
        empty = untranslated(po)
        for name in stale:
            sys.stderr.write(f"{name} is not what the code asks for; call ./run messages\n")
        for message in empty:
            sys.stderr.write(f"no English text for: {message}\n")
        return 1 if stale or empty else 0
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    ENGLISH.write_bytes(po)
    binary.write_bytes(compiled)
    for message in untranslated(po):
        sys.stdout.write(f"no English text yet: {message}\n")
    return 0


def untranslated(po: bytes) -> list[str]:
    return [str(entry.id) for entry in read_po(io.BytesIO(po), locale="en") if entry.id and not entry.string]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
