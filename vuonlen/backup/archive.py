"""The members of a backup in one sealed file: the database, the uploaded files, and at the end the manifest."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import tarfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO

from vuonlen.backup.manifest import FORMAT, Manifest
from vuonlen.backup.sealing import SealedReader, SealedWriter, Secret, settle
from vuonlen.domain.problems import Problem, Refused

DATABASE, FILES, MANIFEST = "database", "files/", "manifest.json"
_PIECE = 2**20
Advance = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Opened:
    """A backup whose every byte was authenticated and compared, laid out in a folder."""

    manifest: Manifest
    database: Path
    files: Path


def write(path: Path, secret: Secret, manifest: Manifest, database: Path, files: Path, advance: Advance) -> Manifest:
    """Returns the manifest with its members. What stands at `path` before the end is no whole backup."""
    chosen = [(DATABASE, database, database.stat().st_size), *_uploaded(files)]
    total = sum(size for _, _, size in chosen)
    told, done = {}, 0
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
        with (
            SealedWriter(raw, secret) as sealed,
            gzip.GzipFile(fileobj=sealed, mode="wb", compresslevel=1, mtime=0) as packed,
            tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
        ):
            for name, one, size in chosen:  # a file that grows meanwhile is taken as it was
                try:
                    file = one.open("rb")
                except FileNotFoundError:  # an export that was cleared away meanwhile
                    continue
                with file:
                    counted = _Hashing(file, partial(_tell, advance, done, total))
                    _add(tar, name, size, counted)
                told[name] = [size, counted.hexdigest()]
                done += size
            manifest = replace(manifest, members=told)
            text = manifest.to_json()
            _add(tar, MANIFEST, len(text), io.BytesIO(text))
        raw.flush()
    settle(path)
    return manifest


def read(path: Path, secret: Secret, into: Path, advance: Advance) -> Opened:
    """Lay the members out in `into`. Raises Refused for whatever is not exactly what was written."""
    total = path.stat().st_size
    found: dict[str, list[object]] = {}
    text = b""
    with path.open("rb") as raw:
        sealed = SealedReader(raw, secret, path)
        try:
            with gzip.GzipFile(fileobj=sealed, mode="rb") as packed, tarfile.open(fileobj=packed, mode="r|") as tar:
                for member in tar:
                    source = tar.extractfile(member) if member.isreg() else None
                    if source is None:
                        raise sealed.damaged(member.name)
                    if member.name == MANIFEST:
                        text = source.read()
                    else:
                        found[member.name] = _lay_out(source, into / _safe(member.name, sealed))
                    advance(raw.tell(), total)
                while packed.read(_PIECE):  # to the last chunk, whose mark shows that nothing is cut off
                    pass
            manifest = _known(text, sealed)
        except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as why:
            raise sealed.damaged(type(why).__name__) from why
    wrong = [name for name in found | manifest.members if found.get(name) != manifest.members.get(name)]
    if wrong or DATABASE not in found:
        raise sealed.damaged((wrong or [DATABASE])[0])
    return Opened(manifest, into / DATABASE, into / FILES)


def _known(text: bytes, sealed: SealedReader) -> Manifest:
    try:
        return Manifest.from_json(text)
    except (ValueError, KeyError, TypeError) as why:
        if b'"format": ' in text and f'"format": {FORMAT}'.encode() not in text:
            raise Refused(Problem("B-NEWER", values={"version": "manifest", "ours": f"format {FORMAT}"})) from why
        raise sealed.damaged(MANIFEST) from why


def _safe(name: str, sealed: SealedReader) -> PurePosixPath:
    """Only what we write: the database, and files below their folder."""
    path = PurePosixPath(name)
    if name != DATABASE and (not name.startswith(FILES) or ".." in path.parts or path.is_absolute()):
        raise sealed.damaged(name)
    return path


def _uploaded(folder: Path) -> Iterator[tuple[str, Path, int]]:
    """Regular files: name in the backup, path, size. A part of an upload (".part") is no file yet."""
    for one in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if one.is_file() and not one.is_symlink() and one.suffix != ".part":
            yield FILES + one.relative_to(folder).as_posix(), one, one.stat().st_size


def _tell(advance: Advance, before: int, total: int, done: int) -> None:
    advance(before + done, total)


def _add(tar: tarfile.TarFile, name: str, size: int, source: Any) -> None:
    told = tarfile.TarInfo(name)
    told.size, told.mode = size, 0o600
    tar.addfile(told, source)


def _lay_out(source: IO[bytes], target: Path) -> list[object]:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while piece := source.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            file.write(piece)
    return [size, digest.hexdigest()]


class _Hashing(io.RawIOBase):
    """A file that is hashed as it is read."""

    def __init__(self, file: BinaryIO, advance: Callable[[int], None]) -> None:
        super().__init__()
        self._file, self._digest, self._count, self._advance = file, hashlib.sha256(), 0, advance

    def read(self, size: int = -1, /) -> bytes:
        piece = self._file.read(size)
        self._digest.update(piece)
        self._count += len(piece)
        self._advance(self._count)
        return piece

    def hexdigest(self) -> str:
        return self._digest.hexdigest()
