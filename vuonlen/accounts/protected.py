"""Protected values: shown masked, opened one at a time by a person who says why, up to a number a day.

How another capability shows one: print `mask(number)`; on the click, build a `Protected` and call `reveal`. Ethnicity
and health need no click, only the right (`accounts.rights.Right.SEE_ETHNICITY`, `SEE_HEALTH`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

import vuonlen.domain.problems.accounts  # noqa: F401  (fills the catalogue)
from vuonlen.accounts.models import Reveal, User
from vuonlen.accounts.rights import Right
from vuonlen.accounts.scope import actor, may
from vuonlen.domain.problems import Problem, Refused
from vuonlen.journal.actions import Act, record

#: field -> the right that opens it
FIELDS: dict[str, Right] = {"id_number": Right.SEE_ID_NUMBER}
NOTE = 10  # least length of an explanation
_HIDDEN = "*" * 8  # says nothing of the length either


class Purpose(models.TextChoices):
    """Why somebody looks."""

    REVIEW = "review", _("Đối chiếu giấy tờ khi rà soát")
    CERTIFICATE = "certificate", _("Cấp giấy chứng nhận, quyết định")
    CORRECTION = "correction", _("Sửa số ghi sai, kiểm tra trùng")
    SUPPORT = "support", _("Làm hồ sơ hỗ trợ, vay vốn")
    COMPLAINT = "complaint", _("Giải quyết đơn, khiếu nại")
    INSPECTION = "inspection", _("Thanh tra, kiểm tra")
    OTHER = "other", _("Việc khác")


@dataclass(frozen=True, slots=True)
class Protected:
    """One value of one object. path, chain: where the object is now. read: opens the value, only when it is given."""

    field: str
    object_type: str
    object_id: str
    path: str
    chain: str
    read: Callable[[], str]


def mask(number: str) -> str:
    """ "001085000045" -> "0010******45"; of an old card only the end; of anything else nothing, not even its length."""
    if not number:
        return ""
    if not (number.isascii() and number.isdigit()):
        return _HIDDEN
    if len(number) == 12:
        return f"{number[:4]}******{number[-2:]}"
    return f"*******{number[-2:]}" if len(number) == 9 else _HIDDEN


def reveal(*, by: User, what: Protected, purpose: str, note: str = "") -> str:
    """The value in clear. Raises PermissionDenied without the right there, Refused without a purpose or at the ceiling.

    Not inside a transaction of the caller: the journal must keep a refusal too.
    """
    right = FIELDS[what.field]
    if not may(by, right, what.path):
        raise PermissionDenied
    told = _purpose(purpose, note)
    with transaction.atomic(durable=True):
        User.objects.select_for_update().get(pk=by.pk)  # two clicks at once are counted one after the other
        allowed = left_today(by) > 0
        if allowed:
            Reveal.objects.create(
                user=by, at=timezone.now(), field=what.field, object_type=what.object_type,
                object_id=what.object_id, purpose=told,
            )  # fmt: skip
        act = "accounts.reveal" if allowed else "accounts.reveal_refused"
        entry = Act(act, what.object_type, what.object_id, fields=[what.field], reason=told)
        record(what.chain, actor(by, what.path, right), entry)
    if not allowed:
        raise Refused(Problem("N-CEILING", values={"most": settings.REVEALS_A_DAY}))
    return what.read()


def left_today(user: User) -> int:
    """How many values `user` may still open today."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
    day = Reveal.objects.filter(user=user, at__gte=midnight, at__lt=midnight + timedelta(days=1))
    return max(0, settings.REVEALS_A_DAY - day.count())


def _purpose(purpose: str, note: str) -> str:
    if purpose not in Purpose.values:
        raise Refused(Problem("N-PURPOSE", cell="purpose"))
    note = " ".join(note.split())
    if purpose == Purpose.OTHER and len(note) < NOTE:
        raise Refused(Problem("N-PURPOSE-NOTE", cell="note", values={"least": NOTE}))
    label = str(Purpose(purpose).label)
    return (f"{label}: {note}" if note else label)[:300]
