"""What every form of a verb shares: the day, the reason, and what was there when it was opened.

Nothing that somebody typed is lost when another was faster: the form carries the values it was opened with (`was_…`),
so that the page can show field by field what was there, what is there now, and what was typed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.accounts.scope import rights as rights_of
from vuonlen.domain.problems import Refused, Severity
from vuonlen.i18n import language
from vuonlen.registry.models import Household, Membership, Person
from vuonlen.registry.queries import acts_of, open_members
from vuonlen.registry.web.forms.fields import Day


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of which two persons thought differently. clash: both changed it, and not alike."""

    name: str
    label: str
    was: str
    theirs: str
    mine: str
    clash: bool


class VerbForm(forms.Form):
    """A form of one verb on one household."""

    title: ClassVar[Any] = ""
    button: ClassVar[Any] = _("Ghi")
    lead: ClassVar[Any] = ""
    done: ClassVar[Any] = _("Đã ghi.")
    proposes: ClassVar[bool] = False  # another person approves
    kept: ClassVar[tuple[str, ...]] = ()  # fields that come from the register, compared when another was faster

    effective_on = Day(label=_("Có hiệu lực từ ngày"))
    reason = forms.CharField(
        label=_("Lý do, căn cứ"), max_length=2000, widget=forms.Textarea({"rows": 2}),
        help_text=_("Ví dụ: theo giấy khai sinh, theo đơn ngày 05/03/2026."),
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)

    def __init__(
        self, data: QueryDict | None = None, *, home: Household, user: User, member: Membership | None = None
    ) -> None:
        self.home, self.user, self.member = home, user, member
        self.sent = data if data is not None else QueryDict()
        self.rights: Collection[Right] = rights_of(user, home.area_path)
        self.members = open_members(home)
        super().__init__(data)
        self.prepare()
        present = self.now()
        self.initial = self.opened() | {
            "revision": home.revision, "seen": self.newest(), "effective_on": timezone.localdate(), **present,
        }  # fmt: skip
        for name in self.kept:
            if name in self.fields:
                hidden = forms.CharField(widget=forms.HiddenInput, required=False, max_length=3000)
                hidden.initial = present.get(name, "")
                self.fields[f"was_{name}"] = hidden
        if data is not None and "confirmed" in data:
            self._ask_to_confirm()
        self.order_fields([name for name in self.fields if name not in ("effective_on", "reason")])

    # ---- what a form of one verb brings ----

    def prepare(self) -> None:
        """Choices, and fields that this user may not have."""

    def now(self) -> dict[str, str]:
        """What stands in the register now, for the fields of `kept`, as the form would send it."""
        return {}

    def opened(self) -> dict[str, Any]:
        """What other fields hold when the form is opened."""
        return {}

    def call(self) -> object:
        """Do it. Raises Refused, Conflict, PermissionDenied."""
        raise NotImplementedError

    # ---- for them ----

    @property
    def common(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {
            "household": self.home,
            "by": self.user,
            "reason": told["reason"],
            "effective_on": told["effective_on"],
            "revision": told["revision"],
        }

    @property
    def confirmed(self) -> bool:
        return bool(self.cleaned_data.get("confirmed"))

    def person(self, name: str) -> Person | None:
        """The member chosen in a field."""
        chosen = self.cleaned_data.get(name)
        return next((one.person for one in self.members if one.person.public_id == chosen), None)

    def drop(self, *names: str) -> None:
        for name in names:
            self.fields.pop(name, None)

    def newest(self) -> str:
        act = acts_of(self.home).order_by("-id").values_list("public_id", flat=True).first()
        return act or ""

    def show(self, refused: Refused) -> None:
        """Each problem at its field; doubts with a box to say that it is so."""
        for one in refused.problems:
            field = one.cell if one.cell in self.fields else None
            self.add_error(field, f"{one.sentence(language())}: {one.advice(language())}. ({one.code})")
        if all(one.kind.severity is Severity.WARNING for one in refused.problems):
            self._ask_to_confirm()

    def _ask_to_confirm(self) -> None:
        self.fields["confirmed"] = forms.BooleanField(
            label=_("Tôi đã đối chiếu giấy tờ; thông tin trên là đúng"), required=False
        )

    def mends(self) -> None:
        """A correction holds from the beginning; the day only says when it was compared with the papers."""
        day = self.fields["effective_on"]
        day.label, day.help_text = _("Ngày đối chiếu"), _("Điều sửa đúng từ đầu, không phải từ ngày này.")

    # ---- when another was faster ----

    def differences(self) -> list[Difference]:
        """Fields that they changed, or that I changed."""
        found = []
        now = self.now()
        for name in self.kept:
            if name not in self.fields:
                continue
            was, mine = (str(self.data.get(key, "")) for key in (f"was_{name}", name))
            theirs = now.get(name, "")
            if theirs == was and mine == was:
                continue
            clash = theirs != was and mine != was and mine != theirs
            was, theirs, mine = (self._shown(name, one) for one in (was, theirs, mine))
            found.append(Difference(name, str(self.fields[name].label), was, theirs, mine, clash))
        return found

    def _shown(self, name: str, value: str) -> str:
        """A value as the select shows it."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            for key, label in _flat(field.choices):
                if str(key) == value:
                    return str(label)
        return value

    def rebased(self) -> QueryDict:
        """What was typed, on top of what is there now: fields that I left alone take their new value."""
        data = self.sent.copy()
        now = self.now()
        data["revision"], data["seen"] = str(self.home.revision), self.newest()
        for name in self.kept:
            was = data.get(f"was_{name}", "")
            if data.get(name, "") == was:
                data[name] = now.get(name, "")
            data[f"was_{name}"] = now.get(name, "")
        return data


def taken(data: QueryDict) -> QueryDict:
    """`data` with their value in each field where that was chosen."""
    chosen = data.copy()
    for key, value in data.items():
        if key.startswith("take_") and value == "theirs":
            name = key.removeprefix("take_")
            chosen[name] = data.get(f"was_{name}", "")
    return chosen


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    found = []
    for key, label in choices:
        if isinstance(label, Mapping | list | tuple):
            found += _flat(label)
        else:
            found.append((key, label))
    return found
