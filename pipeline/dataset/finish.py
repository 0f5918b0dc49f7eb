"""Events made final: numbers, corrections, what changed since the last run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.dataset.changes import Causes, changes
from pipeline.dataset.coded import only
from pipeline.dataset.corrections import Corrected, Facts, complete, corrected
from pipeline.dataset.ids import Entry, numbered
from pipeline.dataset.merge import Merged
from pipeline.dataset.rulings import Correction
from pipeline.dataset.state import ledger_tables
from pipeline.writing.tables import sorted_events, to_table

Row = dict[str, Any]


@dataclass(frozen=True)
class Finished:
    """The final events, the ledger, the rows of what changed, and the other tables of the dataset by name."""

    events: pa.Table
    ledger: dict[str, Entry]
    changes: list[Row]
    tables: dict[str, pa.Table]
    warnings: list[str]


def finish(merged: Merged, rows: Sequence[Correction], facts: Facts, before: Mapping[str, Entry],
           last: pa.Table | None, causes: Causes, run: str) -> Finished:  # fmt: skip
    """last is the last run's events table."""
    targets = {_target(row.event_id, merged.ledger) for row in rows}
    touched = only(merged.events, "event_id", targets)
    given = {row["event_id"]: row for row in touched.to_pylist()}
    done = complete(corrected(given, merged.ledger, rows, facts, run))
    listed = pa.array(sorted(targets), pa.string())
    rest = merged.events.filter(pc.invert(pc.is_in(merged.events["event_id"], value_set=listed)))
    ids = [*rest["event_id"].to_pylist(), *done.events]
    countries = [*rest["country"].to_pylist(), *(row["country"] for row in done.events.values())]
    families = [*rest["family"].to_pylist(), *(row["family"] for row in done.events.values())]
    iso = {
        one: facts.countries[country][2]
        for one, country, family in zip(ids, countries, families, strict=True)
        if country in facts.countries and family != "call"
    }
    ledger = _steady(numbered(done.ledger, iso), before)
    events = sorted_events([rest, to_table(list(done.events.values()), "events")])
    numbers = pa.array([ledger[one].event_id_cnty or None for one in events["event_id"].to_pylist()], pa.string())
    events = events.set_column(0, events.schema.field(0), numbers)
    moved = _changes(events, last, merged.fresh | targets | _renumbered(ledger, before), ledger, causes, run)
    tables = {
        **ledger_tables(ledger),
        "merges": to_table(_shown_links(merged, ledger), "merges"),
        "corrections": to_table(sorted(done.told, key=lambda row: row["line"]), "corrections"),
        "changes": to_table(moved, "changes"),
    }
    return Finished(events, ledger, moved, tables, _warnings(done))


def _target(event_id: str, ledger: Mapping[str, Entry]) -> str:
    while event_id in ledger and ledger[event_id].status == "alias":
        event_id = ledger[event_id].into
    return event_id


def _steady(ledger: Mapping[str, Entry], before: Mapping[str, Entry]) -> dict[str, Entry]:
    """Entries that are as before but for the run that touched them stay as before."""
    steady = {}
    for key, entry in ledger.items():
        old = before.get(key, entry)
        same = entry == old or replace(entry, last_run=old.last_run) == old
        steady[key] = old if same else entry
    return steady


def _renumbered(ledger: Mapping[str, Entry], before: Mapping[str, Entry]) -> set[str]:
    return {key for key, entry in ledger.items() if key in before and before[key].event_id_cnty != entry.event_id_cnty}


def _changes(events: pa.Table, last: pa.Table | None, maybe: frozenset[str] | set[str], ledger: Mapping[str, Entry],
             causes: Causes, run: str) -> list[Row]:  # fmt: skip
    """Only rows that can have changed are compared cell by cell."""
    if last is None:
        last = events.schema.empty_table()
    new, old = set(events["event_id"].to_pylist()), set(last["event_id"].to_pylist())
    wanted = set(maybe) | (new ^ old) | set(causes.corrected)
    sides = []
    for table in (last, events):
        sides.append({row["event_id"]: row for row in only(table, "event_id", wanted).to_pylist()})
    return changes(sides[0], sides[1], ledger, causes, run)


def _shown_links(merged: Merged, ledger: Mapping[str, Entry]) -> list[Row]:
    return [row for row in merged.links if row["event_id"] in ledger]


def _warnings(done: Corrected) -> list[str]:
    return [
        f"corrections.csv:{row['line']}: {row['field']} of {row['event_id']} {row['status']}: {row['detail']}"
        for row in done.told
        if row["status"] != "applied"
    ]
