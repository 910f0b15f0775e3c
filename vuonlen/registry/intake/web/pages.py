"""Pages of imports: the list of them, bringing a list, and one import with its parts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vuonlen.accounts import scope
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.domain.problems import Problem, Refused
from vuonlen.foundation.keyset import page
from vuonlen.foundation.templatetags.shown import advice, sentence
from vuonlen.jobs.models import Job
from vuonlen.jobs.queries import shown as shown_job
from vuonlen.registry.intake import actions, queries, settling
from vuonlen.registry.intake.models import Batch
from vuonlen.registry.intake.web.forms import ReasonForm, UploadForm, places_for
from vuonlen.registry.intake.web.tabs import TABS, Tab, home_url, tab

_STANDING = 20  # acts that are named


@require_safe
@never_cache
def batches(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    if not scope.scope_any(user, {Right.IMPORT, Right.APPROVE_REGISTER, Right.READ_JOURNAL}):
        raise Http404
    rows = page(
        queries.visible(user), order=("-id",), after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    for one in rows.rows:
        one.state_now = queries.state_of(one)
    may_import = bool(scope.scope(user, Right.IMPORT))
    return render(request, "registry_intake/batches.html", {"page": rows, "may_import": may_import})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def upload(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    if not places_for(user).exists():
        raise Http404
    form = UploadForm(request.POST or None, request.FILES or None, by=user)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        kept = actions.Upload(file.name or "", file.chunks())
        try:
            batch = actions.upload(by=user, place=form.cleaned_data["place"], terms=form.terms(), file=kept)
        except Refused as why:
            add_faults(form, why)
        else:
            return redirect("registry_intake:batch", batch.public_id)
    return render(request, "registry_intake/upload.html", {"form": form})


@require_safe
@never_cache
def batch(request: HttpRequest, public_id: str) -> HttpResponse:
    """The first part that holds anything to decide on."""
    user = user_of(request)
    found = queries.find(user, public_id)
    first = next((one for one in TABS if one.slug == "co-the-trung" and one.count(found)), None)
    chosen = first or next((one for one in TABS if one.count(found)), TABS[0])
    return _shown(request, user, found, chosen)


@require_safe
@never_cache
def part(request: HttpRequest, public_id: str, part: str) -> HttpResponse:
    user = user_of(request)
    found = queries.find(user, public_id)
    chosen = tab(part)
    if chosen is None:
        raise Http404
    return _shown(request, user, found, chosen)


def _shown(request: HttpRequest, user: User, found: Batch, chosen: Tab) -> HttpResponse:
    held = scope.rights(user, found.area_path)
    state = queries.state_of(found)
    rows, shown = chosen.rows(request, found, user, held)
    may_review = Right.IMPORT in held and state == Batch.State.REVIEW
    job = queries.job_of(found)
    context: dict[str, Any] = {
        "batch": found,
        "state": state,
        "reading": state in (Batch.State.UPLOADED, Batch.State.READING),
        "job": None if job is None else shown_job(job),
        "job_failed": job is not None and job.state == Job.State.FAILED,
        "tabs": [(one, one.count(found)) for one in TABS],
        "chosen": chosen,
        "part": f"registry_intake/parts/{chosen.template}.html",
        "page": rows,
        "shown": shown,
        "may_review": may_review,
        "may_withdraw": Right.IMPORT in held and actions.can_be_withdrawn(found, state),
        "may_undo": Right.IMPORT in held and state == Batch.State.APPLIED,
        "may_read": may_read_original(user, found),
        "unsettled": found.counts.get("unsettled", 0),
        "unconfirmed": not found.repairs_confirmed_at and found.counts.get("notes", {}).get("repair", 0),
        "same": queries.same_file(found),
        "classes": found.counts.get("classes", {}),
        "problems": [Problem(code, sheet, cell, "", values) for code, sheet, cell, values in found.problems],
        "reason": ReasonForm(),
    }
    return render(request, "registry_intake/batch.html", context)


def tell(request: HttpRequest, why: Refused) -> None:
    """Why nothing was done, on the page that follows."""
    for one in why.problems:
        messages.error(request, f"{sentence(one)}: {advice(one)}. ({one.code})")


def may_read_original(user: User, found: Batch) -> bool:
    held = scope.rights(user, found.area_path)
    bringing = Right.IMPORT in held or Right.APPROVE_REGISTER in held
    whole = {Right.SEE_ID_NUMBER, Right.SEE_HEALTH} <= held
    return bringing and whole and found.state != Batch.State.WITHDRAWN


@require_POST
@never_cache
def original(request: HttpRequest, public_id: str) -> HttpResponse:
    """The file as it came, for whoever may see all that it holds. Each time is an entry in the journal."""
    user = user_of(request)
    found = queries.find(user, public_id)
    if not may_read_original(user, found):
        raise Http404
    try:
        content = actions.read_original(batch=found, by=user)
    except Refused as why:
        tell(request, why)
        return redirect("registry_intake:batch", found.public_id)
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.public_id}{_suffix(found)}"'
    return answer


def _suffix(found: Batch) -> str:
    tail = found.file_name.rsplit(".", 1)[-1].lower()
    return f".{tail}" if tail.isascii() and tail.isalnum() and len(tail) <= 8 else ""


def standing(found: Batch, user: User) -> list[dict[str, Any]]:
    """Later acts that keep an import from being undone, with the pages of their households."""
    told = []
    for change in settling.standing(found)[:_STANDING]:
        told.append({"act": change.act, "household": change.household, "url": home_url(user, change.household_id)})
    return told


def add_faults(form: forms.Form, why: Refused) -> None:
    for one in why.problems:
        field = one.cell if one.cell in form.fields else None
        form.add_error(field, f"{sentence(one)}: {advice(one)}. ({one.code})")


def user_of(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
