"""Where `vuonlen restore --to` restores to: the environment is set before the settings are read from it."""

from __future__ import annotations

import os

from vuonlen.config import environment


def aim(to: str) -> None:
    """`postgres://…`: that database; anything else: a folder with an embedded database. The keys stay those of here."""
    os.environ["VUONLEN_KEYS_FILE"] = str(environment.keys_file())
    if to.startswith(("postgres://", "postgresql://")):
        os.environ["DATABASE_URL"] = to
        return
    os.environ["VUONLEN_HOME"] = to
    os.environ.pop("DATABASE_URL", None)
