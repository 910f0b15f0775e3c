"""Who may be played in the demonstration, for its sign-in page."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from vuonlen.accounts.models import Appointment, User
from vuonlen.foundation.periods import at


@dataclass(frozen=True, slots=True)
class Player:
    username: str
    name: str
    work: str  # role and place


def players() -> list[Player]:
    """None outside the demonstration, whatever stands in the table."""
    if not settings.DEMO:
        return []
    rows = Appointment.objects.filter(at(timezone.localdate()), user__demo=True, user__is_active=True)
    work: dict[int, str] = {}
    for one in rows.select_related("place").order_by("id"):
        work.setdefault(one.user_id, f"{one.get_role_display()}, {one.place}")
    users = User.objects.filter(pk__in=work).order_by("id")
    return [Player(one.username, str(one), work[one.pk]) for one in users]
