"""Typed Parquet from Python columns, and rows back from it. Grows chunk by chunk, so that no row of objects is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from vuonlen.domain.columns import NUMBER, TEXT, WHOLE, YES_NO

_TYPES: dict[str, pl.DataType] = {
    TEXT: pl.String(),
    WHOLE: pl.Int64(),
    NUMBER: pl.Float64(),
    YES_NO: pl.Boolean(),
}


class ColumnStore:
    """Columns of one table in their final types. kinds: column -> a type of `domain.columns`."""

    def __init__(self, kinds: Mapping[str, str]) -> None:
        self._schema = {name: _TYPES[kind] for name, kind in kinds.items()}
        self._chunks: list[pl.DataFrame] = []
        self.height = 0

    def append(self, columns: Mapping[str, Sequence[object]]) -> None:
        """Rows as columns of equal length, every column of the table among them. Raises TypeError for a wrong type."""
        chunk = pl.DataFrame(
            [pl.Series(name, columns[name], dtype=dtype, strict=True) for name, dtype in self._schema.items()]
        )
        self._chunks.append(chunk)
        self.height += chunk.height

    def write(self, path: Path, keep: Sequence[bool] | None = None) -> int:
        """The rows for which `keep` is true (None: all) as Parquet at `path`, complete or not at all. Returns rows."""
        at = 0
        for n, chunk in enumerate(self._chunks):  # one by one, so that the table is never held twice
            mask = keep[at : at + chunk.height] if keep is not None else ()
            at += chunk.height
            if not all(mask):
                self._chunks[n] = chunk.filter(pl.Series(mask, dtype=pl.Boolean()))
        frame = pl.concat(self._chunks) if self._chunks else pl.DataFrame(schema=self._schema)
        part = path.with_name(path.name + ".part")
        frame.write_parquet(part, row_group_size=250_000)
        part.replace(path)
        return frame.height


def read_rows(path: Path, columns: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """Rows of a Parquet file as dicts, all columns or those named."""
    return pl.read_parquet(path, columns=list(columns) if columns else None).to_dicts()


def count_rows(path: Path) -> int:
    """Rows of a Parquet file, from its footer. Raises OSError when it is not a whole Parquet file."""
    try:
        return int(pl.scan_parquet(path).select(pl.len()).collect().item())
    except pl.exceptions.PolarsError as error:
        raise OSError(str(error)) from error
