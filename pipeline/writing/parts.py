"""Finished parts of a build in a folder, so that a build that was interrupted goes on where it stopped.

A part is what came of one batch: its tables, one after another as Arrow streams (zstd), behind one line of JSON with
its counts. It is written under another name and renamed, so that a part that is there is whole. Parts lie under a key
made of everything that shapes them (inputs, code, tables, options): a change of any of these begins anew. The folder
may be an fsspec URL that all workers reach.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.machinery import storage

Tables = dict[str, pa.Table]
Counts = Counter[tuple[str, str]]


class Numbered(list[Any]):
    """A batch that knows its place in the build; a slice of it is a plain list, which is no part."""

    number: int

    def __init__(self, items: Iterable[Any], number: int) -> None:
        super().__init__(items)
        self.number = number

    def __reduce__(self) -> tuple[type[Numbered], tuple[list[Any], int]]:
        return Numbered, (list(self), self.number)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one build. Worker processes read and write them side by side, each its own."""

    folder: storage.Place

    @classmethod
    def of(cls, top: storage.Place, shaping: Mapping[str, Any]) -> Parts:
        """The parts of the build that these values shape, in a folder of their own under top, which is made.

        Raises OSError when it cannot be made.
        """
        key = hashlib.sha256(json.dumps(shaping, sort_keys=True, default=str).encode()).hexdigest()[:16]
        folder = storage.inside(top, key)
        if not storage.is_url(folder):
            Path(folder).mkdir(parents=True, exist_ok=True)
        return cls(folder)

    def read(self, number: int) -> tuple[Tables, Counts] | None:
        """Tables and counts of a finished part; None when it is not there or was damaged."""
        try:
            source = io.BytesIO(storage.read_bytes(self._place(number)))
            head = json.loads(source.readline())
            tables = {name: pa.ipc.open_stream(source).read_all() for name in head["tables"]}
            return tables, Counter({(stage, reason): n for stage, reason, n in head["counts"]})
        except (OSError, ValueError, KeyError, TypeError, EOFError):  # Arrow's and the storage's errors are ValueErrors
            return None

    def write(self, number: int, tables: Tables, counts: Counts) -> None:
        """Keep a finished part. Raises OSError (a full disk), StorageError."""
        head = {"tables": list(tables), "counts": [[*key, n] for key, n in counts.items()]}
        out = io.BytesIO()
        out.write(json.dumps(head, ensure_ascii=False).encode() + b"\n")
        for table in tables.values():
            with pa.ipc.new_stream(out, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as stream:
                stream.write_table(table)
        place = self._place(number)
        if storage.is_url(place):
            storage.write_bytes(place, out.getvalue())
            return
        beside = Path(place).with_suffix(f".{os.getpid()}")
        try:
            beside.write_bytes(out.getvalue())
            beside.replace(place)
        finally:
            beside.unlink(missing_ok=True)

    def remove(self) -> None:
        """Forget all parts of this build, which was published."""
        if storage.is_url(self.folder):
            storage.remove(self.folder)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _place(self, number: int) -> storage.Place:
        return storage.inside(self.folder, f"{number:08}.part")
