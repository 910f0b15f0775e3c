"""The permission matrix: who gets what at each address of the application.

`tests/web/test_permissions.py` walks every address and asks as each role held for the place of the object itself, a
sibling, its parent, a child of it, another province, and for none. An address without a row here fails.

How to add a row: MATRIX[name of the address] = a rule from the list below, with

- `args`: from the `World` to the arguments of the address, where it has any (build what it needs in `World`);
- `methods`: what is asked with; "post" sends an empty form (or `data`);
- `ok`: the statuses for whoever may, where they are not the usual ones.

The object of an address stands in Phường Bắc Kạn, at the level of the commune: a role for the ward, or for its
province, reaches it; a role for another ward, another province or for one of its villages does not.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.web.world import Person, World
from vuonlen.accounts.rights import Right
from vuonlen.staff.queries import MANAGING

R = Right
Args = Callable[[World], Mapping[str, Any]]
Statuses = frozenset[int]

SHOWN: Statuses = frozenset({200})
SENT: Statuses = frozenset({200, 302, 400, 409, 422})  # an empty form: done, refused with words, or led elsewhere
HIDDEN: Statuses = frozenset({404})  # as if it did not exist
REFUSED: Statuses = frozenset({403})  # it can be seen, but not done by this role


def no_args(_world: World) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """expect: which statuses one person may get, given that whoever may do it gets `allowed`."""

    expect: Callable[[World, Person, Statuses], Statuses]
    args: Args = no_args
    methods: tuple[str, ...] = ("get",)
    ok: Statuses | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    public: bool = False
    machine: bool = False  # of the API: a stranger is told 401 instead of being led to the sign-in page

    def allowed(self, method: str) -> Statuses:
        return self.ok if self.ok is not None else SENT if method == "post" else SHOWN


# ---- rules --------------------------------------------------------------------------------------------------------


def public(**more: Any) -> Row:
    """Open to everybody; whoever has signed in may be led on."""
    ok = more.pop("ok", frozenset({200, 302}))
    return Row(lambda _world, _who, allowed: allowed, public=True, ok=ok, **more)


def signed_in(**more: Any) -> Row:
    """Anybody with an account, whatever the role: their own things."""
    return Row(lambda _world, _who, allowed: allowed, **more)


def anywhere(*rights: Right, denied: Statuses = HIDDEN, **more: Any) -> Row:
    """Whoever holds one of the rights for some place."""

    def expect(_world: World, who: Person, allowed: Statuses) -> Statuses:
        return allowed if who.anywhere & set(rights) else denied

    return Row(expect, **more)


def at_object(see: Collection[Right], do: Collection[Right] = (), *, denied: Statuses = REFUSED, **more: Any) -> Row:
    """Whoever holds a right of `see` for the place of the object; others find nothing there.

    do: of those, only whoever holds one of these there too may; to the rest it is `denied`.
    """

    def expect(_world: World, who: Person, allowed: Statuses) -> Statuses:
        if not who.there & set(see):
            return HIDDEN
        return allowed if not do or who.there & set(do) else denied

    return Row(expect, **more)


def never(status: Statuses = HIDDEN, **more: Any) -> Row:
    """Somebody else's own thing: nobody of the matrix may."""
    return Row(lambda _world, _who, _allowed: status, **more)


def of_chain(**more: Any) -> Row:
    """A chain of the journal: whoever reads it there; who reads others finds nothing, who reads none is refused."""

    def expect(_world: World, who: Person, allowed: Statuses) -> Statuses:
        if R.READ_JOURNAL in who.there:
            return allowed
        return HIDDEN if R.READ_JOURNAL in who.anywhere else REFUSED

    return Row(expect, **more)


BOTH, POST = ("get", "post"), ("post",)
READS, EDITS = {R.READ_HOUSEHOLDS}, {R.EDIT_HOUSEHOLDS}
LISTS = {R.IMPORT, R.APPROVE_REGISTER, R.READ_JOURNAL}
DECISION = {R.PROPOSE_ROLES, R.APPROVE_ROLES, R.READ_JOURNAL}  # of a proposal about a role
LED = frozenset({200, 302})


# ---- what stands at each address ----------------------------------------------------------------------------------


def a_home(world: World) -> Mapping[str, Any]:
    return {"public_id": world.home.public_id}


def a_member(world: World) -> Mapping[str, Any]:
    return {"public_id": world.home.public_id, "person_id": world.member.public_id}


def an_act(world: World) -> Mapping[str, Any]:
    return {"public_id": world.home.public_id, "act_id": world.act.public_id}


def a_batch(world: World) -> Mapping[str, Any]:
    return {"public_id": world.batch.public_id}


def a_proposal(world: World) -> Mapping[str, Any]:
    return {"public_id": world.proposal.public_id}


def an_entry(_world: World) -> Mapping[str, Any]:
    return {"key": "01843@2025-07-01", "sequence": 1}


def a_job(world: World) -> Mapping[str, Any]:
    return {"public_id": world.job.public_id}


def a_colleague(world: World) -> Mapping[str, Any]:
    return {"public_id": world.colleague.public_id}


def the_ward(world: World) -> Mapping[str, Any]:
    return {"public_id": world.places.bac_kan.public_id}


def an_old_unit(world: World) -> Mapping[str, Any]:
    return {"public_id": world.places.nong_thuong.public_id}


_OWN_ACCOUNT: dict[str, Row] = {
    "home": signed_in(),
    "set_language": public(methods=POST),
    "accounts:expired": public(),
    "account_login": public(methods=BOTH),
    "account_signup": public(),
    "account_reset_password": public(),
    "account_inactive": public(),
    "account_logout": public(methods=BOTH),
    "mfa_authenticate": public(methods=BOTH),
    "mfa_login_webauthn": public(methods=BOTH),
    "accounts:sign_out_everywhere": signed_in(methods=BOTH),
    "account_change_password": signed_in(methods=BOTH),
    "account_reauthenticate": signed_in(methods=BOTH),
    "mfa_index": signed_in(),
    "mfa_reauthenticate": signed_in(methods=BOTH, ok=LED),
    "mfa_activate_totp": signed_in(methods=BOTH),
    "mfa_deactivate_totp": never(),  # nobody of the matrix has codes
    "mfa_view_recovery_codes": never(),
    "mfa_download_recovery_codes": never(),
    "mfa_generate_recovery_codes": signed_in(methods=BOTH),
    "mfa_list_webauthn": signed_in(),
    "mfa_add_webauthn": signed_in(methods=BOTH),
    "mfa_reauthenticate_webauthn": signed_in(methods=BOTH, ok=LED),
    "mfa_remove_webauthn": never(args=lambda world: {"pk": world.key.pk}, methods=BOTH),  # somebody else's key
    "mfa_edit_webauthn": never(args=lambda world: {"pk": world.key.pk}, methods=BOTH),
}
_STAFF: dict[str, Row] = {
    "staff:list": anywhere(*MANAGING),
    "staff:add": anywhere(R.PROPOSE_ROLES, methods=BOTH),
    "staff:user": at_object(MANAGING, args=a_colleague),
    "staff:password": at_object(MANAGING, args=a_colleague, methods=BOTH),
    "staff:close": at_object(MANAGING, args=a_colleague, methods=BOTH),
    "staff:appoint": at_object(MANAGING, {R.PROPOSE_ROLES}, denied=HIDDEN, args=a_colleague, methods=BOTH),
    "staff:withdraw": at_object(
        {R.PROPOSE_ROLES}, args=lambda world: {"public_id": world.appointment.public_id}, methods=BOTH
    ),
}
_ON_HOUSEHOLD = (
    "correct", "close", "reopen", "move", "split", "head", "add_member", "take_member", "merge", "strike", "status",
    "move_out",
)  # fmt: skip
_ON_MEMBER = ["correct_member", "state", "leaves", "dies"]
_REGISTRY: dict[str, Row] = {
    "registry:add": anywhere(R.EDIT_HOUSEHOLDS, denied=REFUSED, methods=BOTH),
    "registry:household": at_object(READS, args=a_home),
    "registry:history": at_object(READS, args=a_home),
    "registry:undo": at_object(READS, EDITS, args=an_act, methods=BOTH),
    "registry:id_number": at_object(READS, {R.SEE_ID_NUMBER}, denied=HIDDEN, args=a_member, methods=BOTH),
    **{f"registry:{one}": at_object(READS, EDITS, args=a_home, methods=BOTH) for one in _ON_HOUSEHOLD},
    **{f"registry:{one}": at_object(READS, EDITS, args=a_member, methods=BOTH) for one in _ON_MEMBER},
    "registry:mergers": anywhere(R.MANAGE_PLACES),
    "registry:assign": at_object({R.MANAGE_PLACES}, args=an_old_unit, methods=BOTH),
    "registry:carry": at_object({R.MANAGE_PLACES}, args=an_old_unit, methods=POST),
    "registry_search:list": anywhere(R.READ_HOUSEHOLDS, denied=REFUSED, methods=BOTH),
    "registry_search:places": anywhere(R.READ_HOUSEHOLDS, denied=REFUSED),
    "registry_search:look_up": anywhere(R.LOOK_UP_HOUSEHOLD, denied=REFUSED, methods=BOTH),
    "registry_search:export": anywhere(R.EXPORT, denied=REFUSED, methods=BOTH),
}


def _of_another(right: Right) -> Callable[[World, Person, Statuses], Statuses]:
    """What one person took out is theirs alone: others with the right find nothing, the rest are refused at once."""
    return lambda _world, who, _allowed: HIDDEN if right in who.anywhere else REFUSED


_REGISTRY |= {
    f"registry_search:{one}": Row(_of_another(R.EXPORT), args=lambda world: {"public_id": world.export.public_id})
    for one in ("exported", "download")
}
_INTAKE: dict[str, Row] = {
    "registry_intake:batches": anywhere(*LISTS),
    "registry_intake:upload": Row(
        lambda _world, who, allowed: allowed if who.imports_for_a_commune else HIDDEN, methods=BOTH
    ),
    "registry_intake:batch": at_object(LISTS, args=a_batch),
    "registry_intake:part": at_object(LISTS, args=lambda world: {**a_batch(world), "part": "da-sua"}),
    "registry_intake:confirm": at_object(LISTS, {R.IMPORT}, args=a_batch, methods=POST),
    "registry_intake:propose": at_object(LISTS, {R.IMPORT}, args=a_batch, methods=POST),
    "registry_intake:withdraw": at_object(LISTS, {R.IMPORT}, args=a_batch, methods=POST),
    "registry_intake:undo": at_object(LISTS, {R.IMPORT}, args=a_batch, methods=BOTH, ok=HIDDEN),  # not applied yet
    "registry_intake:settle": at_object(
        LISTS, {R.IMPORT}, args=lambda world: {**a_batch(world), "key": world.suspect.pk}, methods=POST
    ),
    "registry_intake:missing": at_object(
        LISTS, {R.IMPORT}, args=lambda world: {**a_batch(world), "ordinal": world.missing.ordinal}, methods=POST
    ),
    "registry_intake:original": Row(
        lambda _world, who, allowed: allowed if who.reads_originals_there else HIDDEN, args=a_batch, methods=POST
    ),
}
_WORK: dict[str, Row] = {
    "approval:waiting": signed_in(),
    "approval:mine": signed_in(),
    "approval:decided": signed_in(),
    "approval:proposal": at_object(DECISION, args=a_proposal),
    "approval:approve": at_object(DECISION, {R.APPROVE_ROLES}, args=a_proposal, methods=POST),
    "approval:refuse": at_object(DECISION, {R.APPROVE_ROLES}, args=a_proposal, methods=POST),
    "approval:withdraw": at_object(DECISION, ok=REFUSED, args=a_proposal, methods=POST),  # for who made it alone
    "jobs:list": signed_in(),
    "jobs:job": at_object({R.IMPORT}, args=a_job),
    "jobs:progress": at_object({R.IMPORT}, args=a_job),
    "jobs:again": at_object({R.IMPORT}, ok=REFUSED, args=a_job, methods=POST),  # for its owner alone
    "jobs:stop": at_object({R.IMPORT}, ok=REFUSED, args=a_job, methods=POST),
    "oversight:entries": anywhere(R.READ_JOURNAL, denied=REFUSED),
    "oversight:check": of_chain(data={"noi": "01843@2025-07-01"}),
    "oversight:entry": of_chain(args=an_entry),
    "oversight:take_along": of_chain(data={"noi": "01843@2025-07-01"}, methods=POST),
}
_PLACES: dict[str, Row] = {
    "geography:tree": signed_in(),
    "geography:place": signed_in(args=the_ward),
    "geography:shapes": signed_in(args=the_ward),
    "geography:ended": anywhere(R.MANAGE_PLACES),
    "geography:assign": at_object({R.MANAGE_PLACES}, args=an_old_unit, methods=BOTH),
    "geography:add_village": at_object({R.MANAGE_PLACES}, args=the_ward, methods=BOTH),
    "geography:withdraw": at_object(
        {R.MANAGE_PLACES},
        args=lambda world: {"public_id": world.places.villages["01852"][0].public_id},
        methods=POST,
    ),
}
_API: dict[str, Row] = {
    "api:api-root": public(ok=HIDDEN),
    "api:openapi": signed_in(machine=True),
    "api:places": signed_in(machine=True),
    "api:proposals": signed_in(machine=True),
    "api:job": at_object({R.IMPORT}, args=a_job, machine=True),
    "api:households": anywhere(R.READ_HOUSEHOLDS, denied=REFUSED, machine=True),
    **{
        f"api:{one}": Row(
            lambda _world, who, allowed: allowed if READS & who.there else HIDDEN if READS & who.anywhere else REFUSED,
            args=a_home,
            machine=True,
        )
        for one in ("household", "statuses")
    },
}
MATRIX: dict[str, Row] = {**_API, **_OWN_ACCOUNT, **_STAFF, **_REGISTRY, **_INTAKE, **_WORK, **_PLACES}
