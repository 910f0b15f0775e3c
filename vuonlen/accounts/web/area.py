"""What the database shows during a request: the households of the user's area and no others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse

from vuonlen.accounts.rights import OF_HOUSEHOLDS
from vuonlen.accounts.row_security import narrowed
from vuonlen.accounts.scope import remembering, scope_any


class AreaMiddleware:
    """Roles are read once, and the wall of the database is set from them before any view runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with remembering():
            paths = scope_any(request.user, OF_HOUSEHOLDS).paths
            with narrowed(paths):
                response = self.get_response(request)
        streamed: Any = response
        if response.streaming:  # an export is written after the view has returned, still within the wall
            streamed.streaming_content = _walled(streamed.streaming_content, paths)
        return response


def _walled(parts: Iterator[Any], paths: tuple[str, ...]) -> Iterator[Any]:
    """One block per part: a generator that is left alone must not leave its setting on the connection."""
    rest = iter(parts)
    while True:
        with narrowed(paths):
            try:
                part = next(rest)
            except StopIteration:
                return
        yield part
