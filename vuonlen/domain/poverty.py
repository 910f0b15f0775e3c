"""The classes of a household and the confidence of a legal value.

Terms and articles: docs/glossary.md. Source of the classes: Decree 07/2021/NĐ-CP, Article 3.
"""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Class of a household under one standard (phân loại hộ)."""

    POOR = "poor"  # hộ nghèo
    NEAR_POOR = "near_poor"  # hộ cận nghèo
    NOT_POOR = "not_poor"  # không nghèo
    UNDETERMINED = "undetermined"  # a blank could change the verdict: chưa xác định


class AreaType(StrEnum):
    """Area type that decides which line applies (khu vực)."""

    RURAL = "rural"  # nông thôn: xã
    URBAN = "urban"  # thành thị: phường, thị trấn


class Confidence(StrEnum):
    """How sure we are of a value of the law. Only `VERIFIED` was read in a public copy of the act."""

    VERIFIED = "verified"
    SECONDARY = "secondary"  # read in someone's code or note, not in the act
    RECALLED = "recalled"
    DRAFT = "draft"  # read in a draft of the act only
    ASSUMED = "assumed"  # our reading; stated so wherever it is used
    MISSING = "missing"  # not known; never replaced by a guess

    @property
    def confirmed(self) -> bool:
        return self is Confidence.VERIFIED


#: Measures that a line can be drawn on. Units: đồng per head per month; points for the score.
INCOME = "income"
CONSUMPTION = "consumption"
INCOME_SCORE = "income_score"
MEASURES = (INCOME, CONSUMPTION, INCOME_SCORE)
