"""From the YAML shapes of a sheet to `rulebook.model.Sheet`: fractions become whole units."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from vuonlen.domain.poverty import INCOME, INCOME_SCORE, AreaType, Status
from vuonlen.rulebook.model import (
    AverageLiving,
    DeprivationTest,
    Indicator,
    LegalValue,
    LineTest,
    Method,
    Sheet,
    Source,
    Text,
)
from vuonlen.rulebook.sheets import spec


def build(sheet: spec.SheetSpec, digest: str) -> Sheet:
    """The sheet as values. The spec must have passed every check of `rulebook.load`."""
    return _Builder(sheet).sheet(digest)


def _text(text: spec.TextSpec) -> Text:
    return Text(text.vi, text.en)


class _Builder:
    def __init__(self, sheet: spec.SheetSpec) -> None:
        self.spec = sheet
        self.codes = tuple(one.code for one in sheet.indicators)

    def sheet(self, digest: str) -> Sheet:
        one = self.spec
        return Sheet(
            id=one.id,
            title=_text(one.title),
            legal_basis=_text(one.legal_basis),
            valid_from=one.valid.since,
            valid_to=one.valid.to,
            indicators=tuple(self.indicator(each) for each in one.indicators),
            methods=tuple(self.method(each) for each in one.methods),
            average_living=self.average_living(one.average_living_standard),
            missing=tuple(_text(each) for each in one.missing),
            hash=digest,
        )

    def source(self, key: str) -> Source:
        found = self.spec.sources[key]
        return Source(found.instrument, found.article, found.date, found.note)

    def value(self, value: spec.ValueSpec) -> LegalValue:
        figure = None if value.value is None else float(value.value)
        return LegalValue(figure, value.since, self.source(value.source), value.confidence)

    def by_area(self, areas: spec.AreaSpec) -> dict[AreaType, LegalValue]:
        each = {AreaType.RURAL: areas.rural or areas.all, AreaType.URBAN: areas.urban or areas.all}
        return {area: self.value(value) for area, value in each.items() if value is not None}

    def indicator(self, one: spec.IndicatorSpec) -> Indicator:
        return Indicator(
            code=one.code,
            dimension=_text(one.dimension),
            name=_text(one.name),
            deprived_if=_text(one.deprived_if) if one.deprived_if else None,
            source=self.source(one.source),
            since=one.since,
            confidence=one.confidence,
            answered_by=tuple(dict.fromkeys((one.code, *one.answered_by))),
            answer_confidence=one.answer_confidence,
        )

    def method(self, one: spec.MethodSpec) -> Method:
        common = {"id": one.id, "kind": one.kind, "title": _text(one.title), "source": self.source(one.source)}
        if isinstance(one, spec.TwoScoresSpec):
            line = LineTest(INCOME_SCORE, self.by_area(one.income_score_at_most))
            status = Status(one.under_line_only)
            return Method(**common, line=line, deprivation=self.points(one), under_line_only=status)  # type: ignore[arg-type]
        if isinstance(one, spec.IncomeAndDeprivationsSpec):
            status = Status(one.under_line_only)
            line = self.line(INCOME, one.income_at_most, one.income_below)
            return Method(**common, line=line, deprivation=self.count(one), under_line_only=status)  # type: ignore[arg-type]
        if isinstance(one, spec.WeightedShareSpec):
            return Method(**common, deprivation=self.share(one))  # type: ignore[arg-type]
        near = None
        if one.near_poor_at_most or one.near_poor_below:
            near = self.line(one.measure, one.near_poor_at_most, one.near_poor_below)
        line = self.line(one.measure, one.poor_at_most, one.poor_below)
        return Method(**common, line=line, near_line=near)  # type: ignore[arg-type]

    def line(self, measure: str, at_most: spec.AreaSpec | None, below: spec.AreaSpec | None) -> LineTest:
        areas = at_most or below
        assert areas is not None
        return LineTest(measure, self.by_area(areas), inclusive=at_most is not None)

    def points(self, one: spec.TwoScoresSpec) -> DeprivationTest:
        each, cutoff = _known(one.points_per_deprivation), _known(one.poor_deprivation_score_at_least)
        scale = lcm(each.denominator, cutoff.denominator)
        return DeprivationTest(
            weights={code: int(each * scale) for code in self.codes},
            poor_at_least=int(cutoff * scale),
            poor_value=self.value(one.poor_deprivation_score_at_least),
            total_unit=1 / scale,
            whole=scale,
            print_as="points",
        )

    def count(self, one: spec.IncomeAndDeprivationsSpec) -> DeprivationTest:
        each = one.points_per_deprivation
        return DeprivationTest(
            weights=dict.fromkeys(self.codes, 1),
            poor_at_least=int(_known(one.poor_deprivations_at_least)),
            poor_value=self.value(one.poor_deprivations_at_least),
            total_unit=float(_known(each)) if each is not None else None,
            print_as="count",
        )

    def share(self, one: spec.WeightedShareSpec) -> DeprivationTest:
        near = one.near_poor_share_at_least
        shares = {code: _known(value) for code, value in one.weights.items()}
        cutoffs = [_known(value) for value in (one.poor_share_at_least, near) if value is not None]
        whole = lcm(*(share.denominator for share in (*shares.values(), *cutoffs)))
        return DeprivationTest(
            weights={code: int(share * whole) for code, share in shares.items()},
            poor_at_least=int(cutoffs[0] * whole),
            poor_value=self.value(one.poor_share_at_least),
            near_poor_at_least=int(cutoffs[1] * whole) if near is not None else None,
            near_poor_value=self.value(near) if near is not None else None,
            whole=whole,
            print_as="share",
        )

    def average_living(self, one: spec.AverageLivingSpec | None) -> AverageLiving | None:
        if one is None:
            return None
        return AverageLiving(one.measure, self.by_area(one.above), self.by_area(one.at_most))


def _known(value: spec.ValueSpec) -> Fraction:
    """Cut-offs and weights must be known: `rulebook.load` refuses a sheet where they are MISSING."""
    assert value.value is not None
    return value.value
