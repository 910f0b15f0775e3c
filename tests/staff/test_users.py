"""Users come with a one-time password and no right; the first of an installation come by the command line."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from tests.web.cast import Cast, Places, appoint
from vuonlen.accounts.models import Appointment, User
from vuonlen.accounts.rights import Right, Role
from vuonlen.accounts.scope import may, rights
from vuonlen.domain.problems import Refused
from vuonlen.journal.models import Entry
from vuonlen.staff.actions import add_user, install_role, install_user, new_password, one_time_password
from vuonlen.staff.queries import listed, two_pairs_of_eyes, users_of

pytestmark = pytest.mark.django_db

LOGIN, CHANGE = "/tai-khoan/dang-nhap/", "/tai-khoan/doi-mat-khau/"


def test_a_new_user_signs_in_sets_a_password_and_sees_nothing(cast: Cast, client: Client) -> None:
    new = add_user(by=cast.chair, username="Lan.Anh", full_name="  Lò Thị  Lan Anh ", place=cast.places.bac_kan)
    assert (new.user.username, new.user.full_name) == ("lan.anh", "Lò Thị Lan Anh")
    assert rights(new.user) == frozenset()
    client.post(LOGIN, {"login": "lan.anh", "password": new.password})
    assert client.get("/")["Location"] == CHANGE
    own = "mat-khau-rieng-cua-toi"
    client.post(CHANGE, {"oldpassword": new.password, "password1": own, "password2": own})
    assert client.get("/").status_code == 200


def test_the_password_is_kept_nowhere(cast: Cast) -> None:
    new = add_user(by=cast.chair, username="lan.anh", full_name="Lò Thị Lan Anh", place=cast.places.bac_kan)
    assert new.password not in str(list(User.objects.values())) + str(list(Entry.objects.values()))


def test_one_time_passwords_are_long_and_differ() -> None:
    made = {one_time_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(one) == 19 for one in made)


@pytest.mark.parametrize("by", ["officer", "approver", "inspector", "neighbour_chair", "far_approver", "nobody"])
def test_who_may_not_add(cast: Cast, by: str) -> None:
    with pytest.raises(PermissionDenied):
        add_user(by=getattr(cast, by), username="moi", full_name="Người Mới", place=cast.places.bac_kan)


@pytest.mark.parametrize(
    ("username", "name", "code"),
    [
        ("", "Lò Thị Lan", "N-USERNAME"),
        ("lò.lan", "Lò Thị Lan", "N-USERNAME"),
        ("1lan", "Lò Thị Lan", "N-USERNAME"),
        ("ab", "Lò Thị Lan", "N-USERNAME"),
        ("a" * 61, "Lò Thị Lan", "N-USERNAME"),
        ("lan anh", "Lò Thị Lan", "N-USERNAME"),
        ("OFFICER", "Lò Thị Lan", "N-USERNAME-TAKEN"),
        ("lan.anh", "  ", "N-NAME"),
        ("lan.anh", "Lò\x00Thị", "N-NAME"),
        ("lan.anh", "L" * 121, "N-NAME-LONG"),
    ],
)
def test_bad_names_are_refused_and_nobody_is_made(cast: Cast, username: str, name: str, code: str) -> None:
    before = User.objects.count()
    with pytest.raises(Refused) as why:
        add_user(by=cast.chair, username=username, full_name=name, place=cast.places.bac_kan)
    assert [one.code for one in why.value.problems] == [code]
    assert User.objects.count() == before


def test_a_forgotten_password_is_replaced_and_the_old_sessions_end(cast: Cast, client: Client) -> None:
    lost = cast.client("officer", second_factor=False)
    told = new_password(by=cast.administrator, user=cast.officer)
    assert lost.get("/").status_code == 302
    client.post(LOGIN, {"login": "officer", "password": told})
    assert client.get("/")["Location"] == CHANGE
    assert Entry.objects.get().act == "staff.new_password"


@pytest.mark.parametrize("by", ["chair", "approver"])
def test_whoever_approves_hands_out_no_passwords(cast: Cast, by: str) -> None:
    """With the password of an officer a chair would bring a list and approve it alone."""
    with pytest.raises(Refused) as why:
        new_password(by=getattr(cast, by), user=cast.officer)
    assert why.value.problems[0].code == "N-PASSWORD-APPROVER"
    appoint(cast.administrator, Role.COMMUNE_CHAIR, cast.places.far_commune)
    with pytest.raises(Refused):
        new_password(by=cast.administrator, user=cast.officer)


def test_a_commune_does_not_reset_the_password_of_an_approver_who_has_an_office_there(cast: Cast) -> None:
    User.objects.filter(pk=cast.approver.pk).update(place=cast.places.bac_kan)
    appoint(cast.nobody, Role.ADMINISTRATOR, cast.places.bac_kan)
    with pytest.raises(Refused) as why:
        new_password(by=cast.nobody, user=cast.approver)
    assert why.value.problems[0].code == "N-NOT-YOURS"


def test_people_of_another_area_are_out_of_sight(cast: Cast) -> None:
    for who in ("neighbour", "far_officer", "approver", "nobody"):
        with pytest.raises(PermissionDenied):
            new_password(by=cast.chair, user=getattr(cast, who))


def test_the_list_holds_the_area_by_given_name_and_the_closed_last(cast: Cast) -> None:
    User.objects.filter(pk=cast.village_head.pk).update(left_on="2026-01-01")
    names = [str(one) for one in listed(cast.chair)]
    assert names == ["Hoàng Thị Bích", "Lường Văn Đạt", "Đỗ Quang Huy", "Nông Văn Sơn", "Triệu Thị Lan"]
    assert not users_of(cast.officer).exists()
    assert cast.far_officer not in users_of(cast.approver)


# ---- the first people of an installation --------------------------------------------------------------------------


def test_an_installation_gets_an_administrator_and_an_approver_and_then_no_more(places: Places) -> None:
    first = install_user(username="quantri", full_name="Lê Anh Tuấn", place=places.province, role=Role.ADMINISTRATOR)
    assert not two_pairs_of_eyes()
    second = install_user(username="duyet", full_name="Ma Văn Khánh", place=places.province)
    install_role(user=second.user, role=Role.PROVINCE_APPROVER, place=places.province, document="QĐ 1")
    assert may(first.user, Right.PROPOSE_ROLES, places.bac_kan.path)
    assert may(second.user, Right.APPROVE_ROLES, places.bac_kan.path)
    assert two_pairs_of_eyes()
    with pytest.raises(Refused) as why:
        install_user(username="nua", full_name="Người Nữa", place=places.province, role=Role.INSPECTOR)
    assert why.value.problems[0].code == "N-FIRST-ONLY"
    assert not User.objects.filter(username="nua").exists()
    assert list(Entry.objects.order_by("id").values_list("act", "actor_id")) == [
        ("staff.add_user", None), ("staff.install_role", None), ("staff.add_user", None),
        ("staff.install_role", None),
    ]  # fmt: skip


def test_one_person_with_both_roles_is_not_two_pairs_of_eyes(places: Places) -> None:
    one = install_user(username="mot.minh", full_name="Một Mình", place=places.province, role=Role.ADMINISTRATOR)
    install_role(user=one.user, role=Role.PROVINCE_APPROVER, place=places.province)
    assert not two_pairs_of_eyes()


def test_when_the_last_approver_is_gone_the_command_line_may_help_again(cast: Cast) -> None:
    assert two_pairs_of_eyes()
    Appointment.objects.filter(role=Role.PROVINCE_APPROVER).update(valid_to="2025-07-02")
    install_user(username="duyet.moi", full_name="Người Duyệt", place=cast.places.province, role=Role.PROVINCE_APPROVER)
    assert two_pairs_of_eyes()


def test_the_command_line_gives_no_role_of_the_wrong_level(places: Places) -> None:
    with pytest.raises(Refused) as why:
        install_user(username="quantri", full_name="Lê Anh", place=places.bac_kan, role=Role.PROVINCE_APPROVER)
    assert why.value.problems[0].code == "N-ROLE-LEVEL"
    assert not User.objects.exists()
