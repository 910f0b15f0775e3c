"""Forms of what one person proposes and another approves, and of undoing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vuonlen.domain.poverty import Status
from vuonlen.places import queries as places
from vuonlen.places.models import Level, Place
from vuonlen.registry import proposals
from vuonlen.registry.telling import words
from vuonlen.registry.verbs.desk import refuse
from vuonlen.registry.verbs.statuses import Paper
from vuonlen.registry.web.forms import fields
from vuonlen.registry.web.forms.base import VerbForm

_SENT = _("Đã gửi đề nghị. Việc được thực hiện khi có người khác duyệt.")


class _Proposal(VerbForm):
    proposes = True
    button = _("Gửi đề nghị")
    done = _SENT

    @property
    def asked(self) -> dict[str, Any]:
        told = self.common
        del told["revision"]  # the proposal keeps the one that it finds
        return told


class Merge(_Proposal):
    title = _("Đề nghị nhập hộ")
    lead = _("Hộ này đóng lại, mọi thành viên sang hộ kia; chủ hộ và phân loại của hộ kia được giữ.")
    into = fields.HouseholdField(label=_("Nhập vào hộ"))

    def prepare(self) -> None:
        into: Any = self.fields["into"]
        into.user = self.user

    def call(self) -> object:
        return proposals.propose_merge(**self.asked, into=self.cleaned_data["into"])


class Strike(_Proposal):
    title = _("Đề nghị bỏ hộ ghi trùng")
    lead = _("Cho hộ được ghi hai lần. Hộ đóng lại với lý do “ghi trùng”, không bị xóa, và có thể hoàn tác.")
    twin = fields.HouseholdField(label=_("Hộ giữ lại"), required=False)

    def prepare(self) -> None:
        twin: Any = self.fields["twin"]
        twin.user = self.user

    def call(self) -> object:
        return proposals.propose_strike(**self.asked, twin=self.cleaned_data["twin"])


class StatusForm(_Proposal):
    title = _("Đề nghị sửa phân loại")
    lead = _("Khi phân loại đã quyết định bị sai. Quyết định sửa có số và ngày riêng, và nhắc đến quyết định cũ.")
    status = forms.ChoiceField(
        label=_("Phân loại đúng"),
        widget=forms.RadioSelect,
        choices=lambda: [(one.value, words.status(one)) for one in Status],
    )
    number = forms.CharField(label=_("Số quyết định sửa"), max_length=60)
    signed_on = fields.Day(label=_("Ngày ký"))
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=150)

    def call(self) -> object:
        told = self.cleaned_data
        paper = Paper(told["number"], told["signed_on"], told["issuer"])
        return proposals.propose_status(**self.asked, status=Status(told["status"]), paper=paper)


class MoveOut(_Proposal):
    title = _("Đề nghị chuyển hộ đến xã, phường khác")
    lead = _("Cho nơi đến ngoài phạm vi của bạn. Người duyệt phải có quyền ở cả nơi đi và nơi đến.")
    to = forms.CharField(label=_("Xã, phường đến"), max_length=120, help_text=_("Tên, hoặc mã 5 chữ số."))
    address = forms.CharField(label=_("Địa chỉ mới"), max_length=200, required=False)

    def call(self) -> object:
        told = self.cleaned_data
        return proposals.propose_move(**self.asked, place=self._place(), address=told["address"])

    def _place(self) -> Place:
        text, day = self.cleaned_data["to"].strip(), self.cleaned_data["effective_on"]
        found = [one for one in [places.find(text, day)] if one is not None]
        found = found or places.find_by_name(text, day, level=Level.COMMUNE)
        if len(found) != 1:
            refuse("G-PLACE-UNKNOWN", "to", text=text, day=f"{day:%d/%m/%Y}")
        return found[0]


class Undo(forms.Form):
    """Why an act is undone."""

    reason = forms.CharField(label=_("Lý do hoàn tác"), max_length=2000, widget=forms.Textarea({"rows": 2}))


class Reveal(forms.Form):
    """Why an ID number is looked at."""

    purpose = forms.ChoiceField(label=_("Mục đích"))
    note = forms.CharField(label=_("Giải thích"), max_length=200, required=False)

    def __init__(self, data: Any = None, *, purposes: fields.Choices) -> None:
        super().__init__(data)
        field: Any = self.fields["purpose"]
        field.choices = [("", _("Chọn mục đích")), *purposes]
