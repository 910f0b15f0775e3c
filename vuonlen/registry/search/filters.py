"""What a list is narrowed by, as a value: it stands in an address, in a job and on an exported file alike."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from vuonlen.domain.poverty import Status
from vuonlen.foundation.paths import under_any
from vuonlen.foundation.periods import at
from vuonlen.i18n import language
from vuonlen.places.models import Place
from vuonlen.registry.models import Assessment, Household, Residence, StatusPeriod
from vuonlen.rulebook.lists import ethnic_groups, target_groups
from vuonlen.rulebook.load import find, shipped

OPEN, CLOSED, ALL = "mo", "dong", "ca"
BY_PLACE, BY_NAME = "dia-ban", "ten"
NEVER = "chua"  # a household that was never classified
PUBLIC_ID = re.compile(r"[0-9a-z]{12}")
LONGEST_QUERY = 100
#: name of the field -> its name in an address
PARAMETERS = {
    "words": "tim",
    "place": "dia-ban",
    "status": "phan-loai",
    "ethnicity": "dan-toc",
    "indicator": "thieu-hut",
    "group": "nhom",
    "state": "dong",
    "day": "ngay",
    "order": "xep",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """Empty: not narrowed by it. place: public id. day: statuses and homes as of that day; None: the newest."""

    words: str = ""
    place: str = ""
    status: str = ""
    ethnicity: str = ""
    indicator: str = ""
    group: str = ""
    state: str = OPEN
    day: date | None = None
    order: str = BY_PLACE

    def parameters(self) -> dict[str, str]:
        """As they stand in an address; what says nothing is left out."""
        told = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if value and value != one.default:
                told[PARAMETERS[one.name]] = value.isoformat() if isinstance(value, date) else str(value)
        return told

    def without(self, name: str) -> Filters:
        chosen: Any = {name: next(one.default for one in fields(self) if one.name == name)}
        return replace(self, **chosen)


def from_parameters(told: dict[str, str]) -> Filters:
    """Raises ValueError. What it takes was checked before: this is for what the machine itself kept."""
    found = {name: told.get(parameter, "") for name, parameter in PARAMETERS.items()}
    day = date.fromisoformat(found.pop("day")) if found["day"] else None
    kept = {name: value for name, value in found.items() if value and name != "day"}
    return Filters(day=day, **kept)


# ---- what may be chosen -------------------------------------------------------------------------------------------


def indicators(lang: str = "") -> dict[str, str]:
    """Code -> name, of every national standard that is shipped. lang: without it, that of the page."""
    return _indicators(lang or language())


@cache
def _indicators(lang: str) -> dict[str, str]:
    sheets = [find(name) for name in shipped() if name.startswith("vn-")]
    return {one.code: one.name.in_(lang) for sheet in sheets for one in sheet.indicators}


def groups(lang: str = "") -> dict[str, str]:
    return _groups(lang or language())


_groups = cache(target_groups)


def ethnicities(lang: str = "") -> dict[str, str]:
    return _ethnicities(lang or language())


_ethnicities = cache(ethnic_groups)


def statuses() -> list[str]:
    return [*(one.value for one in Status), NEVER]


# ---- as the database is asked -------------------------------------------------------------------------------------


def rows_of(filters: Filters) -> QuerySet[Household]:
    """All households, with the columns that `narrowing` asks for."""
    rows = Household.objects.all()
    if filters.day is None:
        return rows
    past = Assessment.objects.filter(household=OuterRef("pk"), reference_date__lte=filters.day)
    newest = past.order_by("-reference_date", "-id")
    for name in ("deprived", "groups"):
        if getattr(filters, {"deprived": "indicator", "groups": "group"}[name]):
            rows = rows.annotate(**{f"then_{name}": Coalesce(Subquery(newest.values(name)[:1]), Value(""))})
    return rows


def narrowing(filters: Filters, place_paths: tuple[str, ...] = ()) -> Q:
    """Everything but words, order and the place of today. place_paths: of the place, where a day was asked for."""
    told = Q()
    if filters.ethnicity:
        told &= Q(ethnicity=filters.ethnicity)
    then = "then_" if filters.day else ""
    for value, column in ((filters.indicator, f"{then}deprived"), (filters.group, f"{then}groups")):
        if value:
            told &= _word(column, value)
    if filters.day is None:
        return told & _state(filters) & _status(filters)
    stays = Residence.objects.filter(at(filters.day), household=OuterRef("pk"))
    if place_paths:
        stays = stays.filter(under_any(place_paths, "area_path"))
    return told & Q(Exists(stays)) & _state(filters) & _status(filters)


def _status(filters: Filters) -> Q:
    if not filters.status:
        return Q()
    if filters.day is None:
        return Q(status="" if filters.status == NEVER else filters.status)
    periods = StatusPeriod.objects.filter(at(filters.day), household=OuterRef("pk"))
    if filters.status == NEVER:
        return ~Q(Exists(periods))
    return Q(Exists(periods.filter(status=filters.status)))


def _state(filters: Filters) -> Q:
    still = Q(closed_on__isnull=True)
    if filters.day is not None:
        still |= Q(closed_on__gt=filters.day)
    return {OPEN: still, CLOSED: ~still, ALL: Q()}[filters.state]


def _word(column: str, code: str) -> Q:
    """One code in a text of codes with blanks between."""
    whole = Q(**{column: code}) | Q(**{f"{column}__startswith": f"{code} "})
    return whole | Q(**{f"{column}__endswith": f" {code}"}) | Q(**{f"{column}__contains": f" {code} "})


def as_of(filters: Filters, place: Place | None) -> Filters:
    """A unit that has ended is looked at on its last day, unless another day was asked for."""
    if place is None or place.valid_to is None or filters.day is not None:
        return filters
    return replace(filters, day=place.valid_to - timedelta(days=1))
