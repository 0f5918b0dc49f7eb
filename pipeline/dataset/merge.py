"""From tellings to events with ids: near-duplicates, clusters under the rulings, ids, one row an event."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.contracts.schema import load_contract
from pipeline.dataset.clusters import Rulings
from pipeline.dataset.coded import only
from pipeline.dataset.combine import Combining
from pipeline.dataset.config import Dataset
from pipeline.dataset.copies import Copies
from pipeline.dataset.eventrows import event_rows
from pipeline.dataset.ids import Entry, assign, rematched, settled
from pipeline.dataset.members import LIGHT, Member, member
from pipeline.dataset.rulings import Ruling
from pipeline.dataset.shuffle import Group, groups_of
from pipeline.dataset.spread import HERE, Where

Row = dict[str, Any]
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


@dataclass(frozen=True, slots=True)
class Told:
    """What is kept in memory of every telling; published is in Unix seconds."""

    id: str
    article: str
    published: int
    report: str

    @property
    def age(self) -> tuple[int, str]:
        """As of members.Member."""
        return self.published, self.id


def merge(table: pa.Table, before: Before, recoded: frozenset[str], near: Copies, rulings: Sequence[Ruling],
          how: Combining, dataset: Dataset, run: str, anew: bool, where: Where = HERE) -> Merged:  # fmt: skip
    """Merge the tellings of table. recoded are the articles coded in this run; anew makes every row again.

    The result is the same wherever it is worked out. Raises EngineError, coding.ReleaseError.
    """
    told = _told(table)
    known = {one.id: one for one in told}
    moved = _moved(before.members, table, recoded)
    resolved, warnings = _resolved(rulings, before.ledger, moved, known)
    found = groups_of(table, near, resolved, where)
    groups = [[told[row] for row in group.rows] for group in found]
    told_by: dict[str, list[str]] = defaultdict(list)
    was = before.members.select(["member_id", "event"]).to_pydict()
    for one, event in zip(was["member_id"], was["event"], strict=True):
        told_by[event].append(one)
    names, entries = assign(groups, before.ledger, moved, told_by)
    old_event = dict(zip(was["member_id"], was["event"], strict=True))
    sizes = Counter(was["event"])
    stood = set(before.merged["event_id"].to_pylist())
    same, fresh = set(), {}
    for name, tellings, group in zip(names, groups, found, strict=True):
        unchanged = not anew and sizes[name] == len(tellings) and all(
            m.article not in recoded and old_event.get(m.id) == name
            and before.origin.get(m.article, m.article) == near.origin.get(m.article, m.article)
            for m in tellings
        )  # fmt: skip
        if unchanged:
            same.add(name)
        else:
            fresh[name] = group.rows
    made = event_rows(table, fresh, how, dataset, where)
    inside = set(made["event_id"].to_pylist())
    status = [
        (name, tellings, "live" if name in inside or (name in same and name in stood) else "outside")
        for name, tellings in zip(names, groups, strict=True)
    ]
    ledger = settled(status, entries, run, GONE)
    events = pa.concat_tables([
        load_contract("events").arrow.empty_table(), only(before.merged, "event_id", same & stood), made,
    ]).combine_chunks()  # fmt: skip
    member_event = {m.id: name for name, tellings in zip(names, groups, strict=True) for m in tellings}
    return Merged(
        events, ledger, _event_of(table, member_event), member_event, frozenset(fresh),
        _links(names, found, known), [*warnings, *_broken(resolved, member_event)],
    )  # fmt: skip


def _moved(old: pa.Table, new: pa.Table, recoded: frozenset[str]) -> dict[str, str]:
    """Tellings of articles that were coded again: old id → new id, "" for what is told no more."""
    before = _by_article(old, recoded)
    after = _by_article(new, before)
    moved: dict[str, str] = {}
    for article, tellings in before.items():
        if article in after:
            found = rematched(tellings, after[article])
            moved.update({one.id: found.get(one.id, "") for one in tellings})
    return moved


def _by_article(table: pa.Table, articles: Iterable[str]) -> dict[str, list[Member]]:
    found: dict[str, list[Member]] = defaultdict(list)
    for row in only(table, "article_id", articles).select(LIGHT).to_pylist():
        found[row["article_id"]].append(member(row))
    return found


def _resolved(
    rulings: Sequence[Ruling], ledger: Mapping[str, Entry], moved: Mapping[str, str], known: Mapping[str, Told]
) -> tuple[Rulings, list[str]]:
    """The rulings as pairs of tellings; of two that contradict one another the later one holds."""
    by_report = {one.report: one.id for one in known.values()} if rulings else {}
    latest: dict[tuple[str, str], str] = {}
    warnings = []
    for row in sorted(rulings, key=lambda one: (one.date, one.line)):
        ends = []
        for given in (row.event_a, row.event_b):
            found = ledger[given].founder if given in ledger else given
            found = moved.get(found, found)
            ends.append(found if found in known else by_report.get(given, ""))
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


def _told(table: pa.Table) -> list[Told]:
    columns = [table[name].to_pylist() for name in ("member_id", "article_id", "published", "report_id")]
    return [Told(one, article, at, report) for one, article, at, report in zip(*columns, strict=True)]


def _event_of(table: pa.Table, member_event: Mapping[str, str]) -> dict[str, str]:
    lists = table["report_ids"].combine_chunks()
    ids = table["member_id"].take(pc.list_parent_indices(lists)).to_pylist()
    reports = pc.list_flatten(lists).to_pylist()
    return {report: member_event[one] for report, one in zip(reports, ids, strict=True)}


def _links(names: Sequence[str], found: Sequence[Group], known: Mapping[str, Told]) -> list[Row]:
    rows = []
    for name, group in sorted(zip(names, found, strict=True), key=lambda pair: pair[0]):
        for link in group.links:
            one, other = known[link.one], known[link.other]
            rows.append({
                "event_id": name, "one": one.report, "other": other.report, "one_article": one.article,
                "other_article": other.article, "points": link.points, "reasons": link.reasons,
            })  # fmt: skip
    return rows
