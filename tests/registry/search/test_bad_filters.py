"""Class O of bad inputs: whatever stands in an address or a form, there is a clear answer and never a 500."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.registry.search.conftest import Village
from vuonlen.registry.models import Household
from vuonlen.registry.search.filters import PARAMETERS

pytestmark = pytest.mark.django_db
NAMES = [*PARAMETERS.values(), "after", "before", "so", "trong", "ten", "page", "user__password__startswith"]
SEEDS = [
    "' OR 1=1 --", "'; DROP TABLE registry_household; --", "1) UNION SELECT password FROM accounts_user --",
    'a" OR ""="', "%", "_", "%%%", "\\", "*", "a*", "-1", "0", "99999999999999999999", "1e309", "NaN", "null",
    "[]", "{}",
    "user__password__startswith", "__class__", "id__gt", "../../etc/passwd", "..%2f", "file:///etc/passwd",
    "\x00", "an\x00", "\u202eAn", "\u200b", "\ufeff", "\ud83c", "🏠" * 40, "a" * 101, "a" * 100_000, " ", "\t\r\n",
    "(a+)+$" * 10, "((((((((((", "2023-13-45", "31/02/2023", "0000-00-00", "9999-12-31", "12/31/2023",
    "<script>alert(1)</script>", "{{ 7*7 }}", "${7*7}", "nguyễn'", "N'Đêm", "--", "/*", "ＡＮ", "ng uyen " * 40,
    "poor,near_poor", "POOR", "true", "I99", "IΩ1", "01 OR 1", "dia-ban", "ten desc", "-id", "random()",
]  # fmt: skip
PAGES = ["/ho/", "/ho/dia-ban/", "/ho/trich-xuat/"]
FINE = {200, 302, 400, 404}


@pytest.mark.parametrize("seed", SEEDS, ids=lambda one: ascii(one)[:40])
def test_each_seed_in_each_filter(village: Village, seed: str) -> None:
    client = village.cast.client("officer")
    sent = seed.encode("utf-8", "replace").decode()
    for name in NAMES:
        assert client.get("/ho/", {name: sent}).status_code in FINE, name
    for page in PAGES:
        assert client.get(page, dict.fromkeys(NAMES, sent)).status_code in FINE, page
    assert client.post("/ho/", dict.fromkeys(NAMES, sent)).status_code in FINE
    assert Household.objects.count() == 4


def test_anything_at_all(village: Village) -> None:
    client = village.cast.client("officer")

    @settings(max_examples=120)
    @given(asked=st.dictionaries(st.sampled_from(NAMES), st.text(max_size=60), max_size=4), page=st.sampled_from(PAGES))
    def ask(asked: dict[str, str], page: str) -> None:
        sent = {name: text.encode("utf-8", "replace").decode() for name, text in asked.items()}
        assert client.get(page, sent).status_code in FINE

    ask()


def test_any_words_find_only_ones_own(village: Village) -> None:
    client = village.cast.client("officer")

    @settings(max_examples=80)
    @given(words=st.text(alphabet=" abcdefghinouvxĂơđ'\"%_<>*\\\x00\u202e0123456789", max_size=40))
    def ask(words: str) -> None:
        answer = client.post("/ho/", {"tim": words})
        page = client.get(answer["Location"])
        assert page.status_code in FINE
        text = page.content.decode()
        assert village.far.public_id not in text
        assert village.neighbour.public_id not in text

    ask()


@pytest.mark.parametrize(
    "sent",
    [
        {"number": "x" * 500, "purpose": "support"},
        {"number": "\x00", "purpose": "\x00"},
        {"number": "٠٠٦٠٧٥٠٠٠١٢١", "purpose": "support"},  # digits of another script
        {"number": "006075000121", "purpose": "other", "note": "\x00" * 300},
        {},
    ],
)
def test_the_form_of_the_bank(village: Village, sent: dict[str, str]) -> None:
    assert village.cast.client("bank").post("/ho/tra-cuu/", sent).status_code == 200


@pytest.mark.parametrize("sent", [{"format": "\x00"}, {"format": "xlsx", "purpose": "\x00", "id_numbers": "on"}, {}])
def test_the_form_of_an_export(village: Village, sent: dict[str, str]) -> None:
    assert village.cast.client("officer").post("/ho/trich-xuat/", sent).status_code == 200


def test_what_is_typed_is_shown_and_not_run(village: Village) -> None:
    page = village.cast.client("officer").get("/ho/", {"tim": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_wrong_filter_says_which(village: Village) -> None:
    answer = village.cast.client("officer").get("/ho/", {"phan-loai": "rich", "ngay": "31/02/2023"})
    assert answer.status_code == 400
    text = answer.content.decode()
    assert "Giá trị này không có trong danh sách" in text
    assert "Ngày không hợp lệ. Ghi dạng 31/12/2022." in text
    assert "Nông Văn An" not in text


def test_a_filter_never_becomes_a_column(village: Village) -> None:
    with connection.execute_wrapper(_watch):
        village.cast.client("officer").get("/ho/", {"user__password__startswith": "a", "phan-loai": "poor"})
    assert SEEN
    assert not any("password__" in one or "LIKE 'a" in one for one in SEEN)


SEEN: list[str] = []


def _watch(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
    SEEN.append(sql)
    return execute(sql, params, many, context)
