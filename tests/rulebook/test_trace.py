"""A trace names each line met or missed with its figure and article, in both languages."""

from __future__ import annotations

from vuonlen.domain.household import Household
from vuonlen.domain.poverty import AreaType
from vuonlen.rulebook.judge import judge
from vuonlen.rulebook.load import find
from vuonlen.rulebook.trace import short, trace

SHEET = find("vn-2022")
CODES = [one.code for one in SHEET.indicators]


def household(**changes: object) -> Household:
    given = {"household_id": "H", "area_type": AreaType.RURAL, "deprivations": {}}
    return Household(**{**given, **changes})  # type: ignore[arg-type]


def answered(*deprived: str) -> dict[str, bool]:
    return {code: code in deprived for code in CODES}


def lines(one: Household, lang: str = "vi") -> list[str]:
    return [f"{line.text} | {line.source}" for line in trace(judge(one, SHEET), lang)]


def test_the_line_is_told_with_figure_and_article() -> None:
    told = lines(household(income=1_400_000, deprivations=answered("I01", "I04", "I09")))
    assert (
        "Thu nhập bình quân đầu người/tháng: 1.400.000 ≤ 1.500.000 đồng (nông thôn) | Nghị định 07/2021/NĐ-CP, Điều 3"
        in told
    )


def test_english_has_the_same_lines() -> None:
    one = household(income=1_400_000, deprivations=answered("I01", "I04", "I09"))
    assert "Income per head per month: 1,400,000 ≤ 1,500,000 VND (rural) | Nghị định 07/2021/NĐ-CP, Điều 3" in lines(
        one, "en"
    )
    assert len(lines(one)) == len(lines(one, "en"))


def test_each_deprivation_is_named() -> None:
    told = lines(household(income=1_400_000, deprivations=answered("I01", "I04", "I09")))
    named = [line for line in told if "thiếu hụt |" in line]
    assert [line.split()[0] for line in named] == ["I01", "I04", "I09"]


def test_a_blank_is_told_as_unknown_and_what_is_needed() -> None:
    told = lines(household(income=1_400_000, deprivations={**answered("I01", "I04"), "I09": None}))
    assert any("I09" in line and "chưa có thông tin" in line for line in told)
    assert any(line.startswith("Còn thiếu: I09") for line in told)


def test_disagreeing_methods_are_both_told() -> None:
    told = lines(household(income=1_400_000, income_score=150, deprivations=answered("I01", "I04", "I09")))
    assert any(
        line.startswith("Hai cách xét khác nhau") and "Hộ nghèo" in line and "Không nghèo" in line for line in told
    )


def test_an_unconfirmed_value_is_told() -> None:
    told = lines(household(income=1_400_000, deprivations=answered("I01", "I04", "I09")))
    assert any(line.startswith("Dựa trên giá trị chưa được xác nhận") for line in told)


def test_a_verdict_on_confirmed_values_alone_says_nothing_of_doubt() -> None:
    told = lines(household(income_score=150))
    assert not any("chưa được xác nhận" in line for line in told)


def test_the_short_trace_fits_one_line() -> None:
    one = household(income_score=135, deprivations=answered("I01", "I03", "I04", "I07"))
    assert short(judge(one, SHEET)) == "điểm A 135 ≤ 140 (nông thôn); điểm B 40 ≥ 30 [I01 I03 I04 I07]"
    assert short(judge(household(income=1_500_000.4), SHEET)) == "thu nhập 1.500.000,4 > 1.500.000 (nông thôn)"
    assert short(judge(household(), SHEET)) == "chưa đủ dữ liệu: income_score, deprivation_score"
