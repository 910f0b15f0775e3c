"""What the page after signing in tells about lists."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from vuonlen.accounts.models import User
from vuonlen.registry.intake.queries import waiting_for


def to_review(user: User) -> dict[str, Any] | None:
    """Lists of one's own that were read and wait for a look."""
    count = waiting_for(user)
    if not count:
        return None
    return {
        "title": _("Danh sách chờ bạn xem lại"),
        "icon": "file-earmark-spreadsheet",
        "text": _("{count} danh sách").format(count=count),
        "url": reverse("registry_intake:batches"),
        "action": _("Xem và gửi duyệt"),
        "urgent": True,
    }
