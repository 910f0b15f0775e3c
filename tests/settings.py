"""Settings under test: a database of its own, keys that are known, fast password hashing, jobs done at once."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from vuonlen.config import environment

_home = Path(tempfile.mkdtemp(prefix="vuonlen-tests-"))
os.environ["VUONLEN_HOME"] = str(_home)
os.environ.pop("VUONLEN_KEYS_FILE", None)
os.environ["DATABASE_URL"] = os.environ.get("VUONLEN_TEST_DATABASE_URL") or f"sqlite:///{_home / 'test.sqlite3'}"
environment.save_keys(_home / "keys.json", environment.new_keys())

from vuonlen.config.settings import *  # noqa: E402, F403  (the environment had to be set before)

ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": str(_home / "test.sqlite3")}  # noqa: F405  (a file, as users have)
else:  # tests ask as the machine does and see all households, except within requests and `with narrowed(…)`
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c vuonlen.paths=*"  # noqa: F405
