"""The filters of a list in words: as chips that can be taken away, and as one line on an exported file."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.accounts.scope import scope
from vuonlen.domain.poverty import Status
from vuonlen.i18n import language
from vuonlen.places.models import Place
from vuonlen.registry.search import filters as f
from vuonlen.registry.search.queries import Listing
from vuonlen.rulebook.words import STATUS


@dataclass(frozen=True, slots=True)
class Chip:
    """One active filter. url: the same list without it."""

    label: str
    value: str
    url: str


def chips(user: User, listing: Listing) -> list[Chip]:
    """Every active filter but the words, which stand in the search box."""
    told = in_words(user, listing.filters, listing.place)
    return [Chip(label, value, _without(listing.filters, name)) for name, (label, value) in told.items()]


def line(user: User, listing_filters: f.Filters, place: Place | None) -> str:
    """The filters in one line, for the file: "tìm: nông văn; phân loại: Hộ nghèo"."""
    told = [f"{label.lower()}: {value}" for label, value in in_words(user, listing_filters, place).values()]
    if listing_filters.words:
        told.insert(0, _("tìm: {words}").format(words=listing_filters.words))
    return "; ".join(told) or _("toàn bộ phạm vi của người trích")


def in_words(user: User, filters: f.Filters, place: Place | None) -> dict[str, tuple[str, str]]:
    """Name of the filter -> its label and value in words."""
    found: dict[str, tuple[str, str]] = {}
    if place is not None:
        found["place"] = (_("Địa bàn"), _place(place))
    if filters.status:
        found["status"] = (_("Phân loại"), _status(filters.status))
    if filters.ethnicity and scope(user, Right.SEE_ETHNICITY):
        found["ethnicity"] = (_("Dân tộc"), f.ethnicities().get(filters.ethnicity, filters.ethnicity))
    if filters.indicator:
        found["indicator"] = (_("Thiếu hụt"), f.indicators().get(filters.indicator, filters.indicator))
    if filters.group:
        found["group"] = (_("Nhóm đối tượng"), f.groups().get(filters.group, filters.group))
    if filters.state != f.OPEN:
        found["state"] = (_("Hộ đã đóng"), _("chỉ hộ đã đóng") if filters.state == f.CLOSED else _("cả hai"))
    if filters.day is not None:
        found["day"] = (_("Tính đến ngày"), f"{filters.day:%d/%m/%Y}")
    if filters.order == f.BY_NAME:
        found["order"] = (_("Xếp theo"), _("tên chủ hộ"))
    return found


def _place(place: Place) -> str:
    if place.valid_to is None:
        return place.name
    return _("{place} (đến {day})").format(place=place.name, day=f"{place.valid_to:%d/%m/%Y}")


def _status(value: str) -> str:
    if value == f.NEVER:
        return _("chưa từng phân loại")
    told = STATUS[Status(value)]
    return told.en if language() == "en" else told.vi


def _without(filters: f.Filters, name: str) -> str:
    kept = filters.without(name)
    if name == "place":
        kept = kept.without("day")  # an ended unit brought its last day with it
    told = urlencode(kept.parameters())
    return reverse("registry_search:list") + (f"?{told}" if told else "")
