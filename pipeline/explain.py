"""Why a row is as it is: per field the value, its rule, and the sentence with the words marked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.writing.tables import settled

Row = dict[str, Any]
Mark = Callable[[str], str]
_END = re.compile(r"[\n.؟!?]")


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field of a report; before, words and after are the sentence around the words, empty for a rule alone."""

    field: str
    value: str | None
    rule: str
    before: str = ""
    words: str = ""
    after: str = ""


@dataclass(frozen=True)
class Explanation:
    """A report with its article and the lines of its fields; event is its event's row when it has one.

    corrections are those that people made of the event, applied or not (datasets only).
    """

    report: Row
    article: Row
    event: Row | None
    fields: tuple[FieldLine, ...]
    corrections: tuple[Row, ...] = ()


def explanations(identity: str, folder: Path) -> tuple[Explanation, ...]:
    """The explanations of an event (all its reports) or of one report, by id or a beginning of it that is unique.

    Raises FileNotFoundError when the folder is no build, KeyError when no or several rows have the id.
    """
    folder = settled(folder)
    identity = _now(identity, folder)
    reports = _matching(folder, "reports", ("report_id", "event_id"), identity)
    exact = [r for r in reports if identity in (r["report_id"], r["event_id"])]
    reports = exact or reports
    if not reports:
        raise KeyError(f"{identity}: no event or report of {folder} has this id; take one from events.parquet")
    found = {r["event_id"] if (r["event_id"] or "").startswith(identity) else r["report_id"] for r in reports}
    if len(found) > 1:
        raise KeyError(f"{identity}: {len(found)} rows have ids that begin so; give more of the id")
    reports.sort(key=lambda r: r["decision"] != "coded")  # the telling that was coded first
    ids = [r["report_id"] for r in reports]
    values: dict[str, list[Row]] = {}
    for row in _where(folder, "values", "report_id", ids):
        values.setdefault(row["report_id"], []).append(row)
    told_in = [r["article_id"] for r in reports]
    articles = {a["article_id"]: a for a in _where(folder, "articles", "article_id", told_in)}
    event_ids = [r["event_id"] for r in reports if r["event_id"]]
    events = {e["event_id"]: e for e in _where(folder, "events", "event_id", event_ids)}
    made = _where(folder, "corrections", "applied_to", event_ids) if (folder / "corrections.parquet").is_file() else []
    return tuple(
        _explained(r, articles[r["article_id"]], events, values.get(r["report_id"], []), made) for r in reports
    )


def _now(identity: str, folder: Path) -> str:
    """The id by which an event is known now: of a merged one that of the event it was merged into (datasets only)."""
    if (folder / "event_aliases.parquet").is_file():
        for row in _where(folder, "event_aliases", "event_id", [identity]):
            return _now(row["into"], folder)
    if (folder / "tombstones.parquet").is_file():
        for row in _where(folder, "tombstones", "event_id", [identity]):
            raise KeyError(f"{identity}: this event is gone since run {row['run_id']}: {row['reason']}")
    return identity


def _explained(
    report: Row, article: Row, events: dict[str, Row], values: list[Row], corrections: list[Row]
) -> Explanation:
    lines = []
    for value in values:
        line = (value["field"], value["value"], value["rule"])
        if value["start"] is None:
            lines.append(FieldLine(*line))
        else:
            text = (article["title"] if value["span_in"] == "title" else article["text"]) or ""
            lines.append(FieldLine(*line, *around(text, value["start"], value["end"])))
    made = tuple(row for row in corrections if row["applied_to"] == report["event_id"])
    return Explanation(report, article, events.get(report["event_id"] or ""), tuple(lines), made)


def around(text: str, start: int, end: int, reach: int = 160) -> tuple[str, str, str]:
    """The words at start..end with what stands before and after them in their sentence, at most reach characters.

    A sentence that is longer is cut at a blank, which "…" shows.
    """
    before, after = text[max(0, start - reach) : start], text[end : end + reach]
    stops = [match.end() for match in _END.finditer(before)]
    if stops:
        before = before[stops[-1] :]
    elif start > reach and " " in before:
        before = "…" + before[before.index(" ") + 1 :]
    if stop := _END.search(after):
        after = after[: stop.start() if stop.group() == "\n" else stop.end()]
    elif end + reach < len(text) and " " in after:
        after = after[: after.rindex(" ")] + "…"
    return before.lstrip(), text[start:end], after.rstrip()


def text_of(explanation: Explanation, mark: Mark, heading: Mark) -> str:
    """The explanation as lines of text; mark decorates the words, heading the first line."""
    report, article, event = explanation.report, explanation.article, explanation.event
    told = " → ".join(part for part in (report["decision"], report["reason"]) if part)
    lines = [
        heading(f"report {report['report_id']}: {report['sub_event_type']} ({report['family']})"),
        f"  {told}, confidence {report['confidence']:.2f}"
        + (f", event {report['event_id']}" if report["event_id"] else "")
        + (f", told in full by report {report['merged_into']}" if report["merged_into"] else ""),
        f"  article {article['article_id']}, published {article['published_at']}"
        + (f", {article['source']}" if article["source"] else "")
        + f" ({article['file']}:{article['line']})",
    ]
    if event is not None and report["decision"] == "coded":
        lines.append(f"  {event['notes']}")
        lines.append(f"  event: fatalities {event['fatalities']} by {event['fatalities_rule']}")
        lines += [_correction(row) for row in explanation.corrections]
    evidence, offset = report["evidence"], report["evidence_start"]
    first, last = report["trigger_start"] - offset, report["trigger_end"] - offset
    if 0 <= first < last <= len(evidence):
        evidence = evidence[:first] + mark(evidence[first:last]) + evidence[last:]
    lines.append(f"  {evidence}")
    for field in explanation.fields:
        value = "null" if field.value is None else field.value
        lines.append(f"  {field.field:<16} {value}  [{field.rule}]")
        if field.words:
            lines.append(f"{'':<19}{field.before}{mark(field.words)}{field.after}")
    return "\n".join(lines)


def _correction(row: Row) -> str:
    """One line on a correction that a person made."""
    old, new = ("null" if row[side] is None else row[side] for side in ("old", "value"))
    told = f"{row['field']}: {old} → {new}" if row["field"] not in ("add", "drop") else row["field"]
    return f"  corrected ({row['status']}): {told}, by {row['who']} on {row['date']}: {row['why']}"


def _where(folder: Path, table: str, column: str, wanted: list[str]) -> list[Row]:
    """Rows of a table whose column holds one of the values."""
    path = _path(folder, table)
    rows: list[Row] = pq.read_table(path, filters=[(column, "in", wanted)]).to_pylist() if wanted else []
    return rows


def _matching(folder: Path, table: str, columns: tuple[str, ...], beginning: str) -> list[Row]:
    """Rows of a table of which one of the columns begins with the text."""
    found = pc.scalar(False)
    for column in columns:
        found = found | pc.starts_with(pc.field(column), beginning)
    rows: list[Row] = pq.read_table(_path(folder, table), filters=found).to_pylist()
    return rows


def _path(folder: Path, table: str) -> Path:
    path = folder / f"{table}.parquet"
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no such table; name the folder of a build (marsad build … --output DIR)")
    return path
