"""Forms of imports. Places to choose from are those of the area; the actions check again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.accounts.scope import scope
from vuonlen.i18n import language
from vuonlen.intake.limits import Limits
from vuonlen.places.models import Level, Place
from vuonlen.places.queries import tree
from vuonlen.registry.intake.actions import Terms
from vuonlen.rulebook.load import find, shipped

_MB = 2**20
_KINDS = ".xlsx,.xlsm,.xlsb,.xls,.ods,.csv,.parquet"
_EVERYONE = {"": None, "all": True, "poor": False}


class Day(forms.DateField):
    """A day as it is written here: 31/12/2023. Also 2023-12-31."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "placeholder": "31/12/2023"})
        faults = {"invalid": _("Ngày không hợp lệ: viết ngày/tháng/năm, ví dụ 31/12/2023.")}
        formats = ["%d/%m/%Y", "%Y-%m-%d"]
        super().__init__(input_formats=formats, widget=widget, error_messages=faults, **more)


class PlaceField(forms.ModelChoiceField):
    def __init__(self, **more: Any) -> None:
        super().__init__(queryset=Place.objects.none(), to_field_name="public_id", **more)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.code})"


def places_for(by: User) -> QuerySet[Place]:
    """Provinces and communes of today for which `by` may bring lists."""
    rows = scope(by, Right.IMPORT).of(tree(timezone.localdate()), "path")
    return rows.filter(level__in=[Level.PROVINCE, Level.COMMUNE])


def standards() -> list[tuple[str, Any]]:
    names = [(name, find(name).title.in_(language())) for name in shipped() if name.startswith("vn-")]
    return [("", _("Chuẩn áp dụng vào ngày của danh sách")), *names]


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp danh sách"),
        widget=forms.ClearableFileInput({"accept": _KINDS}),
        help_text=_("Excel (.xlsx, .xls, .ods), CSV hoặc Parquet, tối đa 20 MB và 200.000 dòng."),
    )
    place = PlaceField(
        label=_("Địa bàn"),
        help_text=_("Danh sách trước 01/07/2025 được nhận theo xã, phường của ngày đó."),
    )
    reference_date = Day(label=_("Ngày của danh sách"), help_text=_("Ngày chốt rà soát, ví dụ 31/12/2023."))
    standard = forms.ChoiceField(label=_("Chuẩn nghèo"), required=False, choices=standards)
    number = forms.CharField(label=_("Số quyết định công nhận"), max_length=60)
    signed_on = Day(label=_("Ngày ký quyết định"))
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=150)
    effective_on = Day(
        label=_("Phân loại có hiệu lực từ ngày"), required=False, help_text=_("Để trống: từ ngày ký quyết định.")
    )
    everyone = forms.ChoiceField(
        label=_("Danh sách gồm"),
        required=False,
        choices=[
            ("", _("theo dạng của tệp")),
            ("all", _("mọi hộ của địa bàn")),
            ("poor", _("chỉ hộ nghèo, cận nghèo")),
        ],
        help_text=_("Để biết hộ nào của sổ không còn trong danh sách."),
    )
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = places_for(by)
        self.fields["place"].queryset = rows  # type: ignore[attr-defined]
        first = list(rows[:2])
        if len(first) == 1:
            self.fields["place"].initial = first[0].public_id

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        most = Limits().max_bytes
        if file.size > most:
            fault = _("Tệp quá {most} MB: hãy chia danh sách theo xã rồi tải lên từng phần.")
            raise forms.ValidationError(fault.format(most=most // _MB))
        return file

    def terms(self) -> Terms:
        told = self.cleaned_data
        return Terms(
            reference_date=told["reference_date"],
            number=told["number"],
            signed_on=told["signed_on"],
            issuer=told["issuer"],
            standard=told["standard"],
            effective_on=told["effective_on"],
            everyone=_EVERYONE[told["everyone"]],
            note=told["note"],
        )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Lý do"), max_length=2000, widget=forms.Textarea({"rows": 2}))
