"""The installed package brings its law, its recipes and its English texts with it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGE, ROOT, files, name_of


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Names in a wheel built from a copy of the files of the project."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for file in files():
        target = source / file.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=source,
        check=True,
        capture_output=True,
    )
    (wheel,) = Path(out).glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize("suffix", [".yaml", ".mo", ".py"])
def test_the_wheel_ships_every_file_of_the_package(shipped: set[str], suffix: str) -> None:
    ours = {name_of(file) for file in files() if file.is_relative_to(PACKAGE) and file.suffix == suffix}
    assert ours, f"no {suffix} under vuonlen/"
    assert ours - shipped - {"vuonlen/i18n/catalogue.py"} == set()


def test_the_wheel_ships_the_licence_and_no_tests(shipped: set[str]) -> None:
    assert any(name.endswith("licenses/LICENSE") for name in shipped)
    assert not any(name.startswith(("tests/", "bench/")) for name in shipped)
    assert "vuonlen/i18n/catalogue.py" not in shipped


def test_the_licence_is_the_whole_apache_licence() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert "9. Accepting Warranty or Additional Liability." in text
