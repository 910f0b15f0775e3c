"""What the page after signing in tells about proposals."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from vuonlen.accounts.models import User
from vuonlen.approval.queries import waiting_for


def waiting(user: User) -> dict[str, Any] | None:
    count = waiting_for(user)
    if not count:
        return None
    return {
        "title": _("Đề nghị chờ bạn duyệt"),
        "icon": "check2-square",
        "text": _("{count} đề nghị").format(count=count),
        "url": reverse("approval:waiting"),
        "action": _("Xem và quyết định"),
        "urgent": True,
    }
