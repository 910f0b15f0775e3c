"""Addresses of one's own account. allauth looks its own up by name, so the first list has no namespace.

Of allauth only what is used here: no signing up, no mail addresses, no password by mail.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.webauthn import views as keys
from django.urls import include, path

from vuonlen.accounts.web import pages

_own = [
    path("phien-da-het/", pages.expired, name="expired"),
    path("dang-xuat-moi-noi/", pages.sign_out_everywhere, name="sign_out_everywhere"),
]
urlpatterns = [
    path("", include((_own, "accounts"))),
    path("dang-nhap/", pages.SignIn.as_view(), name="account_login"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("da-dong/", account.account_inactive, name="account_inactive"),
    path("dang-ky/", pages.no_signing_up, name="account_signup"),
    path("quen-mat-khau/", pages.forgotten, name="account_reset_password"),
    path("doi-mat-khau/", account.password_change, name="account_change_password"),
    path("xac-nhan/", account.reauthenticate, name="account_reauthenticate"),
    path("hai-lop/", mfa.index, name="mfa_index"),
    path("hai-lop/dang-nhap/", mfa.authenticate, name="mfa_authenticate"),
    path("hai-lop/xac-nhan/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("hai-lop/ma/bat/", pages.Activate.as_view(), name="mfa_activate_totp"),
    path("hai-lop/ma/tat/", pages.Deactivate.as_view(), name="mfa_deactivate_totp"),
    path("hai-lop/du-phong/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("hai-lop/du-phong/moi/", pages.NewCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("hai-lop/du-phong/tai-ve/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("hai-lop/khoa/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("hai-lop/khoa/them/", pages.AddKey.as_view(), name="mfa_add_webauthn"),
    path("hai-lop/khoa/xac-nhan/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("hai-lop/khoa/dang-nhap/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("hai-lop/khoa/<int:pk>/bo/", pages.RemoveKey.as_view(), name="mfa_remove_webauthn"),
    path("hai-lop/khoa/<int:pk>/sua/", keys.edit_webauthn, name="mfa_edit_webauthn"),
]
