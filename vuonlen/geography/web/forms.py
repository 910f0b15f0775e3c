"""Forms of places."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vuonlen.places.actions.villages import LONGEST_NAME, VILLAGE_KINDS
from vuonlen.places.models import Place

_DAYS = ["%Y-%m-%d", "%d/%m/%Y"]
MOST_VILLAGES = 300  # on one page of assigning


class Looking(forms.Form):
    """What the tree shows: the date, and what is searched for."""

    ngay = forms.DateField(
        label=_("Ngày"),
        required=False,
        input_formats=_DAYS,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "class": "form-control"}),
        error_messages={"invalid": _("Ngày không đúng. Hãy nhập như 31/12/2023.")},
    )
    tim = forms.CharField(
        label=_("Tìm theo tên hoặc mã"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "class": "form-control"}),
    )


class AddVillage(forms.Form):
    name = forms.CharField(
        label=_("Tên thôn, tổ dân phố"), max_length=LONGEST_NAME, help_text=_("Ví dụ: Thôn Nà Kham, Tổ 5")
    )
    kind = forms.ChoiceField(label=_("Loại"), choices=[(one.value, one.label) for one in VILLAGE_KINDS])
    document = forms.CharField(
        label=_("Văn bản hoặc căn cứ"), max_length=200, help_text=_("Số, ngày của nghị quyết, quyết định thành lập")
    )


class Assign(forms.Form):
    """One choice and one name for each village, one reason for all."""

    reason = forms.CharField(
        label=_("Văn bản hoặc lý do"), max_length=200, widget=forms.TextInput(attrs={"class": "form-control"})
    )

    def __init__(self, *args: Any, villages: list[Place], candidates: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.villages = villages[:MOST_VILLAGES]
        self.candidates = {one.public_id: one for one in candidates}
        options = [("", _("(chưa phân)")), *((one.public_id, one.name) for one in candidates)]
        first = candidates[0].public_id if len(candidates) == 1 else ""
        for one in self.villages:
            label = _("Đơn vị mới của {name}").format(name=one.name)
            self.fields[f"to-{one.public_id}"] = forms.ChoiceField(
                choices=options,
                required=False,
                initial=first,
                widget=forms.Select(attrs={"class": "form-select", "aria-label": label}),
            )
            self.fields[f"name-{one.public_id}"] = forms.CharField(
                required=False,
                max_length=LONGEST_NAME,
                initial=one.name,
                widget=forms.TextInput(
                    attrs={"class": "form-control", "aria-label": _("Tên mới của {name}").format(name=one.name)}
                ),
            )

    def rows(self) -> list[dict[str, Any]]:
        return [
            {"village": one, "to": self[f"to-{one.public_id}"], "name": self[f"name-{one.public_id}"]}
            for one in self.villages
        ]

    def chosen(self) -> list[tuple[Place, Place, str]]:
        """(village, successor, name) of the rows in which something was chosen."""
        found = []
        for one in self.villages:
            successor = self.candidates.get(self.cleaned_data[f"to-{one.public_id}"])
            if successor is not None:
                found.append((one, successor, self.cleaned_data[f"name-{one.public_id}"]))
        return found


class Withdraw(forms.Form):
    reason = forms.CharField(label=_("Lý do rút lại"), max_length=200)
