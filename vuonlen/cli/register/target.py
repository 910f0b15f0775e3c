"""Where `vuonlen restore --to` restores to: the environment is set before the settings are read from it."""

from __future__ import annotations

import os
import re
from urllib.parse import urlsplit

from vuonlen.config import environment


def aim(to: str) -> None:
    """`postgres://…`: that database, its files in a folder of its own; anything else: a folder with all of it.

    The keys stay those of here.
    """
    os.environ["VUONLEN_KEYS_FILE"] = str(environment.keys_file())
    if to.startswith(("postgres://", "postgresql://")):
        name = re.sub(r"\W", "_", urlsplit(to).path.strip("/"))
        os.environ["VUONLEN_HOME"] = str(environment.home() / f"restored-{name}")
        os.environ["DATABASE_URL"] = to
        return
    os.environ["VUONLEN_HOME"] = to
    os.environ.pop("DATABASE_URL", None)
