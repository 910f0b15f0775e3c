"""What can be proposed. A kind stands in the capability that it belongs to; config/handlers.py names them all.

docs/how-to/add-a-proposal-kind.md shows one from beginning to end.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

import vuonlen.domain.problems.approval  # noqa: F401  (fills the catalogue)
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.approval.models import Proposal
from vuonlen.domain.problems import Problem, Refused
from vuonlen.jobs.work import Progress

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what approving will do. Kept with the proposal and shown to whoever may see it: mask ID numbers.

    before: None where the line only tells; with it the line is a change of a value, "" being unknown.
    """

    label: str
    after: str
    before: str | None = None
    url: str = ""


class Moved(Refused):
    """The data are no longer those that were proposed on. Raised by `apply` before it has written anything."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*(problems or (Problem("A-MOVED"),)))


def nobody(_payload: Payload) -> Collection[int]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of proposal. Its functions see the rows of every area, whoever calls: rights are checked before.

    propose, approve: rights needed at the place of the proposal, then and there.
    fingerprint:  text or hash of the data that the payload speaks of, as they are now.
    describe:     what approving will do. Also shown later, as it stood when it was proposed.
    apply:        does it, inside the transaction of the approval; returns an address of the result, or None.
    apply_in_job: instead of `apply`, for what takes long: called by the worker after the approval, outside any
                  transaction. It is called again after a kill, and must then go on, not begin again: each of its own
                  transactions marks what it has done. All done, it returns and changes nothing.
    interested:   ids of users whom it is about: they do not approve either.
    refused:      cleans up after a refusal or a withdrawal, inside its transaction: (proposal, who, reason).
    """

    propose: Right
    approve: Right
    fingerprint: Callable[[Payload], str]
    describe: Callable[[Payload], list[Line]]
    apply: Callable[[Proposal, User], str | None] | None = None
    apply_in_job: Callable[[Proposal, User, Progress], str | None] | None = None
    interested: Callable[[Payload], Collection[int]] = nobody
    refused: Callable[[Proposal, User, str], None] | None = None

    def __post_init__(self) -> None:
        if (self.apply is None) == (self.apply_in_job is None):
            raise ValueError("a kind has either `apply` or `apply_in_job`")

    @property
    def in_background(self) -> bool:
        return self.apply_in_job is not None


@cache
def _load(path: str) -> Kind:
    kind = import_string(path)
    if not isinstance(kind, Kind):
        raise TypeError(f"{path} is no Kind")
    return kind


def get(name: str) -> Kind:
    """The kind of that name. Raises KeyError."""
    return _load(settings.PROPOSAL_KINDS[name])


def find(name: str) -> Kind | None:
    """The same; None for a kind that this release does not know any more."""
    return get(name) if name in settings.PROPOSAL_KINDS else None


def every() -> Mapping[str, Kind]:
    return {name: get(name) for name in settings.PROPOSAL_KINDS}


_MOST = 200  # lines that are kept


def plain_lines(lines: list[Line]) -> list[dict[str, Any]]:
    return [asdict(one) for one in lines[:_MOST]]


def read_lines(told: list[dict[str, Any]]) -> list[Line]:
    return [Line(**one) for one in told]
