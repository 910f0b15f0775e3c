"""Pages of four eyes: what waits for me, what I proposed, what was decided, and one proposal."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from vuonlen.accounts.models import User
from vuonlen.accounts.second_factor import second_factor_required
from vuonlen.approval import actions, queries
from vuonlen.approval.models import Proposal
from vuonlen.domain.problems import Problem, Refused
from vuonlen.foundation.keyset import page
from vuonlen.foundation.templatetags.shown import advice, sentence

State = Proposal.State


@require_safe
@never_cache
def waiting(request: HttpRequest) -> HttpResponse:
    return _list(request, "waiting", queries.waiting(_user(request)))


@require_safe
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    return _list(request, "mine", queries.mine(_user(request)))


@require_safe
@never_cache
def decided(request: HttpRequest) -> HttpResponse:
    return _list(request, "decided", queries.decided(_user(request)))


def _list(request: HttpRequest, tab: str, rows: QuerySet[Proposal]) -> HttpResponse:
    given = request.GET
    found = page(rows, order=("-id",), after=given.get("after", ""), before=given.get("before", ""))
    return render(request, "approval/list.html", {"page": found, "tab": tab})


@require_safe
@never_cache
def proposal(request: HttpRequest, public_id: str) -> HttpResponse:
    user = _user(request)
    return _draw(request, user, queries.find(user, public_id))


@require_POST
@second_factor_required
def approve(request: HttpRequest, public_id: str) -> HttpResponse:
    def act(row: Proposal, user: User, reason: str) -> None:
        done = actions.approve(proposal=row, by=user, reason=reason)
        if done.state == State.STALE:
            told = Problem("A-MOVED")
            messages.warning(request, f"{sentence(told)}: {advice(told)}.")
        elif done.applied_at is None:
            messages.success(request, _("Đã duyệt. Việc ghi dữ liệu đang chạy nền."))
        else:
            messages.success(request, _("Đã duyệt và thực hiện."))

    return _decide(request, public_id, act)


@require_POST
@second_factor_required
def refuse(request: HttpRequest, public_id: str) -> HttpResponse:
    def act(row: Proposal, user: User, reason: str) -> None:
        actions.refuse(proposal=row, by=user, reason=reason)
        messages.success(request, _("Đã từ chối đề nghị."))

    return _decide(request, public_id, act)


@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    def act(row: Proposal, user: User, reason: str) -> None:
        actions.withdraw(proposal=row, by=user, reason=reason)
        messages.success(request, _("Đã rút đề nghị."))

    return _decide(request, public_id, act)


def _decide(request: HttpRequest, public_id: str, act: Callable[[Proposal, User, str], None]) -> HttpResponse:
    """What was typed is kept where it cannot be done: 409 where somebody was faster, 422 for anything to mend."""
    user = _user(request)
    row = queries.find(user, public_id)
    reason = request.POST.get("reason", "")
    try:
        act(row, user, reason)
    except actions.Conflict as why:
        return _draw(request, user, queries.find(user, public_id), why, status=409)
    except Refused as why:
        return _draw(request, user, row, why, status=422)
    return redirect("approval:proposal", public_id)


def _draw(
    request: HttpRequest, user: User, row: Proposal, why: Refused | None = None, *, status: int = 200
) -> HttpResponse:
    problems = why.problems if why is not None else ()
    told = {
        "view": queries.view(user, row),
        "problems": [one for one in problems if one.cell != "reason"],
        "at_reason": [one for one in problems if one.cell == "reason"],
        "typed": request.POST.get("reason", ""),
    }
    return render(request, "approval/proposal.html", told, status=status)


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
