"""Pages of signing in that are ours, and allauth's where ours add an entry to the journal."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import LoginView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vuonlen.accounts import actions
from vuonlen.accounts.models import User
from vuonlen.accounts.web.players import players


class SignIn(LoginView):
    """In the demonstration it names who may be played, with the password."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"players": players(), "password": settings.DEMO_PASSWORD}


class Activate(ActivateTOTPView):
    """Setting it up proves it: the session need not ask again."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        _proven(self.request, Authenticator.Type.TOTP)
        return response


class Deactivate(DeactivateTOTPView):
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        actions.note(by=self.request.user, act="remove_codes")
        return response


class AddKey(AddWebAuthnView):
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        _proven(self.request, Authenticator.Type.WEBAUTHN)
        return response


class RemoveKey(RemoveWebAuthnView):
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        actions.note(by=self.request.user, act="remove_passkey")
        return response


class NewCodes(GenerateRecoveryCodesView):
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        actions.note(by=self.request.user, act="new_recovery_codes")
        return response


def _proven(request: HttpRequest, kind: Authenticator.Type) -> None:
    user = request.user
    assert isinstance(user, User)
    record_authentication(request, user, method="mfa", type=kind.value)
    actions.note(by=user, act="add_codes" if kind == Authenticator.Type.TOTP else "add_passkey")


@login_not_required
@require_safe
def expired(request: HttpRequest) -> HttpResponse:
    """The session is over; signing in leads back to where the user was."""
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    minutes, hours = (int(settings.SESSION_IDLE.total_seconds() // 60), settings.SESSION_ABSOLUTE.seconds // 3600)
    told = {
        "title": _("Phiên làm việc đã hết"),
        "text": _(
            "Phiên kết thúc sau {minutes} phút không thao tác, hoặc {hours} giờ kể từ lúc đăng nhập. Đăng nhập lại để "
            "về đúng trang đang xem; điều đang nhập dở mà chưa gửi thì phải nhập lại."
        ).format(minutes=minutes, hours=hours),
        "url": f"{reverse('account_login')}?{urlencode({'next': back})}",
        "action": _("Đăng nhập lại"),
    }
    return render(request, "accounts/notice.html", told)


@login_not_required
@require_safe
def forgotten(request: HttpRequest) -> HttpResponse:
    """There is no mail to reset a password by: a person who knows the person does it."""
    told = {
        "title": _("Quên mật khẩu"),
        "text": _(
            "Gặp hoặc gọi người quản trị hệ thống của đơn vị. Sau khi nhận ra bạn, người đó cấp một mật khẩu dùng một "
            "lần ở trang “Nhân sự”; bạn đăng nhập bằng mật khẩu đó rồi tự đặt mật khẩu mới."
        ),
        "url": reverse("account_login"),
        "action": _("Về trang đăng nhập"),
    }
    return render(request, "accounts/notice.html", told)


@login_not_required
@require_safe
def no_signing_up(request: HttpRequest) -> HttpResponse:
    """Accounts are made by those who may."""
    told = {
        "title": _("Không tự đăng ký được"),
        "text": _("Tài khoản do đơn vị cấp ở trang “Nhân sự”. Hãy hỏi người quản trị hệ thống của đơn vị."),
        "url": reverse("account_login"),
        "action": _("Về trang đăng nhập"),
    }
    return render(request, "accounts/notice.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """A telephone was lost, or a computer left open."""
    if request.method != "POST":
        return render(request, "accounts/everywhere.html")
    user = request.user
    assert isinstance(user, User)
    actions.end_sessions(by=user)
    logout(request)
    messages.success(request, _("Đã đăng xuất khỏi mọi thiết bị."))
    return redirect("account_login")
