"""The parts of the page of one import: what each holds, page by page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuonlen.accounts.models import User
from vuonlen.foundation.keyset import Page, page
from vuonlen.registry.intake import queries
from vuonlen.registry.intake.listed import Listed
from vuonlen.registry.intake.models import Batch, Note, Staged, Suspect
from vuonlen.registry.intake.web import showing
from vuonlen.registry.queries import households

_SIZE = 25
Rows = tuple[Page[Any], list[Any]]


@dataclass(frozen=True, slots=True)
class Tab:
    """slug: in the address. count: where the counts of the batch have it."""

    slug: str
    label: Any
    template: str
    count: Callable[[Batch], int]
    rows: Callable[[HttpRequest, Batch, User, showing.Rights], Rows]


def _page(request: HttpRequest, rows: Any, order: tuple[str, ...] = ("ordinal",)) -> Page[Any]:
    told = request.GET
    return page(rows, order=order, after=told.get("after", ""), before=told.get("before", ""), size=_SIZE)


def _listed(kind: Staged.Kind) -> Callable[[HttpRequest, Batch, User, showing.Rights], Rows]:
    def rows(request: HttpRequest, batch: Batch, user: User, rights: showing.Rights) -> Rows:
        found = _page(request, queries.of_kind(batch, kind))
        return found, [_row(one, user, rights) for one in found.rows]

    return rows


def _row(one: Staged, user: User, rights: showing.Rights) -> dict[str, Any]:
    told: dict[str, Any] = {"row": one, "url": home_url(user, one.household_id)}
    if one.kind == Staged.Kind.MISSING:
        return told | one.content
    home = showing.of_file(one)
    return told | {"home": home, "differences": showing.differences(one, rights), "judged": _judged(one)}


def _judged(one: Staged) -> bool:
    listed = Listed.read(one.content)
    return bool(listed.status and not listed.recorded)


def home_url(user: User, key: int | None) -> str:
    """The page of a household, for whoever may open it."""
    if key is None:
        return ""
    public = households(user).filter(pk=key).values_list("public_id", flat=True).first()
    return reverse("registry:household", args=[public]) if public else ""


def _notes(kind: Note.Kind) -> Callable[[HttpRequest, Batch, User, showing.Rights], Rows]:
    def rows(request: HttpRequest, batch: Batch, _user: User, _rights: showing.Rights) -> Rows:
        found = _page(request, queries.notes(batch, kind))
        if kind == Note.Kind.REPAIR:
            return found, [showing.repair(one) for one in found.rows]
        return found, [showing.problem(one) for one in found.rows]

    return rows


def _suspects(request: HttpRequest, batch: Batch, user: User, _rights: showing.Rights) -> Rows:
    """Open pairs first."""
    found = _page(request, queries.suspects(batch), ("answer", "id"))
    return found, [_pair(one, user) for one in found.rows]


def _pair(one: Suspect, user: User) -> dict[str, Any]:
    other = None
    if one.household is not None:
        other = showing.of_register(one.household, home_url(user, one.household_id))
    elif one.other is not None:
        other = showing.of_file(one.other)
    return {"suspect": one, "file": showing.of_file(one.staged), "other": other, "why": showing.why(one)}


def _conflicts(request: HttpRequest, batch: Batch, user: User, rights: showing.Rights) -> Rows:
    found = _page(request, queries.conflicts(batch))
    return found, [_row(one, user, rights) for one in found.rows]


def _of(kind: Staged.Kind) -> Callable[[Batch], int]:
    return lambda batch: int(batch.counts.get("rows", {}).get(kind, 0))


def _noted(kind: Note.Kind) -> Callable[[Batch], int]:
    return lambda batch: int(batch.counts.get("notes", {}).get(kind, 0))


def _pairs(batch: Batch) -> int:
    return int(batch.counts.get("unsettled", 0))


def _set_aside(batch: Batch) -> int:
    done = (Batch.State.APPLYING, Batch.State.APPLIED, Batch.State.UNDOING)
    return queries.conflicts(batch).count() if batch.state in done else 0


TABS = (
    Tab("moi", _("Hộ mới"), "new", _of(Staged.Kind.NEW), _listed(Staged.Kind.NEW)),
    Tab("thay-doi", _("Thay đổi"), "changed", _of(Staged.Kind.CHANGED), _listed(Staged.Kind.CHANGED)),
    Tab("co-the-trung", _("Có thể trùng"), "suspects", _pairs, _suspects),
    Tab("khong-con", _("Không còn trong danh sách"), "missing", _of(Staged.Kind.MISSING), _listed(Staged.Kind.MISSING)),
    Tab("khong-nhan", _("Không nhận được"), "problems", _noted(Note.Kind.REFUSED), _notes(Note.Kind.REFUSED)),
    Tab("da-sua", _("Đã sửa khi đọc"), "repairs", _noted(Note.Kind.REPAIR), _notes(Note.Kind.REPAIR)),
    Tab("can-xem", _("Cần xem lại"), "problems", _noted(Note.Kind.WARNING), _notes(Note.Kind.WARNING)),
    Tab("khong-doi", _("Không đổi"), "unchanged", _of(Staged.Kind.UNCHANGED), _listed(Staged.Kind.UNCHANGED)),
    Tab("de-lai", _("Để lại vì đã khác"), "conflicts", _set_aside, _conflicts),
)


def tab(slug: str) -> Tab | None:
    return next((one for one in TABS if one.slug == slug), None)
