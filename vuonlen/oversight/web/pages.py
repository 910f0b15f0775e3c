"""Pages of the journal: its entries in words, one entry, the check of a chain, a chain to take along."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.accounts.scope import rights
from vuonlen.foundation.keyset import page
from vuonlen.i18n import language
from vuonlen.journal.hashing import moment
from vuonlen.journal.models import Entry
from vuonlen.oversight import actions, queries
from vuonlen.oversight.web.forms import Narrowing

_SALT = "oversight.check"
_LONGEST = 15 * 60  # seconds that a check may take from one step to the next


@require_safe
@never_cache
def entries(request: HttpRequest) -> HttpResponse:
    """The newest first. What is asked for wrongly is told at its field, and not narrowed by."""
    readable = _readable(request)
    form = Narrowing(request.GET, chains=readable)
    form.is_valid()
    asked = form.cleaned_data
    chosen = [one for one in readable if one.chain.key == asked.get("noi")] or readable
    rows = queries.narrowed(
        queries.entries(chosen),
        actor=asked.get("nguoi", ""),
        act=asked.get("viec", ""),
        object_id=asked.get("ma", ""),
        day=asked.get("ngay"),
    )
    order = ("-at", "-id") if asked.get("ngay") else ("-id",)  # each as an index has it
    shown = page(rows, order=order, after=request.GET.get("after", ""), before=request.GET.get("before", ""), size=50)
    values = {
        "form": form,
        "page": shown,
        "entries": queries.told(shown.rows, readable),
        "several": len(readable) > 1,
        "chosen": chosen[0] if len(chosen) == 1 else None,
        "narrowed": any(asked.values()),
        "opens_households": Right.READ_HOUSEHOLDS in rights(request.user),
    }
    return render(request, "oversight/entries.html", values)


@require_safe
@never_cache
def entry(request: HttpRequest, key: str, sequence: int) -> HttpResponse:
    """All that one entry says, and whether it still is what was written."""
    one = _chosen(request, key)
    rows = Entry.objects.filter(chain_id=one.chain.pk).select_related("chain")
    found = rows.filter(sequence=sequence).first()
    if found is None:
        raise Http404
    finding = queries.check_around(found)
    values = {
        "readable": one,
        "told": queries.told([found], [one])[0],
        "finding": finding.sentence(language()) if finding else "",
        "utc": moment(found.at) if found.at else "",
        "older": sequence - 1,
        "newer": sequence + 1 if rows.filter(sequence=sequence + 1).exists() else 0,
        "opens_households": Right.READ_HOUSEHOLDS in rights(request.user),
    }
    return render(request, "oversight/entry.html", values)


@require_POST
@never_cache
def take_along(request: HttpRequest) -> HttpResponseBase:
    """The chain as a file for the stand-alone verifier."""
    one = _chosen(request, request.POST.get("noi", ""))
    assert isinstance(request.user, User)
    file = actions.take_along(by=request.user, key=one.chain.key)
    name = f"nhat-ky-{one.chain.key}.jsonl"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/x-ndjson; charset=utf-8")


@require_safe
@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """One step of checking a chain; the next begins where it ended. `tiep` is sealed: nobody skips an entry."""
    one = _chosen(request, request.GET.get("noi", ""))
    count, last = _from(request.GET.get("tiep", ""), one.chain.pk)
    told = queries.check(one.chain, count, last)
    values = {
        "readable": one,
        "checked": told,
        "finding": told.finding.sentence(language()) if told.finding else "",
        "next": "" if told.done else signing.dumps([one.chain.pk, told.count, told.last], salt=_SALT),
    }
    return render(request, "oversight/checked.html" if request.htmx else "oversight/check.html", values)  # type: ignore[attr-defined]


def _from(token: str, chain: int) -> tuple[int, str]:
    """Where to go on; from the beginning for a token that is old or not ours."""
    try:
        told: Any = signing.loads(token, salt=_SALT, max_age=_LONGEST) if token else None
    except signing.BadSignature:
        told = None
    return (told[1], told[2]) if told and told[0] == chain else (0, "")


def _chosen(request: HttpRequest, key: str) -> queries.Readable:
    """Raises Http404 for a chain out of reach, as for one that does not exist."""
    for one in _readable(request):
        if one.chain.key == key:
            return one
    raise Http404


def _readable(request: HttpRequest) -> list[queries.Readable]:
    if not isinstance(request.user, User) or Right.READ_JOURNAL not in rights(request.user):
        raise PermissionDenied
    return queries.chains(request.user)
