"""Every page there is, and who looks at it: the addresses of the permission matrix, and what only their owner can open.

A new address needs nothing here. It fails until somebody of the matrix gets a page there, or NO_PAGE says why not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from tests.web.matrix import MATRIX
from tests.web.world import Person, World

#: name of an address -> why nobody looks at a page there
NO_PAGE: dict[str, str] = {
    "mfa_authenticate": "only between password and code: tests/browser/test_signing_in.py",
    "mfa_reauthenticate_webauthn": "needs a passkey: tests/browser/test_signing_in.py",
    "mfa_edit_webauthn": "needs a passkey: tests/browser/test_signing_in.py",
    "mfa_remove_webauthn": "needs a passkey: tests/browser/test_signing_in.py",
    "mfa_login_webauthn": "gives the browser what it needs for a passkey",
    "mfa_download_recovery_codes": "a text file",
    "geography:shapes": "outlines for the map",
    "jobs:progress": "a part of a page, loaded again and again",
    "registry_search:download": "a file to keep",
    "registry_intake:undo": "only of a list that was approved: tests/browser/test_import_journey.py",
}
#: pages that look different to different roles: everybody who works in the ward looks at them
OF_ALL_ROLES = {"home", "registry:household", "registry_search:list", "approval:waiting", "geography:place"}
#: other ways to look at a page
ALSO = {
    "registry_search:list": ("tim=hoang+bac", "tim=khong+co+ai"),
    "registry:household": ("ngay=01%2F01%2F2020",),
    "geography:tree": ("tim=nong+thuong", "ngay=31%2F12%2F2022"),
}


@dataclass(frozen=True, slots=True)
class Sight:
    """One address as one person sees it. source: what the server answered."""

    name: str
    who: Person | None
    address: str
    source: str

    def __str__(self) -> str:
        return f"{self.name} {self.address} ({self.who.name if self.who else 'not signed in'})"


class Walk:
    """All that can be seen in a world."""

    def __init__(self, world: World, lang: str = "vi", *, everybody: bool = True) -> None:
        """everybody: pages of OF_ALL_ROLES by each role, and not only by whoever is the first to get them."""
        self.world, self.lang = world, lang
        self.of_all = OF_ALL_ROLES if everybody else set()
        self.guarded = next(one for one in world.people if one.name == "commune_chair, own")
        _guard(self.guarded)
        for person in world.people:
            person.sign_in()

    @cached_property
    def clients(self) -> list[tuple[Person | None, Client]]:
        people = [one for one in self.world.people if one.name.endswith(", own") or one.place is None]
        others = [one for one in self.world.people if one not in people]
        found = [(None, Client()), *((one, one.client()) for one in [*people, *others])]
        for _who, client in found:
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = self.lang
        return found

    def sights(self) -> Iterator[Sight]:
        for name, row in MATRIX.items():
            if "get" in row.methods and name not in NO_PAGE and not name.startswith("api:"):
                address = reverse(name, kwargs=self._arguments(name))
                query = urlencode(row.data)
                yield from self._of(name, f"{address}?{query}" if query else address)
        yield from self._of("404", "/khong-co-trang-nay/", status=404)

    def _of(self, name: str, address: str, status: int = 200) -> Iterator[Sight]:
        """Whoever is first, or everybody at work in the ward."""
        for who, client in self.clients:
            answer = client.get(address)
            if answer.status_code != status or "text/html" not in answer.headers.get("Content-Type", ""):
                continue
            yield Sight(name, who, address, answer.content.decode())
            for query in ALSO.get(name, ()):
                there = f"{address}{'&' if '?' in address else '?'}{query}"
                yield Sight(name, who, there, client.get(there).content.decode())
            if name not in self.of_all or (who and not who.name.endswith(", own")):
                break

    def _arguments(self, name: str) -> dict[str, Any]:
        if name == "registry_search:exported":  # each sees only what they took out themselves
            self.world.export.by = self.guarded.user
            self.world.export.save()
        return dict(MATRIX[name].args(self.world))


def _guard(person: Person) -> None:
    """Codes from a phone, and recovery codes."""
    TOTP.activate(person.user, generate_totp_secret())
    RecoveryCodes.activate(person.user)
