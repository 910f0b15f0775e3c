"""Outlines of places from a GeoJSON file: read under limits, checked, and made simpler for maps."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from vuonlen.domain.problems import Problem, Refused
from vuonlen.places.kinds import clean

MOST_BYTES = 40 * 2**20  # opens to some ten times as much; larger layers come province by province
MOST_POINTS = 200_000  # of one outline
DRAWN_POINTS = 2_000  # an outline with more gets a simpler copy for maps
MOST_CHANGED = 0.01  # of the area, when a faulty outline is mended
_BOX = shapely.box(102.0, 6.0, 118.0, 24.0)  # Việt Nam with its islands
_FIRST_TOLERANCE = 0.0001  # degrees, about 11 m
_FARTHEST = 1e9  # metres of any projection; neither infinite nor an integer that no float holds
_DEPTH = {"Polygon": 3, "MultiPolygon": 4}
_WGS84 = ("CRS84", "EPSG::4326", "EPSG:4326")


@dataclass(frozen=True, slots=True)
class Outline:
    """One outline that can be used. drawn: None where the whole one is simple enough."""

    feature: int  # from 1
    code: str
    geometry: dict[str, Any]
    drawn: dict[str, Any] | None
    latitude: float
    longitude: float


@dataclass
class Outlines:
    outlines: list[Outline] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    features: int = 0


def read_outlines(path: Path, key: str, digits: int = 0) -> Outlines:
    """key: the property that holds the code; digits: length of a code that was kept as a number.

    Raises Refused for a file that is no GeoJSON in WGS 84.
    """
    features = _features(path)
    found = Outlines(features=len(features))
    codes = [_code(one, key, digits) for one in features]
    often = Counter(code for code in codes if code)
    for number, (feature, code) in enumerate(zip(features, codes, strict=True), 1):
        if not code:
            known = ", ".join(str(one) for one in _properties(feature))[:200] or "–"
            found.refused.append(_problem("PL-KEY", number, key=key, known=known))
        elif often[code] > 1:
            found.refused.append(_problem("PL-OUTLINE-TWICE", number, code=code))
        else:
            outline = _outline(found, number, code, feature.get("geometry"))
            if outline is not None:
                found.outlines.append(outline)
    return found


def _problem(problem: str, feature: int, /, **values: object) -> Problem:
    return Problem(problem, cell=f"features[{feature}]", values=values)


# ---- the file -----------------------------------------------------------------------------------------------------


def _features(path: Path) -> list[dict[str, Any]]:
    size = path.stat().st_size
    if size == 0:
        raise Refused(Problem("F-EMPTY", values={"name": path.name}))
    if size > MOST_BYTES:
        raise Refused(Problem("F-SIZE", values={"mb": -(-size // 2**20), "most": MOST_BYTES // 2**20}))
    try:
        told = json.loads(path.read_text("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as why:  # ValueError: JSON, encoding, NaN
        raise _not_geojson(path, str(why)[:120] or type(why).__name__) from why
    if not isinstance(told, dict) or told.get("type") != "FeatureCollection":
        raise _not_geojson(path, "FeatureCollection?")
    _check_crs(told.get("crs"))
    features = told.get("features")
    if not isinstance(features, list) or not features:
        raise _not_geojson(path, "features?")
    if not all(isinstance(one, dict) and one.get("type") == "Feature" for one in features):
        raise _not_geojson(path, "Feature?")
    return features


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _not_geojson(path: Path, detail: str) -> Refused:
    return Refused(Problem("PL-JSON", values={"name": path.name, "detail": detail}))


def _check_crs(crs: Any) -> None:
    """Old files name their system. Whatever is not WGS 84 would be drawn in the sea."""
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name", "?")) if isinstance(properties, dict) else "?"
    if not name.endswith(_WGS84):
        raise Refused(Problem("PL-CRS", values={"crs": name[:80]}))


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    told = feature.get("properties")
    return told if isinstance(told, dict) else {}


def _code(feature: dict[str, Any], key: str, digits: int) -> str:
    value = _properties(feature).get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).zfill(digits) if isinstance(value, int) else clean(str(value))


# ---- one outline --------------------------------------------------------------------------------------------------


def _outline(found: Outlines, number: int, code: str, geometry: Any) -> Outline | None:
    """The outline; None when it was refused."""
    detail = _malformed(geometry)
    if detail:
        found.refused.append(_problem("PL-GEOMETRY", number, code=code, detail=detail))
        return None
    form = shapely.force_2d(shape(geometry))
    points = int(shapely.get_num_coordinates(form))
    if points > MOST_POINTS:
        found.refused.append(_problem("PL-POINTS", number, code=code, points=points, most=MOST_POINTS))
        return None
    if not _BOX.covers(shapely.box(*form.bounds)):
        found.refused.append(_elsewhere(number, code, form))
        return None
    if not form.is_valid:
        mended = _mended(found, number, code, form)
        if mended is None:
            return None
        form = mended
    inside = form.representative_point()
    simple = _simpler(form)
    return Outline(
        number,
        code,
        _plain(form),
        _plain(simple) if simple is not None else None,
        round(inside.y, 5),
        round(inside.x, 5),
    )


def _malformed(geometry: Any) -> str:
    """What is wrong with the form of a geometry; blank when nothing is. Nothing is handed to shapely before."""
    if not isinstance(geometry, dict) or geometry.get("type") not in _DEPTH:
        return f"{geometry.get('type') if isinstance(geometry, dict) else geometry!r}"[:60]
    rings: list[Any] = [geometry.get("coordinates")]
    for _ in range(_DEPTH[geometry["type"]] - 2):
        if not all(isinstance(one, list) and one for one in rings):
            return "coordinates"
        rings = [inner for one in rings for inner in one]
    for ring in rings:
        if not isinstance(ring, list) or len(ring) < 4 or ring[0] != ring[-1]:
            return "một vòng chưa khép kín hoặc có ít hơn 4 điểm"
        if not all(_is_point(one) for one in ring):
            return "một điểm không phải [kinh độ, vĩ độ]"
    return ""


def _is_point(point: Any) -> bool:
    if not isinstance(point, list) or len(point) not in (2, 3):
        return False
    return all(isinstance(one, int | float) and not isinstance(one, bool) and abs(one) < _FARTHEST for one in point)


def _elsewhere(number: int, code: str, form: BaseGeometry) -> Problem:
    west, south, east, north = form.bounds
    if _BOX.covers(shapely.box(south, west, north, east)):
        return _problem("PL-SWAPPED", number, code=code)
    bounds = f"{west:.2f}, {south:.2f} – {east:.2f}, {north:.2f}"
    return _problem("PL-OUTSIDE", number, code=code, bounds=bounds)


def _mended(found: Outlines, number: int, code: str, form: BaseGeometry) -> BaseGeometry | None:
    """A valid outline of nearly the same area, and a notice. None where mending would change it."""
    why = explain_validity(form)[:80]
    whole = shapely.make_valid(form, method="structure")
    parts = [one for one in _polygons(whole) if one.area > 0]
    mended = shapely.union_all(parts) if parts else None
    if mended is not None:
        changed = abs(mended.area - form.area) / max(mended.area, form.area, 1e-12)
        if changed <= MOST_CHANGED:
            percent = f"{100 * changed:.2f}".replace(".", ",")
            found.warnings.append(_problem("PL-REPAIRED", number, code=code, detail=why, percent=percent))
            return mended
    found.refused.append(_problem("PL-GEOMETRY", number, code=code, detail=why))
    return None


def _polygons(form: BaseGeometry) -> Iterator[BaseGeometry]:
    for one in shapely.get_parts(form):
        if one.geom_type == "Polygon":
            yield one
        elif one.geom_type in ("MultiPolygon", "GeometryCollection"):
            yield from _polygons(one)


def _simpler(form: BaseGeometry) -> BaseGeometry | None:
    """At most about DRAWN_POINTS points, by a tolerance that doubles until they are few enough."""
    if shapely.get_num_coordinates(form) <= DRAWN_POINTS:
        return None
    tolerance, simple = _FIRST_TOLERANCE, form
    while shapely.get_num_coordinates(simple) > DRAWN_POINTS and tolerance < 0.05:
        simple = form.simplify(tolerance, preserve_topology=True)
        tolerance *= 2
    return simple


def _plain(form: BaseGeometry) -> dict[str, Any]:
    """GeoJSON as JSON keeps it: lists, no tuples."""
    told: dict[str, Any] = json.loads(shapely.to_geojson(form))
    return told
