"""Forms of staff. Places and people to choose from are those of the area; the actions check again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right, Role
from vuonlen.accounts.scope import scope
from vuonlen.places.models import Level, Place
from vuonlen.places.queries import tree
from vuonlen.staff import queries


def places_for(by: User, commune: Place | None = None) -> QuerySet[Place]:
    """Provinces and communes of today in the area of `by`, and the villages of one commune."""
    rows = scope(by, Right.PROPOSE_ROLES).of(tree(timezone.localdate()), "path")
    wanted = Q(level__in=[Level.PROVINCE, Level.COMMUNE])
    if commune is not None:
        wanted |= Q(parent=commune)
    return rows.filter(wanted)


def communes_for(by: User) -> QuerySet[Place]:
    return places_for(by).filter(level=Level.COMMUNE)


class Day(forms.DateField):
    """Typed as people write it: a calendar of the browser shows its own order of day and month."""

    def __init__(self, **more: Any) -> None:
        widget = forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"})
        wrong = {"invalid": _("Ghi ngày dạng ngày/tháng/năm, ví dụ 05/07/2026.")}
        formats = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
        super().__init__(widget=widget, input_formats=formats, error_messages=wrong, **more)


class PlaceField(forms.ModelChoiceField):
    def __init__(self, **more: Any) -> None:
        super().__init__(queryset=Place.objects.none(), to_field_name="public_id", **more)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.code})"


class UserField(forms.ModelChoiceField):
    def __init__(self, **more: Any) -> None:
        super().__init__(queryset=User.objects.none(), to_field_name="public_id", **more)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} ({obj.username})"


class AddUser(forms.Form):
    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=60,
        help_text=_("Chữ cái không dấu, chữ số, dấu chấm hoặc gạch nối; bắt đầu bằng chữ cái."),
        widget=forms.TextInput({"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    place = PlaceField(label=_("Nơi công tác"))
    phone = forms.CharField(label=_("Điện thoại"), max_length=20, required=False)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places_for(by)  # type: ignore[attr-defined]


class Appoint(forms.Form):
    role = forms.ChoiceField(label=_("Vai trò"), choices=Role.choices)
    place = PlaceField(label=_("Nơi giữ vai trò"))
    valid_from = Day(label=_("Từ ngày"), help_text=_("Dạng ngày/tháng/năm."))
    valid_to = Day(
        label=_("Đến ngày"),
        required=False,
        help_text=_("Ngày đầu tiên không còn giữ vai trò; để trống nếu không thời hạn."),
    )
    document = forms.CharField(label=_("Giấy tờ giao việc"), max_length=200, required=False)
    reason = forms.CharField(label=_("Lý do"), max_length=300)

    def __init__(self, *args: Any, by: User, commune: Place | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places_for(by, commune)  # type: ignore[attr-defined]


class Withdraw(forms.Form):
    on = Day(label=_("Thôi từ ngày"), help_text=_("Ngày đầu tiên không còn giữ vai trò."))
    reason = forms.CharField(label=_("Lý do"), max_length=300)


class Close(forms.Form):
    successor = UserField(
        label=_("Người kế nhiệm"),
        required=False,
        help_text=_("Nhận các đề nghị đang chờ; vai trò được đề nghị giao cho người này và phải có người duyệt."),
    )
    reason = forms.CharField(label=_("Lý do"), max_length=300)

    def __init__(self, *args: Any, by: User, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = queries.users_of(by).filter(left_on=None, is_active=True).exclude(pk=user.pk)
        self.fields["successor"].queryset = rows.order_by("full_name")  # type: ignore[attr-defined]
