"""Forms of verbs on a household as a whole."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vuonlen.accounts.models import User
from vuonlen.domain.problems import Refused
from vuonlen.i18n import language
from vuonlen.registry.models import Act, Membership, Residence
from vuonlen.registry.telling import words
from vuonlen.registry.verbs import heads, households, joining, moving
from vuonlen.registry.verbs.facts import PersonFacts
from vuonlen.registry.web.forms import fields
from vuonlen.registry.web.forms.base import VerbForm


class PersonFields(forms.Form):
    """What is known of a person; only the name is asked for."""

    name = forms.CharField(label=_("Họ và tên"), max_length=120)
    birth_date = fields.Day(label=_("Ngày sinh"), required=False)
    birth_year = forms.IntegerField(
        label=_("Năm sinh"), required=False, min_value=1800, max_value=2200, help_text=_("Khi chỉ biết năm.")
    )
    sex = forms.ChoiceField(label=_("Giới tính"), required=False, choices=fields.sexes)
    ethnicity = forms.ChoiceField(label=_("Dân tộc"), required=False, choices=fields.ethnicities)
    id_number = forms.CharField(
        label=_("Số định danh cá nhân"), required=False, max_length=40,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("12 chữ số; 9 chữ số với chứng minh nhân dân cũ. Để trống nếu chưa biết."),
    )  # fmt: skip

    @property
    def facts(self) -> PersonFacts:
        told = self.cleaned_data
        return PersonFacts(
            name=told["name"], birth_year=told.get("birth_year"), birth_date=told.get("birth_date"),
            sex=told.get("sex", ""), ethnicity=told.get("ethnicity", ""), id_number=told.get("id_number", ""),
        )  # fmt: skip


class Add(PersonFields):
    """A new household with its head. The only form without a household to stand on."""

    title = _("Thêm hộ")
    button = _("Thêm hộ")
    lead = _("Ghi chủ hộ trước; các thành viên khác được thêm ở trang của hộ. Hộ mới chưa có phân loại.")
    code = forms.CharField(label=_("Mã hộ"), max_length=40)
    place = fields.PlaceField(label=_("Nơi ở"))
    address = forms.CharField(label=_("Địa chỉ"), max_length=200, required=False, help_text=_("Số nhà, đường, xóm."))
    effective_on = fields.Day(label=_("Ở đây từ ngày"))
    reason = forms.CharField(label=_("Lý do, căn cứ"), max_length=2000, widget=forms.Textarea({"rows": 2}))
    field_order = ("code", "place", "address", "name")

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data, initial={"effective_on": timezone.localdate()})
        self.user = user
        place: Any = self.fields["place"]
        place.within(user)
        self.fields["name"].label = _("Họ và tên chủ hộ")
        if data is not None and "confirmed" in data:
            self.ask_to_confirm()

    def call(self) -> Act:
        told = self.cleaned_data
        return households.add_household(
            by=self.user, reason=told["reason"], effective_on=told["effective_on"], code=told["code"],
            place=told["place"], address=told["address"], head=self.facts, confirmed=bool(told.get("confirmed")),
        )  # fmt: skip

    def show(self, refused: Refused) -> None:
        for one in refused.problems:
            field = one.cell if one.cell in self.fields else None
            self.add_error(field, f"{one.sentence(language())}: {one.advice(language())}. ({one.code})")
        if all(one.kind.severity == "warning" for one in refused.problems):
            self.ask_to_confirm()

    def ask_to_confirm(self) -> None:
        self.fields["confirmed"] = forms.BooleanField(
            label=_("Tôi đã đối chiếu giấy tờ; thông tin trên là đúng"), required=False
        )


class Correct(VerbForm):
    title = _("Sửa thông tin hộ")
    lead = _("Sửa điều đã ghi sai, như thể đã ghi đúng từ đầu. Hộ chuyển đi nơi khác thì dùng “Chuyển nơi ở”.")
    kept = ("code", "address", "place")
    code = forms.CharField(label=_("Mã hộ"), max_length=40)
    address = forms.CharField(label=_("Địa chỉ"), max_length=200, required=False)
    place = fields.PlaceField(label=_("Thôn, tổ dân phố"), required=False)

    def prepare(self) -> None:
        place: Any = self.fields["place"]
        place.within(self.user, only=self.home.commune)
        self.mends()

    def now(self) -> dict[str, str]:
        stay = Residence.objects.filter(household=self.home, valid_to__isnull=True).select_related("place").first()
        place = stay.place.public_id if stay else ""
        return {"code": self.home.code, "address": self.home.address, "place": place}

    def call(self) -> Act:
        told = self.cleaned_data
        return households.correct_household(
            **self.common, code=told["code"], address=told["address"], place=told["place"]
        )


class Close(VerbForm):
    title = _("Đóng hộ")
    button = _("Đóng hộ")
    lead = _("Hộ ngừng từ ngày ghi dưới đây, cùng nơi ở, thành viên và phân loại. Lịch sử được giữ nguyên.")
    why = forms.ChoiceField(
        label=_("Vì sao đóng"), choices=[(one, words.CLOSED[one]) for one in households.CLOSING],
        widget=forms.RadioSelect,
    )  # fmt: skip

    def call(self) -> Act:
        return households.close_household(**self.common, why=self.cleaned_data["why"])


class Reopen(VerbForm):
    title = _("Mở lại hộ")
    button = _("Mở lại hộ")
    lead = _("Hộ có lại từ ngày ghi dưới đây với những người được chọn, và chưa có phân loại cho đến lần rà soát tới.")
    members_back = forms.MultipleChoiceField(label=_("Những ai trở lại"), widget=forms.CheckboxSelectMultiple)
    head = forms.ChoiceField(label=_("Chủ hộ"))
    place = fields.PlaceField(label=_("Nơi ở"), required=False)

    def prepare(self) -> None:
        """Everybody who ever belonged and is alive; those who were there at the end are ticked."""
        rows = Membership.objects.filter(household=self.home, person__died_on__isnull=True).select_related("person")
        newest: dict[int, Membership] = {}
        for one in rows.order_by("valid_from", "pk"):
            newest[one.person_id] = one
        self.members = sorted(newest.values(), key=lambda one: (not one.is_head, one.pk))
        choices = fields.persons(self.members)
        chosen: Any = self.fields["members_back"]
        chosen.choices = choices
        head: Any = self.fields["head"]
        head.choices = [fields.NOBODY, *choices]
        place: Any = self.fields["place"]
        place.within(self.user)

    def opened(self) -> dict[str, Any]:
        last = [one for one in self.members if one.valid_to == self.home.closed_on]
        return {"members_back": [one.person.public_id for one in last]}

    def call(self) -> Act:
        chosen = set(self.cleaned_data["members_back"])
        members = [one.person for one in self.members if one.person.public_id in chosen]
        head = self.person("head")
        return households.reopen_household(
            **self.common, members=members, head=head or members[0], place=self.cleaned_data["place"]
        )


class Move(VerbForm):
    title = _("Chuyển nơi ở")
    button = _("Ghi nơi ở mới")
    lead = _("Hộ sống ở nơi mới từ ngày ghi dưới đây. Đến xã, phường ngoài phạm vi của bạn thì gửi đề nghị.")
    place = fields.PlaceField(label=_("Nơi ở mới"))
    address = forms.CharField(label=_("Địa chỉ mới"), max_length=200, required=False)

    def prepare(self) -> None:
        place: Any = self.fields["place"]
        place.within(self.user)

    def call(self) -> Act:
        told = self.cleaned_data
        return moving.move_household(**self.common, place=told["place"], address=told["address"])


class Split(VerbForm):
    title = _("Tách hộ")
    button = _("Tách hộ")
    done = _("Đã tách hộ. Hộ mới đứng trong danh sách hộ với mã bạn đã ghi.")
    lead = _("Những người được chọn thành một hộ mới. Hộ mới chưa có phân loại cho đến lần rà soát tới.")
    going = forms.MultipleChoiceField(label=_("Ai sang hộ mới"), widget=forms.CheckboxSelectMultiple)
    head = forms.ChoiceField(label=_("Chủ hộ mới"))
    code = forms.CharField(label=_("Mã của hộ mới"), max_length=40)
    place = fields.PlaceField(label=_("Nơi ở của hộ mới"), required=False)
    address = forms.CharField(label=_("Địa chỉ của hộ mới"), max_length=200, required=False)
    new_head = forms.ChoiceField(label=_("Chủ hộ cũ, nếu chủ hộ hiện tại sang hộ mới"), required=False)

    def prepare(self) -> None:
        choices = fields.persons(self.members)
        going: Any = self.fields["going"]
        going.choices = choices
        head: Any = self.fields["head"]
        head.choices = [fields.NOBODY, *choices]
        rest: Any = self.fields["new_head"]
        rest.choices = [("", _("không đổi")), *choices]
        place: Any = self.fields["place"]
        place.within(self.user)

    def call(self) -> Act:
        told = self.cleaned_data
        chosen = set(told["going"])
        head = self.person("head")
        members = [one.person for one in self.members if one.person.public_id in chosen]
        return joining.split_household(
            **self.common, members=members, head=head or members[0], code=told["code"], place=told["place"],
            address=told["address"], new_head=self.person("new_head"),
        )  # fmt: skip


class Head(VerbForm):
    title = _("Đổi chủ hộ")
    button = _("Đổi chủ hộ")
    chosen = forms.ChoiceField(label=_("Chủ hộ mới"))
    old_relation = forms.CharField(
        label=_("Chủ hộ cũ là gì của chủ hộ mới"),
        max_length=60,
        required=False,
        help_text=_("Ví dụ: Cha. Để trống nếu chưa rõ."),
    )

    def prepare(self) -> None:
        field: Any = self.fields["chosen"]
        field.choices = [fields.NOBODY, *fields.persons([one for one in self.members if not one.is_head])]

    def call(self) -> Act:
        person = self.person("chosen")
        assert person is not None  # the field only takes its choices
        return heads.change_head(**self.common, person=person, old_relation=self.cleaned_data["old_relation"])
