"""Problems of the catalogue as JSON and back, so that a failure is read in the language of whoever reads it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import vuonlen.domain.problems.jobs  # noqa: F401  (fills the catalogue)
from vuonlen.domain.problems import CATALOGUE, Problem


def plain(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    return [
        {
            "code": one.code,
            "sheet": one.sheet,
            "cell": one.cell,
            "values": {name: value if isinstance(value, int) else str(value) for name, value in one.values.items()},
        }
        for one in problems
    ]


def read(told: Iterable[dict[str, Any]]) -> list[Problem]:
    """What a later release does not know any more is left out."""
    return [
        Problem(one["code"], sheet=one["sheet"], cell=one["cell"], values=one["values"])
        for one in told
        if one["code"] in CATALOGUE
    ]
