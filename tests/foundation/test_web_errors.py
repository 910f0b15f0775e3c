"""Error pages say what happened and how to go on; the last of them needs nothing but itself."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from django.utils import translation

from tests.web.cast import Cast
from vuonlen.config import urls
from vuonlen.foundation.web import errors

handler400, handler403, handler404, handler500 = (
    urls.handler400, urls.handler403, urls.handler404, urls.handler500,
)  # fmt: skip


def _raise(problem: Exception) -> Any:
    def view(request: HttpRequest) -> HttpResponse:
        raise problem

    return view


def _overtaken(request: HttpRequest) -> HttpResponse:
    return errors.conflict(request, what="Hộ này vừa được sửa.")


urlpatterns = [
    *urls.urlpatterns,
    path("cam/", _raise(PermissionDenied())),
    path("to/", _raise(RequestDataTooBig())),
    path("no/", _raise(RuntimeError("bí mật"))),
    path("mat/", _raise(OperationalError("database is locked"))),
    path("vuot/", _overtaken),
]
PAGES = [("/khong-co/", 404), ("/cam/", 403), ("/to/", 413), ("/vuot/", 409), ("/no/", 500), ("/mat/", 503)]


@pytest.fixture
def client(cast: Cast) -> Client:
    signed_in = cast.client("officer")
    signed_in.raise_request_exception = False
    return signed_in


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize(("address", "status"), PAGES)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_fault_has_a_page_that_says_how_to_go_on(client: Client, address: str, status: int, lang: str) -> None:
    answer = client.get(address, headers={"accept-language": lang})
    assert answer.status_code == status
    text = answer.content.decode()
    words = errors.WORDS[status]
    with translation.override(lang):
        assert str(words.title) in text
        assert str(words.mend) in text
    assert 'href="/"' in text
    assert "bí mật" not in text


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_the_code_of_an_incident_stands_on_the_page_and_in_the_log(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "vuonlen.errors"):
        text = client.get("/no/").content.decode()
    (line,) = [one for one in caplog.records if one.name == "vuonlen.errors"]
    code = line.getMessage().split()[1]
    assert f'<span class="secret">{code}</span>' in text
    assert "bí mật" in line.getMessage()


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_a_busy_database_says_when_to_come_back(client: Client) -> None:
    assert client.get("/mat/").headers["Retry-After"] == "60"


@pytest.mark.django_db
def test_a_form_without_its_token_says_to_load_the_page_again(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies.update(cast.client("officer").cookies)
    answer = strict.post("/ngon-ngu/", {"language": "en"})
    assert answer.status_code == 403
    assert "tải lại trang" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("status", sorted(errors.WORDS))
def test_every_page_is_whole_without_user_and_without_database(status: int) -> None:
    answer = errors.page(RequestFactory().get("/"), status, code="ab12")
    text = answer.content.decode()
    assert answer.status_code == status
    assert text.rstrip().endswith("</html>")
    assert "ab12" in text
    assert 'lang="vi"' in text


def test_a_page_that_cannot_be_drawn_is_still_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> str:
        raise RuntimeError("no template")

    monkeypatch.setattr(errors, "render_to_string", broken)
    answer = errors.page(RequestFactory().get("/"), 500, code="ab12")
    assert answer.status_code == 500
    assert "Máy chủ gặp lỗi" in answer.content.decode()
    assert "ab12" in answer.content.decode()


def test_too_many_attempts_says_how_long_to_wait() -> None:
    answer = errors.too_many(RequestFactory().get("/"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
