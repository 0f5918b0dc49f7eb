"""What two builds differ in: events and reports gained, lost and changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.writing.tables import read_rows_of, settled

Row = dict[str, Any]
# Confidence moves with every change of weights; a difference smaller than this is no change worth a line.
CONFIDENCE_STEP = 0.05


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that differs: kind is gained, lost or changed; changes are (field, before, after)."""

    table: str
    kind: str
    row: Row
    sentence: str
    changes: tuple[tuple[str, Any, Any], ...] = ()

    @property
    def id(self) -> str:
        return str(self.row["event_id" if self.table == "events" else "report_id"])


def differences(before: Path, after: Path) -> tuple[Difference, ...]:
    """Events first, then reports; each lost, gained, changed; in the order of the tables.

    Reports count coded or not: a candidate that came in as dropped is gained. Raises FileNotFoundError.
    """
    before, after = settled(before), settled(after)
    old, new = ({row["report_id"]: row for row in read_rows_of(folder, "reports")} for folder in (before, after))
    told = {key: row["evidence"] for side in (old, new) for key, row in side.items()}
    was, now = ({row["event_id"]: row for row in read_rows_of(folder, "events")} for folder in (before, after))
    events = _compared("events", was, now, lambda row: told.get(next(iter(row["report_ids"]), ""), ""))
    return (*events, *_compared("reports", old, new, lambda row: row["evidence"]))


def _compared(
    table: str, before: dict[str, Row], after: dict[str, Row], sentence: Callable[[Row], str]
) -> list[Difference]:
    lost = [Difference(table, "lost", row, sentence(row)) for key, row in before.items() if key not in after]
    gained = [Difference(table, "gained", row, sentence(row)) for key, row in after.items() if key not in before]
    changed = []
    for key, row in after.items():
        if key in before and (changes := _changes(before[key], row)):
            changed.append(Difference(table, "changed", row, sentence(row), changes))
    return [*lost, *gained, *changed]


def _changes(before: Row, after: Row) -> tuple[tuple[str, Any, Any], ...]:
    found = []
    for field in dict.fromkeys((*before, *after)):
        old, new = before.get(field), after.get(field)
        if old == new:
            continue
        small = isinstance(old, float) and isinstance(new, float) and abs(old - new) < CONFIDENCE_STEP
        if field == "confidence" and small:
            continue
        found.append((field, old, new))
    return tuple(found)


def counted(found: tuple[Difference, ...]) -> Counter[tuple[str, str]]:
    """Number of differences by (table, kind)."""
    return Counter((one.table, one.kind) for one in found)


def line_of(one: Difference) -> str:
    """The difference in one or more lines: what the row is, what changed in it, its sentence."""
    sign = {"gained": "+", "lost": "-", "changed": "~"}[one.kind]
    row = one.row
    place = row["location"] or row["country"] or "no place"
    said = f", {row['decision']} ({row['reason']})" if one.table == "reports" else ""
    head = f"{sign} {one.table[:-1]} {one.id}  {row['event_date'] or 'no day'}  {row['sub_event_type']}, {place}{said}"
    changes = [f"    {field}: {_shown(old)} → {_shown(new)}" for field, old, new in one.changes]
    return "\n".join([head, *changes, f"    {one.sentence.strip()}"])


def _shown(value: Any) -> str:
    return "null" if value is None else str(value)
