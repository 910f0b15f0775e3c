"""What is decided on the page of an import. Each comes back to the page, with a word of what happened."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from vuonlen.accounts import scope
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.domain.problems import Refused
from vuonlen.foundation.templatetags.shown import advice, sentence
from vuonlen.registry.intake import actions, queries
from vuonlen.registry.intake.models import Batch
from vuonlen.registry.intake.web.forms import ReasonForm
from vuonlen.registry.intake.web.pages import standing, tell, user_of


def _importing(request: HttpRequest, public_id: str) -> tuple[User, Batch]:
    """Raises Http404 out of scope, PermissionDenied for whoever may only look."""
    user = user_of(request)
    batch = queries.find(user, public_id)
    if not scope.may(user, Right.IMPORT, batch.area_path):
        raise PermissionDenied
    return user, batch


def _done(request: HttpRequest, call: Callable[[], object], told: str) -> None:
    try:
        call()
    except Refused as why:
        tell(request, why)
    else:
        messages.success(request, told)


@require_POST
@never_cache
def confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    user, batch = _importing(request, public_id)
    _done(request, lambda: actions.confirm_repairs(batch=batch, by=user), _("Đã xác nhận các ô đã sửa khi đọc."))
    return redirect("registry_intake:part", batch.public_id, "da-sua")


@require_POST
@never_cache
def settle(request: HttpRequest, public_id: str, key: int) -> HttpResponse:
    user, batch = _importing(request, public_id)
    suspect = queries.find_suspect(batch, key)
    answer = request.POST.get("answer", "")
    _done(request, lambda: actions.settle(suspect=suspect, by=user, answer=answer), _("Đã ghi câu trả lời."))
    return redirect("registry_intake:part", batch.public_id, "co-the-trung")


@require_POST
@never_cache
def missing(request: HttpRequest, public_id: str, ordinal: int) -> HttpResponse:
    user, batch = _importing(request, public_id)
    staged = queries.find_missing(batch, ordinal)
    fate = request.POST.get("fate", "")
    _done(request, lambda: actions.decide_missing(staged=staged, by=user, fate=fate), _("Đã ghi."))
    return redirect("registry_intake:part", batch.public_id, "khong-con")


@require_POST
@never_cache
def propose(request: HttpRequest, public_id: str) -> HttpResponse:
    user, batch = _importing(request, public_id)
    reason = request.POST.get("reason", "")
    told = _("Đã gửi duyệt. Một người khác có quyền duyệt sẽ xem và quyết định.")
    _done(request, lambda: actions.propose(batch=batch, by=user, reason=reason), told)
    return redirect("registry_intake:batch", batch.public_id)


@require_POST
@never_cache
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    user, batch = _importing(request, public_id)
    reason = request.POST.get("reason", "")
    told = _("Đã bỏ lần nhập này; tệp và dữ liệu tạm đã được xóa.")
    _done(request, lambda: actions.withdraw(batch=batch, by=user, reason=reason), told)
    return redirect("registry_intake:batch", batch.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask for the whole import to be undone; says first what stands in the way."""
    user, batch = _importing(request, public_id)
    if queries.state_of(batch) != Batch.State.APPLIED:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.propose_undo(batch=batch, by=user, reason=form.cleaned_data["reason"])
        except Refused as why:
            for one in why.problems:
                form.add_error(None, f"{sentence(one)}: {advice(one)}. ({one.code})")
        else:
            messages.success(request, _("Đã gửi đề nghị hoàn tác. Một người khác có quyền duyệt sẽ quyết định."))
            return redirect("registry_intake:batch", batch.public_id)
    context = {"batch": batch, "form": form, "standing": standing(batch, user)}
    return render(request, "registry_intake/undo.html", context)
