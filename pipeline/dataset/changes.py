"""What a run changed in the events: added, changed field by field, merged, withdrawn; each with its cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.dataset.ids import Entry

Row = dict[str, Any]


@dataclass(frozen=True)
class Causes:
    """What was different in a run: articles by what happened to them, events touched by corrections or rulings."""

    new: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    withdrawn: frozenset[str] = frozenset()
    corrected: frozenset[str] = frozenset()  # event ids whose corrections are not those of the last run
    ruled: frozenset[str] = frozenset()  # event ids of new or withdrawn rulings
    rules: bool = False  # code or tables are not those of the last run
    dataset: bool = False  # the dataset file is not that of the last run


def changes(
    before: Mapping[str, Row], after: Mapping[str, Row], ledger: Mapping[str, Entry], causes: Causes, run: str
) -> list[Row]:
    """Rows of the changes table, by event id and the order of the columns."""
    rows = []
    for event_id in sorted(before.keys() | after.keys()):
        old, new = before.get(event_id), after.get(event_id)
        if old == new:
            continue
        cause, detail = _cause(event_id, old, new, ledger, causes)
        common = {"run_id": run, "event_id": event_id, "cause": cause, "detail": detail}
        if old is None:
            rows.append({**common, "change": "added"})
        elif new is None:
            entry = ledger.get(event_id)
            into = entry.into if entry is not None and entry.status == "alias" else None
            why = "; ".join(part for part in (entry.reason if entry else "", detail) if part) or None
            rows.append({**common, "change": "merged" if into else "withdrawn", "new": into, "detail": why})
        else:
            for field in new:
                if old[field] != new[field]:
                    told = {"field": field, "old": shown(old[field]), "new": shown(new[field])}
                    rows.append({**common, "change": "changed", **told})
    return rows


def _cause(event_id: str, old: Row | None, new: Row | None, ledger: Mapping[str, Entry],
           causes: Causes) -> tuple[str, str | None]:  # fmt: skip
    """(cause, the articles that did it): people first, then articles, then rules."""
    into = ledger[event_id].into if event_id in ledger else ""
    if event_id in causes.corrected:
        return "correction", None
    if event_id in causes.ruled or into in causes.ruled:
        return "ruling", None
    told = {article for row in (old, new) if row for article in row["article_ids"]}
    for cause, articles in (
        ("withdrawn article", causes.withdrawn), ("changed article", causes.changed), ("new article", causes.new),
    ):  # fmt: skip
        if found := sorted(told & articles):
            return cause, "; ".join(found)
    if causes.rules:
        return "rule", None
    if causes.dataset:
        return "dataset file", None
    for cause, articles in (
        ("new article", causes.new), ("changed article", causes.changed), ("withdrawn article", causes.withdrawn),
    ):  # fmt: skip
        if articles:
            return cause, "another event took over tellings of this one"
    return "ruling", None


def shown(value: Any) -> str | None:
    """A cell as text; lists joined by "; "."""
    if value is None:
        return None
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def counted(rows: Sequence[Row]) -> dict[str, int]:
    """Number of events by kind of change."""
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["change"], set()).add(row["event_id"])
    return {name: len(found[name]) for name in sorted(found)}
