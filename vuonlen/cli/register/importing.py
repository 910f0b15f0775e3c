"""`vuonlen import`: a list brought from the command line, read and compared; it is reviewed and approved on the pages.

A command approves nothing: four eyes hold here as on the pages. Django is ready by then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied

import vuonlen.domain.problems.imports  # noqa: F401  (fills the catalogue)
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.accounts.row_security import widened
from vuonlen.accounts.scope import scope
from vuonlen.cli import console
from vuonlen.cli.inputs import day, existing
from vuonlen.domain.figures import number
from vuonlen.domain.problems import Problem, Refused
from vuonlen.i18n import _, language
from vuonlen.places.models import Level, Place
from vuonlen.registry.intake import actions
from vuonlen.registry.intake.models import Batch, Staged
from vuonlen.registry.intake.staging.work import stage

_PIECE = 2**20


@dataclass(frozen=True, slots=True)
class Options:
    """As typed; see `vuonlen import --help`. decision: its number. propose: the reason, where it shall be proposed."""

    file: Path
    place: str
    reference_date: str
    decision: str
    by: str
    signed_on: str | None = None
    issuer: str = ""
    standard: str = ""
    effective_on: str | None = None
    everyone: bool | None = None
    note: str = ""
    propose: str = ""
    max_rows: int | None = None
    max_mb: int | None = None
    json: bool = False


def run(options: Options) -> int:
    """Exit status: 0 read whole, 1 with rows that were refused. Raises Refused."""
    user = _user(options.by)
    on = day(options.reference_date)
    place = _place(user, options.place)
    terms = actions.Terms(
        reference_date=on,
        number=options.decision,
        signed_on=day(options.signed_on) if options.signed_on else on,
        issuer=options.issuer or _("UBND {place}").format(place=place.name),
        standard=options.standard,
        effective_on=day(options.effective_on) if options.effective_on else None,
        everyone=options.everyone,
        note=options.note,
    )
    file = actions.Upload(options.file.name, _pieces(existing(options.file)), options.max_rows, options.max_mb)
    with widened(), console.working(quiet=options.json) as step:
        try:
            batch = actions.upload(by=user, place=place, terms=terms, file=file, in_background=False)
        except PermissionDenied as why:
            raise Refused(Problem("U-PLACE")) from why
        advance = step(_("Đọc và đối chiếu {name}").format(name=options.file.name))
        stage(batch, lambda done, total, _message: advance(done, total))
        batch.refresh_from_db()
        if batch.state == Batch.State.UNREADABLE:
            raise Refused(*(Problem(code, sheet, cell, "", values) for code, sheet, cell, values in batch.problems))
        if options.propose:
            actions.propose(batch=batch, by=user, reason=options.propose)
            batch.refresh_from_db()
    _show(batch, as_json=options.json)
    return 1 if batch.counts["notes"]["refused"] else 0


def _user(name: str) -> User:
    found = User.objects.filter(username=name, is_active=True, left_on__isnull=True).first()
    if found is None:
        raise Refused(Problem("U-USER", values={"name": name}))
    return found


def _place(user: User, code: str) -> Place:
    """The commune or province of today with that code, in the area of the user."""
    rows = scope(user, Right.IMPORT).of(Place.objects.all(), "path")
    rows = rows.filter(code=code.strip(), level__in=[Level.PROVINCE, Level.COMMUNE])
    today = [one for one in rows.order_by("level") if one.holds(date.today())]
    if not today:
        raise Refused(Problem("U-PLACE-CODE", values={"code": code}))
    return today[-1]


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _show(batch: Batch, *, as_json: bool) -> None:
    rows, notes = batch.counts["rows"], batch.counts["notes"]
    if as_json:
        console.print_json({"import": batch.public_id, "state": batch.state, "sha256": batch.sha256, **batch.counts})
        return
    lang = language()
    told: list[tuple[str, Any]] = [
        (_("Hộ mới"), rows[Staged.Kind.NEW]),
        (_("Hộ thay đổi"), rows[Staged.Kind.CHANGED]),
        (_("Hộ không đổi"), rows[Staged.Kind.UNCHANGED]),
        (_("Có thể trùng, phải trả lời"), batch.counts["unsettled"]),
        (_("Không còn trong danh sách"), rows[Staged.Kind.MISSING]),
        (_("Không nhận được"), notes["refused"]),
        (_("Ô đã sửa khi đọc, phải xác nhận"), notes["repair"]),
        (_("Cần xem lại"), notes["warning"]),
    ]
    title = _("Lần nhập {id}").format(id=batch.public_id)
    console.table(title, [_("Mục"), _("Số")], [(label, number(count, lang)) for label, count in told])
    if batch.state == Batch.State.PROPOSED:
        console.out.print(_("Đã gửi duyệt. Một người khác phải duyệt thì sổ hộ mới thay đổi."))
    else:
        address = f"/nhap-danh-sach/{batch.public_id}/"
        console.out.print(_("Sổ hộ chưa thay đổi. Xem lại và gửi duyệt ở {address}").format(address=address))
