"""A first installation as docs/how-to/install.md tells it: commands, then pages, by processes of their own."""

from __future__ import annotations

import re
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.architecture.tree import ROOT
from tests.staff.walking import Installation, Visitor, installation
from vuonlen.config import environment

PASSWORD = "một câu đủ dài 2026"
PEOPLE = (
    ("duyet1", "Ma Văn Khánh", "province_approver"),
    ("duyet2", "Chu Thị Hòa", "province_approver"),
    ("quantri", "Lê Anh Tuấn", "administrator"),
)


def test_from_nothing_to_a_signed_in_officer(tmp_path: Path) -> None:
    with installation(tmp_path / "vuonlen") as made:
        assert made.refused("user", "add", "ai", "--full-name", "Ai Đó", "--place", "19") == ["I-NO-KEYS"]
        assert made.told("migrate")["keys_written"] is True
        assert made.told("places", "load")["created"] > 13_000
        passwords = _first_people(made)
        with made.serving():
            visitors = {name: _arrives(made, name, passwords[name]) for name, _, _ in PEOPLE}
            _an_officer_comes(made, visitors["quantri"], visitors["duyet1"])
            _an_account_is_closed(made, visitors["duyet2"])
        told = made.told("journal", "verify")
        assert told["entries"] > 10
        assert told["whole"] is True


def test_behind_a_proxy_that_speaks_https(tmp_path: Path) -> None:
    with installation(tmp_path / "vuonlen") as made:
        made.more = {"VUONLEN_HTTPS": "1", "VUONLEN_HOSTS": "giamngheo.example.vn"}
        made.told("migrate")
        with made.serving():
            cookie, token = _asked_over_https(made)
            for referer, expected in (("https://giamngheo.example.vn", 200), ("https://evil.example", 403)):
                body = urlencode({"login": "ai", "password": "x", "csrfmiddlewaretoken": token})
                answer = _send(made, "POST", body, Cookie=cookie, Referer=f"{referer}/", Origin=referer)
                assert answer.status == expected, referer
            assert _send(made, "GET", Host="evil.example").status == 400


def _asked_over_https(made: Installation) -> tuple[str, str]:
    """The cookies of the sign-in page as a browser sends them back, and the token of its form."""
    answer = _send(made, "GET")
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    cookies = answer.headers.get_all("Set-Cookie") or []
    assert cookies
    assert all("Secure" in one for one in cookies)
    token = _found(answer.read().decode(), r'name="csrfmiddlewaretoken" value="([^"]+)"')
    return "; ".join(one.split(";")[0] for one in cookies), token


def _send(made: Installation, method: str, body: str = "", **headers: str) -> HTTPResponse:
    told = {"Host": "giamngheo.example.vn", "X-Forwarded-Proto": "https", **headers}
    if body:
        told["Content-Type"] = "application/x-www-form-urlencoded"
    line = HTTPConnection("127.0.0.1", made.port, timeout=30)
    line.request(method, "/tai-khoan/dang-nhap/", body or None, told)
    return line.getresponse()


def _first_people(made: Installation) -> dict[str, str]:
    passwords = {}
    for username, full_name, role in PEOPLE:
        who = ("user", "add", username, "--full-name", full_name, "--place", "19")
        told = made.told(*who, "--role", role, "--document", "QĐ 01/2026")
        passwords[username] = told["password"]
    assert made.refused("user", "add", "quantri", "--full-name", "X", "--place", "19") == ["N-FIRST-ONLY"]
    role = ("--role", "inspector", "--place", "19")
    assert made.refused("user", "appoint", "quantri", *role) == ["N-FIRST-ONLY"]
    return passwords


def _arrives(made: Installation, username: str, one_time: str) -> Visitor:
    """First sign-in: a new password; whoever approves, codes as well; then the pages open."""
    visitor = Visitor(made)
    visitor.sign_in(username, one_time)
    visitor.open("/nhan-su/")
    visitor.replace_password(one_time, PASSWORD)
    if username.startswith("duyet"):
        assert visitor.open("/nhan-su/") == 200
        assert visitor.address == "/tai-khoan/hai-lop/"
        visitor.set_up_codes(PASSWORD)
    assert visitor.open("/nhan-su/") == 200
    assert visitor.address == "/nhan-su/"
    assert visitor.open("/ho/") == (200 if username.startswith("duyet") else 403)
    return visitor


def _an_officer_comes(made: Installation, administrator: Visitor, approver: Visitor) -> None:
    """Added and proposed by one, approved by another: then, and not before, they see the register."""
    administrator.open("/nhan-su/them/")
    place = _option(administrator.page, "Phường Bắc Kạn (01843)")
    assert (
        administrator.act("/nhan-su/them/", full_name="Hoàng Thị Bích", username="canbo", place=place, phone="") == 200
    )
    one_time = _found(administrator.page, r'<code class="fs-4">([^<]+)</code>')
    whose = _found(administrator.page, r'href="/nhan-su/(\w{12})/vai-tro/"')
    officer = Visitor(made)
    officer.sign_in("canbo", one_time)
    officer.replace_password(one_time, PASSWORD)
    assert officer.open("/ho/") == 403
    administrator.open(f"/nhan-su/{whose}/vai-tro/")
    begin = _found(administrator.page, r'name="valid_from" value="(\d\d/\d\d/\d{4})"')
    told = {"role": "commune_officer", "place": place, "valid_from": begin, "valid_to": "", "document": "QĐ 2"}
    assert administrator.act(f"/nhan-su/{whose}/vai-tro/", **told, reason="Phân công mới") == 200
    approver.open("/duyet/")
    proposal = _found(approver.page, r'href="(/duyet/\w{12}/)"')
    assert administrator.open(proposal) == 200
    assert f"{proposal}duyet/" not in administrator.page
    assert approver.open(proposal) == 200
    assert approver.act(f"{proposal}duyet/", reason="") == 200
    assert "Đã duyệt, đã thực hiện" in approver.page
    assert officer.open("/ho/") == 200
    assert officer.open("/nhap-danh-sach/") == 200


def _an_account_is_closed(made: Installation, visitor: Visitor) -> None:
    assert visitor.open("/nhan-su/") == 200
    assert made.told("user", "close", "duyet2", "--reason", "mất điện thoại")["username"] == "duyet2"
    visitor.open("/nhan-su/")
    assert visitor.address == "/tai-khoan/dang-nhap/"
    assert made.refused("user", "close", "duyet2", "--reason", "lần nữa") == ["N-CLOSED"]


def _found(page: str, pattern: str) -> str:
    match = re.search(pattern, page)
    assert match, page
    return match[1]


def _option(page: str, label: str) -> str:
    return _found(page, rf'<option value="(\w+)"[^>]*>\s*{re.escape(label)}')


GUIDE = (ROOT / "docs" / "how-to" / "install.md").read_text("utf-8")


def test_the_guide_names_every_setting_and_no_other() -> None:
    known = set(re.findall(r"^(VUONLEN_\w+|DATABASE_URL) ", environment.__doc__ or "", re.M))
    assert len(known) >= 6
    told = set(re.findall(r"`(VUONLEN_\w+|DATABASE_URL)`", GUIDE))
    assert told == known


@pytest.mark.parametrize("command", sorted(set(re.findall(r"^vuonlen (\w+(?: [a-z]+)?)", GUIDE, re.M))))
def test_each_command_of_the_guide_exists(command: str, tmp_path: Path) -> None:
    done = Installation(tmp_path).call(*command.split(), "--help")
    assert done.returncode == 0, done.stderr
