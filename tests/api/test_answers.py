"""The API tells what the pages tell, to whom they tell it, and no more often than it may."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from tests.registry.search.conftest import Village
from vuonlen.approval.models import Proposal
from vuonlen.jobs.models import Job

pytestmark = pytest.mark.django_db
LIST = "/api/households"


def codes(client: Client, **asked: str) -> list[str]:
    answer = client.get(LIST, asked)
    assert answer.status_code == 200, answer.content
    return sorted(one["code"] for one in answer.json()["items"])


@pytest.mark.parametrize(
    "who, wanted",
    [("officer", ["NT-1", "NT-2"]), ("province_officer", ["DX-1", "NT-1", "NT-2"]), ("far_officer", ["CB-1"])],
)
def test_the_list_is_that_of_the_page(village: Village, who: str, wanted: list[str]) -> None:
    assert codes(village.cast.client(who)) == wanted


@pytest.mark.parametrize("address", [LIST, "/api/places", "/api/proposals", "/api/jobs/000000000000"])
def test_signed_out_is_401(village: Village, address: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 401
    assert answer["Content-Type"].startswith("application/json")


@pytest.mark.parametrize("who", ["bank", "administrator", "nobody"])
def test_without_the_right_403(village: Village, who: str) -> None:
    client = village.cast.client(who)
    for address in (LIST, f"{LIST}/{village.an.public_id}", f"{LIST}/{village.an.public_id}/statuses"):
        assert client.get(address).status_code == 403


def test_out_of_scope_is_404_like_what_does_not_exist(village: Village) -> None:
    client = village.cast.client("officer")
    theirs = client.get(f"{LIST}/{village.neighbour.public_id}")
    nobodys = client.get(f"{LIST}/000000000000")
    assert (theirs.status_code, theirs.content) == (nobodys.status_code, nobodys.content) == (404, nobodys.content)
    assert client.get(f"{LIST}/{village.far.public_id}/statuses").status_code == 404
    assert client.get(LIST, {"place": village.cast.places.far_commune.public_id}).status_code == 404


def test_filters(village: Village) -> None:
    client = village.cast.client("province_officer")
    assert codes(client, q="nong van an") == ["DX-1", "NT-1"]
    assert codes(client, status="poor") == ["NT-1"]
    assert codes(client, status="poor", on="2022-12-31") == []
    assert codes(client, place=village.cast.places.nong_thuong.public_id) == ["NT-1", "NT-2"]


def test_pages_reach_everybody_once(village: Village) -> None:
    client, seen, after = village.cast.client("province_officer"), [], ""
    while True:
        told = client.get(LIST, {"after": after, "size": "1"}).json()
        assert len(told["items"]) == 1
        seen += [one["code"] for one in told["items"]]
        after = told["next"]
        if not after:
            break
    assert sorted(seen) == ["DX-1", "NT-1", "NT-2"]


def test_one_household_as_of_a_day(village: Village) -> None:
    client = village.cast.client("officer")
    told = client.get(f"{LIST}/{village.an.public_id}", {"on": "2024-06-01"}).json()
    assert told["place"]["name"] == "Thôn Nà Kham"
    assert told["status"]["status"] == "poor"
    assert told["status"]["decision"] == "12/QĐ-UBND"
    head = told["members"][0]
    assert (head["name"], head["id_number"], head["ethnicity"]) == ("Nông Văn An", "0060******21", "02")
    assert [one["status"] for one in client.get(f"{LIST}/{village.an.public_id}/statuses").json()] == ["poor"]
    before = client.get(f"{LIST}/{village.an.public_id}", {"on": "2020-01-01"}).json()
    assert (before["members"], before["status"], before["place"]) == ([], None, None)


def test_health_is_not_for_everyone(village: Village) -> None:
    told = village.cast.client("province_officer").get(f"{LIST}/{village.an.public_id}").json()
    assert {one["insured"] for one in told["members"]} == {None}


def test_an_id_number_is_not_looked_for(village: Village) -> None:
    assert codes(village.cast.client("officer"), q="006075000121") == []


def test_places_of_a_day(village: Village) -> None:
    client = village.cast.client("officer")
    assert {one["name"] for one in client.get("/api/places", {"on": "2023-01-01"}).json()} >= {"Tỉnh Bắc Kạn"}
    assert "Tỉnh Bắc Kạn" not in {one["name"] for one in client.get("/api/places").json()}
    under = client.get("/api/places", {"under": village.cast.places.bac_kan.public_id}).json()
    assert under
    assert {one["level"] for one in under} == {4}


def test_proposals_and_jobs_of_others_are_not_told(village: Village) -> None:
    job = Job.objects.create(kind="x", owner=village.cast.officer, work="x")
    assert village.cast.client("officer").get(f"/api/jobs/{job.public_id}").json()["state"] == "waiting"
    assert village.cast.client("officer2").get(f"/api/jobs/{job.public_id}").status_code == 404
    assert village.cast.client("approver").get("/api/proposals").json()["items"] == []
    assert not Proposal.objects.exists()


def test_so_many_calls_a_minute(village: Village, settings) -> None:  # type: ignore[no-untyped-def]
    client, other = village.cast.client("officer"), village.cast.client("officer2")
    assert settings.API_CALLS_A_MINUTE == 60
    with time_machine.travel("2026-11-24 03:00:10+00:00", tick=False) as clock:
        assert [client.get("/api/places").status_code for _ in range(60)] == [200] * 60
        refused = client.get("/api/places")
        assert refused.status_code == 429
        assert refused["Retry-After"] == "50"
        assert other.get("/api/places").status_code == 200
        clock.shift(49)
        assert client.get("/api/places").status_code == 429
        clock.shift(2)
        assert client.get("/api/places").status_code == 200
