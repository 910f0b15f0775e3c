"""Households and sheets drawn at random: every kind of method, blanks everywhere."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import lcm

from hypothesis import strategies as st

from vuonlen.domain.household import Household
from vuonlen.domain.poverty import CONSUMPTION, INCOME, INCOME_SCORE, AreaType, Confidence, Status
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

CODES = ("Q1", "Q2", "Q3", "Q4", "Q5")
OTHER = ("P1", "P2")
SOURCE = Source("Văn bản thử", "Điều 1", None)
SINCE = date(2020, 1, 1)
CONFIDENCES = st.sampled_from([Confidence.VERIFIED, Confidence.RECALLED, Confidence.DRAFT])
# Small numbers on purpose: values fall on, just over and just under a line often.
AMOUNTS = st.integers(0, 12).map(lambda n: n / 2)


def legal_value(value: float | None, confidence: Confidence) -> LegalValue:
    return LegalValue(value, SINCE, SOURCE, Confidence.MISSING if value is None else confidence)


@st.composite
def by_area(draw: st.DrawFn, lowest: float = 0) -> dict[AreaType, LegalValue]:
    return {
        area: legal_value(draw(st.one_of(st.none(), AMOUNTS.map(lambda n: n + lowest), AMOUNTS)), draw(CONFIDENCES))
        for area in AreaType
    }


@st.composite
def indicators(draw: st.DrawFn) -> tuple[Indicator, ...]:
    text = Text("chỉ số", "indicator")
    return tuple(
        Indicator(
            code=code,
            dimension=text,
            name=text,
            deprived_if=text,
            source=SOURCE,
            since=SINCE,
            confidence=draw(CONFIDENCES),
            answered_by=draw(st.sampled_from([(code,), (code, OTHER[n % 2])])),
            answer_confidence=draw(CONFIDENCES),
        )
        for n, code in enumerate(CODES)
    )


@st.composite
def counted(draw: st.DrawFn) -> DeprivationTest:
    cutoff = draw(st.integers(1, len(CODES)))
    points = draw(st.booleans())
    weight = 10 if points else 1
    return DeprivationTest(
        weights=dict.fromkeys(CODES, weight),
        poor_at_least=cutoff * weight,
        poor_value=legal_value(cutoff * weight, draw(CONFIDENCES)),
        total_unit=1.0 if points else draw(st.sampled_from([None, 10.0])),
        print_as="points" if points else "count",
    )


@st.composite
def weighted(draw: st.DrawFn) -> DeprivationTest:
    shares = [Fraction(draw(st.integers(1, 4)), draw(st.sampled_from([6, 9, 18]))) for _ in CODES]
    poor = draw(st.sampled_from([Fraction(1, 3), Fraction(33, 100), Fraction(1, 2)]))
    near = draw(st.sampled_from([None, Fraction(1, 5)]))
    whole = lcm(*(one.denominator for one in [*shares, poor, Fraction(1, 5)]))
    return DeprivationTest(
        weights={code: int(share * whole) for code, share in zip(CODES, shares, strict=True)},
        poor_at_least=int(poor * whole),
        poor_value=legal_value(float(poor), draw(CONFIDENCES)),
        near_poor_at_least=None if near is None else int(near * whole),
        near_poor_value=None if near is None else legal_value(float(near), Confidence.VERIFIED),
        whole=whole,
        print_as="share",
    )


@st.composite
def methods(draw: st.DrawFn, name: str) -> Method:
    kind = draw(st.sampled_from(["two_scores", "income_and_deprivations", "weighted_share", "single_line"]))
    line = near_line = deprivation = None
    if kind in ("two_scores", "income_and_deprivations"):
        measure = INCOME_SCORE if kind == "two_scores" else INCOME
        line = LineTest(measure, draw(by_area()), inclusive=draw(st.booleans()))
        deprivation = draw(counted())
    elif kind == "weighted_share":
        deprivation = draw(weighted())
    else:
        measure = draw(st.sampled_from([INCOME, CONSUMPTION]))
        line = LineTest(measure, draw(by_area()), inclusive=draw(st.booleans()))
        near_line = draw(st.one_of(st.none(), by_area(3).map(lambda lines: LineTest(measure, lines))))
    return Method(
        id=name,
        kind=kind,
        title=Text(kind, kind),
        source=SOURCE,
        line=line,
        near_line=near_line,
        deprivation=deprivation,
        under_line_only=draw(st.sampled_from([Status.NEAR_POOR, Status.NOT_POOR])),
    )


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    average = draw(
        st.one_of(st.none(), st.builds(AverageLiving, measure=st.just(INCOME), above=by_area(), at_most=by_area(3)))
    )
    return Sheet(
        id="drawn",
        title=Text("Chuẩn thử", "Test standard"),
        legal_basis=Text("", ""),
        valid_from=SINCE,
        valid_to=None,
        indicators=draw(indicators()),
        methods=tuple(draw(methods(name)) for name in draw(st.sampled_from([("a",), ("a", "b"), ("a", "b", "c")]))),
        average_living=average,
        missing=(),
        hash="0" * 64,
    )


@st.composite
def households(draw: st.DrawFn, name: str = "H") -> Household:
    maybe_amount = st.one_of(st.none(), AMOUNTS)
    return Household(
        household_id=name,
        area_type=draw(st.sampled_from([None, *AreaType])),
        members=draw(st.one_of(st.none(), st.integers(1, 9))),
        income=draw(maybe_amount),
        consumption=draw(maybe_amount),
        income_score=draw(maybe_amount),
        deprivation_score=draw(st.sampled_from([None, None, 0.0, 10.0, 20.0, 25.5, 30.0, 40.0, 50.0])),
        deprivations={code: draw(st.sampled_from([None, True, False])) for code in (*CODES, *OTHER)},
    )
