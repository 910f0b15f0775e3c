"""What must not stand in a file of the project: registry hosts, paths of one machine, foreign data."""

from __future__ import annotations

import re

import pytest

from tests.architecture.tree import files, name_of

# Put together here, so that this file does not hold what it looks for.
_HOSTS = "|".join(("pypi", "npmjs", "pythonhosted", "anaconda", "conda-forge", "crates", "deb.debian"))
HOST = re.compile(rf"\b(?:[\w-]+\.)*(?:{_HOSTS})\.(?:org|com|io|dev)\b", re.IGNORECASE)
MACHINE = re.compile(r"(?<![\w.$}/~-])/(?:work|root|home|Users|farm)/[\w.-]+")


def faults(text: str) -> list[str]:
    return [match.group() for pattern in (HOST, MACHINE) for match in pattern.finditer(text)]


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    found = []
    for file in files():
        data = file.read_bytes()
        if b"\0" not in data:  # text
            found += [f"{name_of(file)}: {fault}" for fault in faults(data.decode("utf-8"))]
    assert found == []


@pytest.mark.parametrize(
    "text",
    ["see https://" + "pypi" + ".org/simple", "cd " + "/home" + "/lan/vuonlen", '"' + "/root" + '/.cache"'],
)
def test_a_host_or_a_machine_path_is_found(text: str) -> None:
    assert len(faults(text)) == 1


@pytest.mark.parametrize(
    "text", ["docs/home/page.md", "https://example.vn/home/news", "$HOME/x", "/usr/bin/python3.11"]
)
def test_an_ordinary_path_is_left_alone(text: str) -> None:
    assert faults(text) == []
