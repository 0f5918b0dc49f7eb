"""Events in the order of the events table, however many there are: sorted runs on disk, merged piece by piece."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.writing.tables import sorted_events

RUN = 20_000  # events held in memory; more are written to disk as a sorted run
PIECE = 500  # events of a run that are in memory while runs are merged


@dataclass(slots=True)
class EventOrder:
    """add takes tables of events, pieces gives all of them sorted (tables.sorted_events). Runs lie in folder."""

    folder: Path
    _held: list[pa.Table] = field(default_factory=list)
    _waiting: int = 0
    _runs: list[Path] = field(default_factory=list)

    def add(self, table: pa.Table) -> None:
        """Raises OSError (a full disk)."""
        self._held.append(table)
        self._waiting += table.num_rows
        if self._waiting >= RUN:
            path = self.folder / f"events-{len(self._runs):06}.run"
            whole = sorted_events(self._held)
            with pa.OSFile(str(path), "wb") as out, pa.ipc.new_stream(
                out, whole.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")
            ) as stream:  # fmt: skip
                stream.write_table(whole, max_chunksize=PIECE)
            self._runs.append(path)
            self._held, self._waiting = [], 0

    def pieces(self) -> Iterator[pa.Table]:
        """All events in order, and the runs are gone; call it once, at the end."""
        rest = sorted_events(self._held)
        if not self._runs:
            yield rest
            return
        runs = [_read(path) for path in self._runs]
        pieces = (rest.slice(at, PIECE) for at in range(0, rest.num_rows, PIECE))
        yield from _merged([*runs, pieces])
        for path in self._runs:
            path.unlink()


def _read(path: Path) -> Iterator[pa.Table]:
    with pa.OSFile(str(path), "rb") as source, pa.ipc.open_stream(source) as stream:
        for batch in stream:
            yield pa.Table.from_batches([batch])


@dataclass(slots=True)
class _Head:
    """The part of a run that is in memory, with the keys of its rows."""

    table: pa.Table
    keys: list[str]
    rest: Iterator[pa.Table]


def _merged(runs: list[Iterator[pa.Table]]) -> Iterator[pa.Table]:
    """Sorted runs as one: what is before the end of every run's piece in memory comes next."""
    heads = [head for run in runs if (head := _next(run)) is not None]
    while heads:
        limit = min(head.keys[-1] for head in heads)
        taken, left = [], []
        for head in heads:
            count = bisect_right(head.keys, limit)
            if count:
                taken.append(head.table.slice(0, count))
            if count < len(head.keys):
                left.append(_Head(head.table.slice(count), head.keys[count:], head.rest))
            elif (more := _next(head.rest)) is not None:
                left.append(more)
        heads = left
        yield sorted_events(taken)


def _next(run: Iterator[pa.Table]) -> _Head | None:
    for table in run:
        if table.num_rows:
            return _Head(table, _keys(table), run)
    return None


def _keys(table: pa.Table) -> list[str]:
    """One text a row that sorts as sorted_events does: day, country, id."""
    days = table["event_date"].cast(pa.string())
    countries = pc.fill_null(table["country"], "")
    keys: list[str] = pc.binary_join_element_wise(days, countries, table["event_id"], "\x1f").to_pylist()
    return keys
