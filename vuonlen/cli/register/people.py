"""`vuonlen user …`: the first people of an installation, and the last way out. Django is ready by then.

Once one person can propose a role and another approve it, roles are given on the pages and no longer here.
"""

from __future__ import annotations

from django.utils import timezone

import vuonlen.domain.problems.accounts  # noqa: F401  (fills the catalogue)
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Role
from vuonlen.cli import console
from vuonlen.domain.problems import Problem, Refused
from vuonlen.i18n import _
from vuonlen.places.models import Level, Place
from vuonlen.places.queries import find
from vuonlen.staff import actions

ROLES = tuple(Role.values)


def add(
    *, username: str, full_name: str, place: str, role: str | None, document: str = "", as_json: bool = False
) -> int:
    """A user, with a role where one is named. Prints the one-time password, which is kept nowhere."""
    new = actions.install_user(
        username=username, full_name=full_name, place=_place(place), role=Role(role) if role else None,
        document=document,
    )  # fmt: skip
    if as_json:
        console.print_json({"username": new.user.username, "password": new.password, "role": role})
        return 0
    told = _("Đã thêm {name}. Tên đăng nhập: {username}. Mật khẩu dùng một lần: {password}")
    console.out.print(
        told.format(name=new.user.full_name, username=new.user.username, password=new.password),
        markup=False,
        soft_wrap=True,
    )
    console.out.print(_("Mật khẩu chỉ hiện lần này; lần đăng nhập đầu tiên phải đổi."))
    return 0


def appoint(*, username: str, role: str, place: str, document: str = "", as_json: bool = False) -> int:
    """A role from today. Raises Refused once roles are given by two persons."""
    row = actions.install_role(user=_user(username), role=Role(role), place=_place(place), document=document)
    if as_json:
        console.print_json({"username": username, "role": role, "place": row.place.key, "from": row.valid_from})
        return 0
    told = _("Đã giao vai trò {role} tại {place} cho {name}, từ hôm nay.")
    console.out.print(told.format(role=row.get_role_display(), place=row.place, name=row.user), markup=False)
    return 0


def close(*, username: str, reason: str, as_json: bool = False) -> int:
    """An account is closed at once, with its sessions and roles."""
    user = actions.shut_user(user=_user(username), reason=reason)
    if as_json:
        console.print_json({"username": username, "left_on": user.left_on})
        return 0
    console.out.print(_("Đã đóng tài khoản {username} và mọi phiên của nó.").format(username=username), markup=False)
    return 0


def _user(username: str) -> User:
    found = User.objects.filter(username=username.strip().lower()).first()
    if found is None:
        raise Refused(Problem("N-NO-USER", values={"username": username}))
    return found


def _place(code: str) -> Place:
    """The province (2 digits) or commune (5) of today with that code."""
    level = Level.PROVINCE if len(code.strip()) == 2 else Level.COMMUNE
    today = timezone.localdate()
    found = find(code, today, level)
    if found is None:
        raise Refused(Problem("N-NO-PLACE", values={"code": code, "day": f"{today:%d/%m/%Y}"}))
    return found
