"""The installation: its folder, its keys and its database, read from the environment and nowhere else.

VUONLEN_HOME       folder with the embedded database, uploaded files and keys (default: vuonlen-data)
VUONLEN_KEYS_FILE  the keys (default: keys.json in that folder); keep a copy apart from the backups
DATABASE_URL       postgres://… for PostgreSQL 15 or newer; without it the embedded SQLite database
VUONLEN_HOSTS      names under which the server answers, with commas (default: 127.0.0.1,localhost)
VUONLEN_DEMO       1 only for the demonstration: names the users on the sign-in page
VUONLEN_HTTPS      1 where a proxy speaks HTTPS in front of the server: cookies then travel only so
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.fernet import Fernet


@dataclass(frozen=True, slots=True)
class Keys:
    """Secrets of one installation. encryption: newest first; older ones only read."""

    session: str
    encryption: tuple[str, ...]
    index: str
    journal: str
    anchor: str  # signs the anchors of the journal (Ed25519); its public half stands beside them


class NoKeys(Exception):
    """The keys file is missing or unreadable. Carries the path."""


def home() -> Path:
    return Path(os.environ.get("VUONLEN_HOME") or "vuonlen-data").resolve()


def keys_file() -> Path:
    named = os.environ.get("VUONLEN_KEYS_FILE")
    return Path(named).resolve() if named else home() / "keys.json"


def flag(name: str) -> bool:
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes"}


def hosts() -> list[str]:
    named = os.environ.get("VUONLEN_HOSTS", "127.0.0.1,localhost")
    return [one.strip() for one in named.split(",") if one.strip()]


def new_keys() -> Keys:
    return Keys(
        session=secrets.token_urlsafe(48),
        encryption=(Fernet.generate_key().decode(),),
        index=secrets.token_hex(32),
        journal=secrets.token_hex(32),
        anchor=secrets.token_hex(32),
    )


def save_keys(path: Path, keys: Keys) -> None:
    """Written for its owner only. Never over an existing file: data under the old keys would be lost."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(asdict(keys), file, indent=1)


def load_keys(path: Path) -> Keys:
    """Raises NoKeys."""
    try:
        told = json.loads(path.read_text("utf-8"))
        return Keys(told["session"], tuple(told["encryption"]), told["index"], told["journal"], told["anchor"])
    except (OSError, ValueError, KeyError, TypeError) as why:
        raise NoKeys(path) from why
