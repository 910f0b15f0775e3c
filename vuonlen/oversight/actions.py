"""Taking a chain along, to be verified elsewhere by a program that is not ours."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.accounts.scope import actor
from vuonlen.journal.actions import Act, record
from vuonlen.journal.export import write
from vuonlen.journal.reading import still
from vuonlen.oversight.queries import chains


def take_along(*, by: User, key: str) -> BinaryIO:
    """The whole chain as a file without a name, from its beginning. That it was taken is its newest entry.

    Raises PermissionDenied for a chain that `by` may not read.
    """
    found = next((one for one in chains(by) if one.chain.key == key), None)
    if found is None:
        raise PermissionDenied
    with transaction.atomic():
        record(key, actor(by, found.path, Right.READ_JOURNAL), Act("oversight.take_along", "chain", key))
    file = TemporaryFile("w+", encoding="utf-8", newline="\n", dir=Path(settings.HOME))  # noqa: SIM115  (whoever asked closes it)
    try:
        with still() as source:
            chosen = [one for one in source.chains() if one.key == key]
            write(source, chosen, file, at=timezone.now(), extract=True, advance=lambda _done, _total: None)
        file.flush()
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return cast("BinaryIO", file.detach())
