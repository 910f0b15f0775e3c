"""Forms of signing in, in our words. What they check is allauth's work, except that a code opens only one door."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from vuonlen.accounts import actions

#: a code is valid for its half minute and the ones beside it (clocks of telephones): remembered a little longer
_REMEMBERED = 150


class Login(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, login=_("Tên đăng nhập"), password=_("Mật khẩu"))
        self.fields["password"].help_text = ""


class ChangePassword(account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(
            self, oldpassword=_("Mật khẩu hiện tại"), password1=_("Mật khẩu mới"),
            password2=_("Nhập lại mật khẩu mới"),
        )  # fmt: skip
        self.fields["oldpassword"].help_text = ""

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        if self.user.check_password(password):
            raise account.get_adapter().validation_error("same_as_current")
        return password

    def save(self) -> None:
        actions.change_password(by=self.user, password=self.cleaned_data["password1"])


class Reauthenticate(account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, password=_("Mật khẩu"))
        self.fields["password"].help_text = ""


def _spend(user_id: int, code: str) -> None:
    """Raises ValidationError for a code that was used before."""
    if not cache.add(f"accounts.code.{user_id}.{''.join(code.split())}", 1, timeout=_REMEMBERED):
        raise get_adapter().validation_error("incorrect_code")


class _Code(mfa.BaseAuthenticateForm):
    """`code`, spent with its use. (allauth remembers it for half a minute, less than it is valid.)"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, code=_("Mã 6 chữ số, hoặc một mã dự phòng"))
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "maxlength": "12"}

    def clean_code(self) -> str:
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP:
            _spend(self.user.pk, code)
        return code


class Authenticate(_Code, mfa.AuthenticateForm):
    """Second step of signing in."""


class Confirm(_Code, mfa.ReauthenticateForm):
    """Once more, within a session."""


class Activate(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, code=_("Mã 6 chữ số trên điện thoại"))
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "maxlength": "12"}

    def clean_code(self) -> str:
        code = super().clean_code()
        _spend(self.user.pk, code)
        return code


class AddKey(AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, name=_("Tên để nhận ra khóa này"), passwordless=_("Đăng nhập chỉ bằng khóa này"))
        self.fields["passwordless"].help_text = _("Khóa phải hỏi vân tay, khuôn mặt hoặc mã PIN.")


class EditKey(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, name=_("Tên để nhận ra khóa này"))


class NewCodes(GenerateRecoveryCodesForm):
    """Nothing to fill in."""


def _worded(form: forms.BaseForm, **labels: Any) -> None:
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].widget.attrs.pop("placeholder", None)
