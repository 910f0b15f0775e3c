"""The closed vocabulary of a sheet, as the shapes that its YAML may have. Nothing in it is executed."""

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


def _fraction(value: Any) -> Fraction:
    """12, 1.5, "1/6" or "33%": exact."""
    if isinstance(value, bool) or (isinstance(value, int) and value < 0):
        raise ValueError("not_a_number")
    if isinstance(value, int):
        return Fraction(value)
    text = str(value).strip()
    share = re.fullmatch(r"(\d+(?:\.\d+)?)\s*%", text)
    if share:
        return Fraction(share[1]) / 100
    if not re.fullmatch(r"\d+(\.\d+)?(/[1-9]\d*)?", text):
        raise ValueError("not_a_number")
    return Fraction(text)


def _figure(value: Any) -> Any:
    return None if value == MISSING else _fraction(value)


Exact = Annotated[Fraction, BeforeValidator(_fraction)]
Figure = Annotated[Fraction | None, BeforeValidator(_figure)]
Code = Annotated[str, Field(pattern=_CODE)]


class TextSpec(Spec):
    vi: str = Field(min_length=1)
    en: str = Field(min_length=1)


class SourceSpec(Spec):
    instrument: str = Field(min_length=1)
    article: str = ""
    date: date
    note: str = ""


class ValueSpec(Spec):
    """A figure of the law; MISSING stands for one that nobody has read."""

    value: Figure
    since: date = Field(alias="from")
    source: str
    confidence: Confidence

    @model_validator(mode="after")
    def _missing_is_marked(self) -> ValueSpec:
        if (self.value is None) != (self.confidence is Confidence.MISSING):
            raise ValueError("missing_marked")
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
                raise ValueError("area_all_or_each")
        elif self.rural is None or self.urban is None:
            raise ValueError("area_incomplete")
        return self


class IndicatorSpec(Spec):
    code: Code
    dimension: TextSpec
    name: TextSpec
    deprived_if: TextSpec | Literal["MISSING"]
    source: str
    since: date = Field(alias="from")
    confidence: Confidence
    answered_by: tuple[Code, ...] = ()
    answer_confidence: Confidence = Confidence.ASSUMED


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
            raise ValueError("one_of:income_at_most:income_below")
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
            raise ValueError("one_of:poor_at_most:poor_below")
        if self.near_poor_at_most is not None and self.near_poor_below is not None:
            raise ValueError("one_of:near_poor_at_most:near_poor_below")
        return self


MethodSpec = Annotated[
    TwoScoresSpec | IncomeAndDeprivationsSpec | WeightedShareSpec | SingleLineSpec, Field(discriminator="kind")
]


class AverageLivingSpec(Spec):
    measure: Literal["income", "consumption"]
    above: AreaSpec
    at_most: AreaSpec


class PeriodSpec(Spec):
    since: date = Field(alias="from")
    to: date | None


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
