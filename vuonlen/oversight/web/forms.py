"""What the list of entries is narrowed by."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vuonlen.oversight.queries import Readable, acts


class Narrowing(forms.Form):
    """Field names are those of the address."""

    noi = forms.ChoiceField(label=_("Nơi"), required=False)
    nguoi = forms.CharField(label=_("Người làm"), required=False, max_length=100)
    viec = forms.ChoiceField(label=_("Việc"), required=False)
    ma = forms.CharField(label=_("Mã hồ sơ"), required=False, max_length=40)
    ngay = forms.DateField(
        label=_("Ngày"),
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy"}),
        error_messages={"invalid": _("Ngày không đúng. Hãy nhập như 31/12/2023.")},
    )

    def __init__(self, *args: Any, chains: list[Readable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(one.chain.key, f"{one.name} (– {one.ended:%d/%m/%Y})" if one.ended else one.name) for one in chains]
        self.fields["noi"].choices = [("", _("tất cả")), *places]  # type: ignore[attr-defined]
        self.fields["viec"].choices = [  # type: ignore[attr-defined]
            ("", _("tất cả")),
            *sorted(acts().items(), key=lambda one: one[1].casefold()),
        ]
        for one in self.fields.values():
            one.widget.attrs["class"] = "form-select" if isinstance(one, forms.ChoiceField) else "form-control"

    def clean_nguoi(self) -> str:
        return " ".join(str(self.cleaned_data["nguoi"]).split())
