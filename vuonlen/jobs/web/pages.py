"""Pages of long work: mine, and one with its progress."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from vuonlen.accounts.models import User
from vuonlen.domain.problems import Refused
from vuonlen.foundation.keyset import page
from vuonlen.foundation.templatetags.shown import advice, sentence
from vuonlen.jobs import actions, queries
from vuonlen.jobs.models import Job
from vuonlen.jobs.work import may_be_stopped

_STEP = 10  # percent between announcements to a screen reader


@require_safe
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    rows = page(
        queries.mine(_user(request)),
        order=("-id",),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    told = [queries.shown(one) for one in rows.rows]
    return render(request, "jobs/list.html", {"page": rows, "jobs": told})


@require_safe
@never_cache
def job(request: HttpRequest, public_id: str) -> HttpResponse:
    return render(request, "jobs/job.html", _values(request, public_id))


@require_safe
@never_cache
def progress(request: HttpRequest, public_id: str) -> HttpResponse:
    """The part of the page that htmx fetches each second. It asks no more once the job is over."""
    return render(request, "jobs/progress.html", _values(request, public_id) | {"alone": True})


@require_POST
def again(request: HttpRequest, public_id: str) -> HttpResponse:
    user = _user(request)
    row = queries.find(user, public_id)
    try:
        actions.again(job=row, by=user)
    except Refused as why:
        messages.warning(request, f"{sentence(why.problems[0])}: {advice(why.problems[0])}.")
    else:
        messages.success(request, _("Đã đưa việc này vào hàng đợi; việc sẽ tiếp tục từ chỗ đã dừng."))
    return redirect("jobs:job", public_id)


@require_POST
def stop(request: HttpRequest, public_id: str) -> HttpResponse:
    user = _user(request)
    row = queries.find(user, public_id)
    try:
        actions.stop(job=row, by=user)
    except Refused as why:
        messages.warning(request, f"{sentence(why.problems[0])}: {advice(why.problems[0])}.")
    else:
        messages.success(request, _("Đã yêu cầu dừng; phần đang làm dở được bỏ."))
    return redirect("jobs:job", public_id)


def _values(request: HttpRequest, public_id: str) -> dict[str, Any]:
    user = _user(request)
    told = queries.shown(queries.find(user, public_id))
    stage = _stage(told)
    own = told.job.owner_id == user.pk
    may_stop = own and not told.finished and not told.stopping and may_be_stopped(told.job.work)
    cleaned_up = told.stopped and bool(told.job.result_url)  # to run it again would do nothing
    return {
        "job": told,
        "stage": stage,
        "announce": request.GET.get("stage", "") != stage,  # said aloud every ten percent, not every second
        "may_repeat": told.job.state == Job.State.FAILED and own and not cleaned_up,
        "may_stop": may_stop,
    }


def _stage(told: queries.Shown) -> str:
    reached = "" if told.percent is None else str(told.percent // _STEP * _STEP)
    return f"{'stopping' if told.stopping else told.job.state}{reached}"


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
