"""The pages of staff, as a chair, an approver and a stranger meet them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.web.cast import PASSWORD, Cast
from vuonlen.accounts.models import Appointment, User
from vuonlen.accounts.rights import Role
from vuonlen.approval.models import Proposal

pytestmark = pytest.mark.django_db


def appointing(cast: Cast, **other: Any) -> dict[str, Any]:
    return {
        "role": "commune_officer", "place": cast.places.bac_kan.public_id,
        "valid_from": f"{timezone.localdate():%d/%m/%Y}", "valid_to": "", "document": "QĐ 12", "reason": "thiếu người",
    } | other  # fmt: skip


def test_the_way_from_adding_a_user_to_proposing_a_role(cast: Cast) -> None:
    chair = cast.client("chair")
    given = {"full_name": "Lò Thị Lan", "username": "lo.lan", "place": cast.places.bac_kan.public_id}
    page = chair.post("/nhan-su/them/", given)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    new = User.objects.get(username="lo.lan")
    password = page.content.decode().split('<code class="fs-4">')[1].split("<")[0]
    assert new.check_password(password)
    address = f"/nhan-su/{new.public_id}/"
    assert password not in chair.get(address).content.decode()
    assert chair.get(f"{address}vai-tro/").status_code == 200
    assert chair.post(f"{address}vai-tro/", appointing(cast))["Location"] == address
    proposal = Proposal.objects.get()
    assert (proposal.proposed_by, proposal.area_path) == (cast.chair, cast.places.bac_kan.path)
    assert "Đã gửi đề nghị" in chair.get(address).content.decode()


def test_a_village_can_be_chosen_and_a_place_of_another_area_cannot(cast: Cast) -> None:
    chair, village = cast.client("chair"), cast.places.new_villages["01843"][2]
    address = f"/nhan-su/{cast.officer2.public_id}/vai-tro/"
    assert village.name in chair.get(address).content.decode()
    sent = chair.post(address, appointing(cast, role="village_head", place=village.public_id))
    assert sent.status_code == 302
    for elsewhere in (cast.places.duc_xuan, cast.places.province, cast.places.nong_thuong):
        answer = chair.post(address, appointing(cast, place=elsewhere.public_id))
        assert answer.status_code == 422
    assert Proposal.objects.count() == 1


def test_the_province_chooses_the_commune_before_the_village(cast: Cast) -> None:
    province, village = cast.client("province_officer"), cast.places.new_villages["01840"][0]
    address = f"/nhan-su/{cast.neighbour.public_id}/vai-tro/"
    assert village.name not in province.get(address).content.decode()
    asked = f"{address}?xa={cast.places.duc_xuan.public_id}"
    assert village.name in province.get(asked).content.decode()
    sent = province.post(asked, appointing(cast, role="village_head", place=village.public_id))
    assert sent.status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [{"reason": ""}, {"role": "king"}, {"valid_from": "31/02/2026"}, {"valid_from": "hôm nay"},
     {"valid_from": "2020-01-01"}, {"place": "x"},
     {"valid_to": "2020-01-01"}, {"reason": "x" * 301}, {"document": "\x00"}],
)  # fmt: skip
def test_a_bad_form_says_where_and_changes_nothing(cast: Cast, wrong: dict[str, str]) -> None:
    answer = cast.client("chair").post(f"/nhan-su/{cast.village_head.public_id}/vai-tro/", appointing(cast, **wrong))
    assert answer.status_code == 422
    assert "invalid-feedback" in answer.content.decode()
    assert not Proposal.objects.exists()


def test_closing_tells_what_was_proposed_for_the_successor(cast: Cast) -> None:
    chair = cast.client("chair")
    address = f"/nhan-su/{cast.officer.public_id}/dong/"
    assert cast.officer2.username in chair.get(address).content.decode()
    given = {"successor": cast.village_head.public_id, "reason": "nghỉ hưu"}
    page = chair.post(address, given, follow=True).content.decode()
    assert "Đã đóng tài khoản của Hoàng Thị Bích." in page
    assert "Đã gửi 1 đề nghị" in page
    assert "Người kế nhiệm" in page
    assert not Appointment.objects.filter(user=cast.village_head, role=Role.COMMUNE_OFFICER).exists()


def test_a_closed_account_offers_nothing_more_to_do(cast: Cast) -> None:
    chair = cast.client("chair")
    chair.post(f"/nhan-su/{cast.officer.public_id}/dong/", {"successor": "", "reason": "nghỉ hưu"})
    page = chair.get(f"/nhan-su/{cast.officer.public_id}/").content.decode()
    assert "/dong/" not in page
    assert "/mat-khau/" not in page
    assert chair.post(f"/nhan-su/{cast.officer.public_id}/mat-khau/").status_code == 422


def test_one_does_not_close_oneself_or_appoint_oneself_by_address(cast: Cast) -> None:
    chair, address = cast.client("chair"), f"/nhan-su/{cast.chair.public_id}/"
    page = chair.get(address).content.decode()
    assert "/dong/" not in page
    assert chair.post(f"{address}dong/", {"successor": "", "reason": "x"}).status_code == 422
    assert chair.post(f"{address}vai-tro/", appointing(cast)).status_code == 422
    assert not Proposal.objects.exists()
    assert User.objects.get(pk=cast.chair.pk).is_active


def test_withdrawing_is_proposed_and_not_done(cast: Cast) -> None:
    row = Appointment.objects.get(user=cast.officer)
    address = f"/nhan-su/vai-tro/{row.public_id}/thu-hoi/"
    chair = cast.client("chair")
    assert chair.get(address).status_code == 200
    sent = chair.post(address, {"on": timezone.localdate(), "reason": "điều động"})
    assert sent["Location"] == f"/nhan-su/{cast.officer.public_id}/"
    row.refresh_from_db()
    assert row.valid_to is None
    assert Proposal.objects.get().kind == "staff.withdraw"


def test_a_new_one_time_password_is_shown_once(cast: Cast) -> None:
    client, address = cast.client("administrator"), f"/nhan-su/{cast.officer.public_id}/mat-khau/"
    assert address in client.get(f"/nhan-su/{cast.officer.public_id}/").content.decode()
    assert client.get(address).status_code == 200
    assert User.objects.get(pk=cast.officer.pk).check_password(PASSWORD)
    page = client.post(address)
    password = page.content.decode().split('<code class="fs-4">')[1].split("<")[0]
    assert User.objects.get(pk=cast.officer.pk).check_password(password)


def test_a_chair_is_told_who_hands_out_passwords(cast: Cast) -> None:
    client, address = cast.client("chair"), f"/nhan-su/{cast.officer.public_id}/mat-khau/"
    assert address not in client.get(f"/nhan-su/{cast.officer.public_id}/").content.decode()
    page = client.post(address)
    assert page.status_code == 422
    assert "người quản trị hệ thống hoặc cán bộ cấp tỉnh" in page.content.decode()
    assert User.objects.get(pk=cast.officer.pk).check_password(PASSWORD)


def test_the_approver_sees_the_staff_and_cannot_add(cast: Cast) -> None:
    page = cast.client("approver").get("/nhan-su/").content.decode()
    assert cast.officer.full_name in page
    assert "/nhan-su/them/" not in page
    assert cast.client("approver").get("/nhan-su/them/").status_code == 404
    assert cast.far_officer.full_name not in page


def test_the_navigation_shows_staff_to_those_who_manage_it(cast: Cast) -> None:
    assert 'href="/nhan-su/"' in cast.client("chair").get("/").content.decode()
    assert 'href="/nhan-su/"' not in cast.client("officer").get("/").content.decode()


def test_names_are_shown_as_text(cast: Cast) -> None:
    User.objects.filter(pk=cast.officer.pk).update(full_name="<script>alert(1)</script>")
    for path in ("/nhan-su/", f"/nhan-su/{cast.officer.public_id}/", f"/nhan-su/{cast.officer.public_id}/dong/"):
        assert "<script>alert" not in cast.client("chair").get(path).content.decode()


def test_the_list_asks_the_same_number_of_questions_however_long_it_is(cast: Cast) -> None:
    client = cast.client("chair")
    client.get("/nhan-su/")
    with CaptureQueriesContext(connection) as short:
        client.get("/nhan-su/")
    User.objects.bulk_create(
        User(username=f"u{number}", full_name=f"Người {number}", place=cast.places.bac_kan) for number in range(50)
    )
    with CaptureQueriesContext(connection) as long:
        assert "Người 49" in client.get("/nhan-su/").content.decode()
    assert len(long) == len(short)
