"""How values are shown: dates as 31/12/2023, numbers as 1.234.567, what is unknown as unknown."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory, override_settings
from django.utils import translation

import vuonlen.domain.problems.reading.files  # noqa: F401  (fills the catalogue)
from vuonlen.domain.problems import Problem
from vuonlen.foundation.keyset import Page
from vuonlen.i18n import activate


def shown(source: str, **values: Any) -> str:
    text = engines["django"].from_string(source).render(values, RequestFactory().get("/ho/?q=lan&after=old"))
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("source", "value", "text"),
    [
        ("{{ value|day }}", date(2023, 12, 31), "31/12/2023"),
        ("{{ value|day }}", "2023-12-31", "31/12/2023"),
        ("{{ value|day }}", datetime(2023, 12, 31, 18, 0, tzinfo=UTC), "01/01/2024"),
        ("{{ value|day }}", None, "…"),
        ("{{ value|moment }}", datetime(2023, 12, 31, 18, 5, tzinfo=UTC), "01/01/2024 01:05"),
        ("{{ value|moment }}", None, "…"),
        ("{{ value|when }}", datetime(2023, 12, 31, 18, 5, tzinfo=UTC), "01/01/2024 01:05"),
        ("{{ value|when }}", date(2023, 12, 31), "31/12/2023"),
        ("{{ value|when }}", "năm 2023", "năm 2023"),
        ("{{ value|number }}", 1234567, "1.234.567"),
        ("{{ value|number }}", 0, "0"),
        ("{{ value|number }}", None, "…"),
        ("{{ value|number:2 }}", 2.5, "2,50"),
        ("{{ value|dong }}", 1500000, "1.500.000 đồng"),
        ("{{ value|dong }}", None, "…"),
        ("{{ value|percent_of:300 }}", 7, "2,33 %"),
        ("{{ value|percent_of:0 }}", 7, "…"),
        ("{{ value|indicators }}", "I03 I08 I99", "Dinh dưỡng, Diện tích nhà ở bình quân đầu người, I99"),
        ("{{ value|indicators }}", "", ""),
        ("{{ value|standard }}", "vn-2022", "Chuẩn nghèo đa chiều quốc gia 2022–2025 (áp dụng đến 31/12/2026)"),
        ("{{ value|standard }}", "khong-co", "khong-co"),
        ("{{ value|unlocalized }}", 1.5, "1.5"),
    ],
)
def test_values_in_vietnamese(source: str, value: Any, text: str) -> None:
    assert shown(source, value=value) == text


def test_values_in_english() -> None:
    with translation.override("en"):
        activate("en")
        assert shown("{{ value|number }} {{ value|dong }}", value=1234567) == "1,234,567 1,234,567 VND"
        assert shown("{{ value|day }}", value=date(2023, 12, 31)) == "31/12/2023"
        assert "Near-poor" in shown("{% status_badge 'near_poor' %}")


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("poor", "Hộ nghèo"),
        ("near_poor", "Hộ cận nghèo"),
        ("not_poor", "Không nghèo"),
        ("undetermined", "Chưa xác định"),
        (None, "Chưa xác định"),
        ("something else", "Chưa xác định"),
    ],
)
def test_the_class_of_a_household_is_a_word_and_a_sign(value: str | None, word: str) -> None:
    text = shown("{% status_badge value %}", value=value)
    assert word in text
    assert "<use " in text


def test_classes_have_different_signs() -> None:
    drawn = {
        shown("{% status_badge value %}", value=one).split("#")[1] for one in ("poor", "near_poor", "not_poor", "")
    }
    assert len(drawn) == 4


def test_the_pager_keeps_the_other_parameters() -> None:
    text = shown('{% include "shown/pager.html" %}', page=Page([], "n-1", "p-1"))
    assert 'href="?q=lan&amp;after=n-1"' in text
    assert 'href="?q=lan&amp;before=p-1"' in text
    assert shown('{% include "shown/pager.html" %}', page=Page([], "", "")) == ""


def test_facts_tell_what_is_unknown_and_keep_zero() -> None:
    text = shown('{% include "shown/facts.html" %}', rows=[("Số người", 0), ("Điện thoại", ""), ("Ghi chú", None)])
    assert text.count("chưa rõ") == 2
    assert "<dd>0</dd>" in text


def test_differences_stand_side_by_side_and_are_escaped() -> None:
    text = shown('{% include "shown/differences.html" %}', rows=[("Tên", "<b>A</b>", "B"), ("Thôn", None, "Nà Kham")])
    assert "<del>&lt;b&gt;A&lt;/b&gt;</del>" in text
    assert "<ins>B</ins>" in text
    assert "chưa rõ" in text


def test_a_timeline_tells_when_what_and_who() -> None:
    entry = {"when": date(2022, 12, 31), "title": "Thêm hộ", "who": "Lan", "url": "/x/"}
    text = shown('{% include "shown/timeline.html" %}', entries=[entry])
    assert "31/12/2022" in text
    assert '<a href="/x/">Thêm hộ</a>' in text
    assert "Lan" in text


def test_progress_is_told_in_words_too() -> None:
    text = shown('{% include "shown/progress.html" %}', done=2500, total=10000, text="Đang đọc")
    assert '<progress max="10000" value="2500" aria-label="Đang đọc">25,00 %</progress>' in text
    assert "2.500 / 10.000" in text
    assert "<progress aria-label=" in shown('{% include "shown/progress.html" %}', done=0, total=0, text="Chờ")


def test_an_empty_place_says_what_to_do() -> None:
    text = shown('{% include "shown/empty.html" with title="Chưa có hộ" text="Hãy nhập." url="/nhap/" action="Nhập" %}')
    assert "Chưa có hộ" in text
    assert '<a class="btn btn-primary" href="/nhap/">Nhập</a>' in text


def test_problems_are_told_in_the_language_of_the_page() -> None:
    problem = Problem("F-EMPTY", cell="C12", values={"name": "a.xlsx"})
    assert problem.sentence("vi") in shown('{% include "shown/problems.html" %}', problems=[problem])
    activate("en")
    assert problem.sentence("en") in shown('{% include "shown/problems.html" %}', problems=[problem])


@pytest.mark.parametrize(("demo", "told"), [(True, True), (False, False)])
def test_the_ribbon_of_the_demonstration(demo: bool, told: bool) -> None:
    with override_settings(DEMO=demo):
        assert ("Dữ liệu minh họa" in shown('{% include "parts/top_bar.html" %}')) is told
