"""Pages of places. Places are public facts: whoever has signed in may look at them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vuonlen.domain.poverty import AreaType
from vuonlen.foundation import keyset
from vuonlen.geography import queries
from vuonlen.geography.web.forms import Looking
from vuonlen.places.models import Level, Place
from vuonlen.places.queries import area_type, children, parents, roots, search

PAGE = 50
MOST_CHILDREN = 300  # on the page and the map of one place; the tree shows all


@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    """The units of a date: under one place, or those that a search finds."""
    form = Looking(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    on = given.get("ngay") or timezone.localdate()
    text = given.get("tim", "")
    inside = _place(request.GET["trong"]) if request.GET.get("trong") else None
    if text:
        rows = search(text, on, inside)
    else:
        rows = children(inside, on) if inside else roots(on)
    page = keyset.page(
        rows.select_related("parent__parent"),
        order=("path",),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=PAGE,
    )
    told = {
        "form": form,
        "on": on,
        "text": text,
        "inside": inside,
        "above": parents(inside) if inside else [],
        "page": page,
        "rows": [
            {"place": one, "area": words(area_type(one)), "inner": one.level < Level.VILLAGE} for one in page.rows
        ],
    }
    return render(request, "geography/tree.html", told)


@require_safe
def place(request: HttpRequest, public_id: str) -> HttpResponse:
    """One place: its period, what it came from and became, what lies under it."""
    one = _place(public_id)
    inner = list(_inner(one)[: MOST_CHILDREN + 1])
    manages = queries.manages(request.user, one)  # type: ignore[arg-type]
    ended = one.valid_to is not None
    told = {
        "place": one,
        "above": parents(one),
        "facts": _facts(one),
        "origins": queries.origins(one),
        "outcomes": queries.outcomes(one),
        "inner": inner[:MOST_CHILDREN],
        "more": len(inner) > MOST_CHILDREN,
        "on": _day_of(one),
        "may_add": manages and one.level == Level.COMMUNE,
        "may_assign": manages and one.level == Level.COMMUNE and ended and bool(queries.candidates(one)),
    }
    return render(request, "geography/place.html", told)


@require_safe
def shapes(request: HttpRequest, public_id: str) -> HttpResponse:
    """The map of one place, as GeoJSON."""
    one = get_object_or_404(Place.objects.select_related("boundary"), public_id=public_id)
    inner = _inner(one).select_related("boundary")[:MOST_CHILDREN]
    response = JsonResponse(queries.features(one, inner), content_type="application/geo+json")
    response["Cache-Control"] = "private, max-age=300"
    return response


# ---- parts --------------------------------------------------------------------------------------------------------


def _place(public_id: str) -> Place:
    found = Place.objects.select_related("parent__parent").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _inner(one: Place) -> Any:
    return children(one, _day_of(one))


def _day_of(one: Place) -> date:
    """Today while the place holds; else its last day, or its first."""
    today = timezone.localdate()
    if one.valid_to is not None and one.valid_to <= today:
        return one.valid_to - timedelta(days=1)
    return max(today, one.valid_from)


def words(area: AreaType | None) -> str:
    return {AreaType.RURAL: _("nông thôn"), AreaType.URBAN: _("thành thị"), None: ""}[area]


def _facts(one: Place) -> list[tuple[str, Any]]:
    since = f"{one.valid_from:%d/%m/%Y}"
    if not one.since_known:
        since = _("trước {day} hoặc từ ngày đó (không rõ ngày thành lập)").format(day=since)
    until = f"{one.valid_to - timedelta(days=1):%d/%m/%Y}" if one.valid_to else _("đến nay")
    facts = [
        (_("Mã"), one.code),
        (_("Loại"), one.get_kind_display()),
        (_("Từ ngày"), since),
        (_("Đến hết ngày"), until),
    ]
    if one.level >= Level.COMMUNE:
        facts.insert(2, (_("Khu vực"), words(area_type(one))))
    if one.latitude is not None:
        facts.append((_("Tọa độ trung tâm"), f"{one.latitude:.4f}, {one.longitude:.4f}"))
    return [*facts, (_("Nguồn"), one.source)]
