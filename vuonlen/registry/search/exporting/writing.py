"""Writing one export: the households of the list as its owner may see them at the moment of writing.

The file is kept encrypted until it is removed: it may hold the ID numbers of whole families.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.utils import timezone

from vuonlen.accounts.rights import Right
from vuonlen.domain.problems import Problem, Refused
from vuonlen.foundation.secret import Undecipherable, seal_bytes, unseal_bytes
from vuonlen.registry.models import Household
from vuonlen.registry.search.exporting.files import Mark, writer
from vuonlen.registry.search.exporting.rows import homes, household_columns, member_columns, sight
from vuonlen.registry.search.filters import Filters, from_parameters
from vuonlen.registry.search.models import Export
from vuonlen.registry.search.queries import every, read_as

MOST = 200_000  # households: as many rows as the reader of lists takes
KEPT = timedelta(days=1)
_PART = 500
OnProgress = Callable[[int, int], None]


def folder() -> Path:
    return Path(settings.FILES) / "exports"


def path_of(export: Export) -> Path:
    return folder() / f"{export.public_id}.{export.format}"  # sealed


def content(export: Export) -> bytes | None:
    """The file as it was written; None where it is gone, or is not what was written."""
    try:
        told = unseal_bytes(path_of(export).read_bytes())
    except (OSError, Undecipherable):
        return None
    return told if hashlib.sha256(told).hexdigest() == export.digest else None


def household_ids(export: Export) -> tuple[list[int], Filters]:
    """Keys of the list in its order, and its filters as they were understood. Raises Refused: too many, or none."""
    reading = read_as(export.by, from_parameters(export.filters), _PART, Right.EXPORT)
    ids: list[int] = []
    for part in every(reading):
        ids += part
        if len(ids) > MOST:
            raise Refused(Problem("Q-TOO-MANY", values={"most": f"{MOST:,}".replace(",", ".")}))
    if not ids:
        raise Refused(Problem("Q-EMPTY"))
    return ids, reading.filters


def write(export: Export, on_progress: OnProgress | None = None) -> None:
    """The file, and what it holds into `export`. Can be repeated: the file is replaced. Raises Refused."""
    ids, filters = household_ids(export)
    twice = _twice(ids)
    seen = sight(export.by, full=export.id_numbers)
    of_homes, of_members = household_columns(seen, export.public_id), member_columns(seen, export.public_id)
    headings = [name for name, _ in of_homes], [name for name, _ in of_members]
    persons = 0
    with TemporaryDirectory(prefix="vuonlen-export-") as private:  # only this user can enter it
        plain = Path(private) / f"list.{export.format}"
        with writer(plain, mark(export), *headings) as out:
            for start in range(0, len(ids), _PART):
                for home in homes(ids[start : start + _PART], filters.day, twice):
                    out.households([value(home) for _, value in of_homes])
                    for member in home.members:
                        out.members([told(home, member) for _, told in of_members])
                    persons += len(home.members)
                if on_progress is not None:
                    on_progress(min(start + _PART, len(ids)), len(ids))
        export.digest = _keep(plain.read_bytes(), path_of(export))
    target = path_of(export)
    export.file, export.households, export.persons = target.name, len(ids), persons
    export.state = Export.State.READY
    export.save(update_fields=["file", "digest", "households", "persons", "state"])


def _keep(told: bytes, target: Path) -> str:
    """Sealed, and whole or not at all. Returns the hash of what was sealed."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(seal_bytes(told))
    part.replace(target)
    return hashlib.sha256(told).hexdigest()


def mark(export: Export) -> Mark:
    """The line that says whose file this is."""
    when = f"{timezone.localtime(export.at):%d/%m/%Y %H:%M}"
    who = f"{export.by.full_name or export.by.username} ({export.by.username})"
    short = f"Vươn Lên · {who} · {when} · {export.public_id}"
    why = f" · mục đích: {export.purpose}" if export.purpose else ""
    line = f"Trích từ Vươn Lên · người trích: {who} · lúc {when} · bộ lọc: {export.told} · số {export.public_id}{why}"
    return Mark(line, short, who, export.public_id)


def _twice(ids: list[int]) -> set[str]:
    """Codes that two communes gave to two households of the list."""
    counted: Counter[str] = Counter()
    for start in range(0, len(ids), 5_000):
        rows = Household.objects.filter(pk__in=ids[start : start + 5_000])
        counted.update(rows.values_list("code", flat=True))
    return {code for code, count in counted.items() if count > 1}


def remove_old() -> None:
    """Files older than a day go; what was taken out, by whom and when stays known."""
    old = Export.objects.filter(state=Export.State.READY, at__lt=timezone.now() - KEPT)
    for one in old:
        path_of(one).unlink(missing_ok=True)
    old.update(state=Export.State.REMOVED)
