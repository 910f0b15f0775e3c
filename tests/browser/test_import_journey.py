"""A list of households from the officer's computer into the register, on an installation at work.

The officer uploads, watches, answers, sends; the chair signs in with a code and approves; everybody looks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import chrome
from tests.browser.installation import serving, with_codes, with_real_password
from tests.browser.judging import axe, nu_check, too_wide
from tests.browser.signing import with_code, with_password
from tests.jobs.workers import working
from tests.registry.intake.making import SECOND, book, bring, home, write
from tests.web.cast import Cast
from vuonlen.journal.models import Entry
from vuonlen.registry.models import Household

AN, HOA, TAM = "006075000121", "006180000232", "006090000343"
LONG = 90_000  # milliseconds for the worker to begin and end, however busy the machine
Window = Callable[[], Page]


@pytest.fixture
def at_work(transactional_db: None, cast: Cast, tmp_path: Path) -> Iterator[str]:
    """The list of 2022 is in the register; the one of 2023 lies on the officer's computer."""
    before = [
        home("H1", "Nông Văn An", number=AN),
        home("H2", "Bế Thị Hoa", number=HOA),
        home("H3", "Lý Văn Tám", number=TAM),
    ]
    write(bring(book(tmp_path / "2022.xlsx", before), cast.officer, cast.places.bac_kan), cast)
    after = [
        home("H1", "Nông Văn An", number=AN, status="Hộ cận nghèo", income=1_900_000),
        home("H2", "Bế Thị Hoa", number=int(HOA)),  # typed as a number: its zeros are gone
        home("H5", "Bàn Văn Năm", village="Tân Thành"),
        home("H7", "Lý Văn Tám"),  # like H3, which is not in the list
    ]
    book(tmp_path / "ra-soat-2023.xlsx", after)
    with_real_password(cast.officer, cast.chair, cast.neighbour)
    with serving() as address:
        yield address


@pytest.fixture
def window(browser: Browser, at_work: str, scripts: bool) -> Iterator[Window]:
    opened, complaints = [], chrome.Complaints(at_work)

    def make() -> Page:
        context = chrome.window(browser, at_work, scripts=scripts)
        opened.append(context)
        page = context.new_page()
        complaints.watch(page)
        return page

    yield make
    for context in opened:
        context.close()
    assert complaints.take() == []


def looked_at(page: Page, scripts: bool) -> None:
    if scripts:
        assert [*axe(page), *too_wide(page)] == [], page.url


def title(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_from_a_workbook_to_the_page_of_a_household(window: Window, cast: Cast, tmp_path: Path, scripts: bool) -> None:
    officer, chair, stranger = window(), window(), window()
    with_password(officer, "officer")
    title(officer, cast.officer.full_name)
    upload(officer, tmp_path / "ra-soat-2023.xlsx")
    watched(officer, scripts)
    officer.goto("/")
    officer.get_by_role("link", name=re.compile("Xem và gửi duyệt")).click()  # also whoever closed the page finds it
    officer.get_by_role("link", name="ra-soat-2023.xlsx").click()
    settled(officer, scripts)
    address = sent(officer)
    assert Household.objects.filter(code="H5").count() == 0  # nothing before a second person said so

    secret = with_codes(cast.chair)
    with_password(chair, "chair")
    with_code(chair, secret)
    title(chair, cast.chair.full_name)
    approved(chair, scripts)

    found(officer, scripts)
    at_the_end_of_2022(officer, scripts)
    seen = officer.url
    stands_in_the_journal(officer)

    with_password(stranger, "neighbour")
    title(stranger, cast.neighbour.full_name)
    for there in (seen, address):
        answer = stranger.goto(there)
        assert answer is not None
        assert answer.status == 404
        expect(stranger.locator("main")).not_to_contain_text("Nông Văn An")
    searched(stranger, "nong van an")
    expect(stranger.locator("main table")).to_have_count(0)


def upload(page: Page, file: Path) -> None:
    page.goto("/nhap-danh-sach/")
    page.get_by_role("link", name="Tải danh sách lên").first.click()
    page.get_by_label("Tệp danh sách").set_input_files(file)
    page.get_by_label("Ngày của danh sách").fill(f"{SECOND:%d/%m/%Y}")
    page.get_by_label("Số quyết định công nhận").fill("77/QĐ-UBND")
    page.get_by_label("Ngày ký quyết định").fill(f"{SECOND:%d/%m/%Y}")
    page.get_by_label("Cơ quan ban hành").fill("UBND phường Bắc Kạn")
    page.get_by_label("Danh sách gồm").select_option("all")
    page.get_by_role("button", name="Tải lên và đọc").click()
    title(page, file.name)


def watched(page: Page, scripts: bool) -> None:
    """The page of the job goes from waiting to its result by itself: by htmx, or by loading itself again."""
    page.get_by_role("link", name="Theo dõi tiến độ").click()
    part = page.locator("#progress")
    expect(part).to_contain_text("Việc này bắt đầu khi các việc trước nó xong")
    looked_at(page, scripts)
    with working("--once"):
        expect(part.get_by_role("link", name="Xem kết quả")).to_be_visible(timeout=LONG)
    looked_at(page, scripts)
    part.get_by_role("link", name="Xem kết quả").click()


def settled(page: Page, scripts: bool) -> None:
    """Everything the list leaves open is answered on its pages."""
    expect(page.get_by_text("trả lời 1 cặp hộ có thể trùng")).to_be_visible()
    page.locator(".nav-tabs").get_by_role("link", name="Thay đổi").click()
    expect(page.locator("main")).to_contain_text("1.900.000")
    looked_at(page, scripts)
    page.get_by_role("link", name="trả lời 1 cặp hộ có thể trùng").click()
    expect(page.get_by_role("heading", name="Trong tệp", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Trong sổ hộ")).to_be_visible()
    looked_at(page, scripts)
    page.get_by_role("button", name="Hai hộ khác nhau").click()
    page.get_by_role("link", name=re.compile("xem và xác nhận")).click()
    expect(page.locator("main")).not_to_contain_text(HOA)  # masked
    page.get_by_role("button", name="Tôi đã xem").click()


def sent(page: Page) -> str:
    """The address of the list."""
    page.get_by_label("Căn cứ, lời gửi người duyệt").fill("Đã đối chiếu với biên bản họp thôn")
    page.get_by_role("button", name="Gửi duyệt").click()
    expect(page.locator("main")).to_contain_text("chờ duyệt")
    expect(page.get_by_role("button", name="Gửi duyệt")).to_have_count(0)
    address = page.url
    page.get_by_role("link", name=re.compile("2023")).last.click()  # the proposal: its proposer cannot decide it
    expect(page.get_by_role("button", name="Duyệt", exact=True)).to_have_count(0)
    return address


def approved(page: Page, scripts: bool) -> None:
    page.goto("/duyet/")
    page.locator("main table").get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text("Đã đối chiếu với biên bản họp thôn")
    looked_at(page, scripts)
    page.get_by_role("button", name="Duyệt", exact=True).click()
    expect(page.get_by_text("Đã duyệt", exact=False).first).to_be_visible()
    with working("--once"):
        page.get_by_role("link", name="Xem tiến độ thực hiện").click()
        expect(page.get_by_role("link", name="Xem kết quả")).to_be_visible(timeout=LONG)


def searched(page: Page, words: str) -> None:
    page.goto("/ho/")
    page.locator("#search-words").fill(words)
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.wait_for_load_state()


def found(page: Page, scripts: bool) -> None:
    """By a name without tones; as the list of 2023 left it."""
    searched(page, "nong van an")
    page.get_by_role("link", name="Nông Văn An").click()
    title(page, "Nông Văn An")
    facts = page.get_by_label("Thông tin hộ")
    expect(facts).to_contain_text("Hộ cận nghèo")
    expect(facts).to_contain_text("thành thị")
    looked_at(page, scripts)
    assert nu_check({"household": page.request.get(page.url).text()}) == []


def at_the_end_of_2022(page: Page, scripts: bool) -> None:
    page.get_by_role("link", name="31/12/2022", exact=True).click()
    expect(page.get_by_text("Đang xem hộ như vào ngày 31/12/2022")).to_be_visible()
    facts = page.get_by_label("Thông tin hộ")
    expect(facts).to_contain_text("Hộ nghèo")
    expect(facts).not_to_contain_text("Hộ cận nghèo")
    expect(facts).to_contain_text("Xã Nông Thượng")
    expect(facts).to_contain_text("nông thôn")
    looked_at(page, scripts)


def stands_in_the_journal(page: Page) -> None:
    """Who brought it and who approved it, on the page of the household; and the act of each in the chain."""
    expect(page.locator("main")).to_contain_text("Lịch sử ghi chép")
    acts = set(Entry.objects.values_list("act", flat=True))
    assert {"import.upload", "approval.approve"} <= acts, acts
