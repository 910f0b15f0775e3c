"""What a list may be asked for. Every value is checked here, before it comes near the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vuonlen.accounts.models import User
from vuonlen.accounts.protected import Purpose
from vuonlen.accounts.rights import Right
from vuonlen.accounts.scope import scope
from vuonlen.domain.poverty import Status
from vuonlen.i18n import language
from vuonlen.places.models import Place
from vuonlen.registry.search import filters as f
from vuonlen.rulebook.words import STATUS

FIRST, LAST = date(1990, 1, 1), date(2100, 1, 1)
_ID = rf"\A{f.PUBLIC_ID.pattern}\Z"
_SELECTED = mark_safe(" selected")
_DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"]


class PlainSelect(forms.Select):
    """Written at once: as many options through a template each would be a third of the time of a page."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        told = {**self.attrs, **(attrs or {}), "name": name}
        known = [(str(key), str(label)) for key, label in self.choices]
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, _SELECTED if key == chosen else "", one) for key, one in known),
        )
        return format_html("<select{}>{}</select>", flatatt(told), options)


class FilterForm(forms.Form):
    """The filters of a list, under the names of the address. Only a person who may see ethnicity may filter by it."""

    def __init__(self, data: Mapping[str, Any] | None, user: User, places: Iterable[Place] = ()) -> None:
        super().__init__(data)
        self.fields[f.PARAMETERS["words"]] = forms.CharField(
            label=_("Tên chủ hộ, thành viên, địa bàn hoặc số định danh"),
            max_length=f.LONGEST_QUERY,
            required=False,
            validators=[ProhibitNullCharactersValidator(message=_("Có ký tự không đọc được. Hãy gõ lại."))],
        )
        self._choice(
            "place", _("Địa bàn"), [(one.public_id, one.name) for one in places], _("Cả phạm vi của tôi"), False
        )
        self._choice("status", _("Phân loại"), _statuses(), _("Mọi phân loại"))
        if scope(user, Right.SEE_ETHNICITY):
            self._choice("ethnicity", _("Dân tộc"), sorted(f.ethnicities().items()), _("Mọi dân tộc"))
        self._choice("indicator", _("Thiếu hụt"), _coded(f.indicators()), _("Không lọc"))
        self._choice("group", _("Nhóm đối tượng"), list(f.groups().items()), _("Mọi nhóm"))
        self._choice(
            "state", _("Hộ đã đóng"), [(f.CLOSED, _("Chỉ hộ đã đóng")), (f.ALL, _("Cả hai"))], _("Chỉ hộ đang mở")
        )
        self.fields[f.PARAMETERS["day"]] = forms.DateField(
            label=_("Tính đến ngày"),
            required=False,
            input_formats=_DAYS,
            widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy"}),
            error_messages={"invalid": _("Ngày không hợp lệ. Ghi dạng 31/12/2022.")},
        )
        self._choice("order", _("Xếp theo"), [(f.BY_NAME, _("Tên chủ hộ"))], _("Địa bàn"))
        for one in self.fields.values():
            select = isinstance(one.widget, forms.Select)
            one.widget.attrs["class"] = "form-select form-select-sm" if select else "form-control form-control-sm"

    def _choice(self, name: str, label: str, choices: list[tuple[str, str]], none: str, closed: bool = True) -> None:
        """closed: only these values are taken; a place may be another than those offered."""
        told = [("", none), *choices]
        if closed:
            wrong = {"invalid_choice": _WRONG}
            field: forms.Field = forms.ChoiceField(
                label=label, choices=told, required=False, widget=PlainSelect, error_messages=wrong
            )
        else:
            shown = PlainSelect(choices=told)
            wrong = {"invalid": _WRONG}
            field = forms.RegexField(_ID, label=label, required=False, widget=shown, error_messages=wrong)
        self.fields[f.PARAMETERS[name]] = field

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        day = found.get(f.PARAMETERS["day"])
        if day is not None and not FIRST <= day < LAST:
            self.add_error(f.PARAMETERS["day"], _("Ngày phải từ 01/01/1990 đến 31/12/2099."))
        return found

    def filters(self) -> f.Filters:
        """Only when valid."""
        told = {name: self.cleaned_data.get(parameter) for name, parameter in f.PARAMETERS.items()}
        told["words"] = " ".join((told["words"] or "").split())
        return f.Filters(**{name: value for name, value in told.items() if value})


_WRONG = gettext_lazy("Giá trị này không có trong danh sách. Hãy chọn lại.")


def _statuses() -> list[tuple[str, str]]:
    told = {one.value: STATUS[one].en if language() == "en" else STATUS[one].vi for one in Status}
    return [*told.items(), (f.NEVER, _("Chưa từng phân loại"))]


def _coded(names: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(code, f"{code} {name}") for code, name in names.items()]


class PurposeForm(forms.Form):
    """Why somebody wants it."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("Mục đích"),
        choices=[("", gettext_lazy("Chọn mục đích")), *Purpose.choices],
        error_messages={"invalid_choice": _WRONG},
    )
    note = forms.CharField(label=gettext_lazy("Giải thích"), max_length=250, required=False)


class LookUpForm(PurposeForm):
    """One household by the full number of a member."""

    number = forms.CharField(
        label=gettext_lazy("Số định danh cá nhân, đủ 12 chữ số (hoặc 9 chữ số cũ)"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    field_order = ("number", "purpose", "note")


class ExportForm(PurposeForm):
    """The form of a file; a purpose only with full ID numbers."""

    format = forms.ChoiceField(
        label=gettext_lazy("Tệp"),
        choices=[
            ("xlsx", gettext_lazy("Excel (.xlsx): hộ và thành viên")),
            ("csv", gettext_lazy("CSV: chỉ hộ")),
        ],
        widget=forms.RadioSelect,
        initial="xlsx",
    )
    id_numbers = forms.BooleanField(label=gettext_lazy("Ghi đủ số định danh, không che"), required=False)
    field_order = ("format", "id_numbers", "purpose", "note")

    def __init__(self, data: Mapping[str, Any] | None, user: User) -> None:
        super().__init__(data)
        self.fields["purpose"].required = False
        if not scope(user, Right.SEE_ID_NUMBER):
            for name in ("id_numbers", "purpose", "note"):
                del self.fields[name]
