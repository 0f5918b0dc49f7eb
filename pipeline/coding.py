"""Coding a batch of articles into checked tables: the function that every engine runs."""

from __future__ import annotations

import gc
import os
import platform
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pyarrow as pa

from pipeline.contracts.schema import ContractError
from pipeline.intake.articles import Quarantined
from pipeline.machinery.versions import release
from pipeline.records import Article
from pipeline.writing.parts import Numbered, Parts
from pipeline.writing.tables import to_table

Item = Article | Quarantined
Rows = dict[str, list[Any]]  # by table; a row is a dict by column or a tuple in the order of columns
STREAMED = ("articles", "reports", "values", "events", "quarantine")
GARBAGE = (1_000_000, 20, 50)  # an article's records make no cycles: look for them very seldom


class ReleaseError(ValueError):
    """A worker of another release of marsad or of its libraries, whose rows could differ."""


def same_release(wanted: str) -> None:
    """Raise ReleaseError in a worker whose release() is not the wanted one; "" wants none."""
    if wanted and release() != wanted:
        worker = f"the worker on {platform.node()} (process {os.getpid()})"
        raise ReleaseError(f"{worker} has other code, tables or libraries: install the same marsad, start it anew")


@dataclass(frozen=True, slots=True)
class Coder:
    """What a worker needs to know to code: the decider's name, and where finished parts are kept, if anywhere.

    release is what versions.release() must give in the worker ("": anything). Kits are loaded once a process and
    language.
    """

    decider: str = "default"
    parts: Parts | None = None
    release: str = ""

    def __call__(self, items: Sequence[Item]) -> CodedBatch:
        """Raises ReleaseError in a worker that would code otherwise than the process that writes the tables."""
        same_release(self.release)
        if self.parts is None or not isinstance(items, Numbered):
            return code_batch(items, self.decider)
        kept = self.parts.read(items.number)
        if kept is not None:
            return CodedBatch(*kept)
        batch = code_batch(items, self.decider)
        self.parts.write(items.number, batch.tables, batch.counts)
        return batch


@dataclass(frozen=True)
class CodedBatch:
    """Tables by name, and counts by (stage, reason)."""

    tables: dict[str, pa.Table]
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)


@cache
def kit_of(language: str, decider: str) -> Any:
    """The kit of a language, loaded once a process. Raises TableError and KeyError as load_kit does.

    The kit lives as long as the process: the garbage collector passes over it, and works seldom in this process.
    """
    from pipeline.order import load_kit

    gc.disable()
    try:
        kit = load_kit(language, decider)
    finally:
        gc.enable()
    gc.freeze()
    gc.set_threshold(*GARBAGE)
    return kit


def code_batch(items: Sequence[Item], decider: str) -> CodedBatch:
    """Code the articles of a batch in order. An article that raises, or whose rows break a contract, is quarantined."""
    rows = [_rows(item, decider) for item in items]
    try:
        return _batch(rows)
    except ContractError:
        checked = [_checked(item, one) for item, one in zip(items, rows, strict=True)]
        return _batch(checked)


def set_aside(item: Item, detail: str) -> Rows:
    """The rows of an article that could not be coded."""
    if isinstance(item, Quarantined):
        return {"quarantine": [item.row()]}
    raw = f"{item.title}\n{item.text}"[:100_000]
    return {"quarantine": [Quarantined(item.file, item.line, item.id, "stage_error", detail, raw).row()]}


def dead_batch(item: Item) -> CodedBatch:
    """The result for an article that killed its worker process."""
    return _batch([set_aside(item, "the worker process died while coding this article (killed or out of memory)")])


def _rows(item: Item, decider: str) -> Rows:
    if isinstance(item, Quarantined):
        return {"quarantine": [item.row()]}
    try:
        return coded_rows(item, kit_of(item.language, decider))
    except Exception:
        return set_aside(item, traceback.format_exc(limit=-8))


def coded_rows(article: Article, kit: Any) -> Rows:
    """The rows of one article, by table."""
    from pipeline.events import merge_events
    from pipeline.order import code_article

    coded = code_article(article, kit)
    events, reports = merge_events(coded.reports, [coded.article], kit)
    return {"articles": [coded.article], "reports": reports, "values": coded.values, "events": events}


def _checked(item: Item, rows: Rows) -> Rows:
    """The article's rows, or its quarantine row when they break a contract."""
    try:
        _batch([rows])
    except ContractError as error:
        return set_aside(item, f"the rows break their contract: {error}")
    return rows


def _batch(rows: Sequence[Rows]) -> CodedBatch:
    tables = {name: to_table([row for one in rows for row in one.get(name, ())], name) for name in STREAMED}
    counts: Counter[tuple[str, str]] = Counter()
    for one in rows:
        _count(one, counts)
    return CodedBatch(tables, counts)


def _count(rows: Rows, counts: Counter[tuple[str, str]]) -> None:
    def add(stage: str, found: Sequence[dict[str, Any]], key: Callable[[dict[str, Any]], str]) -> None:
        counts.update((stage, key(row)) for row in found)

    counts["articles", "read"] += len(rows.get("articles", ()))
    add("quarantine", rows.get("quarantine", ()), lambda row: row["reason"])
    add("reports", rows.get("reports", ()), lambda row: row["decision"])
    add("reasons", rows.get("reports", ()), lambda row: f"{row['decision']}.{row['reason']}")
    add("families", rows.get("events", ()), lambda row: row["family"])
    counts["values", "read"] += len(rows.get("values", ()))
    counts["events", "coded"] += len(rows.get("events", ()))
