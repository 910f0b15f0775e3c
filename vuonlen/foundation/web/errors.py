"""Error pages that say what happened and how to go on. They never fail: a bare sentence is the last way out."""

from __future__ import annotations

import logging
import secrets
import sys
from dataclasses import dataclass
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

log = logging.getLogger("vuonlen.errors")
_API = "/api/"


@dataclass(frozen=True, slots=True)
class Words:
    """title, what: the fault in plain words. mend: what to do now."""

    title: str | Promise
    what: str | Promise
    mend: str | Promise
    icon: str = "exclamation-triangle"


WORDS = {
    400: Words(
        _("Yêu cầu không đọc được"),
        _("Trình duyệt gửi lên điều mà máy chủ không hiểu, thường vì địa chỉ bị gõ sai hoặc bị cắt."),
        _("Hãy quay lại trang trước, tải lại trang rồi thử lần nữa."),
    ),
    403: Words(
        _("Việc này không thuộc quyền của bạn"),
        _("Vai trò hiện nay của bạn không được làm việc này, hoặc trang đã mở quá lâu nên phiên làm việc đã đổi."),
        _("Hãy tải lại trang và thử lần nữa. Nếu việc này là của bạn, hãy hỏi người quản lý vai trò ở cấp trên."),
        "lock",
    ),
    404: Words(
        _("Không tìm thấy trang này"),
        _("Địa chỉ không có, hoặc nội dung không thuộc địa bàn của bạn."),
        _("Hãy kiểm tra lại địa chỉ, hoặc bắt đầu lại từ trang việc cần làm."),
        "search",
    ),
    409: Words(
        _("Có người vừa thay đổi nội dung này"),
        _("Trong lúc bạn đang sửa, một người khác đã lưu. Nội dung của bạn chưa được ghi."),
        _("Hãy mở lại trang để xem bản mới nhất, rồi sửa tiếp nếu vẫn cần."),
        "arrow-left-right",
    ),
    413: Words(
        _("Nội dung gửi lên quá lớn"),
        _("Tệp hoặc biểu mẫu lớn hơn mức mà máy chủ nhận. Chưa có gì được ghi."),
        _("Hãy tách thành nhiều tệp nhỏ hơn rồi gửi lại."),
    ),
    429: Words(
        _("Bạn đã thử quá nhiều lần"),
        _("Để giữ an toàn cho tài khoản, hệ thống tạm dừng nhận yêu cầu từ bạn."),
        _("Hãy đợi 15 phút rồi thử lại. Nếu quên mật khẩu, hãy nhờ người quản trị đặt lại."),
        "hourglass-split",
    ),
    500: Words(
        _("Máy chủ gặp lỗi"),
        _("Việc vừa rồi chưa được ghi; dữ liệu đã có vẫn nguyên vẹn."),
        _("Hãy thử lại sau ít phút. Nếu vẫn lỗi, hãy báo người quản trị mã sự cố bên dưới."),
    ),
    503: Words(
        _("Hệ thống đang tạm dừng"),
        _("Máy chủ chưa nối được với cơ sở dữ liệu, hoặc cơ sở dữ liệu đang quá bận. Việc vừa rồi chưa được ghi."),
        _("Hãy thử lại sau vài phút. Không cần nhập lại những gì đã lưu trước đó."),
        "clock",
    ),
}


def page(
    request: HttpRequest, status: int, *, what: str = "", mend: str = "", code: str = "", retry_after: int = 0
) -> HttpResponse:
    """The page of one status in the layout. what, mend: instead of the usual sentences. Programs get it as JSON."""
    if request.path_info.startswith(_API):
        told = {"detail": HTTPStatus(status).phrase} | ({"incident": code} if code else {})
        return JsonResponse(told, status=status, headers={"Retry-After": str(retry_after)} if retry_after else {})
    words = WORDS[status]
    values = {"status": status, "words": words, "what": what or words.what, "mend": mend or words.mend, "code": code}
    known = hasattr(request, "user") and status < 500  # above that, the database may be what is broken
    try:
        if known:
            text = render_to_string("errors/in_layout.html", values, request)
        else:
            text = render_to_string("errors/alone.html", values | {"LANGUAGE_CODE": get_language()})
    except Exception:
        log.exception("the page of status %s could not be drawn", status)
        bare = f"{words.title}. {what or words.what} {mend or words.mend} {code}"
        return HttpResponse(bare, status=status, content_type="text/plain; charset=utf-8")
    answer = HttpResponse(text, status=status)
    if retry_after:
        answer["Retry-After"] = str(retry_after)
    return answer


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 413 if _too_large(exception) else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 404)


def conflict(request: HttpRequest, *, what: str = "", mend: str = "") -> HttpResponse:
    """For a change that somebody else's change has overtaken."""
    return page(request, 409, what=what, mend=mend)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 429, retry_after=900)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database is away or too busy. The code stands in the log beside the cause."""
    cause = sys.exc_info()[1]
    code = secrets.token_hex(4)
    log.error("incident %s at %s: %r", code, request.path, cause)
    if isinstance(cause, OperationalError | InterfaceError):
        return page(request, 503, code=code, retry_after=60)
    return page(request, 500, code=code)


def token_missing(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its CSRF token: mostly a page that was open too long."""
    what = str(_("Trang này mở đã quá lâu, hoặc trình duyệt không gửi kèm mã chống giả mạo. Chưa có gì được ghi."))
    mend = str(_("Hãy quay lại, tải lại trang rồi gửi lần nữa. Trình duyệt cần cho phép cookie của trang này."))
    return page(request, 403, what=what, mend=mend)


def _too_large(exception: Exception | None) -> bool:
    return type(exception).__name__ in {"RequestDataTooBig", "TooManyFilesSent", "TooManyFieldsSent"}
