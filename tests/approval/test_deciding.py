"""One proposes, another approves, and only then it happens."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from tests.approval.things import add_village, villages
from tests.web.cast import Cast
from vuonlen.approval.actions import approve, refuse, withdraw
from vuonlen.approval.deciding import Conflict
from vuonlen.approval.models import Proposal
from vuonlen.domain.problems import Refused
from vuonlen.journal.models import Entry

pytestmark = pytest.mark.django_db
Put = Callable[..., Proposal]


def acts(proposal: Proposal) -> list[str]:
    rows = Entry.objects.filter(object_type="proposal", object_id=proposal.public_id).order_by("id")
    return [one.act for one in rows]


def test_approving_does_it_once_and_says_who(cast: Cast, village: Put) -> None:
    row = village()
    before = villages(cast.places.bac_kan.pk)
    done = approve(proposal=row, by=cast.chair, reason="Đúng nghị quyết")
    assert villages(cast.places.bac_kan.pk) == [*before, "Thôn Mới"]
    assert (done.state, done.decided_by, done.decision_reason) == ("approved", cast.chair, "Đúng nghị quyết")
    assert done.applied_at is not None
    assert done.result.startswith("/dia-ban/")
    assert acts(row) == ["approval.propose", "approval.approve"]
    entry = Entry.objects.get(act="approval.approve")
    assert (entry.chain.key, entry.actor_id, entry.role) == (
        cast.places.bac_kan.key,
        cast.chair.pk,
        "commune_chair",
    )


def test_nothing_happens_before(cast: Cast, village: Put) -> None:
    before = villages(cast.places.bac_kan.pk)
    village()
    assert villages(cast.places.bac_kan.pk) == before


def test_a_second_approval_is_a_conflict_that_names_the_first(cast: Cast, village: Put) -> None:
    row = village()
    approve(proposal=row, by=cast.chair)
    before = villages(cast.places.bac_kan.pk)
    with pytest.raises(Conflict) as caught:
        approve(proposal=row, by=cast.approver)
    assert str(cast.chair) in caught.value.problems[0].sentence()
    assert villages(cast.places.bac_kan.pk) == before
    with pytest.raises(Conflict):
        refuse(proposal=row, by=cast.approver, reason="muộn")
    with pytest.raises(Conflict):
        withdraw(proposal=row, by=cast.officer)


def test_a_refusal_needs_a_reason_cleans_up_and_does_nothing(cast: Cast, village: Put) -> None:
    row = village()
    before = villages(cast.places.bac_kan.pk)
    with pytest.raises(Refused) as caught:
        refuse(proposal=row, by=cast.chair, reason="  ")
    assert caught.value.problems[0].cell == "reason"
    done = refuse(proposal=row, by=cast.chair, reason="Chưa đủ hồ sơ")
    assert (done.state, done.decided_by) == ("refused", cast.chair)
    assert villages(cast.places.bac_kan.pk) == before
    cast.places.bac_kan.refresh_from_db()
    assert cast.places.bac_kan.source == f"{row.public_id}: Chưa đủ hồ sơ"
    assert acts(row) == ["approval.propose", "approval.refuse"]


def test_only_the_proposer_withdraws(cast: Cast, village: Put) -> None:
    row = village()
    for other in (cast.chair, cast.officer2, cast.neighbour):
        with pytest.raises(PermissionDenied):
            withdraw(proposal=row, by=other)
    assert withdraw(proposal=row, by=cast.officer).state == "withdrawn"
    assert acts(row) == ["approval.propose", "approval.withdraw"]


@pytest.mark.parametrize(
    "name", ["officer2", "neighbour_chair", "far_approver", "inspector", "administrator", "bank", "nobody"]
)
def test_without_the_right_at_the_place_nobody_decides(cast: Cast, village: Put, name: str) -> None:
    row = village()
    with pytest.raises(PermissionDenied):
        approve(proposal=row, by=getattr(cast, name))
    with pytest.raises(PermissionDenied):
        refuse(proposal=row, by=getattr(cast, name), reason="x")
    row.refresh_from_db()
    assert row.state == "open"


@pytest.mark.parametrize("name", ["chair", "neighbour", "village_head", "nobody", "far_officer"])
def test_without_the_right_nobody_proposes(cast: Cast, village: Put, name: str) -> None:
    with pytest.raises(PermissionDenied):
        village(by=getattr(cast, name))
    assert not Proposal.objects.exists()


def test_a_role_for_the_new_ward_decides_for_a_commune_that_became_part_of_it(cast: Cast, village: Put) -> None:
    row = village(place=cast.places.nong_thuong)
    assert approve(proposal=row, by=cast.chair).state == "approved"


def test_data_that_moved_make_it_stale_and_nothing_is_done(cast: Cast, village: Put) -> None:
    first, second = village("Thôn Một"), village("Thôn Hai")
    approve(proposal=first, by=cast.chair)
    before = villages(cast.places.bac_kan.pk)
    done = approve(proposal=second, by=cast.chair)
    assert (done.state, done.applied_at, done.decided_by) == ("stale", None, cast.chair)
    assert villages(cast.places.bac_kan.pk) == before
    assert acts(second) == ["approval.propose", "approval.approve", "approval.stale"]


def test_a_kind_may_find_itself_that_the_data_moved(cast: Cast, village: Put) -> None:
    assert approve(proposal=village("đã khác"), by=cast.chair).state == "stale"


def test_what_is_gone_makes_it_stale_too(cast: Cast, village: Put) -> None:
    short_lived = add_village(cast.places.far_commune.pk, "Thôn sẽ xóa")
    row = village(payload={"commune": short_lived.pk, "name": "x"})
    short_lived.delete()
    assert approve(proposal=row, by=cast.chair).state == "stale"


def test_a_fault_while_applying_leaves_all_as_it_was_and_open(cast: Cast, village: Put) -> None:
    row = village("hỏng")
    before = villages(cast.places.bac_kan.pk)
    with pytest.raises(Refused) as caught:
        approve(proposal=row, by=cast.chair)
    assert caught.value.problems[0].code == "A-FAILED"
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("open", None)
    assert villages(cast.places.bac_kan.pk) == before
    assert acts(row) == ["approval.propose"]


def test_the_same_thing_waits_only_once(cast: Cast, village: Put) -> None:
    row = village()
    with pytest.raises(Refused) as caught:
        village(by=cast.officer2)
    assert caught.value.problems[0].code == "A-TWICE"
    withdraw(proposal=row, by=cast.officer)
    assert village(by=cast.officer2).state == "open"


@pytest.mark.parametrize("field, value", [("reason", ""), ("reason", "a\x07b"), ("reason", "x" * 2001), ("title", " ")])
def test_bad_words_are_told_by_field(village: Put, field: str, value: str) -> None:
    with pytest.raises(Refused) as caught:
        village(**{field: value})
    assert caught.value.problems[0].cell == field
    assert not Proposal.objects.exists()
