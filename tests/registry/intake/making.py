"""Lists as an officer would type them, and the way of one through the import, through the actions and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tests.bad_files.making import workbook
from tests.web.cast import Cast
from vuonlen.accounts.models import User
from vuonlen.approval.actions import approve
from vuonlen.places.models import Place
from vuonlen.registry.intake import actions
from vuonlen.registry.intake.models import Batch
from vuonlen.registry.intake.staging.work import stage
from vuonlen.registry.models import Act, Change, Household
from vuonlen.registry.rows import TABLES, told

HOMES = (
    "Mã hộ", "Mã xã", "Tên xã", "Thôn", "Họ tên chủ hộ", "Số CCCD chủ hộ", "Số nhân khẩu",
    "Thu nhập bình quân đầu người", "I01", "I04", "Dân tộc", "Phân loại hộ",
)  # fmt: skip
PERSONS = (
    "Mã hộ", "Họ và tên", "Quan hệ với chủ hộ", "Ngày sinh", "Giới tính", "Số CCCD", "Dân tộc", "Có BHYT",
    "Đang đi học", "Suy dinh dưỡng",
)  # fmt: skip
FIRST, SECOND = date(2022, 12, 31), date(2023, 12, 31)


def person(code: str, name: str, relation: str = "Con", **more: Any) -> list[Any]:
    """One row of the sheet of members. more: by heading without tones, as in `born`, `sex`, `number`, `insured`."""
    told = {
        "born": None,
        "sex": None,
        "number": None,
        "ethnicity": "Tày",
        "insured": None,
        "school": None,
        "thin": None,
    }
    told |= more
    return [code, name, relation, *(told[name] for name in told)]


def home(code: str, head: str, **more: Any) -> list[Any]:
    """One row of the sheet of households, of Xã Nông Thượng."""
    told = {
        "commune": "01852", "place": "Xã Nông Thượng", "village": "Nà Kham", "number": None, "size": None,
        "income": 1_200_000, "i01": None, "i04": "x", "ethnicity": "Tày", "status": "Hộ nghèo",
    }  # fmt: skip
    told |= more
    return [code, told["commune"], told["place"], told["village"], head, *(told[one] for one in list(told)[3:])]


def book(path: Path, homes: Sequence[Sequence[Any]], persons: Sequence[Sequence[Any]] = ()) -> Path:
    sheets: dict[str, list[Any]] = {"Hộ": [HOMES, *homes]}
    if persons:
        sheets["Thành viên"] = [PERSONS, *persons]
    return workbook(path, sheets)


def terms(on: date = FIRST, **more: Any) -> actions.Terms:
    told: dict[str, Any] = {"number": f"{on:%y}/QĐ-UBND", "signed_on": on, "issuer": "UBND phường Bắc Kạn"}
    return actions.Terms(reference_date=on, **(told | more))


def silent(_done: int, _total: int, _message: str) -> None:
    """Nobody watches."""


def bring(path: Path, by: User, place: Place, on: date = FIRST, **more: Any) -> Batch:
    """Uploaded and read."""
    file = actions.Upload(path.name, [path.read_bytes()])
    batch = actions.upload(by=by, place=place, terms=terms(on, **more), file=file, in_background=False)
    stage(batch, silent)
    return again(batch)


def again(batch: Batch) -> Batch:
    return Batch.objects.select_related("place", "proposal", "undo_proposal").get(pk=batch.pk)


def write(batch: Batch, cast: Cast) -> Batch:
    """Proposed by the officer, approved by the chair, and so written."""
    proposal = actions.propose(batch=batch, by=cast.officer, reason="đã đối chiếu")
    approve(proposal=proposal, by=cast.chair)
    return again(batch)


def rows(batch: Batch, kind: str) -> list[str]:
    return list(batch.rows.filter(kind=kind).order_by("ordinal").values_list("code", flat=True))


def dump() -> dict[str, list[Any]]:
    """The register as values that do not depend on keys: the same data give the same dump, in whatever order made."""
    names = _names()
    found: dict[str, list[Any]] = {}
    for table, model in TABLES.items():
        lines = []
        for row in model._default_manager.all():
            values = told(row)
            for secret in ("public_id", "revision", "id_number"):
                values.pop(secret, None)
            for field in model._meta.concrete_fields:
                if field.attname in values and field.is_relation and values[field.attname] is not None:
                    target = field.related_model._meta.model_name
                    values[field.attname] = names[target, int(values[field.attname])]
            lines.append(tuple(sorted((key, str(value)) for key, value in values.items())))
        found[table] = sorted(lines)
    return found


def _names() -> dict[tuple[str, int], str]:
    """A name for every row that others point at."""
    names: dict[tuple[str, int], str] = {("place", one.pk): one.key for one in Place.objects.all()}
    for name in ("household", "person", "decision"):
        for row in TABLES[name]._default_manager.all():
            said = {
                "household": lambda one: f"{one.registered_in_id}/{one.code}",
                "person": lambda one: f"{one.name}|{one.birth_date}|{one.birth_year}|{one.sex}|{one.id_hash}",
                "decision": lambda one: one.number,
            }[name](row)
            names[name, row.pk] = said
    return names


def history() -> tuple[int, int, list[tuple[str, int]]]:
    """How many acts and changes, and the revisions of all households."""
    homes = list(Household.objects.order_by("registered_in", "code").values_list("code", "revision"))
    return Act.objects.count(), Change.objects.count(), homes
