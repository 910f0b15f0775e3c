"""One of everything in Phường Bắc Kạn, and people who hold each role there, beside, above, below and elsewhere."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from tests.web.cast import BACKEND, MERGED, Places, build_places
from tests.web.homes import household
from tests.web.promised import rights
from vuonlen.accounts.models import Appointment, User
from vuonlen.accounts.rights import Right, Role
from vuonlen.approval.actions import propose
from vuonlen.approval.models import Proposal
from vuonlen.jobs.models import Job
from vuonlen.places.models import Level, Place
from vuonlen.registry.intake import files
from vuonlen.registry.intake.listed import Listed, ListedPerson
from vuonlen.registry.intake.models import Batch, Staged, Suspect
from vuonlen.registry.models import Act, Household
from vuonlen.registry.models import Person as Member
from vuonlen.registry.search.models import Export

#: where a role is held, seen from the object, which stands in the ward
RELATIONS = ("own", "sibling", "parent", "child", "other province")
_REACHING = {"own", "parent"}


@dataclass
class Person:
    """One of the matrix. there: rights at the object; anywhere: rights at all."""

    name: str
    user: User
    place: Place | None = None
    there: frozenset[Right] = frozenset()
    anywhere: frozenset[Right] = frozenset()
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def imports_for_a_commune(self) -> bool:
        """Lists are brought for a commune or a province, not for a village."""
        return Right.IMPORT in self.anywhere and self.place is not None and self.place.level != Level.VILLAGE

    @property
    def reads_originals_there(self) -> bool:
        """A file holds ID numbers and health: whoever brings or approves lists and may see both."""
        whole = {Right.SEE_ID_NUMBER, Right.SEE_HEALTH} <= self.there
        return whole and bool(self.there & {Right.IMPORT, Right.APPROVE_REGISTER})

    def client(self) -> Client:
        """A browser in which they are signed in; see `sign_in`."""
        client = Client()
        client.cookies.load(self.cookies)
        return client

    def sign_in(self) -> None:
        """With password and second factor, just now."""
        client = Client()
        client.force_login(self.user, backend=BACKEND)
        session = client.session
        now = time.time() + 3600  # the matrix takes longer than what allauth calls "just now"
        session["account_authentication_methods"] = [
            {"method": "password", "at": now, "reauthenticated": True},
            {"method": "mfa", "at": now, "type": "totp"},
        ]
        session["account_authentication_methods_user"] = str(self.user.pk)
        session.save()
        self.cookies = {name: one.value for name, one in client.cookies.items()}


@dataclass
class World:
    """What the addresses of the matrix are asked about. None of it belongs to a person of the matrix."""

    places: Places
    home: Household
    member: Member
    act: Act
    colleague: User  # whose office is there
    appointment: Appointment  # of another colleague
    proposal: Proposal
    job: Job
    export: Export
    batch: Batch
    missing: Staged
    suspect: Suspect
    key: Authenticator
    people: list[Person] = field(default_factory=list)


def build() -> World:
    places = build_places()
    ward = places.bac_kan
    home = household(ward)
    colleague, officer, chair, approver = _users("colleague", "holder", "proposer", "decider", place=ward)
    held = _appoint(officer, Role.COMMUNE_OFFICER, ward)
    _appoint(chair, Role.COMMUNE_CHAIR, ward)
    _appoint(approver, Role.PROVINCE_APPROVER, places.province)
    batch, missing, suspect = _batch(ward, officer, home)
    world = World(
        places=places,
        home=home,
        member=home.memberships.get().person,
        act=home.acts.get(),
        colleague=colleague,
        appointment=held,
        proposal=_proposal(ward, chair, colleague),
        job=Job.objects.create(
            kind="registry_intake.read", owner=officer, place=ward, area_path=ward.path, right=Right.IMPORT.value
        ),
        export=Export.objects.create(by=officer, at=timezone.now(), format="csv", filters={}, told=""),
        batch=batch,
        missing=missing,
        suspect=suspect,
        key=Authenticator.objects.create(
            user=officer, type=Authenticator.Type.WEBAUTHN, data={"name": "k", "credential": {}}
        ),
    )
    world.people = _people(places)
    return world


def _users(*names: str, place: Place) -> list[User]:
    return [User.objects.create(username=one, full_name=one.title(), place=place) for one in names]


def _appoint(user: User, role: Role, place: Place) -> Appointment:
    return Appointment.objects.create(user=user, role=role, place=place, valid_from=MERGED)


def _proposal(ward: Place, chair: User, about: User) -> Proposal:
    payload: dict[str, Any] = {
        "user": about.public_id, "role": "commune_officer", "place": ward.public_id,
        "from": timezone.localdate().isoformat(), "to": None, "document": "",
    }  # fmt: skip
    return propose(kind="staff.appoint", by=chair, place=ward, title="Giao vai trò", payload=payload, reason="x")


def _batch(ward: Place, by: User, home: Household) -> tuple[Batch, Staged, Suspect]:
    kept = files.keep([b"tinh,xa\n"], 2**20)
    batch = Batch.objects.create(
        state=Batch.State.REVIEW, place=ward, area_path=ward.path, by=by, at=timezone.now(), file_name="ds.csv",
        stored_as=kept.stored_as, size=kept.size, sha256=kept.sha256, reference_date=MERGED, standard="vn-2022",
        effective_on=MERGED, decision_number="15/QĐ", decision_signed_on=date(2025, 7, 1), decision_issuer="UBND",
        counts={"notes": {"repair": 1}, "unsettled": 1},
    )  # fmt: skip
    listed = Listed("X1", ward.pk, persons=[ListedPerson("Hoàng Văn Bắc", head=True)])
    rows = [
        Staged.objects.create(batch=batch, ordinal=number, kind=kind, code=f"X{number}", commune=ward, content=content)
        for number, kind, content in (
            (1, Staged.Kind.DUPLICATE, listed.told()),
            (2, Staged.Kind.MISSING, {"head": "Hoàng Văn Bắc"}),
        )
    ]
    suspect = Suspect.objects.create(batch=batch, staged=rows[0], household=home, likeness=100, why="name")
    return batch, rows[1], suspect


def _people(places: Places) -> list[Person]:
    where = {
        "own": places.bac_kan,
        "sibling": places.duc_xuan,
        "parent": places.province,
        "child": places.new_villages["01843"][0],
        "other province": places.far_province,
    }
    people = []
    promised = rights()
    for role in Role:
        for relation, place in where.items():
            user = User.objects.create(username=f"{role}.{relation.replace(' ', '-')}", full_name="Người Thử")
            _appoint(user, role, place)
            there = promised[role] if relation in _REACHING else frozenset()
            people.append(Person(f"{role.value}, {relation}", user, place, there, promised[role]))
    nobody = User.objects.create(username="nobody", full_name="Người Thử")
    root = User.objects.create(username="superuser", full_name="Người Thử", is_superuser=True, is_staff=True)
    return [*people, Person("no role", nobody), Person("superuser without a role", root)]
