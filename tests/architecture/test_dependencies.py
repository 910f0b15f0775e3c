"""Every dependency has its reason beside it and is pinned with hashes."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.tree import ROOT

PYPROJECT = (ROOT / "pyproject.toml").read_text("utf-8")
PROJECT: dict[str, Any] = tomllib.loads(PYPROJECT)
RUN: list[str] = PROJECT["project"]["dependencies"]
SPARK: list[str] = PROJECT["project"]["optional-dependencies"]["spark"]
DEV: list[str] = PROJECT["dependency-groups"]["dev"]
SETUP: list[str] = PROJECT["dependency-groups"]["setup"]
PINNED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)(?P<rest>.*(?:\n    .*)*)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    """Pinned name -> version of one list; every pin must carry a hash."""
    found: dict[str, str] = {}
    for match in PINNED.finditer((ROOT / "requirements" / f"{name}.txt").read_text("utf-8")):
        assert "--hash=sha256:" in match["rest"], f"{match['name']} in {name}.txt has no hash"
        found[canonicalize_name(match["name"])] = match["version"]
    return found


@pytest.mark.parametrize("wanted", [*RUN, *SPARK, *DEV, *SETUP, *PROJECT["build-system"]["requires"]])
def test_each_dependency_has_a_reason(wanted: str) -> None:
    lines = [line for line in PYPROJECT.splitlines() if f'"{wanted}"' in line]
    assert lines
    for line in lines:
        assert len(line.partition("#")[2].split()) >= 1, f"{wanted} has no reason"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        *(("run", one) for one in RUN),
        *(("dev", one) for one in (*RUN, *SPARK, *DEV, *SETUP)),
        *(("setup", one) for one in SETUP),
    ],
)
def test_the_lists_hold_what_the_project_asks_for(name: str, wanted: str) -> None:
    requirement = Requirement(wanted)
    version = pins(name).get(canonicalize_name(requirement.name))
    assert version is not None, f"{requirement.name} is not in {name}.txt; call ./run lock"
    assert requirement.specifier.contains(version), f"{requirement.name}=={version} is not {wanted}; call ./run lock"


@pytest.mark.parametrize("name", ["run", "setup"])
def test_users_and_developers_get_the_same_versions(name: str) -> None:
    developer = pins("dev")
    assert {one: version for one, version in pins(name).items() if developer.get(one) != version} == {}


def test_users_install_nothing_that_only_developers_need() -> None:
    assert not set(pins("run")) & {
        canonicalize_name(Requirement(one).name) for one in (*SPARK, "pytest", "pandas", "duckdb")
    }
