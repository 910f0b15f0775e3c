"""Proposals and long work in each of their states, on a desk and on a phone; the walk sees one state of each page."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from tests.approval.things import KINDS, add_village
from tests.browser.judging import axe, too_wide
from tests.jobs import works
from tests.jobs.workers import DATABASE_QUEUE
from tests.web.cast import Cast
from vuonlen.accounts.models import User
from vuonlen.approval.actions import approve, propose, refuse, withdraw
from vuonlen.approval.models import Proposal
from vuonlen.jobs.actions import start, stop
from vuonlen.jobs.models import Job
from vuonlen.jobs.running import run_job

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("VUONLEN_PICTURES", "")
PageOf = Callable[..., Page]
SIZES = pytest.mark.parametrize("size", ["desk", "phone"])


def look(page: Page, address: str, name: str, size: str) -> str:
    page.goto(address)
    assert not [*axe(page), *too_wide(page)], name
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.{size}.png", full_page=True)
    return page.inner_text("main")


@pytest.fixture
def put(cast: Cast, settings: Any) -> Callable[..., Proposal]:
    settings.PROPOSAL_KINDS = settings.PROPOSAL_KINDS | KINDS

    def make(name: str, **more: Any) -> Proposal:
        told = {"commune": cast.places.bac_kan.pk, "name": name}
        return propose(
            kind="test.village", by=cast.officer, place=cast.places.bac_kan, payload=told, title=f"Thêm {name}",
            reason="Tách thôn theo Nghị quyết số 12, thôn cũ quá đông", **more,
        )  # fmt: skip

    return make


@SIZES
def test_a_proposal_in_each_state(cast: Cast, put: Callable[..., Proposal], page_of: PageOf, size: str) -> None:
    chair, officer = page_of("chair", size), page_of("officer", size)
    assert "Không có đề nghị nào" in look(chair, "/duyet/", "duyet-trong", size)
    assert "Bạn chưa đề nghị việc gì" in look(officer, "/duyet/cua-toi/", "cua-toi-trong", size)
    assert "Chưa có đề nghị nào" in look(chair, "/duyet/da-quyet/", "da-quyet-trong", size)
    rows = {name: put(f"Thôn {name}") for name in ("Duyệt", "Từ Chối", "Rút", "Cũ")}
    address = {name: f"/duyet/{row.public_id}/" for name, row in rows.items()}
    approve(proposal=rows["Duyệt"], by=cast.chair, reason="Đúng nghị quyết")
    assert "Đã duyệt, đã thực hiện" in look(officer, address["Duyệt"], "da-duyet", size)
    refuse(proposal=rows["Từ Chối"], by=cast.chair, reason="Chưa có biên bản họp thôn")
    assert "Chưa có biên bản" in look(officer, address["Từ Chối"], "tu-choi", size)
    withdraw(proposal=rows["Rút"], by=cast.officer, reason="Ghi nhầm tên")
    assert "Ghi nhầm tên" in look(officer, address["Rút"], "da-rut", size)
    add_village(cast.places.bac_kan.pk, "Thôn Chen Ngang")
    told = look(chair, address["Cũ"], "du-lieu-da-khac", size)
    assert "Dữ liệu đã thay đổi" in told
    assert chair.get_by_role("button", name="Duyệt", exact=True).count() == 0
    approve(proposal=rows["Cũ"], by=cast.chair)
    assert "Mất hiệu lực" in look(chair, address["Cũ"], "mat-hieu-luc", size)
    assert "Thêm Thôn Cũ" in look(chair, "/duyet/da-quyet/", "da-quyet", size)


@SIZES
def test_deciding_by_keyboard_and_by_hand(cast: Cast, put: Callable[..., Proposal], page_of: PageOf, size: str) -> None:
    first, second = put("Thôn Một"), put("Thôn Hai")
    chair = page_of("chair", size)
    assert "Thêm Thôn Hai" in look(chair, "/duyet/", "duyet", size)
    chair.get_by_role("link", name="Thêm Thôn Một").click()
    look(chair, chair.url, "de-nghi", size)
    chair.get_by_role("button", name="Từ chối").click()
    assert "Chưa ghi lý do" in chair.inner_text("#reason-fault")
    assert not [*axe(chair), *too_wide(chair)]
    chair.get_by_label("Ý kiến").fill("Chưa đủ giấy tờ")
    chair.get_by_role("button", name="Từ chối").press("Enter")
    chair.get_by_text("Bị từ chối").wait_for()
    chair.goto(f"/duyet/{second.public_id}/")
    chair.get_by_role("button", name="Duyệt", exact=True).click()
    chair.get_by_text("Đã duyệt, đã thực hiện").wait_for()
    states = [Proposal.objects.get(pk=one.pk).state for one in (first, second)]
    assert states == ["refused", "approved"]


@SIZES
def test_long_work_in_each_state(cast: Cast, page_of: PageOf, size: str, settings: Any) -> None:
    officer = page_of("officer", size)
    assert "Chưa có việc nào" in look(officer, "/viec/", "viec-trong", size)
    settings.TASKS = DATABASE_QUEUE
    User.objects.create(username="owner")  # in whose name the work of the tests leaves its traces
    given = {"count": 2, "seconds": 0}
    jobs = {
        name: start(kind="t", owner=cast.officer, work=work, arguments=told, title=f"Đọc danh sách ({name})")
        for name, work, told in (
            ("chờ", works.given_up, given), ("chạy", works.given_up, given), ("dừng", works.given_up, given),
            ("lỗi", works.broken, {}), ("xong", works.mended, {}), ("đang dừng", works.given_up, given),
        )
    }  # fmt: skip
    at = {name: f"/viec/{one.public_id}/" for name, one in jobs.items()}
    Job.objects.filter(pk=jobs["chờ"].pk).update(created_at=timezone.now() - timedelta(minutes=3))
    assert "vuonlen worker" in look(officer, at["chờ"], "viec-cho", size)
    running = {"state": "running", "progress": 3100, "total": 10_000, "message": "Đang đối chiếu", "remaining": 130}
    Job.objects.filter(pk=jobs["chạy"].pk).update(**running)
    told = look(officer, at["chạy"], "viec-chay", size)
    assert "3.100 / 10.000" in told
    assert "Dừng việc này" in told
    Job.objects.filter(pk=jobs["đang dừng"].pk).update(**running)
    stop(job=jobs["đang dừng"], by=cast.officer)
    assert "Đang dừng" in look(officer, at["đang dừng"], "viec-dang-dung", size)
    stop(job=jobs["dừng"], by=cast.officer)
    for name in ("dừng", "lỗi"):
        run_job.call(jobs[name].pk)
    assert "Đã dừng theo yêu cầu" in look(officer, at["dừng"], "viec-dung", size)
    failed = look(officer, at["lỗi"], "viec-loi", size)
    assert "lỗi ngoài dự kiến" in failed
    assert "ZeroDivision" not in failed
    Job.objects.filter(pk=jobs["xong"].pk).update(
        state="done", finished_at=timezone.now(), result_url="/dia-ban/", progress=5, total=5
    )
    assert "Xem kết quả" in look(officer, at["xong"], "viec-xong", size)
    assert "Dừng vì lỗi" in look(officer, "/viec/", "viec", size)


def test_stopping_asks_first(cast: Cast, page_of: PageOf, settings: Any) -> None:
    settings.TASKS = DATABASE_QUEUE
    job = start(kind="t", owner=cast.officer, work=works.given_up, arguments={"count": 2, "seconds": 0}, title="Đọc")
    officer = page_of("officer")
    officer.goto(f"/viec/{job.public_id}/")
    asked: list[str] = []

    def answer(dialog: Any) -> None:
        asked.append(dialog.message)
        dialog.accept()

    officer.on("dialog", answer)
    officer.get_by_role("button", name="Dừng việc này").click()
    officer.get_by_role("heading", name="Đang dừng").wait_for()
    assert asked == ["Dừng việc này và bỏ phần đang làm dở?"]


@SIZES
def test_a_colleague_comes_and_leaves(cast: Cast, page_of: PageOf, size: str) -> None:
    admin = page_of("administrator", size)
    assert str(cast.officer) in look(admin, "/nhan-su/", "nhan-su", size)
    look(admin, "/nhan-su/them/", "them-nguoi", size)
    admin.get_by_label("Họ và tên").fill("Triệu Thị Mới")
    admin.get_by_label("Tên đăng nhập").fill("Có Dấu")
    admin.get_by_label("Nơi công tác").select_option(cast.places.bac_kan.public_id)
    admin.get_by_role("button", name="Thêm người dùng").click()
    assert "Có Dấu".lower() in admin.locator(".invalid-feedback").inner_text()
    assert not [*axe(admin), *too_wide(admin)]
    admin.get_by_label("Tên đăng nhập").fill("moi")  # the rest is kept
    admin.get_by_role("button", name="Thêm người dùng").click()
    admin.get_by_text("Mật khẩu chỉ hiện một lần này").wait_for()
    assert not [*axe(admin), *too_wide(admin)]
    admin.get_by_role("link", name="Đề nghị giao vai trò").click()
    look(admin, admin.url, "giao-vai-tro", size)
    admin.get_by_label("Vai trò", exact=False).first.select_option("commune_officer")
    admin.get_by_label("Nơi giữ vai trò").select_option(cast.places.bac_kan.public_id)
    admin.get_by_label("Từ ngày").fill("31/02/2027")
    admin.get_by_label("Lý do").fill("Phân công mới")
    admin.get_by_role("button", name="Gửi đề nghị").click()
    admin.get_by_text("Ghi ngày dạng ngày/tháng/năm").wait_for()
    assert not [*axe(admin), *too_wide(admin)]
    admin.get_by_label("Từ ngày").fill("5/7/2027")
    admin.get_by_role("button", name="Gửi đề nghị").click()
    admin.get_by_text("Đã gửi đề nghị").wait_for()
    approver = page_of("approver", size)
    approver.goto("/duyet/")
    approver.get_by_role("link", name="Giao vai trò").click()
    told = look(approver, approver.url, "de-nghi-vai-tro", size)
    assert "từ 05/07/2027, không thời hạn" in told
    assert "Hiện nay" not in told  # nothing is changed, something is added
    approver.get_by_role("button", name="Duyệt", exact=True).click()
    approver.get_by_text("Đã duyệt, đã thực hiện").wait_for()
    assert "05/07/2027" in look(admin, admin.url, "mot-nguoi", size)
    admin.get_by_role("link", name="Đóng tài khoản").click()
    look(admin, admin.url, "dong", size)
