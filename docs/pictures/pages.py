"""Pictures of the main pages, desktop and phone, from a demonstration that is running.

    ./run demo                                                     in one terminal
    ./run exec python docs/pictures/pages.py OUT [ADDRESS]         in another

It signs in as the users of the demonstration and imports its trial list as far as the approval. It empties nothing: on
a demonstration in which the list was imported already it shows that list.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

PASSWORD = "minh-hoa-vuon-len"  # printed by the demonstration
SIZES = {"desk": (1280, 800), "phone": (390, 844)}
TRIAL = "nhap-thu-01843-2026.xlsx"


def main(arguments: list[str]) -> int:
    if not 1 <= len(arguments) <= 2:
        sys.exit(__doc__)
    out = Path(arguments[0])
    out.mkdir(parents=True, exist_ok=True)
    home = arguments[1] if len(arguments) == 2 else "http://127.0.0.1:8000"
    program = os.environ.get("VUONLEN_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        review = bring_list(browser, home)
        for size in SIZES:
            for name, page in chain(pages(browser, home, size, review), decisions(browser, home, size, review)):
                page.wait_for_load_state("networkidle")
                page.screenshot(path=out / f"{name}-{size}.png")
                page.screenshot(path=out / f"{name}-{size}-whole.png", full_page=True)
        browser.close()
    return 0


def pages(browser: Browser, home: str, size: str, review: str) -> Iterator[tuple[str, Page]]:
    page = window(browser, home, size)
    page.goto("/tai-khoan/dang-nhap/")
    yield "sign-in", page
    officer = signed_in(browser, home, size, "canbo")
    yield "home-officer", officer
    for name, address in (
        ("households", "/ho/"), ("search", "/ho/?tim=nguyen+nong+thuong"), ("places", "/dia-ban/"),
        ("imports", "/nhap-danh-sach/"), ("upload", "/nhap-danh-sach/tai-len/"), ("jobs", "/viec/"),
        ("approval-mine", "/duyet/cua-toi/"),
    ):  # fmt: skip
        officer.goto(address)
        yield name, officer
    officer.goto("/ho/?tim=nguyen+nong+thuong&phan-loai=poor")
    officer.locator("main table tbody a").first.click()
    officer.wait_for_url(re.compile("/ho/[0-9a-z]{12}/"))
    household = officer.url.split("?")[0]
    officer.goto(household)
    yield "household", officer
    officer.goto(f"{household}?ngay=31/12/2022")
    yield "household-2022", officer
    for part in ("", "thay-doi/", "co-the-trung/", "khong-nhan/", "da-sua/", "khong-con/"):
        if (answer := officer.goto(f"{review}{part}")) and answer.ok:
            yield f"review-{part.strip('/') or 'first'}", officer
    inspector = signed_in(browser, home, size, "thanhtra")
    inspector.goto("/nhat-ky/")
    yield "journal-inspector", inspector


def decisions(browser: Browser, home: str, size: str, review: str) -> Iterator[tuple[str, Page]]:
    """What the chair sees once the list was sent."""
    officer = signed_in(browser, home, size, "canbo")
    officer.goto(review)
    reason = officer.get_by_label("Căn cứ, lời gửi người duyệt")
    if reason.count():
        reason.fill("Đã đối chiếu với biên bản họp các tổ dân phố")
        officer.get_by_role("button", name="Gửi duyệt").click()
        officer.wait_for_load_state()
    chair = signed_in(browser, home, size, "chutich")
    yield "home-chair", chair
    for name, address in (("approval", "/duyet/"), ("staff", "/nhan-su/"), ("journal", "/nhat-ky/")):
        chair.goto(address)
        yield name, chair
    chair.goto("/duyet/")
    chair.locator("main table a").first.click()
    chair.wait_for_load_state()
    yield "proposal", chair


def bring_list(browser: Browser, home: str) -> str:
    """The address of the review of the trial list."""
    page = signed_in(browser, home, "desk", "canbo")
    page.goto("/nhap-danh-sach/")
    there = page.get_by_role("link", name=TRIAL)
    if not there.count():
        page.goto("/nhap-danh-sach/tai-len/")
        folder = Path(os.environ.get("VUONLEN_DEMO_FOLDER", "demo"))
        page.get_by_label("Tệp danh sách").set_input_files(folder / TRIAL)
        page.get_by_label("Ngày của danh sách").fill("31/10/2026")
        page.get_by_label("Số quyết định công nhận").fill("215/QĐ-UBND")
        page.get_by_label("Ngày ký quyết định").fill("05/11/2026")
        page.get_by_label("Cơ quan ban hành").fill("UBND phường Bắc Kạn")
        page.get_by_role("button", name="Tải lên và đọc").click()
        page.get_by_role("link", name="Theo dõi tiến độ").click()
        page.get_by_role("link", name="Xem kết quả").click(timeout=300_000)
    else:
        there.first.click()
    page.wait_for_load_state()
    return re.sub(r"(/nhap-danh-sach/[0-9a-z]+/).*", r"\1", page.url)


def window(browser: Browser, home: str, size: str) -> Page:
    width, height = SIZES[size]
    phone = size == "phone"
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="vi-VN", base_url=home, has_touch=phone, is_mobile=phone
    )
    context.set_default_timeout(60_000)
    return context.new_page()


def signed_in(browser: Browser, home: str, size: str, name: str) -> Page:
    page = window(browser, home, size)
    page.goto("/tai-khoan/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url(re.compile("/$"))
    return page


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
