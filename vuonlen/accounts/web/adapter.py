"""How allauth is used: nobody signs up, its words are ours, its secrets are sealed."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from vuonlen.foundation.secret import seal, unseal

_WRONG_CODE = __("Mã không đúng, đã dùng hoặc đã hết hạn. Đợi mã mới rồi nhập lại; kiểm tra giờ trên điện thoại.")

_SAID = {
    "account/messages/logged_out.txt": __("Đã đăng xuất."),
    "account/messages/password_changed.txt": __("Đã đổi mật khẩu. Các thiết bị khác phải đăng nhập lại."),
    "mfa/messages/totp_activated.txt": __("Đã bật mã xác thực. Hãy cất các mã dự phòng dưới đây ở nơi an toàn."),
    "mfa/messages/totp_deactivated.txt": __("Đã tắt mã xác thực."),
    "mfa/messages/recovery_codes_generated.txt": __("Đã tạo mã dự phòng mới; các mã cũ không dùng được nữa."),
    "mfa/messages/webauthn_added.txt": __("Đã thêm khóa truy cập."),
    "mfa/messages/webauthn_removed.txt": __("Đã bỏ khóa truy cập."),
}


class Adapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": __("Tài khoản này đã đóng."),
        "username_password_mismatch": __("Tên đăng nhập hoặc mật khẩu không đúng."),
        "enter_current_password": __("Mật khẩu hiện tại không đúng."),
        "incorrect_password": __("Mật khẩu không đúng."),
        "incorrect_code": _WRONG_CODE,
        "too_many_login_attempts": __("Đã thử quá nhiều lần. Hãy đợi ít phút rồi thử lại."),
        "rate_limited": __("Đã thử quá nhiều lần. Hãy đợi ít phút rồi thử lại."),
        "same_as_current": __("Mật khẩu mới phải khác mật khẩu hiện tại."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Its messages in our words; what we have no words for ("signed in as …") is not worth saying."""
        told = message or _SAID.get(message_template or "")
        if told:
            messages.add_message(request, level, told, extra_tags=extra_tags)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": _("Dùng mật khẩu"),
            "mfa_reauthenticate": _("Dùng mã xác thực"),
            "mfa_reauthenticate:webauthn": _("Dùng khóa truy cập"),
        }
        found = super().get_reauthentication_methods(user)
        return [one | {"description": words[one["id"]]} for one in found]


class SecondFactor(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _WRONG_CODE,
        "cannot_delete_authenticator": __("Không tắt được lớp xác thực này."),
        "cannot_generate_recovery_codes": __("Hãy bật mã xác thực trước khi tạo mã dự phòng."),
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return _("Khóa của tôi")
