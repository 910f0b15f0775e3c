"""Taking a list out: what will be in the file, the file, and who fetched it."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.accounts.scope import scope
from vuonlen.domain.problems import Refused
from vuonlen.jobs.models import Job
from vuonlen.registry.search.exporting import actions
from vuonlen.registry.search.exporting.writing import KEPT, content
from vuonlen.registry.search.filters import PARAMETERS, Filters
from vuonlen.registry.search.models import Export
from vuonlen.registry.search.queries import find_place
from vuonlen.registry.search.web.chips import line
from vuonlen.registry.search.web.forms import ExportForm, FilterForm

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@login_required
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    """The form, with the filters of the list in its address; sent, the export."""
    user = _allowed(request)
    filters = _filters(request.GET, user)
    place = find_place(user, filters.place) if filters.place else None
    told = line(user, filters, place)
    form = ExportForm(request.POST or None, user)
    context: dict[str, Any] = {
        "form": form,
        "told": told,
        "list_url": f"{reverse('registry_search:list')}?{urlencode(filters.parameters())}",
        "left": actions.left_today(user),
        "most": settings.EXPORTS_A_DAY,
        "recent": Export.objects.filter(by=user).order_by("-id")[:5],
    }
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.export(by=user, wanted=actions.Wanted(filters, told, **form.cleaned_data))
            return HttpResponseRedirect(reverse("registry_search:exported", args=[made.public_id]))
        except Refused as refused:
            context["problems"] = refused.problems
    return render(request, "registry_search/export.html", context)


@login_required
@require_GET
def exported(request: HttpRequest, public_id: str) -> HttpResponse:
    """One's own export: under way, ready to fetch, or gone."""
    one = _own(request, public_id)
    job = Job.objects.filter(public_id=one.job).first() if one.job else None
    return render(request, "registry_search/exported.html", {"export": one, "job": job, "kept": KEPT})


@login_required
@require_GET
def download(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The file. Fetching it is an entry of the journal."""
    one = _own(request, public_id)
    told = content(one) if one.state == Export.State.READY else None
    if told is None:
        raise Http404
    actions.downloaded(by=one.by, export=one)
    name = _("danh-sach-ho") + f"-{one.public_id}.{one.format}"
    response = FileResponse(BytesIO(told), as_attachment=True, filename=name, content_type=KINDS[one.format])
    response["Cache-Control"] = "no-store"
    return response


def _allowed(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not scope(user, Right.EXPORT):
        raise PermissionDenied
    return user


def _filters(data: QueryDict, user: User) -> Filters:
    """Raises Http404: the address is made by the list, which checks what people type."""
    form = FilterForm({name: data.get(name, "") for name in PARAMETERS.values()}, user)
    if not form.is_valid():
        raise Http404
    return form.filters()


def _own(request: HttpRequest, public_id: str) -> Export:
    one = Export.objects.select_related("by").filter(public_id=public_id, by=_allowed(request)).first()
    if one is None:
        raise Http404
    return one
