"""Which chains a user may read, their entries, and whether a chain is whole."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right, Role
from vuonlen.accounts.scope import scope
from vuonlen.domain.names import fold
from vuonlen.journal import words
from vuonlen.journal.models import Chain, Entry
from vuonlen.journal.reading import still
from vuonlen.journal.standalone import verify_journal as standalone
from vuonlen.places.models import Level, Place
from vuonlen.registry.telling import words as telling

_FEW = 500  # names of chains in one question
AT_ONCE = 20_000  # entries checked in one request


@dataclass(frozen=True, slots=True)
class Readable:
    """One chain that a user may read, and the place that it is named by."""

    chain: Chain
    name: str
    ended: date | None
    path: str


def chains(user: User) -> list[Readable]:
    """By name; of equal names the newer unit first."""
    rows = scope(user, Right.READ_JOURNAL).of(Place.objects.exclude(level=Level.VILLAGE), "path")
    places = {one.key: one for one in rows.only("code", "valid_from", "valid_to", "name", "name_folded", "path")}
    found = Chain.objects.all() if len(places) > _FEW else Chain.objects.filter(key__in=places)
    told = [(places[one.key], one) for one in found if one.key in places]
    told.sort(key=lambda pair: (pair[0].name_folded, pair[0].valid_to or date.max))
    return [Readable(chain, place.name, place.valid_to, place.path) for place, chain in told]


def entries(of: Collection[Readable]) -> QuerySet[Entry]:
    """Entries of these chains, for paging from the newest back."""
    ids = [one.chain.pk for one in of]
    if len(ids) == 1:
        return Entry.objects.filter(chain_id=ids[0])
    # Not by the index of chains: it would sort all of them to find the newest few. Walking back finds those sooner.
    return Entry.objects.annotate(one_of=Coalesce("chain_id", Value(0))).filter(one_of__in=ids)


def narrowed(rows: QuerySet[Entry], *, actor: str, act: str, object_id: str, day: date | None) -> QuerySet[Entry]:
    """Blank: not asked for."""
    if actor:
        rows = rows.filter(_by(actor))
    if act:
        rows = rows.filter(act=act)
    if object_id:
        rows = rows.filter(object_id=object_id)
    if day:
        begin = timezone.make_aware(datetime.combine(day, time.min))
        rows = rows.filter(at__gte=begin, at__lt=begin + timedelta(days=1))
    return rows


def _by(name: str) -> Q:
    """Acts of whoever is called so, typed with tones or without; also those of before a change of the name."""
    asked = fold(name)
    people = [
        pk
        for pk, *names in User.objects.values_list("pk", "full_name", "username")
        if any(asked in fold(one) for one in names)
    ]
    found = Q(actor_id__in=people)
    return found | Q(actor_id__isnull=True) if asked in fold(_("Hệ thống")) else found


# ---- in words -----------------------------------------------------------------------------------------------------


def acts() -> dict[str, str]:
    """Every act that has words, by name."""
    own = {f"registry.{verb}": str(told) for verb, told in telling.VERBS.items()}
    return own | {name: str(told) for name, told in words.ACTS.items()}


@dataclass(frozen=True, slots=True)
class Told:
    """One entry in words."""

    entry: Entry
    who: str
    what: str
    place: str
    key: str
    fields: str


def told(rows: Collection[Entry], of: Collection[Readable]) -> list[Told]:
    chained = {one.chain.pk: one for one in of}
    known = acts()
    found = []
    for one in rows:
        what, where = f"{known.get(one.act, one.act)}: {words.thing(one.object_type)}", chained[one.chain_id]
        found.append(Told(one, _who(one), what, where.name, where.chain.key, _fields(one)))
    return found


def _fields(entry: Entry) -> str:
    """ "residence person.name" -> "Nơi ở; Người: họ và tên"."""
    said = []
    for name in entry.fields.split():
        model, _dot, column = name.partition(".")
        if column:
            said.append(f"{telling.table(model)}: {telling.field(model, column)}")
        else:
            said.append(telling.table(name) if name in telling.TABLES else telling.field(entry.object_type, name))
    return "; ".join(dict.fromkeys(said))


def _who(entry: Entry) -> str:
    if entry.actor_id is None:
        return _("Hệ thống")
    role = Role(entry.role).label if entry.role in Role.values else entry.role
    return f"{entry.actor} ({role})" if role else entry.actor


# ---- whole? -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Checked:
    """How far a chain was checked. finding: what is wrong first. done: nothing is left to check."""

    count: int
    last: str
    total: int
    finding: standalone.Finding | None
    done: bool


def check(chain: Chain, count: int = 0, last: str = "", most: int = 0) -> Checked:
    """Compute the hashes again from entry `count` on, whose hash was found to be `last`."""
    most = most or AT_ONCE
    with still() as source:
        rows: list[Any] = list(Chain.objects.filter(pk=chain.pk).values_list("id", "key", "length", "head"))
        walk = standalone.Walk(source, standalone.Chain(*rows[0]), after=count, previous=last)
        more = sum(1 for _pair in islice(walk, most)) == most
    return Checked(walk.count, walk.last, walk.chain.length, None if more else walk.end(), not more)


def check_around(entry: Entry) -> standalone.Finding | None:
    """Whether an entry and its neighbours are what they were, and hang together. The rest of the chain is not read."""
    first = max(entry.sequence - 1, 1)
    rows = Entry.objects.filter(chain_id=entry.chain_id, sequence=first)
    begin = rows.values_list("previous", flat=True).first() if first > 1 else None
    return check(entry.chain, first - 1, begin or "", most=entry.sequence - first + 2).finding
