"""`python -m tests.backup.command WORDS…`: a command of backups as a person calls it, in a process that may be killed.

KILL_AT=n kills it (signal 9) at the n-th thing that it does to a file or asks of a database; COUNT_TO=FILE writes how
many there are. Words: `fill` (synthetic rows into an empty installation), `more` (one entry), `backup`, `restore`.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import date
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402  (the settings had to be read before)
from django.db import transaction  # noqa: E402
from django.db.backends.utils import CursorWrapper  # noqa: E402

from tests.web.cast import build_cast, build_places  # noqa: E402
from vuonlen.accounts.scope import actor  # noqa: E402
from vuonlen.cli import failing  # noqa: E402
from vuonlen.cli.register import backup, setup  # noqa: E402
from vuonlen.i18n import activate  # noqa: E402
from vuonlen.journal.actions import SYSTEM, Act, record, record_many  # noqa: E402
from vuonlen.registry.models import Household, Membership, Person  # noqa: E402

TOUCHES = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "sqlite3.connect"}
count = 0


def step() -> None:
    global count
    count += 1
    if count == int(os.environ.get("KILL_AT", 0)):
        os.kill(os.getpid(), signal.SIGKILL)


def watch() -> None:
    """Count from here on."""
    home = os.environ["WATCHED"]
    execute = CursorWrapper.execute

    def counted(*args: Any, **kwargs: Any) -> Any:
        step()
        return execute(*args, **kwargs)

    def heard(event: str, args: tuple[Any, ...]) -> None:
        if event in TOUCHES or (event in ("open", "subprocess.Popen") and home in str(args)):
            step()

    CursorWrapper.execute = counted  # type: ignore[method-assign]
    sys.addaudithook(heard)


def fill() -> int:
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        cast = build_cast(build_places())
        ward = cast.places.bac_kan
        for number in range(60):
            home = Household.objects.create(
                code=f"BK{number:04d}", registered_in=ward, commune=ward, area_path=ward.path, head_name="Nông Văn Thử"
            )
            person = Person.objects.create(
                name="Nông Văn Thử", name_folded="nong van thu", id_number=f"00608{number:07d}"
            )
            Membership.objects.create(household=home, person=person, is_head=True, valid_from=date(2025, 7, 1))
        acts = [Act("registry.add_household", "household", f"h{n}", after={"n": n}) for n in range(60)]
        record_many(ward.key, actor(cast.officer, ward.path), acts)
    return 0


def more() -> int:
    with transaction.atomic():
        record("system", SYSTEM, Act("jobs.start", "job", "muonhon"))
    return 0


def main(words: list[str]) -> int:
    activate("vi")
    setup.start(migrated=False, keys=words[0] != "fill")
    if words[0] in ("fill", "more"):
        return {"fill": fill, "more": more}[words[0]]()

    if os.environ.get("WATCHED"):
        watch()
    key = Path(os.environ["KEY_FILE"]) if os.environ.get("KEY_FILE") else None
    try:
        if words[0] == "backup":
            return backup.backup(to=Path(words[1]), key_file=key, as_json=True)
        return backup.restore(Path(words[1]), key_file=key, replace="--replace" in words, yes=True, as_json=True)
    except Exception as why:
        return failing.report(why, as_json=True)


if __name__ == "__main__":
    status = main(sys.argv[1:])
    if os.environ.get("COUNT_TO"):
        Path(os.environ["COUNT_TO"]).write_text(str(count), "ascii")
    sys.exit(status)
