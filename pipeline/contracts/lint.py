"""The rules that every table of the repository keeps, so that people and programs can edit them safely."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.contracts.schema import load_contract
from pipeline.resources import PACKAGE, TableError, folder, read_rows

# Letters of Persian and Urdu, presentation forms, and marks that no one sees.
_PERSIAN = re.compile("[\u067e\u0686\u0698\u06a9\u06af\u06cc\u06c1\u06be\u06d2\u06d5]")
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u00a0]")
# A column of this name lists spellings as they occur, foreign letters included; so do the parts of a cell after "|".
VARIANTS = re.compile("variant|spelling|alias")
CONTRACTS = (
    "article", "articles", "reports", "values", "events", "quarantine",
    "changes", "corrections", "event_aliases", "ledger", "merges", "tombstones",
)  # fmt: skip


def table_paths() -> tuple[Path, ...]:
    """Every CSV table: languages, the report page, gazetteer, schemas."""
    tops = (PACKAGE / "languages", PACKAGE / "report", folder("gazetteer"), folder("schemas"))
    return tuple(path for top in tops for path in sorted(top.rglob("*.csv")))


def problems(paths: Sequence[Path] | None = None) -> list[str]:
    """What is wrong, one line each as FILE:LINE: why. Without paths all tables and contracts are checked."""
    found = [line for path in (table_paths() if paths is None else paths) for line in _of_table(path)]
    if paths is None:
        found += _of_schemas()
    return found


def _of_table(path: Path) -> Iterator[str]:
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        yield f"{path}:1: not UTF-8 at byte {error.start}; save it as UTF-8"
        return
    if text.startswith("\ufeff"):
        yield f"{path}:1: begins with a byte order mark; save it as UTF-8 without"
    if "\r" in text:
        yield f"{path}:{text[: text.index(chr(13))].count(chr(10)) + 1}: carriage return; use LF line ends"
    if text and not text.endswith("\n"):
        yield f"{path}:{text.count(chr(10)) + 1}: the last line has no line end"
    yield from _of_lines(path, text)
    yield from _of_rows(path, text)


def _of_lines(path: Path, text: str) -> Iterator[str]:
    for number, line in enumerate(text.split("\n"), 1):
        if line != line.rstrip():
            yield f"{path}:{number}: blanks at the end of the line"
        if found := _PRESENTATION.search(line):
            yield f"{path}:{number}: presentation form U+{ord(found.group()):04X}; write the plain letter"
        if found := _UNSEEN.search(line):
            yield f"{path}:{number}: unseen character U+{ord(found.group()):04X}; take it out"


def _of_rows(path: Path, text: str) -> Iterator[str]:
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        header = next(reader, [])
        if not header or len(set(header)) != len(header) or "" in header:
            yield f"{path}:1: the header is empty or repeats a name"
        before: list[str] | None = None
        line = 2
        for cells in reader:
            yield from _of_row(f"{path}:{line}", header, cells)
            if before is not None and cells < before:
                yield f"{path}:{line}: out of order: {cells[0]!r} comes before {before[0]!r}; sort by the first columns"
            if cells == before:
                yield f"{path}:{line}: the row stands there twice"
            before, line = cells, reader.line_num + 1
    except csv.Error as error:
        yield f"{path}:{reader.line_num}: no valid CSV: {error}"


def _of_row(place: str, header: list[str], cells: list[str]) -> Iterator[str]:
    if len(cells) != len(header):
        yield f"{place}: {len(cells)} cells, the header has {len(header)}"
    for name, cell in zip(header, cells, strict=False):
        if cell != cell.strip():
            yield f"{place}: blanks around {cell!r} in {name}"
        standard = "" if VARIANTS.search(name) else cell.split("|")[0]
        if found := _PERSIAN.search(standard):
            yield f"{place}: letter U+{ord(found.group()):04X} is not Arabic in {name}"


def _of_schemas() -> Iterator[str]:
    """Contracts load, and tables that must speak of the same things do."""
    top = folder("schemas")
    for name in CONTRACTS:
        try:
            load_contract(name)
        except TableError as error:
            yield str(error)
    for table, column in (("plover.csv", "sub_event_type"), ("kinds.csv", "sub_event_type"),
                          ("family_meanings.csv", "family")):  # fmt: skip
        known = {row[column] for row in read_rows(top / "families.csv")}
        wanted = set(known)
        for row in read_rows(top / table):
            if row[column] not in known:
                yield f"{row.path}:{row.line}: {column} {row[column]!r} is not in families.csv"
            wanted.discard(row[column])
        for missing in sorted(wanted):
            yield f"{top / table}:1: no row for {column} {missing!r} of families.csv"
