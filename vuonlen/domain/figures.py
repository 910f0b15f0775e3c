"""How figures are printed. Counts and rates are computed elsewhere; rounding here is for display only."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def number(value: float | None, lang: str = "vi", decimals: int | None = None) -> str:
    """1.500.000,5 (vi) or 1,500,000.5 (en). `decimals` None: as many as the value has, two at most; None: "…"."""
    if value is None:
        return "…"
    places = 2 if decimals is None else decimals
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{rounded:,.{places}f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if lang == "en" else text.translate(str.maketrans(",.", ".,"))


def rate(part: int | None, whole: int | None) -> Decimal | None:
    """Per cent of `part` in `whole`, exact; None when either is unknown or `whole` is 0."""
    if part is None or not whole:
        return None
    return Decimal(part) * 100 / Decimal(whole)


def percent(part: int | None, whole: int | None, lang: str = "vi") -> str:
    """2,33 % (vi) or 2.33 % (en), computed from counts."""
    found = rate(part, whole)
    return "…" if found is None else number(float(found), lang, 2) + " %"
