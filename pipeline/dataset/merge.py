"""From tellings to events with ids: near-duplicates, clusters under the rulings, ids, one row an event."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.dataset.clusters import Cluster, Rulings, clusters
from pipeline.dataset.coded import only
from pipeline.dataset.combine import Combining, combined
from pipeline.dataset.config import Dataset
from pipeline.dataset.copies import Copies
from pipeline.dataset.ids import Entry, assign, rematched, settled
from pipeline.dataset.members import LIGHT, Member, member
from pipeline.dataset.rulings import Ruling
from pipeline.schema import load_contract
from pipeline.tables import to_table

Row = dict[str, Any]
PIECE = 20_000  # rows that are turned into Python's own objects at a time
GONE = "the articles that told it were withdrawn or tell it no more"


@dataclass(frozen=True)
class Merged:
    """events holds rows before corrections; event_of maps report ids and member_event member ids to events.

    fresh are the ids whose rows were made anew; links the rows of the merges table.
    """

    events: pa.Table
    ledger: dict[str, Entry]
    event_of: dict[str, str]
    member_event: dict[str, str]
    fresh: frozenset[str]
    links: list[Row]
    warnings: list[str]


@dataclass(frozen=True)
class Before:
    """The last run: its tellings (with their event), rows before corrections, ledger, and origins of its articles."""

    members: pa.Table
    merged: pa.Table
    ledger: Mapping[str, Entry]
    origin: Mapping[str, str]


def merge(table: pa.Table, before: Before, recoded: frozenset[str], near: Copies, rulings: Sequence[Ruling],
          how: Combining, dataset: Dataset, run: str, anew: bool) -> Merged:  # fmt: skip
    """Merge the tellings of table. recoded are the articles coded in this run; anew makes every row again."""
    members, report_of = _light(table)
    moved = _moved(before.members, members, recoded)
    resolved, warnings = _resolved(rulings, before.ledger, moved, members, report_of)
    found = clusters(members.values(), near, resolved)
    groups = [cluster.members for cluster in found]
    told_by: dict[str, list[str]] = defaultdict(list)
    was = before.members.select(["member_id", "event"]).to_pydict()
    for one, event in zip(was["member_id"], was["event"], strict=True):
        told_by[event].append(one)
    names, entries = assign(groups, before.ledger, moved, told_by)
    old_event = dict(zip(was["member_id"], was["event"], strict=True))
    sizes = Counter(was["event"])
    known = set(before.merged["event_id"].to_pylist())
    same, fresh = set(), {}
    for name, cluster in zip(names, found, strict=True):
        unchanged = not anew and sizes[name] == len(cluster.members) and all(
            m.article not in recoded and old_event.get(m.id) == name
            and before.origin.get(m.article, m.article) == near.origin.get(m.article, m.article)
            for m in cluster.members
        )  # fmt: skip
        if unchanged:
            same.add(name)
        else:
            fresh[name] = cluster
    made = _rows(table, fresh, how, dataset)
    inside = set(made["event_id"].to_pylist())
    status = [
        (name, cluster.members, "live" if name in inside or (name in same and name in known) else "outside")
        for name, cluster in zip(names, found, strict=True)
    ]
    ledger = settled(status, entries, run, GONE)
    events = pa.concat_tables([
        load_contract("events").arrow.empty_table(), only(before.merged, "event_id", same & known), made,
    ]).combine_chunks()  # fmt: skip
    member_event = {m.id: name for name, cluster in zip(names, found, strict=True) for m in cluster.members}
    return Merged(
        events, ledger, _event_of(table, member_event), member_event, frozenset(fresh),
        _links(names, found, members, report_of), [*warnings, *_broken(resolved, member_event)],
    )  # fmt: skip


def _moved(old: pa.Table, members: Mapping[str, Member], recoded: frozenset[str]) -> dict[str, str]:
    """Tellings of articles that were coded again: old id → new id, "" for what is told no more."""
    before: dict[str, list[Member]] = defaultdict(list)
    for row in only(old, "article_id", recoded).select(LIGHT).to_pylist():
        before[row["article_id"]].append(member(row))
    after: dict[str, list[Member]] = defaultdict(list)
    for one in members.values():
        if one.article in before:
            after[one.article].append(one)
    moved: dict[str, str] = {}
    for article, tellings in before.items():
        if article in after:
            found = rematched(tellings, after[article])
            moved.update({one.id: found.get(one.id, "") for one in tellings})
    return moved


def _resolved(
    rulings: Sequence[Ruling], ledger: Mapping[str, Entry], moved: Mapping[str, str], members: Mapping[str, Member],
    report_of: Mapping[str, str],
) -> tuple[Rulings, list[str]]:  # fmt: skip
    """The rulings as pairs of tellings; of two that contradict one another the later one holds."""
    by_report = {report: one for one, report in report_of.items()}
    latest: dict[tuple[str, str], str] = {}
    warnings = []
    for row in sorted(rulings, key=lambda one: (one.date, one.line)):
        ends = []
        for given in (row.event_a, row.event_b):
            found = ledger[given].founder if given in ledger else given
            found = moved.get(found, found)
            ends.append(found if found in members else by_report.get(given, ""))
        if not all(ends) or ends[0] == ends[1]:
            lost = ", ".join(g for g, e in zip((row.event_a, row.event_b), ends, strict=True) if not e)
            why = f"{lost} tells nothing now" if lost else "both ids are one telling"
            warnings.append(f"merges.csv:{row.line}: the ruling waits: {why}")
            continue
        latest[(ends[0], ends[1]) if ends[0] < ends[1] else (ends[1], ends[0])] = row.ruling
    pairs = {kind: frozenset(p for p, ruling in latest.items() if ruling == kind) for kind in ("same", "different")}
    return Rulings(pairs["same"], pairs["different"]), warnings


def _broken(rulings: Rulings, member_event: Mapping[str, str]) -> list[str]:
    return [
        f"merges.csv: {a} and {b} are ruled different, but other rulings make them the same"
        for a, b in sorted(rulings.different)
        if member_event[a] == member_event[b]
    ]


def _rows(table: pa.Table, groups: Mapping[str, Cluster], how: Combining, dataset: Dataset) -> pa.Table:
    """The events of the groups that the dataset wants, by name; made some thousands at a time, to be light."""
    names, pieces = sorted(groups), [to_table([], "events")]
    for at in range(0, len(names), PIECE):
        some = {name: groups[name].members for name in names[at : at + PIECE]}
        wanted = {m.id for tellings in some.values() for m in tellings}
        told = {row["member_id"]: row for row in only(table, "member_id", wanted).to_pylist()}
        rows = (combined(name, [told[m.id] for m in tellings], how) for name, tellings in some.items())
        pieces.append(to_table([row for row in rows if _wanted(row, dataset)], "events"))
    return pa.concat_tables(pieces)


def _light(table: pa.Table) -> tuple[dict[str, Member], dict[str, str]]:
    """Member ids → what merging needs of the tellings, and → the ids of their reports."""
    members, report_of = {}, {}
    for batch in table.select([*LIGHT, "report_id"]).to_batches(max_chunksize=PIECE):
        for row in batch.to_pylist():
            members[row["member_id"]] = member(row)
            report_of[row["member_id"]] = row["report_id"]
    return members, report_of


def _wanted(row: Row, dataset: Dataset) -> bool:
    country = not dataset.countries or row["country"] in dataset.countries
    return country and (not dataset.families or row["family"] in dataset.families)


def _event_of(table: pa.Table, member_event: Mapping[str, str]) -> dict[str, str]:
    lists = table["report_ids"].combine_chunks()
    ids = table["member_id"].take(pc.list_parent_indices(lists)).to_pylist()
    reports = pc.list_flatten(lists).to_pylist()
    return {report: member_event[one] for report, one in zip(reports, ids, strict=True)}


def _links(names: Sequence[str], found: Sequence[Cluster], members: Mapping[str, Member],
           report_of: Mapping[str, str]) -> list[Row]:  # fmt: skip
    rows = []
    for name, cluster in sorted(zip(names, found, strict=True), key=lambda pair: pair[0]):
        for link in cluster.links:
            rows.append({
                "event_id": name, "one": report_of[link.one], "other": report_of[link.other],
                "one_article": members[link.one].article, "other_article": members[link.other].article,
                "points": link.points, "reasons": link.reasons,
            })  # fmt: skip
    return rows
