"""The pages of four eyes: what waits, one proposal, and deciding on it in a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from tests.approval.things import add_village, villages
from tests.web.cast import Cast
from vuonlen.approval.actions import approve, hand_over
from vuonlen.approval.models import Proposal
from vuonlen.approval.queries import waiting_for

pytestmark = pytest.mark.django_db
Put = Callable[..., Proposal]


def at(name: str, row: Proposal) -> str:
    return reverse(f"approval:{name}", args=[row.public_id])


def titles(response: Any) -> list[str]:
    return [one.title for one in response.context["page"].rows]


def test_the_inbox_shows_what_one_may_decide_and_nothing_else(cast: Cast, village: Put) -> None:
    village("Thôn Một")
    village("Thôn Hai", by=cast.neighbour, place=cast.places.duc_xuan)
    seen = {
        name: titles(cast.client(name).get("/duyet/")) for name in ("chair", "neighbour_chair", "approver", "officer")
    }
    assert seen == {
        "chair": ["Thêm Thôn Một"],
        "neighbour_chair": ["Thêm Thôn Hai"],
        "approver": ["Thêm Thôn Hai", "Thêm Thôn Một"],
        "officer": [],
    }
    assert titles(cast.client("officer").get("/duyet/cua-toi/")) == ["Thêm Thôn Một"]


def test_what_was_decided_is_listed_in_its_area(cast: Cast, village: Put) -> None:
    approve(proposal=village(), by=cast.chair)
    for name, count in {"officer": 1, "chair": 1, "inspector": 1, "neighbour": 0, "bank": 0, "far_approver": 0}.items():
        assert len(titles(cast.client(name).get("/duyet/da-quyet/"))) == count, name


def test_lists_go_on_by_key(cast: Cast, village: Put) -> None:
    for number in range(27):
        village(f"Thôn {number:02}")
    client = cast.client("chair")
    first = client.get("/duyet/")
    assert len(titles(first)) == 25
    second = client.get("/duyet/", {"after": first.context["page"].next})
    assert titles(second) == ["Thêm Thôn 01", "Thêm Thôn 00"]
    assert client.get("/duyet/", {"after": "nonsense"}).status_code == 200


def test_the_number_that_waits_is_bounded(cast: Cast, village: Put) -> None:
    assert waiting_for(cast.chair) == ""
    for number in range(21):
        village(f"Thôn {number:02}")
        if number == 1:
            assert waiting_for(cast.chair) == "2"
    assert waiting_for(cast.chair) == "20+"
    assert waiting_for(cast.officer) == ""


@pytest.mark.parametrize("name", ["neighbour", "neighbour_chair", "far_officer", "far_approver", "bank", "nobody"])
def test_out_of_scope_is_not_there(cast: Cast, village: Put, name: str) -> None:
    row = village()
    client = cast.client(name)
    assert client.get(at("proposal", row)).status_code == 404
    for act in ("approve", "refuse", "withdraw"):
        assert client.post(at(act, row), {"reason": "x"}).status_code == 404
    assert client.get("/duyet/khongcothuc1/").status_code == 404
    row.refresh_from_db()
    assert row.state == "open"


def test_the_page_says_what_will_change_and_approving_does_it(cast: Cast, village: Put) -> None:
    row = village()
    client = cast.client("chair")
    page = client.get(at("proposal", row)).content.decode()
    for words in ("Thêm Thôn Mới", "Tách thôn theo NQ 12", str(cast.officer), "Số thôn", "<del>8</del>"):
        assert words in page, words
    answer = client.post(at("approve", row), {"reason": "Đúng"}, follow=True)
    assert answer.status_code == 200
    assert "Đã duyệt và thực hiện" in next(str(one) for one in get_messages(answer.wsgi_request))
    assert "Thôn Mới" in villages(cast.places.bac_kan.pk)
    assert "Xem kết quả" in answer.content.decode()


def test_a_refusal_without_reason_comes_back_with_the_fault_at_the_field(cast: Cast, village: Put) -> None:
    row = village()
    answer = cast.client("chair").post(at("refuse", row), {"reason": ""})
    assert answer.status_code == 422
    assert 'id="reason-fault"' in answer.content.decode()
    answer = cast.client("chair").post(at("refuse", row), {"reason": "Chưa đủ"}, follow=True)
    assert "Bị từ chối" in answer.content.decode()


def test_a_second_decision_is_told_as_a_conflict(cast: Cast, village: Put) -> None:
    row = village()
    approve(proposal=row, by=cast.chair)
    answer = cast.client("approver").post(at("refuse", row), {"reason": "muộn"})
    assert answer.status_code == 409
    assert f"được duyệt ({cast.chair}, lúc" in answer.content.decode()


def test_the_proposer_sees_no_button_and_a_hand_made_request_is_refused(cast: Cast, village: Put) -> None:
    row = village()
    client = cast.client("officer")
    page = client.get(at("proposal", row)).content.decode()
    assert at("approve", row) not in page
    assert at("withdraw", row) in page
    answer = client.post(at("approve", row))
    assert answer.status_code == 422
    assert "A-SELF" in answer.content.decode()
    assert client.post(at("withdraw", row)).status_code == 302
    row.refresh_from_db()
    assert row.state == "withdrawn"


def test_an_onlooker_without_the_right_is_forbidden(cast: Cast, village: Put) -> None:
    row = village()
    assert cast.client("officer2").get(at("proposal", row)).status_code == 200
    for act in ("approve", "refuse", "withdraw"):
        assert cast.client("officer2").post(at(act, row), {"reason": "x"}).status_code == 403


def test_without_the_second_factor_nothing_is_decided(cast: Cast, village: Put) -> None:
    row = village()
    client = cast.client("chair", second_factor=False)
    for act in ("approve", "refuse"):
        assert client.post(at(act, row), {"reason": "x"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "open"


def test_data_that_moved_are_shown_beside_what_was_proposed(cast: Cast, village: Put) -> None:
    row = village()
    add_village(cast.places.bac_kan.pk, "Thôn Chen Ngang")
    page = cast.client("chair").get(at("proposal", row)).content.decode()
    assert "Dữ liệu đã thay đổi từ khi đề nghị" in page
    assert "<del>8</del>" in page
    assert "<del>9</del>" in page
    assert f'action="{at("approve", row)}"' in page  # the form, though only to refuse
    assert "check-lg" not in page
    answer = cast.client("chair").post(at("approve", row), follow=True)
    assert "Mất hiệu lực" in answer.content.decode()
    assert "Thôn Mới" not in villages(cast.places.bac_kan.pk)


def test_a_fault_while_applying_is_told_with_a_number(cast: Cast, village: Put) -> None:
    answer = cast.client("chair").post(at("approve", village("hỏng")))
    assert answer.status_code == 422
    assert "A-FAILED" in answer.content.decode()


def test_what_one_took_over_says_why_one_may_not_decide(cast: Cast, village: Put) -> None:
    row = village()
    hand_over(from_user=cast.officer, to_user=cast.chair)
    page = cast.client("chair").get(at("proposal", row)).content.decode()
    assert "nhận bàn giao" in page
    assert at("withdraw", row) in page
    assert waiting_for(cast.chair) == ""


def test_strangers_are_sent_to_sign_in(client: Any, village: Put) -> None:
    row = village()
    for address in ("/duyet/", "/duyet/cua-toi/", "/duyet/da-quyet/", at("proposal", row)):
        assert client.get(address).status_code == 302
    assert client.post(at("approve", row)).status_code == 302


def test_a_kind_of_an_older_release_can_only_be_withdrawn(cast: Cast, village: Put, settings: Any) -> None:
    row = village()
    settings.PROPOSAL_KINDS = {}
    assert cast.client("chair").get(at("proposal", row)).status_code == 404
    client = cast.client("officer")
    assert client.get(at("proposal", row)).status_code == 200
    assert client.post(at("withdraw", row)).status_code == 302


def test_a_withdrawal_may_say_why(cast: Cast, village: Put) -> None:
    row = village()
    client = cast.client("officer")
    assert 'id="withdraw-reason"' in client.get(at("proposal", row)).content.decode()
    answer = client.post(at("withdraw", row), {"reason": "x" * 2001})
    assert answer.status_code == 422
    assert 'id="withdraw-fault"' in answer.content.decode()
    page = client.post(at("withdraw", row), {"reason": "Ghi nhầm thôn"}, follow=True).content.decode()
    assert "Người rút" in page
    assert "Ghi nhầm thôn" in page


def test_the_api_tells_what_waits_for_the_caller_and_nothing_else(cast: Cast, village: Put) -> None:
    row = village()
    told = cast.client("chair").get("/api/proposals").json()["items"]
    assert [(one["public_id"], one["title"], one["place"], one["proposed_by"]) for one in told] == [
        (row.public_id, "Thêm Thôn Mới", cast.places.bac_kan.name, str(cast.officer))
    ]
    for name in ("officer", "neighbour_chair", "far_approver", "bank"):
        assert cast.client(name).get("/api/proposals").json()["items"] == [], name
