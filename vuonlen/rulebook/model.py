"""A standard as values: what a loaded sheet is, whatever its YAML looked like.

Each kind of method in the closed vocabulary becomes the same small shape: a line test, a
deprivation test, or both. The engines read only this shape, so a new kind of sheet needs no
new engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from vuonlen.domain.poverty import AreaType, Confidence, Status


@dataclass(frozen=True, slots=True)
class Text:
    """A wording in both languages."""

    vi: str
    en: str

    def in_(self, lang: str) -> str:
        return self.en if lang == "en" else self.vi


@dataclass(frozen=True, slots=True)
class Source:
    """An instrument and its article (văn bản, điều)."""

    instrument: str
    article: str
    date: date | None
    note: str = ""

    def __str__(self) -> str:
        return f"{self.instrument}, {self.article}" if self.article else self.instrument


@dataclass(frozen=True, slots=True)
class LegalValue:
    """A figure of the law with its date, source and confidence. `value` is None when it is MISSING."""

    value: float | None
    since: date
    source: Source
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Indicator:
    """One deprivation indicator. `answered_by` are the columns read for it, the first answer wins."""

    code: str
    dimension: Text
    name: Text
    deprived_if: Text | None  # None: the threshold is MISSING
    source: Source
    since: date
    confidence: Confidence
    answered_by: tuple[str, ...]
    answer_confidence: Confidence  # of an answer taken from another column than `code`


@dataclass(frozen=True, slots=True)
class LineTest:
    """`measure` at or under (or strictly under) the line of the area. Unit: đồng/head/month or points."""

    measure: str
    by_area: Mapping[AreaType, LegalValue]
    inclusive: bool = True


@dataclass(frozen=True, slots=True)
class DeprivationTest:
    """Weighted deprivations against a cut-off, in whole units so that no engine compares fractions.

    `weights`: indicator code -> units. `poor_at_least`, `near_poor_at_least`: units, inclusive.
    """

    weights: Mapping[str, int]
    poor_at_least: int
    poor_value: LegalValue
    near_poor_at_least: int | None = None
    near_poor_value: LegalValue | None = None
    total_unit: float | None = None  # points of `deprivation_score` that make one unit; None: totals not accepted
    whole: int = 1  # units that make 1 in print: 1 for a count, the common denominator for a share
    print_as: str = "count"  # count | points | share


@dataclass(frozen=True, slots=True)
class Method:
    """One way to judge: a line test, a deprivation test, or both.

    both:  above the line -> not poor; under it and deprived -> poor; under it otherwise -> `under_line_only`.
    line:  under the line -> poor; under `near_line` -> near-poor; else not poor.
    deprivation: units >= poor -> poor; >= near_poor -> near-poor; else not poor.
    """

    id: str
    kind: str
    title: Text
    source: Source
    line: LineTest | None = None
    near_line: LineTest | None = None
    deprivation: DeprivationTest | None = None
    under_line_only: Status = Status.NEAR_POOR

    @property
    def weights(self) -> Mapping[str, int]:
        return self.deprivation.weights if self.deprivation else {}

    @property
    def deprivation_near(self) -> bool:
        """Whether the deprivation test has a near-poor cut-off of its own."""
        return self.deprivation is not None and self.deprivation.near_poor_at_least is not None


@dataclass(frozen=True, slots=True)
class AverageLiving:
    """Average living standard (mức sống trung bình): above one line and at or under another."""

    measure: str
    above: Mapping[AreaType, LegalValue]
    at_most: Mapping[AreaType, LegalValue]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One standard. `methods` in order of precedence: the first that can decide, decides."""

    id: str
    title: Text
    legal_basis: Text
    valid_from: date
    valid_to: date | None
    indicators: tuple[Indicator, ...]
    methods: tuple[Method, ...]
    average_living: AverageLiving | None
    missing: tuple[Text, ...]  # what the sheet says is not known
    hash: str  # sha256 of the file's content, lower-case hex

    def indicator(self, code: str) -> Indicator:
        for one in self.indicators:
            if one.code == code:
                return one
        raise KeyError(code)
