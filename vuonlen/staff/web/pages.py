"""Pages of staff: who works here, in which role, and since when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from vuonlen.accounts.models import Appointment, User
from vuonlen.accounts.rights import Right, Role
from vuonlen.accounts.scope import scope_any
from vuonlen.domain.problems import Refused
from vuonlen.foundation.templatetags.shown import moment
from vuonlen.i18n import language
from vuonlen.places.models import Place
from vuonlen.staff import actions, queries
from vuonlen.staff.web.forms import AddUser, Appoint, Close, Withdraw, communes_for

both = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def users(request: HttpRequest) -> HttpResponse:
    """Everybody in the area, those at work first."""
    by = _manager(request)
    rows = queries.listed(by)
    return render(request, "staff/users.html", {"users": rows, "may_add": _proposes(by)})


@require_safe
def user(request: HttpRequest, public_id: str) -> HttpResponse:
    """One person: roles of every time, and what can be done."""
    by = _manager(request)
    who = _in_sight(by, public_id)
    area = scope_any(by, {Right.PROPOSE_ROLES})
    today = timezone.localdate()
    roles = [
        {
            "row": one,
            "now": one.holds(today),
            "over": one.valid_to is not None and one.valid_to <= today,
            "may_end": area.covers(one.place.path),
        }
        for one in queries.roles_of(who)
    ]
    told = {
        "who": who,
        "roles": roles,
        "facts": [
            (_("Tên đăng nhập"), who.username),
            (_("Nơi công tác"), who.place),
            (_("Điện thoại"), who.phone),
            (_("Đăng nhập lần cuối"), moment(who.last_login) if who.last_login else _("chưa lần nào")),
        ],
        "may_propose": _proposes(by) and who.left_on is None and who != by,
        "may_reset": queries.may_reset(by),
        "may_manage": queries.manages(by, who) and who.left_on is None and who != by,
    }
    return render(request, "staff/user.html", told)


@both
@never_cache
def add(request: HttpRequest) -> HttpResponse:
    by = _proposer(request)
    form = AddUser(request.POST or None, by=by)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            new = actions.add_user(
                by=by, username=given["username"], full_name=given["full_name"], place=given["place"],
                phone=given["phone"],
            )  # fmt: skip
        except Refused as why:
            _mark(form, why)
        else:
            return render(request, "staff/password.html", {"who": new.user, "password": new.password, "new": True})
    return render(request, "staff/add.html", {"form": form}, status=_status(form))


@both
@never_cache
def password(request: HttpRequest, public_id: str) -> HttpResponse:
    """A one-time password for somebody who forgot theirs; shown on the answer to the click and never again."""
    by = _manager(request)
    who = _in_sight(by, public_id)
    if request.method == "POST":
        try:
            told = actions.new_password(by=by, user=who)
        except Refused as why:
            return render(request, "staff/ask_password.html", {"who": who, "problems": why.problems}, status=422)
        return render(request, "staff/password.html", {"who": who, "password": told, "new": False})
    return render(request, "staff/ask_password.html", {"who": who})


@both
def appoint(request: HttpRequest, public_id: str) -> HttpResponse:
    by = _proposer(request)
    who = _in_sight(by, public_id)
    communes = communes_for(by)
    commune = _commune(request, by)
    form = Appoint(request.POST or None, by=by, commune=commune, initial={"valid_from": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
        try:
            actions.propose_role(by=by, user=who, **given)
        except Refused as why:
            _mark(form, why)
        else:
            messages.success(request, _("Đã gửi đề nghị. Vai trò có hiệu lực khi người duyệt đồng ý."))
            return redirect("staff:user", who.public_id)
    told = {"form": form, "who": who, "communes": communes, "commune": commune}
    return render(request, "staff/appoint.html", told, status=_status(form))


@both
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    by = _proposer(request)
    rows = scope_any(by, {Right.PROPOSE_ROLES}).of(Appointment.objects.all(), "place__path")
    held = get_object_or_404(rows.select_related("user", "place"), public_id=public_id)
    form = Withdraw(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.propose_withdrawal(by=by, appointment=held, **form.cleaned_data)
        except Refused as why:
            _mark(form, why)
        else:
            messages.success(request, _("Đã gửi đề nghị thu hồi vai trò."))
            return redirect("staff:user", held.user.public_id)
    return render(request, "staff/withdraw.html", {"form": form, "held": held}, status=_status(form))


@both
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    by = _manager(request)
    who = _in_sight(by, public_id)
    form = Close(request.POST or None, by=by, user=who)
    if request.method == "POST" and form.is_valid():
        try:
            closed = actions.close_user(by=by, user=who, **form.cleaned_data)
        except Refused as why:
            _mark(form, why)
        else:
            _tell_closed(request, closed)
            return redirect("staff:user", who.public_id)
    return render(request, "staff/close.html", {"form": form, "who": who}, status=_status(form))


def _tell_closed(request: HttpRequest, closed: actions.Closed) -> None:
    messages.success(request, _("Đã đóng tài khoản của {name}.").format(name=closed.user))
    if closed.proposed:
        told = _("Đã gửi {count} đề nghị giao vai trò cho người kế nhiệm.").format(count=len(closed.proposed))
        messages.info(request, told)
    for one, why in closed.left:
        told = _("Chưa đề nghị được vai trò {role}: {why}").format(
            role=one.get_role_display(), why=why.problems[0].sentence(language())
        )
        messages.warning(request, told)


# ---- who may ------------------------------------------------------------------------------------------------------


def _manager(request: HttpRequest) -> User:
    """Whoever manages staff somewhere; for others the page does not exist."""
    by = request.user
    if isinstance(by, User) and scope_any(by, queries.MANAGING):
        return by
    raise Http404


def _proposer(request: HttpRequest) -> User:
    by = _manager(request)
    if not _proposes(by):
        raise Http404
    return by


def _proposes(by: User) -> bool:
    return bool(scope_any(by, {Right.PROPOSE_ROLES}))


def _in_sight(by: User, public_id: str) -> User:
    return get_object_or_404(queries.users_of(by).select_related("place"), public_id=public_id)


def _commune(request: HttpRequest, by: User) -> Place | None:
    """Whose villages can be chosen: the one asked for, or the only one there is."""
    asked = request.GET.get("xa", "")
    rows = communes_for(by)
    if asked:
        return rows.filter(public_id=asked).first()
    few = list(rows[:2])
    return few[0] if len(few) == 1 else None


def _mark(form: forms.Form, why: Refused) -> None:
    """Each problem at its field, or above the form."""
    lang = language()
    for one in why.problems:
        place: Any = one.cell if one.cell in form.fields else None
        form.add_error(place, f"{one.sentence(lang)}: {one.advice(lang)}.")


def _status(form: forms.Form) -> int:
    return 422 if form.is_bound and not form.is_valid() else 200
