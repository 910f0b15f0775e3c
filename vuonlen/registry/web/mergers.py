"""Households whose unit has ended: carry them over where the unit was merged whole, assign them where it was split."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vuonlen.accounts import scope
from vuonlen.accounts.rights import Right
from vuonlen.foundation import keyset
from vuonlen.jobs import actions as jobs
from vuonlen.places.models import Level, Place, Succession
from vuonlen.registry import mergers, tasks
from vuonlen.registry.models import Household

_PAGE = 50


class PlaceChoice(forms.ModelChoiceField):
    """Villages are named with their commune."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.parent.name} · {obj.name}" if obj.level == Level.VILLAGE else str(obj.name)


class Assign(forms.Form):
    """Where the chosen households went."""

    place = PlaceChoice(
        Place.objects.none(), label=gettext_lazy("Đơn vị mới"), empty_label=gettext_lazy("Chọn xã, thôn hoặc tổ")
    )
    reason = forms.CharField(label=gettext_lazy("Căn cứ (biên bản, danh sách bàn giao)"), min_length=5, max_length=300)
    households = forms.ModelMultipleChoiceField(
        Household.objects.none(),
        to_field_name="public_id",
        error_messages={"required": gettext_lazy("Hãy đánh dấu ít nhất một hộ.")},
        widget=forms.MultipleHiddenInput,
    )

    def __init__(self, *args: Any, unit: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        heirs = Succession.objects.filter(predecessor=unit).values("successor")
        communes = Place.objects.filter(pk__in=heirs)
        villages = Place.objects.filter(parent__in=heirs, level=Level.VILLAGE, valid_to__isnull=True)
        field = self.fields["place"]
        assert isinstance(field, PlaceChoice)
        field.queryset = (communes | villages).select_related("parent").order_by("path")
        chosen = self.fields["households"]
        assert isinstance(chosen, forms.ModelMultipleChoiceField)
        chosen.queryset = Household.objects.filter(commune=unit, closed_on__isnull=True)


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """Units that have ended and in which households still stand."""
    _manager(request)
    found = mergers.unfinished(request.user)
    return render(request, "registry/mergers.html", {"units": found})


@require_POST
def carry(request: HttpRequest, public_id: str) -> HttpResponse:
    """Carry over all households of a unit, in the background."""
    unit = _unit(request, public_id)
    reason = str(request.POST.get("reason", ""))[:300].strip() or _("Sắp xếp đơn vị hành chính")
    job = jobs.start(
        kind="registry.carry",
        owner=_manager(request),
        work=tasks.carry,
        arguments={"commune": unit.pk, "by": request.user.pk, "reason": reason},
        title=_("Chuyển hộ của {place} sang đơn vị mới").format(place=unit.name),
        place=unit,
        right=Right.MANAGE_PLACES,
    )
    return redirect("jobs:job", job.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def assign(request: HttpRequest, public_id: str) -> HttpResponse:
    """Households of a split unit, and the places that it went on as."""
    unit = _unit(request, public_id)
    by = _manager(request)
    form = Assign(request.POST or None, unit=unit)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            done = mergers.assign(
                households=list(told["households"]), place=told["place"], by=by, reason=told["reason"]
            )
        except PermissionDenied as why:
            raise Http404 from why
        messages.success(request, _("Đã phân {count} hộ về {place}.").format(count=len(done), place=told["place"].name))
        return redirect(request.get_full_path())
    rows = mergers.waiting(by).filter(commune=unit)
    page = keyset.page(rows, after=request.GET.get("after", ""), before=request.GET.get("before", ""), size=_PAGE)
    chosen = set(request.POST.getlist("households"))
    status = 400 if request.method == "POST" else 200
    told = {"unit": unit, "page": page, "form": form, "chosen": chosen}
    return render(request, "registry/assign.html", told, status=status)


def _manager(request: HttpRequest) -> Any:
    """The user, who manages places somewhere; for everybody else there is no such page."""
    if not scope.scope(request.user, Right.MANAGE_PLACES):
        raise Http404
    return request.user


def _unit(request: HttpRequest, public_id: str) -> Place:
    places = Place.objects.filter(level=Level.COMMUNE, valid_to__isnull=False)
    unit = get_object_or_404(places, public_id=public_id)
    if not scope.may(request.user, Right.MANAGE_PLACES, unit.path):
        raise Http404
    return unit
