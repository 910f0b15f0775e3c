"""Yes and no as they are ticked and written. A blank is unknown; whoever means "no" by it says so in a mapping file."""

from __future__ import annotations

import unicodedata

from vuonlen.intake.cells.notes import Raw, refuse, shown
from vuonlen.intake.cells.texts import fold

_YES = frozenset({"x", "xx", "co", "1", "dung", "true", "ies", "v", "thieu hut", "co thieu hut", "thieu", "thuoc"})
_NO = frozenset({"0", "khong", "ko", "k", "sai", "false", "no", "khong thieu hut", "khong thieu", "khong thuoc", "du"})
_TICKS = frozenset("✓✔☑×√")
_BOXES = frozenset("☐□")


def mark_cell(raw: Raw) -> object:
    """True, False or None (blank); refused when it could be either, such as a dash or a question mark."""
    if raw is None or raw == "":
        return None
    if isinstance(raw, int | float):
        return bool(raw) if raw in (0, 1) else refuse("R-YES-NO", text=shown(raw))
    if not isinstance(raw, str):
        return refuse("R-YES-NO", text=shown(raw))
    text = unicodedata.normalize("NFKC", raw).strip()
    if not text:
        return None
    if text in _TICKS:
        return True
    if text in _BOXES:
        return False
    word = fold(text)
    if word in _YES:
        return True
    return False if word in _NO else refuse("R-YES-NO", text=raw)
