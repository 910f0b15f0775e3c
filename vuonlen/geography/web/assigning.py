"""Pages for the villages of communes that ended: which unit each of them went to, and new villages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.accounts.scope import scope
from vuonlen.domain.problems import Problem, Refused
from vuonlen.foundation import keyset
from vuonlen.geography import actions, queries
from vuonlen.geography.web.forms import AddVillage, Assign, Withdraw
from vuonlen.i18n import language
from vuonlen.places.models import Level, Place

both = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
def ended(request: HttpRequest) -> HttpResponse:
    """Communes whose villages wait to be assigned."""
    by = _manager(request)
    page = keyset.page(
        queries.ended_communes(by),
        order=("path",),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=50,
    )
    return render(request, "geography/ended.html", {"page": page})


@both
@never_cache
def assign(request: HttpRequest, public_id: str) -> HttpResponse:
    """The villages of one ended commune."""
    by = _manager(request)
    commune = _managed(by, public_id)
    candidates = queries.candidates(commune)
    if commune.valid_to is None or not candidates:
        raise Http404
    rows = queries.villages(commune)
    waiting = [one for one in rows if one.onward is None]  # type: ignore[attr-defined]
    form = Assign(request.POST or None, villages=waiting, candidates=candidates)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        choices = [actions.Choice(*one) for one in form.chosen()]
        try:
            made = actions.assign_villages(commune=commune, choices=choices, reason=form.cleaned_data["reason"], by=by)
        except Refused as why:
            problems = why.problems
        else:
            _say_assigned(request, len(made))
            return redirect("geography:assign", public_id)
    told = {
        "commune": commune,
        "candidates": candidates,
        "form": form,
        "problems": problems,
        "done": [one for one in rows if one.onward is not None],  # type: ignore[attr-defined]
        "withdraw": Withdraw(),
    }
    return render(request, "geography/assign.html", told, status=422 if problems else 200)


@require_http_methods(["POST"])
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take back the assignment of one village."""
    by = _manager(request)
    village = get_object_or_404(Place.objects.select_related("parent"), public_id=public_id, level=Level.VILLAGE)
    if village.parent is None or not queries.manages(by, village):
        raise Http404
    form = Withdraw(request.POST)
    if not form.is_valid():
        messages.error(request, _("Hãy ghi lý do rút lại."))
    else:
        try:
            actions.withdraw_assignment(village=village, reason=form.cleaned_data["reason"], by=by)
        except Refused as why:
            for one in why.problems:
                messages.error(request, f"{one.sentence(language())}. {one.advice(language())}")
        else:
            messages.success(request, _("Đã rút lại việc phân {name}.").format(name=village.name))
    return redirect("geography:assign", village.parent.public_id)


@both
@never_cache
def add_village(request: HttpRequest, public_id: str) -> HttpResponse:
    """A new village of a commune."""
    by = _manager(request)
    commune = _managed(by, public_id)
    form = AddVillage(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_village(commune=commune, by=by, **form.cleaned_data)
        except Refused as why:
            _mark(form, why)
        else:
            messages.success(request, _("Đã thêm {name} ({code}).").format(name=made.name, code=made.code))
            return redirect("geography:place", public_id)
    return render(request, "geography/add_village.html", {"commune": commune, "form": form})


def card(user: User) -> dict[str, Any] | None:
    """What waits on the first page."""
    if not scope(user, Right.MANAGE_PLACES):
        return None
    waiting = sum(queries.ended_communes(user).values_list("waiting", flat=True))
    if not waiting:
        return None
    return {
        "title": _("Thôn chờ phân về đơn vị mới"),
        "icon": "signpost-split",
        "count": waiting,
        "url": reverse("geography:ended"),
        "action": _("Phân thôn"),
    }


# ---- parts --------------------------------------------------------------------------------------------------------


def _manager(request: HttpRequest) -> User:
    """The user, who manages places somewhere; else the page is not there."""
    assert isinstance(request.user, User)
    if not scope(request.user, Right.MANAGE_PLACES):
        raise Http404
    return request.user


def _managed(by: User, public_id: str) -> Place:
    found = get_object_or_404(Place.objects.select_related("parent"), public_id=public_id, level=Level.COMMUNE)
    if not queries.manages(by, found):
        raise Http404
    return found


def _say_assigned(request: HttpRequest, count: int) -> None:
    if count:
        told = ngettext("Đã phân {count} thôn.", "Đã phân {count} thôn.", count)
        messages.success(request, told.format(count=count))
    else:
        messages.warning(request, _("Chưa chọn đơn vị mới cho thôn nào."))


def _mark(form: forms.Form, why: Refused) -> None:
    """Each problem at its field."""
    for one in why.problems:
        told = f"{one.sentence(language())}. {one.advice(language())}"
        form.add_error(one.cell if one.cell in form.fields else None, told)
