"""Moving: to another village, or to another commune where both ends are in one hand or the other end agrees."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from vuonlen.accounts import scope as rights
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.places.models import Place
from vuonlen.registry.models import Act, Household, Residence
from vuonlen.registry.verbs.desk import Desk, changing, check_place, refuse
from vuonlen.registry.verbs.texts import line


def move_household(
    *,
    household: Household,
    by: User,
    reason: str,
    effective_on: date,
    revision: int,
    place: Place,
    address: str = "",
) -> Act:
    """The household lives in another place from a day. Raises PermissionDenied without the right at both ends."""
    if not rights.may(by, Right.EDIT_HOUSEHOLDS, place.path):
        raise PermissionDenied
    with changing(
        "move_household", household, by=by, reason=reason, effective_on=effective_on, revision=revision
    ) as desk:
        _settle(desk, place, address)
    return desk.act


def receive_household(
    *,
    household: Household,
    by: User,
    reason: str,
    effective_on: date,
    revision: int,
    place: Place,
    address: str = "",
) -> Act:
    """The same, proposed by the commune that the household leaves and approved by the one it comes to."""
    if not rights.may(by, Right.APPROVE_REGISTER, place.path):
        raise PermissionDenied
    with changing(
        "receive_household", household, by=by, reason=reason, effective_on=effective_on, revision=revision, right=None
    ) as desk:
        _settle(desk, place, address)
    return desk.act


def _settle(desk: Desk, place: Place, address: str) -> None:
    check_place(place, desk.day)
    stay = Residence.objects.select_related("place").get(household=desk.home, valid_to__isnull=True)
    if stay.place_id == place.pk:
        refuse("G-PLACE-SAME", "place")
    desk.replace(stay, stay.place.name, place=place, area_path=place.path)
    desk.set(desk.home, address=line(address, "address", _("địa chỉ"), most=200))
