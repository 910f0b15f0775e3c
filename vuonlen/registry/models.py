"""The register. What a law names is a typed column; what changes with time is a row `[valid_from, valid_to)`.

Two times are kept apart. When something was true stands in the periods. When and by whom it was written stands in
Act and Change, from which every verb can be reversed and the history of a household told in words.
"""

from __future__ import annotations

from django.db import models

from vuonlen.accounts.models import User
from vuonlen.domain.poverty import AreaType, Status
from vuonlen.foundation.ids import public_id
from vuonlen.foundation.paths import PathField
from vuonlen.foundation.periods import Period, forward
from vuonlen.foundation.secret import SealedField
from vuonlen.places.models import Place

_STATUS = [(one.value, one.value) for one in Status]


class Household(models.Model):
    """One household. What stands here is its newest state, for lists; the truth through time is in the periods."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    code = models.CharField(max_length=40)  # its number in the list of the commune that gave it
    registered_in = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")  # that commune, as it was then
    commune = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    area_path = PathField()  # of the village, or of the commune where the village is not known
    address = models.CharField(max_length=200, blank=True)
    head_name = models.CharField(max_length=120, blank=True)
    head_folded = models.CharField(max_length=120, blank=True)  # domain.names.fold
    head_order = PathField(max_length=255, blank=True)  # domain.names.order_key, compared by bytes
    ethnicity = models.CharField(max_length=2, blank=True)  # of the head, code 01-55
    size = models.PositiveIntegerField(null=True)  # persons; NULL: not known
    status = models.CharField(max_length=12, choices=_STATUS, blank=True)  # newest; blank: never classified
    deprived = models.CharField(max_length=100, blank=True)  # newest assessment: indicator codes with a space between
    groups = models.CharField(max_length=100, blank=True)  # target groups, codes with a space between
    closed_on = models.DateField(null=True)  # left, merged away or dissolved on this day
    closed_why = models.CharField(max_length=20, blank=True)  # moved_away, merged, dissolved, deceased, entered_twice
    revision = models.PositiveIntegerField(default=1)  # raised by every verb; a form carries the one it was opened with

    class Meta:
        db_table = "registry_household"
        constraints = [
            models.UniqueConstraint(fields=["registered_in", "code"], name="registry_household_code"),
            models.CheckConstraint(
                name="registry_household_status",
                condition=models.Q(status__in=["", *(one.value for one in Status)]),
            ),
        ]
        indexes = [
            models.Index(fields=["area_path", "head_order", "id"], name="registry_household_list"),
            models.Index(fields=["head_order", "area_path", "id"], name="registry_household_name"),
        ]

    def __str__(self) -> str:
        return f"{self.head_name} ({self.code})"


class Person(models.Model):
    """One person. Two persons with equal values stay two (twins)."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    name = models.CharField(max_length=120)
    name_folded = models.CharField(max_length=120)
    birth_year = models.PositiveSmallIntegerField(null=True)
    birth_date = models.DateField(null=True)  # when the day is known; its year then equals birth_year
    sex = models.CharField(max_length=6, blank=True, choices=[("male", "nam"), ("female", "nữ")])
    ethnicity = models.CharField(max_length=2, blank=True)
    id_number = SealedField(blank=True)
    id_hash = models.CharField(max_length=64, blank=True)  # foundation.secret.keyed_hash, purpose "id_number"
    died_on = models.DateField(null=True)

    class Meta:
        db_table = "registry_person"
        indexes = [models.Index(fields=["id_hash"], name="registry_person_id")]

    def __str__(self) -> str:
        return self.name


class Membership(Period):
    """A person belongs to a household for a time. A person is in one household at a time, a household has one head."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    relation = models.CharField(max_length=60, blank=True)  # to the head, as the form words it
    is_head = models.BooleanField(default=False)

    class Meta:
        db_table = "registry_membership"
        constraints = [forward("registry_membership_forward")]


class PersonState(Period):
    """What the review asks of each member, for the time that an answer holds. NULL and blank: not known."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="states")
    work = models.CharField(
        max_length=12,
        blank=True,
        choices=[("employed", "có việc làm"), ("not_employed", "không có việc làm"), ("in_school", "đang đi học")],
    )  # form 01
    in_school = models.BooleanField(null=True)
    insured = models.BooleanField(null=True)  # health insurance
    malnourished = models.BooleanField(null=True)
    disability = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "registry_person_state"
        constraints = [forward("registry_person_state_forward")]


class Residence(Period):
    """A household lives in a place for a time. The place is the village, or the commune where that is not known."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="residences")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    area_path = PathField(db_index=True)

    class Meta:
        db_table = "registry_residence"
        constraints = [forward("registry_residence_forward")]


class Decision(models.Model):
    """A paper that makes statuses true: the decision of the chair, or the list that was taken over with the import."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    number = models.CharField(max_length=60)
    signed_on = models.DateField()
    issuer = models.CharField(max_length=150)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    area_path = PathField()
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")

    class Meta:
        db_table = "registry_decision"
        constraints = [models.UniqueConstraint(fields=["place", "number", "signed_on"], name="registry_decision_once")]

    def __str__(self) -> str:
        return f"{self.number} ({self.signed_on:%d/%m/%Y})"


class StatusPeriod(Period):
    """The class of a household for a time, and the decision that made it."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="statuses")
    status = models.CharField(max_length=12, choices=_STATUS)
    standard = models.CharField(max_length=20)  # id of the sheet: vn-2022
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="statuses")

    class Meta:
        db_table = "registry_status"
        constraints = [
            forward("registry_status_forward"),
            models.CheckConstraint(
                name="registry_status_known", condition=models.Q(status__in=[one.value for one in Status])
            ),
        ]


class Assessment(models.Model):
    """What one review found of one household. Blank is not known, never zero and never "no"."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="assessments")
    reference_date = models.DateField()
    standard = models.CharField(max_length=20)
    area_type = models.CharField(max_length=10, blank=True, choices=[(one.value, one.value) for one in AreaType])
    members = models.PositiveSmallIntegerField(null=True)  # persons, as the review counted them
    income = models.BigIntegerField(null=True)  # đồng per head per month
    income_score = models.DecimalField(max_digits=8, decimal_places=2, null=True)  # điểm A
    deprivation_score = models.DecimalField(max_digits=8, decimal_places=2, null=True)  # điểm B
    deprived = models.CharField(max_length=100, blank=True)  # indicator codes answered "thiếu hụt"
    not_deprived = models.CharField(max_length=100, blank=True)  # answered "không"; a code in neither is unanswered
    groups = models.CharField(max_length=100, blank=True)
    causes = models.CharField(max_length=100, blank=True)
    recorded_status = models.CharField(max_length=12, choices=_STATUS, blank=True)  # as the list says
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="assessments")

    class Meta:
        db_table = "registry_assessment"
        constraints = [
            models.UniqueConstraint(fields=["household", "reference_date", "standard"], name="registry_assessment_once")
        ]


class Act(models.Model):
    """One verb done once. Grain of the history; `batch` ties the acts of one import."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    verb = models.CharField(max_length=40)
    at = models.DateTimeField()
    effective_on = models.DateField(null=True)  # the day from which it is true
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    # No constraint: undoing the act that added a household removes its row, and the act must outlive it.
    household = models.ForeignKey(
        Household, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="acts"
    )
    batch = models.CharField(max_length=20, blank=True)
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")

    class Meta:
        db_table = "registry_act"
        indexes = [
            models.Index(fields=["household", "-id"], name="registry_act_history"),
            models.Index(fields=["batch", "id"], name="registry_act_batch", condition=~models.Q(batch="")),
        ]


class Change(models.Model):
    """One row that an act wrote: its fields before and after. Sealed values stay sealed here."""

    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="changes")
    household = models.ForeignKey(
        Household, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="changes"
    )
    model = models.CharField(max_length=30)  # "person"
    row = models.BigIntegerField()
    kind = models.CharField(max_length=6, choices=[("add", "thêm"), ("set", "sửa"), ("remove", "bỏ")])
    before = models.JSONField(null=True)  # set: only the fields that changed; remove: the whole row
    after = models.JSONField(null=True)  # set: only the fields that changed; add: NULL, the row itself tells

    class Meta:
        db_table = "registry_change"
        indexes = [
            models.Index(fields=["model", "row", "id"], name="registry_change_row"),
            models.Index(fields=["household", "-id"], name="registry_change_history"),
        ]
