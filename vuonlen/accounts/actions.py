"""What people do with their own account. Giving and taking roles is the work of `staff`."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from vuonlen.accounts.models import User
from vuonlen.accounts.scope import actor
from vuonlen.journal.actions import SYSTEM, Act, record
from vuonlen.places.models import Level, Place


def chain_of(place: Place | None) -> str:
    """The chain of the journal for acts at `place`: its commune's, its own above communes, the system's without one."""
    if place is None:
        return "system"
    if place.level == Level.VILLAGE and place.parent is not None:
        return place.parent.key
    return place.key


@transaction.atomic
def change_password(*, by: User, password: str) -> None:
    """A new password; every other session ends. The caller has asked for the old one."""
    by.set_password(password)
    by.must_change_password = False
    by.save(update_fields=["password", "must_change_password"])
    note(by=by, act="change_password")


@transaction.atomic
def end_sessions(*, by: User, reason: str = "") -> None:
    """Every session of `by` ends at once, this one too."""
    drop_sessions(by)
    note(by=by, act="end_sessions", reason=reason)


def drop_sessions(user: User) -> None:
    """Without entry in the journal: part of another act."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])


@transaction.atomic
def note(*, by: User, act: str, reason: str = "") -> None:
    """An entry about one's own account: second factor added or removed, new recovery codes."""
    path = by.place.path if by.place is not None else ""
    entry = Act(f"accounts.{act}", "user", by.public_id, reason=reason)
    record(chain_of(by.place), actor(by, path) if by.pk else SYSTEM, entry)
