"""The program in the guide to the API runs as it stands there, against a server, with a name and a password."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.registry.search.conftest import Village
from tests.web.cast import PASSWORD
from vuonlen.config.api import api

GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "use-the-api.md"
pytestmark = pytest.mark.django_db(transaction=True)


def run(server: str, user: str) -> subprocess.CompletedProcess[str]:
    blocks = re.findall(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert len(blocks) == 1
    told = {"VUONLEN": server, "VUONLEN_USER": user, "VUONLEN_PASSWORD": PASSWORD, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-"], input=blocks[0], env=os.environ | told, capture_output=True, text=True, timeout=60
    )


def test_the_program_lists_the_poor_of_ones_own_area(village: Village, live_server) -> None:  # type: ignore[no-untyped-def]
    told = run(live_server.url, "officer")
    assert told.stderr == ""
    assert told.stdout == "NT-1\tNông Văn An\tPhường Bắc Kạn\n"


def test_who_may_not_read_gets_nothing(village: Village, live_server) -> None:  # type: ignore[no-untyped-def]
    told = run(live_server.url, "administrator")
    assert told.returncode == 1
    assert told.stdout == ""
    assert "403" in told.stderr


def test_every_address_of_the_description_stands_in_the_guide() -> None:
    text = GUIDE.read_text("utf-8")
    for path in api.get_openapi_schema(path_prefix="/api/")["paths"]:
        assert f"`{path}" in text
