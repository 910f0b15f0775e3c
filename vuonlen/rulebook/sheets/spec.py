"""The closed vocabulary of a sheet, as the shapes that its YAML may have. Nothing in it is executed.

A ValueError of a validator here carries a code of the catalogue; `sheets.faults` puts the line to it.
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from vuonlen.domain.poverty import Confidence

MISSING = "MISSING"
_CODE = r"^[A-Za-z][A-Za-z0-9_]{0,31}$"
_SHEET_ID = r"^[a-z0-9][a-z0-9-]{1,40}$"


class Spec(BaseModel):
    """Unknown keys are faults, values are not coerced in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


# Length is limited so that no figure overflows a float or an engine's integer.
_NUMBER = re.compile(r"\d{1,15}(\.\d{1,9})?(/[1-9]\d{0,8})?")
_SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,9})?)\s*%")
# 1.500 is fifteen hundred to a Vietnamese reader and one and a half to YAML.
_TWO_READINGS = re.compile(r"[1-9]\d{0,2}\.\d{3}")


def _fraction(value: Any) -> Fraction:
    """12, 1.5, "1/6" or "33%": exact. Floats arrive as the text that was written."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError("S-NUMBER")
    text = str(value).strip()
    if _TWO_READINGS.fullmatch(text):
        raise ValueError("S-THOUSANDS")
    share = _SHARE.fullmatch(text)
    if share:
        return Fraction(share[1]) / 100
    if not _NUMBER.fullmatch(text):
        raise ValueError("S-NUMBER")
    whole, _slash, part = text.partition("/")
    return Fraction(whole) / Fraction(part or 1)


def _day(value: Any) -> date:
    """Only a day: pydantic alone would read 0 as 1 January 1970."""
    if type(value) is date:
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError("S-DATE")


def _threshold(value: Any) -> Any:
    if value == MISSING:
        return None
    if not isinstance(value, dict):
        raise ValueError("S-THRESHOLD")
    return value


def _figure(value: Any) -> Any:
    return None if value == MISSING else _fraction(value)


Figure = Annotated[Fraction | None, BeforeValidator(_figure)]
Day = Annotated[date, BeforeValidator(_day)]
Code = Annotated[str, Field(pattern=_CODE)]


class TextSpec(Spec):
    vi: str = Field(min_length=1)
    en: str = Field(min_length=1)


class SourceSpec(Spec):
    instrument: str = Field(min_length=1)
    article: str = ""
    date: Day | None
    note: str = ""


class ValueSpec(Spec):
    """A figure of the law; MISSING stands for one that nobody has read."""

    value: Figure
    since: Day = Field(alias="from")
    source: str
    confidence: Confidence

    @model_validator(mode="after")
    def _missing_is_marked(self) -> ValueSpec:
        if (self.value is None) != (self.confidence is Confidence.MISSING):
            raise ValueError("S-MARK")
        return self


class AreaSpec(Spec):
    """One value for `all`, or one for `rural` and one for `urban`."""

    rural: ValueSpec | None = None
    urban: ValueSpec | None = None
    all: ValueSpec | None = None

    @model_validator(mode="after")
    def _complete(self) -> AreaSpec:
        if self.all is not None:
            if self.rural is not None or self.urban is not None:
                raise ValueError("S-AREA-BOTH")
        elif self.rural is None or self.urban is None:
            raise ValueError("S-AREA")
        return self


class IndicatorSpec(Spec):
    code: Code
    dimension: TextSpec
    name: TextSpec
    deprived_if: Annotated[TextSpec | None, BeforeValidator(_threshold)]
    source: str
    since: Day = Field(alias="from")
    confidence: Confidence
    answered_by: tuple[Code, ...] = ()
    answer_confidence: Confidence = Confidence.ASSUMED

    @model_validator(mode="after")
    def _missing_is_marked(self) -> IndicatorSpec:
        if (self.deprived_if is None) != (self.confidence is Confidence.MISSING):
            raise ValueError("S-MARK")
        return self


class _MethodSpec(Spec):
    id: Code
    title: TextSpec
    source: str


class TwoScoresSpec(_MethodSpec):
    kind: Literal["two_scores"]
    income_score_at_most: AreaSpec
    points_per_deprivation: ValueSpec
    poor_deprivation_score_at_least: ValueSpec
    under_line_only: Literal["near_poor", "not_poor"] = "near_poor"


class IncomeAndDeprivationsSpec(_MethodSpec):
    kind: Literal["income_and_deprivations"]
    income_at_most: AreaSpec | None = None
    income_below: AreaSpec | None = None
    poor_deprivations_at_least: ValueSpec
    points_per_deprivation: ValueSpec | None = None
    under_line_only: Literal["near_poor", "not_poor"] = "near_poor"

    @model_validator(mode="after")
    def _one_line(self) -> IncomeAndDeprivationsSpec:
        if (self.income_at_most is None) == (self.income_below is None):
            raise ValueError("S-ONE-OF:income_at_most:income_below")
        return self


class WeightedShareSpec(_MethodSpec):
    kind: Literal["weighted_share"]
    weights: dict[Code, ValueSpec] = Field(min_length=1)
    poor_share_at_least: ValueSpec
    near_poor_share_at_least: ValueSpec | None = None


class SingleLineSpec(_MethodSpec):
    kind: Literal["single_line"]
    measure: Literal["income", "consumption"]
    poor_at_most: AreaSpec | None = None
    poor_below: AreaSpec | None = None
    near_poor_at_most: AreaSpec | None = None
    near_poor_below: AreaSpec | None = None

    @model_validator(mode="after")
    def _one_line(self) -> SingleLineSpec:
        if (self.poor_at_most is None) == (self.poor_below is None):
            raise ValueError("S-ONE-OF:poor_at_most:poor_below")
        if self.near_poor_at_most is not None and self.near_poor_below is not None:
            raise ValueError("S-ONE-OF:near_poor_at_most:near_poor_below")
        return self


MethodSpec = Annotated[
    TwoScoresSpec | IncomeAndDeprivationsSpec | WeightedShareSpec | SingleLineSpec, Field(discriminator="kind")
]


class AverageLivingSpec(Spec):
    measure: Literal["income", "consumption"]
    above: AreaSpec
    at_most: AreaSpec


class PeriodSpec(Spec):
    since: Day = Field(alias="from")
    to: Day | None


class SheetSpec(Spec):
    id: str = Field(pattern=_SHEET_ID)
    title: TextSpec
    legal_basis: TextSpec
    valid: PeriodSpec
    sources: dict[str, SourceSpec] = Field(min_length=1)
    indicators: tuple[IndicatorSpec, ...]
    methods: tuple[MethodSpec, ...] = Field(min_length=1)
    average_living_standard: AverageLivingSpec | None = None
    missing: tuple[TextSpec, ...] = ()
