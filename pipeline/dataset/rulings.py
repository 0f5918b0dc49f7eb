"""What people ruled: decisions/merges.csv and decisions/corrections.csv, read, checked, added to."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date
from pathlib import Path

from pipeline.contracts.schema import load_contract
from pipeline.dataset.config import DatasetError
from pipeline.dataset.snapshots import replace_text

MERGES = "merges.csv"
CORRECTIONS = "corrections.csv"
DROP, ADD = "drop", "add"
# What follows from other columns or is given by the dataset itself cannot be set by hand.
FIXED = frozenset((
    "event_id", "event_id_cnty", "year", "disorder_type", "event_type", "interaction", "iso", "region", "notes",
    "timestamp", "family", "acled_scope", "article_ids", "report_ids", "source_scale", "confidence", "date_rule",
    "place_rule", "fatalities_rule",
))  # fmt: skip
ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Ruling:
    """One row of merges.csv: two events (or reports) are the same event or different ones."""

    ruling: str
    event_a: str
    event_b: str
    who: str
    why: str
    date: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Correction:
    """One row of corrections.csv: a field's value, or field "drop" or "add" with an empty value."""

    event_id: str
    field: str
    value: str
    who: str
    why: str
    date: str
    line: int = 0


def read_rulings(folder: Path) -> tuple[Ruling, ...]:
    """The rows of merges.csv, none when there is no such file. Raises DatasetError naming file and line."""
    path = folder / MERGES
    rows = [Ruling(**cells, line=line) for line, cells in _rows(path, Ruling)]
    for row in rows:
        where = f"{path}:{row.line}"
        if row.ruling not in ("same", "different"):
            raise DatasetError(f"{where}: ruling {row.ruling!r}; write same or different")
        for one in (row.event_a, row.event_b):
            _id(where, one)
        if row.event_a == row.event_b:
            raise DatasetError(f"{where}: an event and itself; give two ids")
        _signed(where, row.who, row.why, row.date)
    return tuple(rows)


def read_corrections(folder: Path) -> tuple[Correction, ...]:
    """The rows of corrections.csv in order of date, then of line. Raises DatasetError naming file and line."""
    path = folder / CORRECTIONS
    rows = [Correction(**cells, line=line) for line, cells in _rows(path, Correction)]
    known = [name for name in load_contract("events").names if name not in FIXED]
    for row in rows:
        where = f"{path}:{row.line}"
        _id(where, row.event_id)
        _signed(where, row.who, row.why, row.date)
        if row.field in (DROP, ADD):
            if row.value:
                raise DatasetError(f"{where}: a row {row.field!r} has no value; give fields in rows of their own")
        elif row.field not in known:
            told = "follows from other fields" if row.field in FIXED else "is no column of events"
            raise DatasetError(f"{where}: field {row.field!r} {told}; these can be set: {', '.join(known)}")
    return tuple(sorted(rows, key=lambda row: (row.date, row.line)))


def add_rows(folder: Path, rows: Sequence[Ruling] | Sequence[Correction]) -> Path:
    """Append rows to their file, made where it is missing, in one step. Gives back the file.

    Raises DatasetError when the file would not be readable with them; it is left as it was then.
    """
    kind = type(rows[0])
    path = folder / (MERGES if kind is Ruling else CORRECTIONS)
    names = [one.name for one in fields(kind) if one.name != "line"]
    before = path.read_text(encoding="utf-8") if path.is_file() else ",".join(names) + "\n"
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(astuple(row)[:-1] for row in rows)
    folder.mkdir(parents=True, exist_ok=True)
    replace_text(path, before + ("" if before.endswith("\n") else "\n") + out.getvalue())
    try:
        read_rulings(folder) if kind is Ruling else read_corrections(folder)
    except DatasetError:
        replace_text(path, before)
        raise
    return path


def _rows(path: Path, kind: type) -> list[tuple[int, dict[str, str]]]:
    if not path.is_file():
        return []
    names = [one.name for one in fields(kind) if one.name != "line"]
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DatasetError(f"{path}:1: not UTF-8; save the file as UTF-8") from None
    reader = csv.reader(io.StringIO(text))
    header = next(reader, [])
    if sorted(header) != sorted(names):
        raise DatasetError(f"{path}:1: the header is {','.join(header)!r}; it must be {','.join(names)!r}")
    rows = []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(names):
            raise DatasetError(f"{path}:{reader.line_num}: {len(cells)} cells, the header has {len(names)}")
        rows.append((reader.line_num, dict(zip(header, (cell.strip() for cell in cells), strict=True))))
    return rows


def _id(where: str, text: str) -> None:
    if not ID.fullmatch(text):
        raise DatasetError(f"{where}: {text!r} is no event id; ids are 16 digits 0-9 a-f, as in events.parquet")


def _signed(where: str, who: str, why: str, day: str) -> None:
    if not who or not why:
        raise DatasetError(f"{where}: who and why must be filled in")
    try:
        date.fromisoformat(day)
    except ValueError:
        raise DatasetError(f"{where}: date {day!r}; write it as 2021-06-03") from None
