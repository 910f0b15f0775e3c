"""A PostgreSQL server of the tests' own: `python -m tests.cluster COMMAND…` starts one, runs the command, removes it.

The command finds its address in VUONLEN_TEST_DATABASE_URL. The role is no superuser: row-level security must hold.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROLE, DATABASE = "vuonlen", "vuonlen"


def programs() -> Path:
    """Folder with initdb and pg_ctl. Raises SystemExit where PostgreSQL 15 or newer is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: int(one.parts[-3]))
    if found and int(found[-1].parts[-3]) >= 15:
        return found[-1].parent
    sys.exit("tests.cluster: PostgreSQL 15 or newer is not installed (Debian package: postgresql)")


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """Yields the address of an empty database. The server listens on a socket of a temporary folder only."""
    folder = Path(tempfile.mkdtemp(prefix="vuonlen-postgres-"))
    become = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []  # PostgreSQL refuses to run as root
    if become:
        shutil.chown(folder, "postgres")
    tools = programs()
    data = folder / "data"

    def call(*words: object) -> None:
        subprocess.run([*become, *map(str, words)], check=True, stdout=subprocess.DEVNULL, cwd=folder)

    call(tools / "initdb", "-D", data, "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-N")
    settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c max_connections=200"
    call(tools / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", settings, "start")
    try:
        for statement in (f"CREATE ROLE {ROLE} LOGIN CREATEDB", f"CREATE DATABASE {DATABASE} OWNER {ROLE}"):
            call(tools / "psql", "-q", "-h", folder, "-U", "postgres", "-c", statement)
        if become:
            folder.chmod(0o755)
        yield f"postgres://{ROLE}@{str(folder).replace('/', '%2F')}/{DATABASE}"
    finally:
        call(tools / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    with cluster() as address:
        return subprocess.run(command, env=os.environ | {"VUONLEN_TEST_DATABASE_URL": address}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
