"""`python -m tests.browser.screenshots OUT`: pictures of every page, desk and phone, with the cast of the tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        sys.exit("python -m tests.browser.screenshots OUT")
    out = Path(arguments[0]).resolve()
    out.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"VUONLEN_PICTURES": str(out)}
    command = [sys.executable, "-m", "pytest", "tests/browser/test_every_page.py", "-q", "-k", "can_be_used"]
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
