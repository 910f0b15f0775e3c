"""Undoing one act with a reason. What two persons decided, two persons undo."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from vuonlen.accounts import scope as rights
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.domain.problems import Problem, Refused
from vuonlen.registry.models import Act, Change, Household
from vuonlen.registry.reversing import CannotReverse, decided, reverse, right_to_undo
from vuonlen.registry.telling.words import verb
from vuonlen.registry.verbs.desk import refuse, writing
from vuonlen.registry.verbs.texts import text


def undo(*, act: Act, by: User, reason: str) -> Act:
    """Every row back to what it was. Raises PermissionDenied and Refused."""
    if decided(act):
        refuse("G-UNDO-DECIDED")
    return _undo(act, by, reason, right_to_undo(act))


def undo_decided(*, act: Act, by: User, reason: str) -> Act:
    """The same for what two persons decided. Carried out by whoever approves, never alone."""
    return _undo(act, by, reason, Right.APPROVE_REGISTER)


def _undo(act: Act, by: User, reason: str, right: Right) -> Act:
    touched = Change.objects.filter(act=act).values("household")
    homes = Household.objects.filter(Q(pk=act.household_id or 0) | Q(pk__in=touched))
    with writing(), transaction.atomic():
        scope = rights.scope(by, right)
        paths = list(homes.values_list("area_path", flat=True))
        if not paths or not all(scope.covers(path) for path in paths):
            raise PermissionDenied
        why = text(reason, "reason", _("lý do"), most=2000, required="G-REASON")
        if act.batch:
            refuse("G-UNDO-IMPORT")
        try:
            return reverse(act=act, by=by, reason=why)
        except CannotReverse as stopped:
            raise Refused(_told(stopped)) from stopped


def _told(stopped: CannotReverse) -> Problem:
    acts = {one.act_id: one.act for one in stopped.changes}
    if not acts:
        return Problem("G-UNDONE")
    told = [f"{verb(one.verb)} ({localtime(one.at):%d/%m/%Y %H:%M})" for _, one in sorted(acts.items())]
    return Problem("G-UNDO-BLOCKED", values={"acts": "; ".join(told)})
