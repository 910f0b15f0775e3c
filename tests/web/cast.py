"""The cast of the tests: the places of Bắc Kạn before and after 01/07/2025, and one person for each role.

`tests/conftest.py` loads this module, so that every test may ask for the fixtures `places` and `cast`:

    def test_a_neighbour_sees_nothing(cast: Cast) -> None:
        assert cast.client("neighbour").get("/ho/").status_code == 200
        assert cast.officer.full_name

Everybody here is invented.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.test import Client

from vuonlen.accounts.models import Appointment, User
from vuonlen.accounts.rights import Role
from vuonlen.domain.names import fold
from vuonlen.domain.poverty import AreaType
from vuonlen.foundation.paths import step
from vuonlen.places.models import Kind, Level, Place, Succession

BEGAN, MERGED = date(2021, 1, 1), date(2025, 7, 1)
PASSWORD = "mat-khau-de-thu-2026"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

#: old code -> name, code of the unit that it went on as
OLD = {
    "01834": ("Phường Nguyễn Thị Minh Khai", "01840"),
    "01837": ("Phường Sông Cầu", "01843"),
    "01840": ("Phường Đức Xuân", "01840"),
    "01843": ("Phường Phùng Chí Kiên", "01843"),
    "01846": ("Phường Huyền Tụng", "01840"),
    "01849": ("Xã Dương Quang", "01849"),
    "01852": ("Xã Nông Thượng", "01843"),
    "01855": ("Phường Xuất Hóa", "01843"),
}
NEW = {"01840": "Phường Đức Xuân", "01843": "Phường Bắc Kạn", "01849": "Xã Phong Quang"}
VILLAGES = ("Thôn Nà Kham", "Thôn Tân Thành")  # of each old unit; they go on in the new one


@dataclass
class Places:
    """The trees of two dates. old, new, villages, new_villages: by code of the commune."""

    old_province: Place
    city: Place
    province: Place
    far_province: Place
    far_commune: Place
    old: dict[str, Place] = field(default_factory=dict)
    new: dict[str, Place] = field(default_factory=dict)
    villages: dict[str, list[Place]] = field(default_factory=dict)  # of the old units
    new_villages: dict[str, list[Place]] = field(default_factory=dict)

    @property
    def bac_kan(self) -> Place:
        """Phường Bắc Kạn, where most of the cast work."""
        return self.new["01843"]

    @property
    def duc_xuan(self) -> Place:
        """The ward beside it."""
        return self.new["01840"]

    @property
    def nong_thuong(self) -> Place:
        """Xã Nông Thượng, rural until it became part of Phường Bắc Kạn."""
        return self.old["01852"]


@dataclass
class Cast:
    """One person for each role. Two officers of one ward, two approvers of one province."""

    places: Places
    village_head: User  # of the first new village of Phường Bắc Kạn
    officer: User  # Phường Bắc Kạn
    officer2: User
    chair: User
    province_officer: User  # Tỉnh Thái Nguyên
    approver: User
    approver2: User
    bank: User
    inspector: User
    administrator: User
    neighbour: User  # officer of Phường Đức Xuân
    neighbour_chair: User
    far_officer: User  # officer of a commune in another province
    far_approver: User
    nobody: User  # signs in and holds no role

    def users(self) -> dict[str, User]:
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name != "places"}

    def client(self, name: str, *, second_factor: bool = True) -> Client:
        """A browser in which `name` is signed in; with the second factor given unless told otherwise."""
        return sign_in(Client(), getattr(self, name), second_factor=second_factor)


@pytest.fixture
def places(db: None) -> Places:
    return build_places()


@pytest.fixture
def cast(places: Places) -> Cast:
    return build_cast(places)


# ---- places -------------------------------------------------------------------------------------------------------


def build_places() -> Places:
    """Two provinces of today and Bắc Kạn as it was, with its successions."""
    old_province = _place("06", Level.PROVINCE, Kind.PROVINCE, "Tỉnh Bắc Kạn", step(1), BEGAN, MERGED)
    province = _place("19", Level.PROVINCE, Kind.PROVINCE, "Tỉnh Thái Nguyên", step(2), MERGED)
    far = _place("08", Level.PROVINCE, Kind.PROVINCE, "Tỉnh Tuyên Quang", step(3), MERGED)
    _save([old_province, province, far])
    city = _under(old_province, 1, "058", Level.DISTRICT, Kind.CITY, "Thành phố Bắc Kạn")
    far_commune = _under(far, 1, "02212", Level.COMMUNE, Kind.WARD, "Phường Nông Tiến", AreaType.URBAN)
    _save([city, far_commune])
    made = Places(old_province, city, province, far, far_commune)
    for number, (code, (name, _)) in enumerate(OLD.items(), 1):
        made.old[code] = _commune(city, number, code, name)
    for number, (code, name) in enumerate(NEW.items(), 1):
        made.new[code] = _commune(province, number, code, name)
    _save([*made.old.values(), *made.new.values()])
    _add_villages(made)
    return made


def _add_villages(made: Places) -> None:
    pairs = [(made.old_province, made.province)]
    for code, (name, later) in OLD.items():
        pairs.append((made.old[code], made.new[later]))
        made.villages[code] = [
            _under(made.old[code], number, f"{code}-{number}", Level.VILLAGE, Kind.VILLAGE, village)
            for number, village in enumerate(VILLAGES, 1)
        ]
        there = made.new_villages.setdefault(later, [])
        for old in made.villages[code]:
            number = len(there) + 1
            called = f"{old.name} ({name.split(' ', 1)[1]})"
            there.append(
                _under(made.new[later], number, f"{later}-{number}", Level.VILLAGE, Kind.RESIDENTIAL_GROUP, called)
            )
            pairs.append((old, there[-1]))
    villages = [one for group in (made.villages, made.new_villages) for rows in group.values() for one in rows]
    _save([*villages, _under(made.far_commune, 1, "02212-1", Level.VILLAGE, Kind.RESIDENTIAL_GROUP, "Tổ 1")])
    Succession.objects.bulk_create(
        Succession(predecessor=old, successor=new, whole=True, share="all", on=MERGED) for old, new in pairs
    )


def _place(
    code: str, level: Level, kind: Kind, name: str, path: str, since: date, until: date | None = None,
    area: str = "", parent: Place | None = None,
) -> Place:  # fmt: skip
    return Place(
        code=code, level=level, kind=kind, name=name, name_folded=fold(name), path=path, parent=parent,
        valid_from=since, valid_to=until, area_type=area,
    )  # fmt: skip


def _under(parent: Place, number: int, code: str, level: Level, kind: Kind, name: str, area: str = "") -> Place:
    """A place that exists as long as its parent."""
    path = parent.path + step(number)
    return _place(code, level, kind, name, path, parent.valid_from, parent.valid_to, area, parent)


def _commune(parent: Place, number: int, code: str, name: str) -> Place:
    ward = name.startswith("Phường")
    area = AreaType.URBAN if ward else AreaType.RURAL
    return _under(parent, number, code, Level.COMMUNE, Kind.WARD if ward else Kind.RURAL_COMMUNE, name, area.value)


def _save(places: Iterable[Place]) -> None:
    Place.objects.bulk_create(places)


# ---- people -------------------------------------------------------------------------------------------------------

_NAMES = {
    "village_head": "Triệu Thị Lan", "officer": "Hoàng Thị Bích", "officer2": "Lường Văn Đạt",
    "chair": "Nông Văn Sơn", "province_officer": "Vũ Thị Hạnh", "approver": "Ma Văn Khánh",
    "approver2": "Chu Thị Hòa", "bank": "Đỗ Quang Huy", "inspector": "Phạm Minh Châu",
    "administrator": "Lê Anh Tuấn", "neighbour": "Hà Thị Mai", "neighbour_chair": "Đinh Văn Toàn",
    "far_officer": "Quan Thị Thơm", "far_approver": "Bùi Văn Lâm", "nobody": "Tạ Thị Vân",
}  # fmt: skip


def build_cast(places: Places) -> Cast:
    """One person for each role, appointed since 01/07/2025. All have the password PASSWORD."""
    password = make_password(PASSWORD)
    users = {name: User(username=name, full_name=full, password=password) for name, full in _NAMES.items()}
    ward, province = places.bac_kan, places.province
    roles = {
        "village_head": (Role.VILLAGE_HEAD, places.new_villages["01843"][0]),
        "officer": (Role.COMMUNE_OFFICER, ward),
        "officer2": (Role.COMMUNE_OFFICER, ward),
        "chair": (Role.COMMUNE_CHAIR, ward),
        "province_officer": (Role.PROVINCE_OFFICER, province),
        "approver": (Role.PROVINCE_APPROVER, province),
        "approver2": (Role.PROVINCE_APPROVER, province),
        "bank": (Role.BANK_OFFICER, ward),
        "inspector": (Role.INSPECTOR, province),
        "administrator": (Role.ADMINISTRATOR, province),
        "neighbour": (Role.COMMUNE_OFFICER, places.duc_xuan),
        "neighbour_chair": (Role.COMMUNE_CHAIR, places.duc_xuan),
        "far_officer": (Role.COMMUNE_OFFICER, places.far_commune),
        "far_approver": (Role.PROVINCE_APPROVER, places.far_province),
    }
    for name, (_, place) in roles.items():
        users[name].place = place
    User.objects.bulk_create(users.values())
    Appointment.objects.bulk_create(
        Appointment(user=users[name], role=role, place=place, valid_from=MERGED, document="QĐ 01/2025")
        for name, (role, place) in roles.items()
    )
    return Cast(places, **users)


def appoint(user: User, role: Role, place: Place, since: date = MERGED, until: date | None = None) -> Appointment:
    """A role, put in place without the two pairs of eyes."""
    return Appointment.objects.create(user=user, role=role, place=place, valid_from=since, valid_to=until)


def sign_in(client: Client, user: User, *, second_factor: bool = True) -> Client:
    """`client` with `user` signed in by password; second_factor: a one-time code was set up and given as well."""
    client.force_login(user, backend=BACKEND)
    session = client.session
    methods: list[dict[str, object]] = [{"method": "password", "at": time.time(), "username": user.username}]
    if second_factor:
        device = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
        if device is None:
            device = TOTP.activate(user, generate_totp_secret()).instance
        methods.append({"method": "mfa", "at": time.time(), "type": "totp", "id": device.pk})
    session["account_authentication_methods"] = methods
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client
