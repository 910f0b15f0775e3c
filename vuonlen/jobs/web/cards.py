"""What the page after signing in tells about long work."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from vuonlen.accounts.models import User
from vuonlen.jobs import queries
from vuonlen.jobs.models import Job


def unfinished(user: User) -> dict[str, Any] | None:
    """One's own jobs that wait or run."""
    rows = queries.mine(user).filter(finished_at__isnull=True).order_by("-id")
    found = list(rows[:21])
    if not found:
        return None
    running = [one for one in found if one.state == Job.State.RUNNING]
    first = (running or found)[0]
    return {
        "title": _("Việc đang chạy nền"),
        "icon": "hourglass-split",
        "count": len(found) if len(found) <= 20 else None,
        "text": first.title,
        "url": reverse("jobs:job", args=[first.public_id]) if len(found) == 1 else reverse("jobs:list"),
        "action": _("Xem tiến độ"),
    }
