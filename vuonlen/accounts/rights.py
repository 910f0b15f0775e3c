"""What each role may do. One table, read by the gateway, the pages and docs/security.md alike."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from vuonlen.places.models import Level


class Right(StrEnum):
    """One thing that a person may do within the area of the role."""

    READ_HOUSEHOLDS = "read_households"
    LOOK_UP_HOUSEHOLD = "look_up_household"  # by ID number only, never a list
    EDIT_HOUSEHOLDS = "edit_households"
    IMPORT = "import"  # propose an import
    EXPORT = "export"
    APPROVE_REGISTER = "approve_register"  # imports, merges, deletions, corrections of status
    SEE_ID_NUMBER = "see_id_number"  # reveal it with a purpose; everyone else sees the mask
    SEE_HEALTH = "see_health"
    SEE_ETHNICITY = "see_ethnicity"
    READ_JOURNAL = "read_journal"
    MANAGE_PLACES = "manage_places"  # assign households of communes that were split, import boundaries
    PROPOSE_ROLES = "propose_roles"
    APPROVE_ROLES = "approve_roles"


class Role(models.TextChoices):
    VILLAGE_HEAD = "village_head", _("Trưởng thôn, tổ trưởng tổ dân phố")
    COMMUNE_OFFICER = "commune_officer", _("Cán bộ giảm nghèo cấp xã")
    COMMUNE_CHAIR = "commune_chair", _("Chủ tịch UBND cấp xã")
    PROVINCE_OFFICER = "province_officer", _("Cán bộ cấp tỉnh")
    PROVINCE_APPROVER = "province_approver", _("Người duyệt cấp tỉnh")
    BANK_OFFICER = "bank_officer", _("Cán bộ Ngân hàng Chính sách xã hội")
    INSPECTOR = "inspector", _("Thanh tra, kiểm tra")
    ADMINISTRATOR = "administrator", _("Quản trị hệ thống")


_R = Right
_PEOPLE = {_R.READ_HOUSEHOLDS, _R.SEE_ETHNICITY}
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.VILLAGE_HEAD: frozenset({_R.READ_HOUSEHOLDS}),
    Role.COMMUNE_OFFICER: frozenset(
        _PEOPLE | {_R.EDIT_HOUSEHOLDS, _R.IMPORT, _R.EXPORT, _R.SEE_ID_NUMBER, _R.SEE_HEALTH, _R.READ_JOURNAL}
    ),
    Role.COMMUNE_CHAIR: frozenset(
        _PEOPLE | {_R.EXPORT, _R.APPROVE_REGISTER, _R.SEE_ID_NUMBER, _R.SEE_HEALTH, _R.READ_JOURNAL, _R.PROPOSE_ROLES}
    ),
    Role.PROVINCE_OFFICER: frozenset(
        _PEOPLE | {_R.IMPORT, _R.EXPORT, _R.READ_JOURNAL, _R.MANAGE_PLACES, _R.PROPOSE_ROLES}
    ),
    Role.PROVINCE_APPROVER: frozenset(
        _PEOPLE | {_R.EXPORT, _R.APPROVE_REGISTER, _R.READ_JOURNAL, _R.APPROVE_ROLES, _R.SEE_ID_NUMBER, _R.SEE_HEALTH}
    ),
    Role.BANK_OFFICER: frozenset({_R.LOOK_UP_HOUSEHOLD}),
    Role.INSPECTOR: frozenset(_PEOPLE | {_R.READ_JOURNAL, _R.SEE_HEALTH, _R.SEE_ID_NUMBER}),
    Role.ADMINISTRATOR: frozenset({_R.PROPOSE_ROLES}),
}

#: Where each role can be held: a chair of a village or a village head of a province does not exist.
LEVELS: dict[Role, frozenset[Level]] = {
    Role.VILLAGE_HEAD: frozenset({Level.VILLAGE}),
    Role.COMMUNE_OFFICER: frozenset({Level.COMMUNE}),
    Role.COMMUNE_CHAIR: frozenset({Level.COMMUNE}),
    Role.PROVINCE_OFFICER: frozenset({Level.PROVINCE}),
    Role.PROVINCE_APPROVER: frozenset({Level.PROVINCE}),
    Role.BANK_OFFICER: frozenset({Level.COMMUNE, Level.PROVINCE}),
    Role.INSPECTOR: frozenset({Level.COMMUNE, Level.PROVINCE}),
    Role.ADMINISTRATOR: frozenset({Level.COMMUNE, Level.PROVINCE}),
}

#: Whoever holds none of these sees no row of a household, in the gateway and behind it in the database.
OF_HOUSEHOLDS = frozenset({_R.READ_HOUSEHOLDS, _R.LOOK_UP_HOUSEHOLD})

#: Rights that ask for a second factor at sign-in (ASVS, and control C11 of docs/security.md).
SECOND_FACTOR = frozenset({_R.APPROVE_REGISTER, _R.APPROVE_ROLES})
