"""Records of input files, format by format, one at a time so that memory does not grow with the file."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from pipeline.intake.html import PageError, page_fields

RAW_LIMIT = 100_000  # characters of a raw record that the quarantine keeps


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a file: fields as the file gives them, or the reason why there are none.

    line counts from 1; 0 when the file as a whole cannot be read.
    """

    line: int
    raw: str
    fields: dict[str, Any] | None
    reason: str = ""
    detail: str = ""


def printable(raw: str) -> str:
    """A raw record as valid text: undecodable bytes as \\xNN, cut at RAW_LIMIT."""
    return raw[:RAW_LIMIT].encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _open(path: Path) -> TextIO:
    """The file as text, unpacked when .gz; bytes that are not UTF-8 become lone surrogates, found again per record."""
    binary: Any = gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")  # noqa: SIM115
    return io.TextIOWrapper(binary, encoding="utf-8-sig", errors="surrogateescape", newline="")


def undecodable(text: str) -> bool:
    """Whether the text holds lone surrogates, which no file can store."""
    if text.isascii():
        return False
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def json_lines(path: Path) -> Iterator[Record]:
    """One JSON object a line."""
    with _open(path) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            raw = line.rstrip("\r\n")
            if undecodable(raw):
                yield Record(number, printable(raw), None, "unreadable_encoding", "not UTF-8; save the file as UTF-8")
                continue
            try:
                fields = json.loads(raw)
            except (ValueError, RecursionError) as error:
                yield Record(number, raw, None, "unreadable_record", f"no JSON: {error}")
                continue
            if not isinstance(fields, dict):
                yield Record(number, raw, None, "unreadable_record", "no JSON object; one object a line is needed")
                continue
            yield Record(number, raw, fields)


def csv_rows(path: Path) -> Iterator[Record]:
    """One record a row, the header in the first line; separated by commas, semicolons or tabs as the header shows."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    with _open(path) as lines:
        header = lines.readline()
        separator = max(",;\t", key=header.count)
        names = next(csv.reader([header], delimiter=separator), [])
        reader = csv.reader((line.replace("\0", "") for line in lines), delimiter=separator)
        begin = 2
        while True:
            try:
                cells = next(reader, None)
            except csv.Error as error:
                yield Record(begin, "", None, "unreadable_record", f"no CSV row: {error}")
                begin = reader.line_num + 2
                continue
            if cells is None:
                return
            line, begin = begin, reader.line_num + 2
            if not cells:
                continue
            raw = json.dumps(dict(zip(names, cells, strict=False)), ensure_ascii=False)
            if any(undecodable(cell) for cell in cells):
                yield Record(line, printable(raw), None, "unreadable_encoding", "not UTF-8; save the file as UTF-8")
            elif len(cells) != len(names):
                why = f"{len(cells)} cells, the header has {len(names)}; quote cells that hold {separator!r}"
                yield Record(line, json.dumps(cells, ensure_ascii=False), None, "unreadable_record", why)
            else:
                yield Record(line, raw, dict(zip(names, cells, strict=True)))


def parquet_rows(path: Path) -> Iterator[Record]:
    """One record a row of a Parquet file."""
    import pyarrow.parquet as pq

    number = 0
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=512):
            for fields in batch.to_pylist():
                number += 1
                yield Record(number, json.dumps(fields, ensure_ascii=False, default=str), fields)


def html_page(path: Path) -> Iterator[Record]:
    """One saved web page."""
    page = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    raw = printable(page.decode("utf-8", "surrogateescape"))
    try:
        yield Record(1, raw, page_fields(page))
    except PageError as error:
        reason = "empty_text" if "no article text" in str(error) else "unreadable_encoding"
        yield Record(1, raw, None, reason, str(error))


def plain_text(path: Path) -> Iterator[Record]:
    """One article as plain text; its publication time must come from --published-at."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raw = printable(data.decode("utf-8", "surrogateescape"))
        yield Record(1, raw, None, "unreadable_encoding", "not UTF-8; save the file as UTF-8")
        return
    yield Record(1, text[:RAW_LIMIT], {"text": text.replace("\r\n", "\n")})


READERS: dict[str, Callable[[Path], Iterator[Record]]] = {
    ".jsonl": json_lines,
    ".ndjson": json_lines,
    ".csv": csv_rows,
    ".tsv": csv_rows,
    ".parquet": parquet_rows,
    ".html": html_page,
    ".htm": html_page,
    ".txt": plain_text,
}


def reader_of(path: Path) -> Callable[[Path], Iterator[Record]] | None:
    """The reader for a file by its ending (one .gz ignored), None when no format has it."""
    name = path.name.lower().removesuffix(".gz")
    return READERS.get(Path(name).suffix)
