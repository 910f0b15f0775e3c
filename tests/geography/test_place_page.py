"""One place: its period, what it came from and became, and its map."""

from __future__ import annotations

import pytest

from tests.web.cast import Cast, Places
from vuonlen.places.models import Boundary, Place

pytestmark = pytest.mark.django_db


def page(cast: Cast, place: Place, who: str = "officer") -> str:
    response = cast.client(who).get(f"/dia-ban/{place.public_id}/")
    assert response.status_code == 200
    return response.content.decode()


def test_the_ward_tells_what_it_came_from_and_whose_area_type_changed(cast: Cast, places: Places) -> None:
    told = page(cast, places.bac_kan)
    for name in ("Xã Nông Thượng", "Phường Sông Cầu", "Phường Xuất Hóa", "Phường Phùng Chí Kiên"):
        assert name in told
    assert told.count("khác khu vực thành thị, nông thôn") == 1
    assert "Vẫn là đơn vị này." in told
    assert "thành thị" in told


def test_an_ended_commune_tells_what_it_became(cast: Cast, places: Places) -> None:
    told = page(cast, places.nong_thuong)
    assert "Đơn vị này không còn từ ngày 01/07/2025." in told
    assert "30/06/2025" in told
    assert "Phường Bắc Kạn" in told
    assert "nông thôn" in told
    assert "Thôn Nà Kham" in told  # its villages as they were on its last day


def test_a_first_day_that_is_only_a_convention_is_called_so(cast: Cast, places: Places) -> None:
    assert "không rõ ngày thành lập" not in page(cast, places.nong_thuong)
    Place.objects.filter(pk=places.nong_thuong.pk).update(since_known=False)
    assert "không rõ ngày thành lập" in page(cast, places.nong_thuong)


def test_only_who_manages_places_sees_the_buttons(cast: Cast, places: Places) -> None:
    for who, shown in (("province_officer", True), ("officer", False), ("far_officer", False), ("bank", False)):
        assert ("them-thon" in page(cast, places.bac_kan, who)) is shown
        assert ("phan-thon" in page(cast, places.nong_thuong, who)) is shown


def test_the_map_draws_outlines_and_centres(cast: Cast, places: Places) -> None:
    Place.objects.filter(pk=places.duc_xuan.pk).update(latitude=22.15, longitude=105.83)
    ring = [[105.8, 22.1], [105.9, 22.1], [105.9, 22.2], [105.8, 22.1]]
    outline = {"type": "Polygon", "coordinates": [ring]}
    Boundary.objects.create(place=places.bac_kan, geometry=outline, drawn=None, source="thử")
    response = cast.client("nobody").get(f"/dia-ban/{places.province.public_id}/ban-do.geojson")
    assert response["Content-Type"] == "application/geo+json"
    told = {one["properties"]["code"]: one["geometry"] for one in response.json()["features"]}
    assert told == {"01843": outline, "01840": {"type": "Point", "coordinates": [105.83, 22.15]}}


def test_a_simpler_copy_is_drawn_where_there_is_one(cast: Cast, places: Places) -> None:
    simple = {"type": "Polygon", "coordinates": [[[105.8, 22.1], [105.9, 22.1], [105.9, 22.2], [105.8, 22.1]]]}
    Boundary.objects.create(place=places.bac_kan, geometry={"coordinates": []}, drawn=simple, source="thử")
    told = cast.client("nobody").get(f"/dia-ban/{places.bac_kan.public_id}/ban-do.geojson").json()
    assert [one["geometry"] for one in told["features"]] == [simple]
    assert told["features"][0]["properties"]["own"] is True


def test_names_are_text(cast: Cast, places: Places) -> None:
    Place.objects.filter(pk=places.bac_kan.pk).update(name="Phường <script>alert(1)</script>")
    assert "<script>alert" not in page(cast, places.bac_kan)
    assert "<script>alert" not in page(cast, places.province)
