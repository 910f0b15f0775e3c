"""Settings of `bench.import_lists`: a database of its own, keys that are made for it."""

from __future__ import annotations

from vuonlen.config import environment

if not environment.keys_file().exists():
    environment.save_keys(environment.keys_file(), environment.new_keys())

from vuonlen.config.settings import *  # noqa: F403  (the keys had to be there before)
