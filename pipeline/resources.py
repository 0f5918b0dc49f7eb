"""Where the tables travel: beside the code in a checkout, inside the package in a wheel."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


class TableError(ValueError):
    """A table of the repository that cannot be used; the message names file, line and remedy."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a CSV table with the place where it stands, so that errors can name it."""

    path: Path
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def listed(self, column: str) -> tuple[str, ...]:
        """The cell split at "|", blanks removed."""
        return tuple(part for part in (piece.strip() for piece in self.cells[column].split("|")) if part)

    def error(self, why: str) -> TableError:
        return TableError(f"{self.path}:{self.line}: {why}")


def folder(name: str) -> Path:
    """The folder "schemas" or "gazetteer", wherever this installation keeps it."""
    packed = PACKAGE / "_data" / name
    return packed if packed.is_dir() else PACKAGE.parent / name


def language_folder(code: str) -> Path:
    return PACKAGE / "languages" / code


def read_rows(path: Path) -> tuple[Row, ...]:
    """All rows of one CSV table (UTF-8, header in the first line).

    Raises TableError when the file is missing or a row has too many or too few cells.
    """
    if not path.is_file():
        raise TableError(f"{path}: no such table; reinstall marsad or restore the file")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        rows = []
        for cells in reader:
            if None in cells or None in cells.values():
                raise TableError(f"{path}:{reader.line_num}: wrong number of cells; the header has {reader.fieldnames}")
            rows.append(Row(path, reader.line_num, {key: value.strip() for key, value in cells.items()}))
    return tuple(rows)


def content_hash(paths: Iterable[Path]) -> str:
    """One hash over the names and bytes of the files, independent of their order."""
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda p: p.as_posix()):
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
