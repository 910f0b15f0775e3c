"""Fields that several forms share."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vuonlen.accounts import scope as rights
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.places.models import Level, Place
from vuonlen.registry.models import Household, Membership
from vuonlen.registry.queries import households
from vuonlen.registry.telling import words
from vuonlen.rulebook.lists import ethnic_groups

_ID = re.compile(r"(?<![0-9a-z])[2-9a-hjkmnp-z]{12}(?![0-9a-z])")
Choices = list[tuple[str, Any]]
NOBODY: tuple[str, Any] = ("", _("Chọn một người"))  # first in every list of persons: nobody is chosen by the machine


class Day(forms.DateField):
    """A day as dd/mm/yyyy."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"inputmode": "numeric", "placeholder": "dd/mm/yyyy", "autocomplete": "off", "maxlength": "10"}
        kwargs.setdefault("widget", forms.TextInput(attributes))
        kwargs.setdefault("input_formats", ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"])
        kwargs.setdefault("error_messages", {"invalid": _("Ghi ngày theo dạng ngày/tháng/năm, ví dụ 05/03/1985.")})
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:
        found = super().to_python(value)
        if found is not None and found.year < 1900:
            raise forms.ValidationError(_("Năm phải từ 1900 trở đi."), code="invalid")
        return found


class YesNo(forms.ChoiceField):
    """Yes, no, or not known."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(choices=[("", _("chưa rõ")), ("yes", _("có")), ("no", _("không"))], **kwargs)


def yes_no(value: str) -> bool | None:
    return {"yes": True, "no": False}.get(value)


def of_yes_no(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


def sexes() -> Choices:
    return [("", _("chưa rõ")), *words.SEX.items()]


def ethnicities() -> Choices:
    return [("", _("chưa rõ")), *ethnic_groups(words.lang()).items()]


def works() -> Choices:
    return [("", _("chưa rõ")), *words.WORK.items()]


def persons(members: list[Membership]) -> Choices:
    """Members to choose among: name, year, relation."""
    found: Choices = []
    for one in members:
        told = [str(one.person.birth_year or ""), one.relation]
        found.append((one.person.public_id, " · ".join([one.person.name, *(part for part in told if part)])))
    return found


class PlaceField(forms.ChoiceField):
    """A village or commune within the scope of a user, of today or of an earlier day, by commune."""

    places: dict[str, Place]

    def within(self, user: User, right: Right = Right.EDIT_HOUSEHOLDS, only: Place | None = None) -> None:
        """only: the villages of one commune."""
        rows = Place.objects.filter(level__in=(Level.COMMUNE, Level.VILLAGE))
        if only is not None:
            rows = rows.filter(parent=only) | rows.filter(pk=only.pk)
        found = rights.scope(user, right).of(rows, "path").select_related("parent").order_by("-valid_from", "path")
        self.places = {one.public_id: one for one in found}
        groups: dict[str, Choices] = {}
        for one in self.places.values():
            commune = one if one.level == Level.COMMUNE or one.parent is None else one.parent
            told = one.name if one is not commune else _("{name} (chưa rõ thôn, tổ)").format(name=one.name)
            groups.setdefault(_named(commune), []).append((one.public_id, told))
        blank: Choices = [("", _("(giữ nguyên)") if not self.required else _("Chọn nơi ở"))]
        self.choices = blank + list(groups.items())

    def clean(self, value: Any) -> Any:
        told = super().clean(value)
        return self.places[told] if told else None


def _named(commune: Place) -> str:
    """A commune that has ended tells until when, for its code and even its name may stand again for another."""
    if commune.valid_to is None:
        return commune.name
    return str(_("{name} (trước {day})")).format(name=commune.name, day=f"{commune.valid_to:%d/%m/%Y}")


class HouseholdField(forms.CharField):
    """Another household of the same scope: the address of its page, or its number."""

    user: User

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 300)
        kwargs.setdefault("help_text", _("Chép địa chỉ trang của hộ kia, hoặc gõ mã hộ."))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        told = super().clean(value)
        if not told:
            return None
        rows = households(self.user, Right.EDIT_HOUSEHOLDS).select_related("commune")
        found: list[Household] = []
        if match := _ID.search(told.lower()):
            found = list(rows.filter(public_id=match[0]))
        found = found or list(rows.filter(code=told.strip())[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(_("Nhiều hộ mang mã này. Hãy chép địa chỉ trang của hộ kia."), code="many")
        raise forms.ValidationError(_("Không tìm thấy hộ này trong phạm vi của bạn."), code="none")
