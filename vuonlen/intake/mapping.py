"""A mapping file remembers how a user's own headings are to be read, so that nobody has to rename columns each year.

sheet: Danh sách hộ            # optional: the sheet, or a list of sheets, to read
heading_row: 4                 # optional: the (first) row of headings, as numbered in Excel
columns:
  Thu nhập BQ: income          # heading as it stands -> our column, or `carry` to only carry it along
blank_means:
  I04: "no"                    # a blank here means "not deprived"
"""

from __future__ import annotations

import re
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from vuonlen.domain.problems import Problem, Refused
from vuonlen.intake.heading_mapping import CARRY, HeadingMapping
from vuonlen.intake.results import ListRead

__all__ = ["HeadingMapping", "load_mapping", "save_suggestion"]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sheet: str | list[str] | None = None
    heading_row: int | None = Field(default=None, ge=1, le=1000)
    columns: dict[str, str] = {}
    blank_means: dict[str, str] = {}

    @field_validator("blank_means")
    @classmethod
    def _only_no(cls, value: dict[str, str]) -> dict[str, str]:
        if wrong := [word for word in value.values() if word != "no"]:
            raise ValueError(f'blank_means: "no", not {wrong[0]!r}')
        return value


def load_mapping(path: Path) -> HeadingMapping:
    """Raises Refused when the file is not a mapping file."""
    try:
        told = _File.model_validate(yaml.safe_load(path.read_text("utf-8")) or {})
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Refused(Problem("F-MAPPING", cell=_line(error), values={"detail": _first_line(error)})) from error
    except ValidationError as error:
        first = error.errors()[0]
        detail = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        raise Refused(Problem("F-MAPPING", values={"detail": detail})) from error
    named = told.sheet if isinstance(told.sheet, list) else [told.sheet] if told.sheet else []
    return HeadingMapping(dict(told.columns), frozenset(told.blank_means), tuple(named), told.heading_row)


def _line(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"{mark.line + 1}" if mark else ""


def _first_line(error: Exception) -> str:
    return re.sub(r"\s+", " ", str(error))[:200]


def save_suggestion(read: ListRead, path: Path) -> None:
    """What was understood of `read` as a mapping file that a person can correct and use next time."""
    sheets = list(dict.fromkeys(one.sheet for one in read.columns))
    told = {
        "sheet": sheets[0] if len(sheets) == 1 else sheets,
        "columns": {one.heading: CARRY if one.column.startswith("x_") else one.column for one in read.columns},
    }
    head = "# heading: column. Tên cột trong tệp: cột của chương trình; carry: chỉ giữ lại, không dùng để xét.\n"
    path.write_text(head + yaml.safe_dump(told, allow_unicode=True, sort_keys=False), "utf-8")
