"""The language of a request, for Django's own words and for the words of the core."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from vuonlen.i18n import activate


class LanguageMiddleware:
    """After LocaleMiddleware: the core speaks what Django chose."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        activate("en" if get_language() == "en" else "vi")
        return self.get_response(request)
