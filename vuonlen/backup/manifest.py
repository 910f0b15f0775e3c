"""What a backup says about itself: what is in it, and what the database held when it was made."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

Run = Callable[[str], list[tuple[Any, ...]]]
FORMAT = 1

_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
}


class Keys(Protocol):
    """The keys of the installation that data are bound to."""

    @property
    def encryption(self) -> tuple[str, ...]: ...
    @property
    def index(self) -> str: ...
    @property
    def journal(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Facts:
    """A database at one moment: rows of each table, length and head of each chain, migrations it has."""

    tables: dict[str, int]
    chains: dict[str, list[Any]]
    migrations: list[list[str]]

    def differences(self, other: Facts) -> list[str]:
        """Names of tables and chains that differ."""
        found = [name for name in self.tables | other.tables if self.tables.get(name) != other.tables.get(name)]
        found += [key for key in self.chains | other.chains if self.chains.get(key) != other.chains.get(key)]
        return found + (["migrations"] if self.migrations != other.migrations else [])


@dataclass(frozen=True, slots=True)
class Manifest:
    version: str  # of the product
    time: str
    engine: str
    server: str
    facts: Facts
    keys: dict[str, Any]
    members: dict[str, list[Any]] = field(default_factory=dict)  # name -> size, SHA-256
    format: int = FORMAT

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def from_json(cls, text: bytes) -> Manifest:
        """Raises ValueError, KeyError, TypeError."""
        told = json.loads(text)
        return cls(**(told | {"facts": Facts(**told["facts"])}))


def gather(run: Run, vendor: str) -> Facts:
    """Read within one transaction, so that all of it is of one moment."""
    names = sorted(name for (name,) in run(_TABLES[vendor]))
    return Facts(
        {name: int(run(f'SELECT count(*) FROM "{name}"')[0][0]) for name in names},
        {key: [length, head] for key, length, head in run("SELECT key, length, head FROM journal_chain ORDER BY id")}
        if "journal_chain" in names
        else {},
        sorted([app, name] for app, name in run("SELECT app, name FROM django_migrations"))
        if "django_migrations" in names
        else [],
    )


def check_values(keys: Keys, salt: str = "") -> dict[str, Any]:
    """By which the keys are known again, without telling them."""
    salt = salt or secrets.token_hex(16)

    def of(key: str) -> str:
        return hmac.new(key.encode(), f"vuonlen-backup-keys-1\n{salt}".encode(), hashlib.sha256).hexdigest()

    return {
        "salt": salt,
        "encryption": [of(one) for one in keys.encryption],
        "index": of(keys.index),
        "journal": of(keys.journal),
    }


def fits(told: Mapping[str, Any], keys: Keys) -> bool:
    """Whether these keys open what is in the backup. Newer encryption keys in front of the old ones do no harm."""
    ours = check_values(keys, told["salt"])
    same = all(ours[name] == told[name] for name in ("index", "journal"))
    return same and set(told["encryption"]) <= set(ours["encryption"])
