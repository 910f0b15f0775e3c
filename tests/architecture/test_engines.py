"""Engines do not know each other: agreement between them would prove nothing if one called the other."""

from __future__ import annotations

from itertools import permutations

import grimp
import pytest

FAMILIES = ("reference", "polars", "spark")
ENGINES = "vuonlen.analytics.engines"


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("vuonlen", cache_dir=None)


def family(graph: grimp.ImportGraph, name: str) -> list[str]:
    """Modules of one engine: `reference.py`, `reference_movement.py`, ..."""
    return sorted(module for module in graph.find_children(ENGINES) if module.rpartition(".")[2].split("_")[0] == name)


@pytest.mark.parametrize("name", FAMILIES)
def test_every_engine_exists(graph: grimp.ImportGraph, name: str) -> None:
    assert family(graph, name)


@pytest.mark.parametrize(("importer", "imported"), list(permutations(FAMILIES, 2)))
def test_an_engine_reaches_no_other_engine(graph: grimp.ImportGraph, importer: str, imported: str) -> None:
    chains = [
        " -> ".join(chain)
        for one in family(graph, importer)
        for other in family(graph, imported)
        if (chain := graph.find_shortest_chain(importer=one, imported=other))
    ]
    assert chains == []
