"""Places through time. Grain: one unit in one period of its existence; a key is code and first day."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from vuonlen.domain.poverty import AreaType
from vuonlen.foundation.ids import public_id
from vuonlen.foundation.paths import PathField
from vuonlen.foundation.periods import Period, forward


class Level(models.IntegerChoices):
    PROVINCE = 1, "tỉnh"
    DISTRICT = 2, "huyện"  # until 30/06/2025
    COMMUNE = 3, "xã"
    VILLAGE = 4, "thôn"


class Kind(models.TextChoices):
    """What the unit is called in law."""

    PROVINCE = "tinh", _("tỉnh")
    CITY = "thanh_pho", _("thành phố")  # of the centre, or of a province until 2025
    DISTRICT = "huyen", _("huyện")
    URBAN_DISTRICT = "quan", _("quận")
    TOWN = "thi_xa", _("thị xã")
    RURAL_COMMUNE = "xa", _("xã")
    WARD = "phuong", _("phường")
    TOWNSHIP = "thi_tran", _("thị trấn")
    SPECIAL_ZONE = "dac_khu", _("đặc khu")
    VILLAGE = "thon", _("thôn")
    RESIDENTIAL_GROUP = "to", _("tổ dân phố")


class Place(Period):
    """A unit in one period. Its parent is fixed for the whole period: another parent begins another row."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    code = models.CharField(max_length=12)  # of the statistics office; villages: commune code-number
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=120)  # "Phường Bắc Kạn"
    name_folded = models.CharField(max_length=120)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    path = PathField(unique=True)
    area_type = models.CharField(
        max_length=10, blank=True, choices=[(one.value, one.value) for one in AreaType]
    )  # rural or urban; blank above communes, and where nobody has said
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    source = models.CharField(max_length=200, blank=True)  # where the row comes from
    since_known = models.BooleanField(default=True)  # False: valid_from only says since when the register knows it

    class Meta:
        db_table = "places_place"
        constraints = [
            models.UniqueConstraint(fields=["level", "code", "valid_from"], name="places_place_key"),
            forward("places_place_forward"),
        ]
        indexes = [
            models.Index(fields=["level", "name_folded"], name="places_place_name"),
            models.Index(fields=["parent", "name_folded"], name="places_place_child"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """ "01840@2025-07-01": what the journal and files call this place."""
        return f"{self.code}@{self.valid_from:%Y-%m-%d}"


class Share(models.TextChoices):
    """What of a unit goes on as another, in the words of the official table."""

    ALL = "all", _("toàn bộ")
    PEOPLE = "people", _("một phần diện tích, toàn bộ dân số")
    PART = "part", _("một phần")
    LAND = "land", _("một phần diện tích, không có dân")  # said only where another unit takes all the people


class Succession(models.Model):
    """A unit, or a part of it, goes on as another from a date."""

    predecessor = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="origins")
    whole = models.BooleanField()  # every household goes there; False: a part, no code can tell which households
    share = models.CharField(max_length=10, choices=Share.choices, blank=True)  # blank: the source says no more
    on = models.DateField()
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "places_succession"
        constraints = [models.UniqueConstraint(fields=["predecessor", "successor"], name="places_succession_once")]


class Boundary(models.Model):
    """The outline of a place, as imported."""

    place = models.OneToOneField(Place, on_delete=models.CASCADE, related_name="boundary")
    geometry = models.JSONField()  # GeoJSON Polygon or MultiPolygon, WGS 84
    drawn = models.JSONField(null=True)  # a simpler copy for maps, where the outline has very many points
    source = models.CharField(max_length=200)

    class Meta:
        db_table = "places_boundary"
