"""marsad dates."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer


def dates(
    text_or_file: Annotated[
        str, typer.Argument(metavar="TEXT|FILE.jsonl", help="Arabic text, or a file of {text, published_at} lines.")
    ],
    published_at: Annotated[
        str, typer.Option("--published-at", metavar="TIME", help="Publication time of text, or of lines without one.")
    ] = "",
    language: Annotated[str, typer.Option(metavar="CODE", help="Language of the text.")] = "ar",
) -> None:
    """Read the date expressions of a text, each as an interval of days with its kind and rule.

    \b
    marsad dates "قتل ثلاثة يوم الخميس الماضي" --published-at 2019-04-19
    marsad dates stories.jsonl > with-dates.jsonl

    A file gives the same lines out, each with "dates": [{text, start, end, first_day, last_day, granularity, kind,
    rule}]. Days are read against published_at, never against today. A line that cannot be read is named on standard
    error and left out; the other lines are still done, and the exit code is 2. The rules are in schemas/date_rules.csv.
    """
    from pipeline.dates import find_dates

    if text_or_file.endswith((".jsonl", ".jsonl.gz")):
        failed = False
        for line, error in _lines(Path(text_or_file), published_at, language):
            failed = failed or bool(error)
            typer.echo(error or line, err=bool(error))
        if failed:
            raise typer.Exit(2)
        return
    if not published_at:
        raise ValueError("no --published-at; give the publication time, for example --published-at 2019-04-19")
    found = find_dates(text_or_file, published_at, language)
    typer.echo(_table(found) if found else "no date expression found")


dates_command = dates


def _lines(path: Path, published_at: str, language: str) -> Iterator[tuple[str, str]]:
    """(output line, "") or ("", error) for every line of the file that is not blank."""
    import gzip

    from pipeline.dates import find_dates

    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        number = 0
        while True:
            number += 1
            try:
                raw = lines.readline()
                if not raw:
                    return
                if raw.isspace():
                    continue
                record = _record(raw, published_at)
                record["dates"] = find_dates(record["text"], record.get("published_at") or published_at, language)
                yield json.dumps(record, ensure_ascii=False), ""
            except UnicodeDecodeError as error:
                yield "", f"marsad: {path}:{number}: not UTF-8 ({error.reason}); save the file as UTF-8"
                return
            except ValueError as error:
                yield "", f"marsad: {path}:{number}: {error}"


def _record(raw: str, published_at: str) -> dict[str, Any]:
    try:
        record = json.loads(raw)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg}); write one object a line") from error
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise ValueError('no text; write {"text": "…", "published_at": "2019-04-19"}')
    if not record.get("published_at") and not published_at:
        raise ValueError("no published_at; add it to the line or give --published-at")
    return record


def _table(found: list[dict[str, str | int | None]]) -> str:
    """One line an expression: days, granularity, kind, rule and, last, the words, which may run right to left."""
    rows = [("days", "granularity", "kind", "rule", "span", "text")]
    for row in found:
        first, last = row["first_day"] or "?", row["last_day"] or "?"
        days = str(first) if first == last else f"{first} .. {last}"
        rows.append((days, str(row["granularity"]), str(row["kind"]), str(row["rule"]), f"{row['start']}-{row['end']}",
                     str(row["text"]).replace("\n", " ")))  # fmt: skip
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[5]])
                     for row in rows)  # fmt: skip
