"""The list of households, the places it can be narrowed to, and the look-up for those who see no list."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from vuonlen.accounts.models import User
from vuonlen.accounts.protected import left_today
from vuonlen.accounts.rights import Right
from vuonlen.accounts.scope import scope
from vuonlen.domain.problems import Refused
from vuonlen.registry.search import numbers
from vuonlen.registry.search import queries as q
from vuonlen.registry.search.actions import look_up as find_one
from vuonlen.registry.search.filters import PARAMETERS, Filters
from vuonlen.registry.search.picking import choices, pick
from vuonlen.registry.search.web.chips import chips
from vuonlen.registry.search.web.forms import FilterForm, LookUpForm

NUMBER = "so"  # name in an address of the token that stands for an ID number
WORDS = PARAMETERS["words"]


@login_required
@require_http_methods(["GET", "POST"])
def households(request: HttpRequest) -> HttpResponse:
    """The list. What is sent by the form becomes an address that can be shared; an ID number becomes a token."""
    user = allowed(request)
    if request.method == "POST":
        return _sought(request, user)
    if NUMBER in request.GET:
        return _numbered(request, user)
    form = FilterForm(request.GET, user, choices(user, request.GET.get(PARAMETERS["place"], "")))
    context: dict[str, Any] = {"form": form, "places_url": _with(request, "registry_search:places")}
    if not form.is_valid():
        return _shown(request, user, context | {"listing": None}, status=400)
    filters = form.filters()
    if numbers.number_in(filters.words):  # typed into the address: not looked for, and not repeated on the page
        return HttpResponseRedirect(f"{reverse('registry_search:list')}?{urlencode(_without_words(filters))}")
    listing = q.listing(user, filters, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    context |= {"listing": listing, "chips": chips(user, listing), "filtered": bool(filters.parameters())}
    return _shown(request, user, context)


def allowed(request: HttpRequest) -> User:
    """Raises PermissionDenied for whoever may read no household."""
    user = request.user
    if not isinstance(user, User) or not scope(user, Right.READ_HOUSEHOLDS):
        raise PermissionDenied
    return user


def _sought(request: HttpRequest, user: User) -> HttpResponse:
    number = numbers.number_in(request.POST.get(WORDS, "")[:100])
    if number:
        return HttpResponseRedirect(
            f"{reverse('registry_search:list')}?{urlencode({NUMBER: numbers.token(user, number)})}"
        )
    sent = {name: request.POST.get(name, "")[:200] for name in PARAMETERS.values()}
    kept = urlencode({name: value for name, value in sent.items() if value})
    return HttpResponseRedirect(reverse("registry_search:list") + (f"?{kept}" if kept else ""))


def _numbered(request: HttpRequest, user: User) -> HttpResponse:
    try:
        hashed = numbers.hash_in(user, request.GET.get(NUMBER, ""))
    except ValueError as why:
        raise Http404 from why
    listing = q.by_id_number(user, hashed)
    return _shown(request, user, {"form": FilterForm({}, user), "listing": listing, "numbered": True})


def _without_words(filters: Filters) -> dict[str, str]:
    return filters.without("words").parameters()


def _with(request: HttpRequest, name: str) -> str:
    """An address that keeps the filters of this page."""
    kept = {one: request.GET[one] for one in PARAMETERS.values() if request.GET.get(one)}
    return f"{reverse(name)}?{urlencode(kept)}" if kept else reverse(name)


def _shown(request: HttpRequest, user: User, context: dict[str, Any], status: int = 200) -> HttpResponse:
    told = {
        "words": WORDS,
        "sees_ethnicity": bool(scope(user, Right.SEE_ETHNICITY)),
        "may_add": bool(scope(user, Right.EDIT_HOUSEHOLDS)),
        "may_export": bool(scope(user, Right.EXPORT)) and context.get("listing") is not None,
        "export_url": _with(request, "registry_search:export"),
    }
    return render(request, "registry_search/list.html", told | context, status=status)


@login_required
@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Choosing a place: step by step down the tree of a day, or by its name; units that have ended as well."""
    user = allowed(request)
    found = pick(
        user, within=request.GET.get("trong", ""), words=request.GET.get("ten", ""), day=request.GET.get("ngay", "")
    )
    kept = {one: request.GET[one] for one in PARAMETERS.values() if request.GET.get(one)}
    kept.pop(PARAMETERS["place"], None)
    return render(request, "registry_search/places.html", {"found": found, "kept": urlencode(kept), "fields": kept})


@login_required
@require_http_methods(["GET", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """One household by the full ID number of a member: for bank officers, who see no list."""
    user = request.user
    if not isinstance(user, User) or not scope(user, Right.LOOK_UP_HOUSEHOLD):
        raise PermissionDenied
    form = LookUpForm(request.POST or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            answer = find_one(by=user, number=told["number"], purpose=told["purpose"], note=told["note"])
            context |= {"answered": True, "answer": answer, "form": LookUpForm()}
        except Refused as refused:
            context["problems"] = refused.problems
    context |= {"left": left_today(user), "most": settings.REVEALS_A_DAY}
    response = render(request, "registry_search/look_up.html", context)
    response["Cache-Control"] = "no-store"
    return response
