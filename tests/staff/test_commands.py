"""`vuonlen user …`, as the functions that its commands call."""

from __future__ import annotations

import json

import pytest

from tests.web.cast import Cast, Places
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.accounts.scope import may, rights
from vuonlen.cli.register import people
from vuonlen.domain.problems import Refused
from vuonlen.journal.models import Entry

pytestmark = pytest.mark.django_db


def test_an_installation_gets_its_first_two_people(places: Places, capsys: pytest.CaptureFixture[str]) -> None:
    given = {"place": "19", "as_json": True}
    people.add(username="quantri", full_name="Lê Anh Tuấn", role="administrator", **given)  # type: ignore[arg-type]
    told = json.loads(capsys.readouterr().out)
    assert User.objects.get(username="quantri").check_password(told["password"])
    people.add(username="duyet", full_name="Ma Văn Khánh", role=None, **given)  # type: ignore[arg-type]
    people.appoint(username="duyet", role="province_approver", place="19", document="QĐ 1", as_json=True)
    assert may(User.objects.get(username="duyet"), Right.APPROVE_ROLES, places.bac_kan.path)
    with pytest.raises(Refused) as why:
        people.appoint(username="duyet", role="inspector", place="19")
    assert why.value.problems[0].code == "N-FIRST-ONLY"


def test_words_for_people(places: Places, capsys: pytest.CaptureFixture[str]) -> None:
    people.add(username="quantri", full_name="Lê Anh Tuấn", place="01843", role=None)
    told = capsys.readouterr().out
    assert "Tên đăng nhập: quantri" in told
    assert "Mật khẩu dùng một lần:" in told


def test_an_account_is_closed_from_the_command_line_at_any_time(cast: Cast) -> None:
    client = cast.client("approver")
    assert client.get("/nhan-su/").status_code == 200
    assert people.close(username="Approver", reason="mất điện thoại và thẻ") == 0
    assert client.get("/nhan-su/").status_code == 302
    assert rights(User.objects.get(username="approver")) == frozenset()
    entry = Entry.objects.get(act="staff.close_user")
    assert (entry.actor_id, entry.reason) == (None, "mất điện thoại và thẻ")
    with pytest.raises(Refused):
        people.close(username="approver", reason="lần nữa")


@pytest.mark.parametrize(
    ("username", "place", "code"),
    [("ai-do", "19", "N-NO-USER"), ("nobody", "99", "N-NO-PLACE"), ("nobody", "0", "N-NO-PLACE")],
)
def test_what_does_not_exist_is_named(cast: Cast, username: str, place: str, code: str) -> None:
    with pytest.raises(Refused) as why:
        people.appoint(username=username, role="inspector", place=place)
    assert why.value.problems[0].code == code
    assert username in why.value.problems[0].sentence() or place in why.value.problems[0].sentence()


def test_with_the_last_approver_gone_the_command_line_helps_again(places: Places) -> None:
    for name, role in (("duyet", "province_approver"), ("quantri", "administrator")):
        people.add(username=name, full_name="Người Thử", place="19", role=role)
    with pytest.raises(Refused):
        people.add(username="moi", full_name="Người Thử", place="19", role="province_approver")
    people.close(username="duyet", reason="nghỉ việc")
    assert people.add(username="moi", full_name="Người Thử", place="19", role="province_approver") == 0
    with pytest.raises(Refused):
        people.add(username="nua", full_name="Người Thử", place="19", role=None)
