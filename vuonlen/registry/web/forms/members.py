"""Forms of verbs on one member."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vuonlen.accounts.protected import mask
from vuonlen.accounts.rights import Right
from vuonlen.registry.models import Act, Membership, PersonState
from vuonlen.registry.queries import open_members
from vuonlen.registry.verbs import members
from vuonlen.registry.verbs.facts import PersonFacts
from vuonlen.registry.web.forms import fields
from vuonlen.registry.web.forms.base import VerbForm
from vuonlen.registry.web.forms.households import PersonFields

RELATION = _("Quan hệ với chủ hộ")


class Add(PersonFields, VerbForm):
    title = _("Thêm thành viên")
    button = _("Thêm thành viên")
    lead = _("Cho người chưa có trong sổ: mới sinh, mới về ở. Người đang ở hộ khác thì dùng “Nhận người từ hộ khác”.")
    relation = forms.CharField(label=RELATION, max_length=60, required=False, help_text=_("Vợ, chồng, con, cha, mẹ…"))

    def prepare(self) -> None:
        if Right.SEE_ETHNICITY not in self.rights:
            self.drop("ethnicity")

    def call(self) -> Act:
        relation = self.cleaned_data["relation"]
        return members.add_member(**self.common, facts=self.facts, relation=relation, confirmed=self.confirmed)


class Take(VerbForm):
    """In two steps: whose household, then who of it."""

    title = _("Nhận người từ hộ khác")
    button = _("Tiếp tục")
    lead = _("Người đang ở hộ khác trong phạm vi của bạn, hoặc đã rời hộ đó, nay về hộ này.")
    other = fields.HouseholdField(label=_("Hộ hiện tại của người đó"))
    who = forms.ChoiceField(label=_("Ai về hộ này"), required=False)
    relation = forms.CharField(label=RELATION, max_length=60, required=False)

    def prepare(self) -> None:
        other: Any = self.fields["other"]
        other.user = self.user
        self.offered: list[Membership] = []
        if self.is_bound:
            self._offer(str(self.data.get("other", "")))
        if not self.offered:
            self.drop("who", "relation")

    def _offer(self, told: str) -> None:
        other: Any = self.fields["other"]
        try:
            home = other.clean(told)
        except forms.ValidationError:
            return
        if home is None:
            return
        rows = Membership.objects.filter(household=home, person__died_on__isnull=True).select_related("person")
        newest = {one.person_id: one for one in rows.order_by("valid_from", "pk")}
        here = {one.person_id for one in open_members(self.home)}
        self.offered = [one for one in newest.values() if one.person_id not in here]
        who: Any = self.fields["who"]
        who.choices = [fields.NOBODY, *fields.persons(self.offered)]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("other") is not None and not self.offered:
            self.add_error("other", _("Hộ này không còn ai có thể sang."))
        elif self.offered and not told.get("who"):
            self.add_error("who", _("Chọn người về hộ này."))
        return told

    def call(self) -> Act:
        told = self.cleaned_data
        person = next(one.person for one in self.offered if one.person.public_id == told["who"])
        return members.take_member(**self.common, person=person, relation=told["relation"])


class Correct(PersonFields, VerbForm):
    title = _("Sửa thông tin thành viên")
    lead = _("Sửa điều đã ghi sai, như thể đã ghi đúng từ đầu.")
    kept = ("name", "birth_date", "birth_year", "sex", "ethnicity", "relation")
    relation = forms.CharField(label=RELATION, max_length=60, required=False)
    no_id_number = forms.BooleanField(
        label=_("Bỏ số định danh đã ghi (số này không phải của người này)"), required=False
    )

    def prepare(self) -> None:
        assert self.member is not None
        person = self.member.person
        if Right.SEE_ETHNICITY not in self.rights:
            self.drop("ethnicity")
        self.mends()
        if self.member.is_head:
            self.drop("relation")
        if person.id_number:
            self.fields["id_number"].help_text = _("Đang ghi {mask}. Để trống nếu giữ nguyên.").format(
                mask=mask(person.id_number)
            )
        else:
            self.drop("no_id_number")

    def now(self) -> dict[str, str]:
        assert self.member is not None
        person = self.member.person
        return {
            "name": person.name,
            "birth_date": f"{person.birth_date:%d/%m/%Y}" if person.birth_date else "",
            "birth_year": str(person.birth_year) if person.birth_year and not person.birth_date else "",
            "sex": person.sex,
            "ethnicity": person.ethnicity,
            "relation": self.member.relation,
        }

    def call(self) -> Act:
        assert self.member is not None
        person, told, typed = self.member.person, self.cleaned_data, self.facts
        kept = "" if told.get("no_id_number") else person.id_number
        facts = PersonFacts(
            name=typed.name, birth_year=typed.birth_year, birth_date=typed.birth_date, sex=typed.sex,
            ethnicity=typed.ethnicity if "ethnicity" in self.fields else person.ethnicity,
            id_number=typed.id_number or kept,
        )  # fmt: skip
        relation = told["relation"] if "relation" in self.fields else None
        return members.correct_member(
            **self.common, person=person, facts=facts, relation=relation, confirmed=self.confirmed
        )


class State(VerbForm):
    title = _("Ghi tình trạng thành viên")
    lead = _("Đúng từ ngày ghi dưới đây cho đến lần ghi sau. Điều chưa biết thì để “chưa rõ”.")
    kept = ("work", "in_school", "insured", "malnourished", "disability")
    work = forms.ChoiceField(label=_("Việc làm"), required=False, choices=fields.works)
    in_school = fields.YesNo(label=_("Đang đi học"))
    insured = fields.YesNo(label=_("Có bảo hiểm y tế"))
    malnourished = fields.YesNo(label=_("Suy dinh dưỡng"))
    disability = forms.CharField(label=_("Khuyết tật"), max_length=60, required=False)

    def prepare(self) -> None:
        if Right.SEE_HEALTH not in self.rights:
            self.drop("insured", "malnourished", "disability")

    def _row(self) -> PersonState:
        assert self.member is not None
        row = PersonState.objects.filter(person=self.member.person, valid_to__isnull=True).first()
        return row or PersonState()

    def now(self) -> dict[str, str]:
        row = self._row()
        flags = {name: fields.of_yes_no(getattr(row, name)) for name in ("in_school", "insured", "malnourished")}
        return {"work": row.work, "disability": row.disability, **flags}

    def call(self) -> Act:
        assert self.member is not None
        told, row = self.cleaned_data, self._row()
        flags: dict[str, Any] = {
            name: fields.yes_no(told[name]) if name in self.fields else getattr(row, name)
            for name in ("in_school", "insured", "malnourished")
        }
        disability = told["disability"] if "disability" in self.fields else row.disability
        return members.correct_member_state(
            **self.common, person=self.member.person, work=told["work"], disability=disability, **flags
        )


class _Goes(VerbForm):
    """A member who is there no more; the head names the next one."""

    new_head = forms.ChoiceField(label=_("Chủ hộ mới"))

    def prepare(self) -> None:
        assert self.member is not None
        rest = [one for one in self.members if one.pk != self.member.pk]
        if self.member.is_head and rest:
            field: Any = self.fields["new_head"]
            field.choices = [fields.NOBODY, *fields.persons(rest)]
        else:
            self.drop("new_head")


class Leaves(_Goes):
    title = _("Thành viên rời hộ")
    button = _("Ghi rời hộ")
    lead = _(
        "Người này đi ở nơi khác từ ngày ghi dưới đây. Sang hộ khác trong sổ thì hộ kia dùng “Nhận người từ hộ khác”."
    )

    def call(self) -> Act:
        assert self.member is not None
        return members.member_leaves(**self.common, person=self.member.person, new_head=self.person("new_head"))


class Dies(_Goes):
    title = _("Thành viên mất")
    button = _("Ghi báo mất")
    lead = _("Hộ không còn ai thì được đóng từ ngày này.")

    def prepare(self) -> None:
        super().prepare()
        self.fields["effective_on"].label = _("Mất ngày")

    def call(self) -> Act:
        assert self.member is not None
        return members.mark_deceased(**self.common, person=self.member.person, new_head=self.person("new_head"))
