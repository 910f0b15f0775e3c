"""Verbs of places for people: the right is checked for the place, then `places.actions` does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import PermissionDenied
from django.db import transaction

from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.accounts.scope import actor, scope
from vuonlen.domain.problems import Problem, Refused
from vuonlen.journal.actions import Actor
from vuonlen.places import actions
from vuonlen.places.models import Place


@dataclass(frozen=True, slots=True)
class Choice:
    """A village and where it went. name: its new name, if it changed."""

    village: Place
    successor: Place
    name: str = ""


def add_village(*, commune: Place, name: str, kind: str, document: str, by: User) -> Place:
    """Raises Refused, PermissionDenied."""
    return actions.add_village(commune=commune, name=name, kind=kind, source=document, by=_allowed(by, commune))


def assign_villages(*, commune: Place, choices: Sequence[Choice], reason: str, by: User) -> list[Place]:
    """All of them or none. Raises Refused with the faults of every village, PermissionDenied."""
    authority = _allowed(by, commune)
    made: list[Place] = []
    faults: list[Problem] = []
    with transaction.atomic():
        for one in choices:
            if one.village.parent_id != commune.pk:
                raise PermissionDenied
            try:
                with transaction.atomic():
                    made.append(
                        actions.assign_village(
                            village=one.village, successor=one.successor, name=one.name, reason=reason, by=authority
                        )
                    )
            except Refused as why:
                faults += [replace(problem, sheet=one.village.name) for problem in why.problems]
        if faults:
            raise Refused(*faults)
    return made


def withdraw_assignment(*, village: Place, reason: str, by: User) -> None:
    """Raises Refused, PermissionDenied."""
    actions.withdraw_assignment(village=village, reason=reason, by=_allowed(by, village))


def _allowed(by: User, place: Place) -> Actor:
    if not scope(by, Right.MANAGE_PLACES).covers(place.path):
        raise PermissionDenied
    return actor(by, place.path, Right.MANAGE_PLACES)
