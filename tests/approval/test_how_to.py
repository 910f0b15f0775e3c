"""The kind that docs/how-to/add-a-proposal-kind.md shows, taken from the page and used."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.architecture.tree import ROOT
from tests.web.cast import Cast
from vuonlen.approval import kinds
from vuonlen.approval.actions import approve
from vuonlen.domain.problems import Refused
from vuonlen.journal.models import Entry
from vuonlen.places.models import Place

pytestmark = pytest.mark.django_db
PAGE = (ROOT / "docs" / "how-to" / "add-a-proposal-kind.md").read_text("utf-8")


@pytest.fixture
def shown(settings: Any) -> Iterator[Any]:
    """The module of the page, under the name that the page puts into the dictionary."""
    line = re.search(r'^"(places\.rename)": "([\w.]+)\.RENAME",$', PAGE, re.M)
    code = re.search(r"^```python\n(.+?)^```$", PAGE, re.M | re.S)
    assert line
    assert code
    module = ModuleType(line[2])
    exec(compile(code[1], "add-a-proposal-kind.md", "exec"), module.__dict__)
    parent = ModuleType(line[2].rpartition(".")[0])
    sys.modules |= {parent.__name__: parent, module.__name__: module}
    settings.PROPOSAL_KINDS = {line[1]: f"{line[2]}.RENAME"}
    kinds._load.cache_clear()
    yield module
    kinds._load.cache_clear()
    for name in (parent.__name__, module.__name__):
        del sys.modules[name]


def test_it_is_proposed_by_one_and_done_when_another_approves(cast: Cast, shown: Any) -> None:
    village = cast.places.new_villages["01843"][0]
    row = shown.propose_name(by=cast.province_officer, village=village, name="Tổ  Một", reason="Nghị quyết 12")
    assert [(one["label"], one["before"], one["after"]) for one in row.described][1:] == [
        ("Tên", village.name, "Tổ Một")
    ]
    with pytest.raises(Refused, match="A-SELF"):
        approve(proposal=row, by=cast.province_officer)
    with pytest.raises(PermissionDenied):
        approve(proposal=row, by=cast.officer)
    assert approve(proposal=row, by=cast.approver).state == "approved"
    assert Place.objects.get(pk=village.pk).name == "Tổ Một"
    entry = Entry.objects.get(act="places.rename")
    assert (entry.actor_id, entry.chain.key) == (cast.approver.pk, cast.places.bac_kan.key)


def test_it_is_void_when_the_data_moved(cast: Cast, shown: Any) -> None:
    village, other = cast.places.new_villages["01843"][:2]
    row = shown.propose_name(by=cast.province_officer, village=village, name="Tổ Một", reason="Nghị quyết 12")
    Place.objects.filter(pk=other.pk).update(name="Tổ Một")
    assert approve(proposal=row, by=cast.approver).state == "stale"
    again = shown.propose_name(by=cast.province_officer, village=village, name="Tổ Hai", reason="Nghị quyết 12")
    Place.objects.filter(pk=village.pk).update(name="Tổ Ba")
    assert approve(proposal=again, by=cast.approver).state == "stale"
    assert Place.objects.get(pk=village.pk).name == "Tổ Ba"
    assert not Entry.objects.filter(act="places.rename").exists()


def test_whoever_may_not_propose_it_cannot(cast: Cast, shown: Any) -> None:
    village = cast.places.new_villages["01843"][0]
    for by in (cast.officer, cast.chair, cast.far_officer, cast.nobody):
        with pytest.raises(PermissionDenied):
            shown.propose_name(by=by, village=village, name="Tổ Một", reason="x")


def test_the_page_names_every_part_of_a_kind() -> None:
    told = set(re.findall(r"`(\w+)`", "\n".join(line for line in PAGE.splitlines() if line.startswith("| `"))))
    assert set(kinds.Kind.__dataclass_fields__) <= told
