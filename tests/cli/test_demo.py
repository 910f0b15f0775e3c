"""`vuonlen demo-judge`: the published figures of the city come out by counting."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_the_demonstration_prints_the_published_figures(run: Run, tmp_path: Path) -> None:
    done = run("demo-judge", "--out", "minh-hoa")
    assert done.returncode == 0, done.stderr
    assert "Hộ nghèo: 285 (2,33 %) → 242 (1,97 %), thay đổi −43 hộ" in done.stdout
    assert (tmp_path / "minh-hoa" / "2023" / "bang-tong-hop.xlsx").is_file()
