"""Rows of a list as rows of staging: compared with the household that they are, as far as that is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vuonlen.domain.problems import Problem
from vuonlen.foundation.bulk import insert
from vuonlen.registry.intake.comparing.entering import Terms
from vuonlen.registry.intake.comparing.rows import Entry, compare
from vuonlen.registry.intake.listed import Listed
from vuonlen.registry.intake.models import Batch, Note, Staged, Suspect
from vuonlen.registry.intake.staging.known import Area
from vuonlen.registry.intake.staging.matching import Match


class Shelf:
    """Where the rows of one run are put, part by part."""

    def __init__(self, batch: Batch, area: Area, terms: Terms, shared: set[str]) -> None:
        self._batch, self._area, self._terms, self._shared = batch, area, terms, shared
        self._keys: dict[int, int] = {}  # ordinal -> key, of rows that a later one may be the same as

    def put(self, chunk: Sequence[tuple[int, Listed | Problem]], matches: Mapping[int, Match]) -> list[Problem]:
        """Keep a part. Returns why some of its households are refused. Inside a transaction."""
        refused: list[Problem] = []
        entries: list[Entry] = []
        for ordinal, one in chunk:
            if isinstance(one, Problem):
                continue
            self._mark(one)
            match = matches[ordinal]
            problem = self._refusal(one, match)
            if problem is not None:
                refused.append(problem)
                continue
            entries.append(Entry(ordinal, one, match.household))
            if match.household is not None:
                self._number(one, match.household)
        previews = compare(entries, self._batch, self._terms)
        rows = []
        for entry in entries:
            match, row = matches[entry.ordinal], staged(self._batch, entry)
            if match.suspects:
                row.kind = Staged.Kind.DUPLICATE
            else:
                previews[entry.ordinal].onto(row)
            rows.append(row)
        insert(rows)
        self._keys |= {one.ordinal: one.pk for one in rows}
        insert(self._suspects(rows, matches))
        return refused

    def _mark(self, one: Listed) -> None:
        for person in one.persons:
            person.id_shared = person.id_hash in self._shared

    def _refusal(self, one: Listed, match: Match) -> Problem | None:
        if match.taken:
            return Problem("R-MATCHED-TWICE", household_id=one.code, values={"code": one.code})
        if match.household is None and not match.suspects and self._taken(one):
            place = self._terms.places[one.commune].name
            return Problem("R-CODE-TAKEN", household_id=one.code, values={"code": one.code, "place": place})
        return None

    def _taken(self, one: Listed, by_other_than: int | None = None) -> bool:
        return any(
            home.registered_in == one.commune and home.pk != by_other_than
            for home in self._area.by_code.get(one.code, ())
        )

    def _number(self, one: Listed, household: int) -> None:
        """A number that another household has cannot be given: the household keeps its own."""
        if self._taken(one, household):
            one.code = self._area.homes[household].code

    def _suspects(self, rows: Sequence[Staged], matches: Mapping[int, Match]) -> list[Suspect]:
        return [
            Suspect(
                batch=self._batch,
                staged=row,
                household_id=one.household,
                other_id=None if one.other is None else self._keys[one.other],
                likeness=one.likeness,
                why=one.why,
            )
            for row in rows
            for one in matches[row.ordinal].suspects
            if one.other is None or one.other in self._keys
        ]


def staged(batch: Batch, entry: Entry) -> Staged:
    one = entry.listed
    return Staged(
        batch=batch,
        ordinal=entry.ordinal,
        kind=Staged.Kind.NEW,
        code=one.code,
        commune_id=one.commune,
        household_id=entry.household,
        content=one.told(),
    )


def refused_notes(batch: Batch, problems: Sequence[Problem], first: int) -> list[Note]:
    """Notes for households that are refused here, numbered from `first`."""
    return [
        Note(
            batch=batch, ordinal=first + number, kind=Note.Kind.REFUSED, code=one.code,
            household_code=one.household_id[:100], content=dict(one.values),
        )
        for number, one in enumerate(problems)
    ]  # fmt: skip
