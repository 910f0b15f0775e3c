"""How fast the list of households, the search and the page of one household answer, over HTTP, signed in.

    python -m bench.make_register 1000000
    python -m bench.pages_list                (the same database; `--runs 200`)

The server is the one of `vuonlen serve` (granian, as many processes as cores). One client asks, all cases in turn, so
that whatever else the machine does falls on each of them alike; the home page without a list is one of the cases, and
the last column is the ratio to it. "any": another page, name or household at each run, drawn beforehand. Figures in
docs/performance.md.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402

from vuonlen.accounts.models import Appointment, User  # noqa: E402
from vuonlen.accounts.rights import Role  # noqa: E402
from vuonlen.accounts.row_security import widened  # noqa: E402
from vuonlen.cli.register.serving import _server  # noqa: E402
from vuonlen.foundation.keyset import write  # noqa: E402
from vuonlen.foundation.paths import STEP, under, under_any  # noqa: E402
from vuonlen.places.models import Place  # noqa: E402
from vuonlen.registry.models import Household, Membership  # noqa: E402
from vuonlen.registry.search import numbers  # noqa: E402
from vuonlen.registry.search import queries as q  # noqa: E402
from vuonlen.registry.search.filters import Filters, narrowing  # noqa: E402
from vuonlen.registry.search.keys import wanted  # noqa: E402

SIZE, DRAWN, MEMBERS = 25, 100, 4
NAMES = ("nguyen van", "nguyễn văn an", "giàng thị mỷ", "sung pang", "an")


@dataclass(frozen=True, slots=True)
class Case:
    """who: whose session asks. page: words for the table. addresses: asked one after the other, again and again."""

    who: str
    what: str
    page: str
    addresses: tuple[str, ...]


def people() -> dict[str, tuple[str, ...]]:
    """Users of three reaches: one commune of 1 % of the country, one province of 8 %, the whole country."""
    province = Place.objects.get(level=1, name__endswith="Thái Nguyên")
    commune = Place.objects.filter(parent=province).order_by("path").first()
    country = list(Place.objects.filter(level=1).order_by("path"))
    told = {"commune": (Role.COMMUNE_OFFICER, [commune]), "province": (Role.PROVINCE_OFFICER, [province]),
            "country": (Role.INSPECTOR, country)}  # fmt: skip
    for name, (role, places) in told.items():
        user, _ = User.objects.get_or_create(username=f"bench-{name}", defaults={"full_name": name})
        for place in places:
            Appointment.objects.get_or_create(user=user, role=role, place=place, valid_from=place.valid_from)
    return {name: tuple(one.path for one in places) for name, (_, places) in told.items()}


def cookie(name: str) -> str:
    user = User.objects.get(username=f"bench-{name}")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"session={session.session_key}"


def cases(areas: dict[str, tuple[str, ...]]) -> list[Case]:
    found = []
    for who, area in areas.items():
        user = User.objects.get(username=f"bench-{who}")
        homes = some_homes(area)
        number, token = deep_page(area)
        found += [
            Case(who, "home page", "", ("/",)),
            Case(who, "list", "1", ("/ho/",)),
            Case(who, "list", number, (listed(after=token),)),
            Case(who, "list", "any", tuple(listed(after=write(q.PLACE_ORDER, one)) for one in homes)),
            Case(who, "list by name", "1", ("/ho/?xep=ten",)),
            Case(who, "list by name", "any", tuple(listed(xep="ten", after=write(q.NAME_ORDER, one)) for one in homes)),
            Case(who, "list, poor", "1", ("/ho/?phan-loai=poor",)),
            Case(who, "list, poor, lacks I05, of group NCC", "1", ("/ho/?phan-loai=poor&thieu-hut=I05&nhom=NCC",)),
            Case(who, "list as of a day, poor", "1", ("/ho/?ngay=2025-08-01&phan-loai=poor",)),
        ]
        found += [Case(who, f"search “{words}”", "1", (listed(tim=words),)) for words in NAMES]
        nobody = {"dan-toc": "40"}  # every window is tried in vain: the dearest page there is
        found.append(Case(who, "list, filter that nobody passes", "1", (f"/ho/?{urlencode(nobody)}",)))
        asked = f"/ho/?{urlencode(nobody | {'tim': NAMES[0]})}"
        found.append(Case(who, f"search “{NAMES[0]}”, filter that nobody passes", "1", (asked,)))
        if deep := deep_search(area, NAMES[0]):
            number, token = deep
            found.append(Case(who, f"search “{NAMES[0]}”", number, (listed(tim=NAMES[0], after=token),)))
        found += [
            Case(who, "search, full name of a member", "any", tuple(listed(tim=name) for name in members(homes))),
            Case(who, "search, ID number", "any", tuple(listed(so=numbers.token(user, one)) for one in digits(homes))),
            Case(who, "household", "any", tuple(f"/ho/{one.public_id}/" for one in homes)),
        ]
    return found


def listed(**asked: str) -> str:
    return f"/ho/?{urlencode(asked)}"


def some_homes(area: tuple[str, ...]) -> list[Household]:
    """Households drawn from all of an area, so that no page is in a cache because it was just read."""
    rng, last = random.Random(7), Household.objects.order_by("-pk").values_list("pk", flat=True)[0]
    found: list[Household] = []
    while len(found) < DRAWN:
        drawn = rng.sample(range(1, last + 1), 20_000 if len(area[0]) > STEP else 1_000)
        found += Household.objects.filter(under_any(area, "area_path"), pk__in=drawn)
    return found[:DRAWN]


def members(homes: list[Household]) -> list[str]:
    rows = Membership.objects.filter(household__in=homes, is_head=False).order_by("household", "id")
    return list(dict(rows.values_list("household", "person__name")).values())


def digits(homes: list[Household]) -> list[str]:
    """ID numbers as `bench.make_register` hashed them."""
    return [f"{(one.pk - 1) * MEMBERS + 2:012d}" for one in homes]


def deep_page(area: tuple[str, ...]) -> tuple[str, str]:
    """Page 10,000, or the one in the middle where there are not so many."""
    rows = Household.objects.filter(under(area[0], "area_path")) if len(area) == 1 else Household.objects.all()
    count = min(10_000, rows.count() // SIZE // (1 if len(area) > 1 else 2))
    row = rows.order_by(*q.PLACE_ORDER).values(*q.PLACE_ORDER)[count * SIZE - SIZE - 1]
    return f"{count:,}", write(q.PLACE_ORDER, row)


def deep_search(area: tuple[str, ...], words: str) -> tuple[str, str] | None:
    names = q._names(area)
    keys = wanted(words)[0]
    found = q.found_walk(names, keys, Filters(), narrowing(Filters()), SIZE)
    if found is None or found.kept is not None:
        return None
    rows = found.rows.filter(root__in=names.roots).order_by(*q.FOUND_ORDER).values(*q.FOUND_ORDER)
    count = min(10_000, rows.count() // SIZE)
    if count < 3:
        return None
    return f"{count:,}", write(q.FOUND_ORDER, rows[count * SIZE - SIZE - 1])


@contextmanager
def server() -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    child = subprocess.Popen(_server("127.0.0.1", port, None), env=os.environ, start_new_session=True)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        child.terminate()
        child.wait(20)


def ask(client: http.client.HTTPConnection, case: Case, number: int, cookies: dict[str, str]) -> float:
    address = case.addresses[number % len(case.addresses)]
    begun = time.perf_counter()
    client.request("GET", address, headers={"Cookie": cookies[case.who], "Accept-Language": "vi"})
    answer = client.getresponse()
    body = answer.read()
    took = (time.perf_counter() - begun) * 1000
    if answer.status != 200:
        sys.exit(f"{case} answered {answer.status}: {body[:300]!r}")
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    runs = parser.parse_args().runs
    with widened():
        areas = people()
        asked = cases(areas)
        cookies = {name: cookie(name) for name in areas}
        count = Household.objects.count()
    connection.close()
    took: dict[Case, list[float]] = {case: [] for case in asked}
    with server() as port:
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for number in range(runs + 10):
            for case in asked:
                spent = ask(client, case, number, cookies)
                if number >= 10:  # the first ones warm up processes and caches
                    took[case].append(spent)
    print(f"{connection.vendor}, {count:,} households, {runs} runs, load {os.getloadavg()[0]:.1f}")
    print("| scope | page | number | p50 ms | p95 ms | max ms | × home page |\n|---|---|---|---|---|---|---|")
    empty = {case.who: statistics.median(values) for case, values in took.items() if case.what == "home page"}
    for case, values in took.items():
        p50, p95 = statistics.median(values), statistics.quantiles(values, n=20)[-1]
        ratio = p50 / empty[case.who]
        told = f"{p50:.0f} | {p95:.0f} | {max(values):.0f} | {ratio:.1f}"
        print(f"| {case.who} | {case.what} | {case.page} | {told} |")


if __name__ == "__main__":
    main()
