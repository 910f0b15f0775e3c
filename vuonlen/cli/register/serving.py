"""`vuonlen serve`: the web server and the worker of background jobs, together until one is told to stop."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable

from django.conf import settings
from django.db import connection

from vuonlen.cli import console
from vuonlen.domain.problems import Problem, Refused
from vuonlen.i18n import _

_PATIENCE = 20.0  # seconds for the server to answer, and for both to stop


def run(
    *, host: str, port: int, processes: int | None, worker: bool = True, ready: Callable[[], None] | None = None
) -> int:
    """Serve until Ctrl-C or SIGTERM. ready: called once pages are answered. Raises Refused for a port in use."""
    check_address(host, port)
    commands = [_server(host, port, processes)]
    if worker:
        commands.append([sys.executable, "-m", "vuonlen", "worker"])
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "vuonlen.config.settings", "PYTHONUNBUFFERED": "1"}
    stop = _stopping()
    children = [subprocess.Popen(command, env=environment, start_new_session=True) for command in commands]
    connection.close()
    try:
        if _answers(host, port, children, stop):
            (ready or (lambda: _told(host, port)))()
        while not stop and all(child.poll() is None for child in children):
            time.sleep(0.2)
    finally:
        _end(children)
    failed = [child for child in children if child.returncode not in (0, -signal.SIGTERM, -signal.SIGINT)]
    return 1 if failed and not stop else 0


def _server(host: str, port: int, processes: int | None) -> list[str]:
    count = processes or max(1, min(os.cpu_count() or 1, 4))
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(count), "--blocking-threads", "4", "--respawn-failed-workers", "--log-level", "warning",
        "--no-ws", "vuonlen.config.wsgi:application",
    ]  # fmt: skip


def check_address(host: str, port: int) -> None:
    """Raises Refused where nobody could listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as why:
            values = {"address": f"{host}:{port}", "why": why.strerror or str(why)}
            raise Refused(Problem("I-ADDRESS", values=values)) from why


def _stopping() -> list[int]:
    """Filled with the signal, when one comes."""
    got: list[int] = []
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda number, _frame: got.append(number))
    return got


def _answers(host: str, port: int, children: list[subprocess.Popen[bytes]], stop: list[int]) -> bool:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and not stop and all(child.poll() is None for child in children):
        with socket.socket() as probe:
            probe.settimeout(0.5)
            if probe.connect_ex((host, port)) == 0:
                return True
        time.sleep(0.1)
    return False


def _told(host: str, port: int) -> None:
    console.out.print(_("Vươn Lên đang chạy: http://{host}:{port} (Ctrl-C để dừng)").format(host=host, port=port))
    if not settings.HTTPS and host not in ("127.0.0.1", "localhost", "::1"):
        console.err.print(
            _("Cảnh báo: đang mở ra ngoài máy này mà không có HTTPS; hãy đặt sau máy chủ HTTPS, VUONLEN_HTTPS=1."),
            soft_wrap=True,
        )


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + _PATIENCE
    for child in children:
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
