"""How values are shown: dates 31/12/2023, numbers 1.234.567, classes with word and sign. Loaded in all templates."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from vuonlen import __version__
from vuonlen.domain import figures
from vuonlen.domain.poverty import Status
from vuonlen.domain.problems import Problem
from vuonlen.i18n import language
from vuonlen.rulebook.load import find, shipped
from vuonlen.rulebook.words import STATUS

register = template.Library()

UNKNOWN = "…"
SYMBOLS = {
    Status.POOR: "exclamation-triangle-fill",
    Status.NEAR_POOR: "circle-half",
    Status.NOT_POOR: "check-circle",
    Status.UNDETERMINED: "question-circle",
}
_ALERTS = {"error": "danger", "warning": "warning", "success": "success"}
_ALERT_ICONS = {"error": "exclamation-triangle-fill", "warning": "exclamation-triangle", "success": "check-circle-fill"}


@register.filter
def day(value: date | datetime | str | None) -> str:
    """31/12/2023. A date, a moment (its day here), or text as 2023-12-31; nothing is "…"."""
    if not value:
        return UNKNOWN
    if isinstance(value, str):
        value = date.fromisoformat(value)
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{value:%d/%m/%Y}"


@register.filter
def moment(value: datetime | None) -> str:
    """31/12/2023 14:05, the time here."""
    if value is None:
        return UNKNOWN
    here = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{here:%d/%m/%Y %H:%M}"


@register.filter
def when(value: Any) -> str:
    """A moment, a day, or words as they are."""
    if isinstance(value, datetime):
        return moment(value)
    return day(value) if isinstance(value, date) else str(value or UNKNOWN)


@register.filter
def number(value: float | Decimal | None, decimals: int | None = None) -> str:
    """1.234.567 (English: 1,234,567); nothing is "…"."""
    return figures.number(value, language(), decimals)  # type: ignore[arg-type]


@register.filter
def standard(code: str) -> str:
    """The title of a poverty standard, from its id (vn-2022)."""
    return find(code).title.in_(language()) if code in shipped() else code


@register.filter
def indicators(codes: str | None) -> str:
    """Names of indicators, from their codes with blanks between ("I01 I04")."""
    names = _indicators(language())
    return ", ".join(names.get(one, one) for one in (codes or "").split())


@cache
def _indicators(lang: str) -> dict[str, str]:
    sheets = [find(name) for name in shipped() if name.startswith("vn-")]
    return {one.code: one.name.in_(lang) for sheet in sheets for one in sheet.indicators}


@register.filter
def dong(value: int | None) -> str:
    """1.500.000 đồng."""
    return UNKNOWN if value is None else _("{amount} đồng").format(amount=number(value, 0))


@register.filter
def percent_of(part: int | None, whole: int | None) -> str:
    """2,33 % from two counts."""
    return figures.percent(part, whole, language())


@register.filter
def unlocalized(value: Any) -> str:
    """A number as machines read it, for attributes."""
    return str(value)


@register.filter
def sentence(problem: Problem) -> str:
    return problem.sentence(language())


@register.filter
def advice(problem: Problem) -> str:
    return problem.advice(language())


@register.filter
def alert_class(message: Message) -> str:
    return _ALERTS.get(message.level_tag, "info")


@register.filter
def alert_icon(message: Message) -> str:
    return _ALERT_ICONS.get(message.level_tag, "info-circle")


@register.simple_tag
def icon(name: str, more: str = "") -> SafeString:
    """A sign of the sprite, silent for screen readers: words always stand beside it."""
    address = static("vendor/bootstrap-icons/icons.svg")
    return format_html('<svg class="icon {}" aria-hidden="true"><use href="{}#{}"></use></svg>', more, address, name)


@register.inclusion_tag("shown/badge.html")
def status_badge(value: str | None) -> dict[str, str]:
    """The class of a household: colour, sign and word. Nothing, or a word unknown here, is undetermined."""
    status = Status(value) if value in set(Status) else Status.UNDETERMINED
    word = STATUS[status].en if language() == "en" else STATUS[status].vi
    return {"kind": status.value.replace("_", "-"), "symbol": SYMBOLS[status], "word": word}


@register.simple_tag
def demonstration() -> bool:
    """Whether this is the demonstration, with invented people."""
    return bool(settings.DEMO)


@register.simple_tag
def product() -> dict[str, str]:
    return {"version": __version__}
