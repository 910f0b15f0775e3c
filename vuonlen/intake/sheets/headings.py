"""From a heading, of one row or several, to the column it means, with its unit. Nothing is guessed by likeness."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vuonlen.domain.columns import CAUSE_PREFIX, GROUP_PREFIX, HOUSEHOLD_COLUMNS, MEMBER_COLUMNS
from vuonlen.intake.cells.codes import cause_names, group_names
from vuonlen.intake.cells.texts import fold
from vuonlen.intake.vocabulary import indicator_words, vocabulary

MONEY = frozenset({"income", "consumption"})
OUR_INDICATORS = frozenset(f"{letter}{n:02}" for letter in "IN" for n in range(1, 13))
_UNIT = re.compile(
    r"(?:^| )(?:(?:don vi tinh|don vi|dvt|tinh bang) )?"
    r"(?P<unit>trieu dong|trieu d|trieu vnd|trieu|trd|nghin dong|nghin d|ngan dong|nghin|1 000 ?d(?:ong)?|"
    r"1000 ?d(?:ong)?|dong|vnd|d)?"
    r"(?P<per>(?: ?(?:/|1|mot|tren|binh quan)? ?(?:nguoi|khau|nhan khau|dau nguoi|thang|nam|ho|qui))*)$"
)
_FACTORS = {"trieu": 1e6, "trd": 1e6, "nghin": 1e3, "ngan": 1e3, "1": 1e3, "1000": 1e3, "1000d": 1e3, "1000dong": 1e3}
_NUMBERING = re.compile(r"^\s*(?:\(\d{1,2}\)|\[\d{1,2}\]|\d{1,2}(?:\.\d{1,2})*[.):]|[IVX]+\.|[a-zđ]\))\s*")
_SHEET_UNIT = re.compile(r"(?:don vi tinh|don vi|dvt) (trieu|nghin|ngan|1000|1 000)")
_EARLIER = re.compile(r"\b(?:truoc|dau nam|dau ki)\b")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading means. factor: đồng in one of the heading's units, None when no unit is named.

    column "" and `doubt`: it could mean several things, or its unit cannot be used (code and values of the problem).
    """

    column: str
    factor: float | None = None
    doubt: tuple[str, Mapping[str, object]] | None = None
    by_name: bool = False  # an indicator by its name alone, not by its code


class Headings:
    """Looks up headings; one for a file, so that the codes of a user's own standard are known."""

    def __init__(self, indicator_codes: frozenset[str]) -> None:
        self._indicators = OUR_INDICATORS | indicator_codes
        names = [*HOUSEHOLD_COLUMNS, *MEMBER_COLUMNS, *self._indicators]
        names += [GROUP_PREFIX + code for code in group_names().values()]
        names += [CAUSE_PREFIX + code for code in cause_names().values()]
        self._exact = {name.casefold(): name for name in names}
        self._exact |= {"birth_date": "birth", "birth_year": "birth"}
        self._exact |= {code.casefold(): CAUSE_PREFIX + code for code in cause_names().values()}
        coded = "|".join(
            sorted((re.escape(code) for code in (*self._indicators, *cause_names().values())), reverse=True)
        )
        self._coded = re.compile(rf"({coded})(?=$|[\s.:)\-–])", re.IGNORECASE)

    def known(self, column: str) -> bool:
        """Whether a mapping file may name `column`."""
        return column.casefold() in self._exact or column in set(vocabulary().values())

    def column(self, column: str) -> str:
        return self._exact.get(column.casefold(), column)

    def meaning(self, parts: Sequence[str]) -> Meaning | None:
        """What the heading with these parts, from the outermost to the innermost, means; None: not known."""
        found = self._one(" ".join(parts))
        if found or len(parts) < 2:
            return found
        for start in (len(parts) - 1, len(parts) - 2):
            found = self._one(" ".join(parts[start:])) if start > 0 else None
            if found:
                return self._in_context(found, parts[:start])
        if fold(parts[-1]) == "khac" and "nguien nhan" in fold(parts[0]):
            return Meaning(CAUSE_PREFIX + cause_names()["nguien nhan khac"])
        return None

    def _in_context(self, found: Meaning, parents: Sequence[str]) -> Meaning | None:
        """A heading under "năm trước" is about the year before, whatever it says itself."""
        if not _EARLIER.search(fold(" ".join(parents))):
            return found
        return Meaning("previous_status") if found.column == "recorded_status" else None

    def _one(self, text: str) -> Meaning | None:
        text = _NUMBERING.sub("", " ".join(text.split()))
        if exact := self._exact.get(text.strip().casefold()):
            return Meaning(exact)
        if coded := self._coded.match(text):
            return Meaning(self._exact[coded[1].casefold()])
        word = fold(text)
        if word in vocabulary():
            return self._named(vocabulary()[word], word)
        if ";" in text:  # "Họ tên chủ hộ và thành viên; thôn/tổ"
            return self._one(text.split(";")[0])
        return self._with_unit(text, word) or self._opposite(text, word)

    def _named(self, column: str, word: str) -> Meaning:
        return Meaning(column, by_name=column in OUR_INDICATORS and not word.startswith(("khong co", "thieu")))

    def _with_unit(self, text: str, word: str) -> Meaning | None:
        outside = fold(re.sub(r"\([^()]*\)?", " ", text))
        inside = fold(" ".join(re.findall(r"\(([^()]*)\)?", text)))
        column = vocabulary().get(outside)
        if column in MONEY and inside:
            return _money(column, text, _UNIT.fullmatch(inside))
        if column:
            return self._named(column, outside)
        for found in _UNIT.finditer(word):
            base = vocabulary().get(word[: found.start()].strip())
            if base in MONEY:
                return _money(base, text, found)
        return None

    def _opposite(self, text: str, word: str) -> Meaning | None:
        """ "Có nước sạch": yes is good there, while an indicator counts what is lacking."""
        rest = re.sub(r"^(?:da co|co|duoc su dung|duoc|su dung|tiep can) ", "", word)
        if rest == word or rest not in indicator_words():
            return None
        code = vocabulary()[rest]
        meanings = f"{code} (x = thiếu hụt) / x = đã có"
        return Meaning("", doubt=("F-HEADING-AMBIGUOUS", {"heading": text, "meanings": meanings}))


def _money(column: str, text: str, found: re.Match[str] | None) -> Meaning:
    """Only đồng, thousands and millions of đồng per person and month can be used."""
    per = found["per"].split() if found else []
    if found is None or "nam" in per or "ho" in per or "qui" in per:
        return Meaning("", doubt=("F-HEADING-UNIT", {"heading": text, "unit": found["per"].strip() if found else text}))
    unit = (found["unit"] or "").split()
    return Meaning(column, _FACTORS.get(unit[0], 1.0) if unit else None)


def sheet_unit(title: str) -> float | None:
    """đồng in the unit that a line above the headings names ("Đơn vị tính: triệu đồng"); None: no such line."""
    found = _SHEET_UNIT.search(fold(title))
    return _FACTORS[found[1].split()[0]] if found else None
