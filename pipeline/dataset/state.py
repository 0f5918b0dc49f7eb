"""What a run leaves for the next one: records of the inputs, coded tellings, signatures, rows before corrections."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.contracts.schema import load_contract
from pipeline.dataset.copies import Signature
from pipeline.dataset.ids import Entry
from pipeline.dataset.members import members_schema
from pipeline.dataset.scan import Record
from pipeline.dataset.snapshots import Latest, state_of, step
from pipeline.writing.tables import to_table

Row = dict[str, Any]
TYPES: dict[str, pa.DataType] = {"str": pa.string(), "int": pa.int64()}


@dataclass(frozen=True)
class State:
    """Empty on the first run. merged holds event rows before corrections; members also name their event."""

    meta: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    records: Sequence[Record] = ()
    aside: Sequence[Row] = ()
    articles: Mapping[str, Record] = field(default_factory=dict)
    signatures: Sequence[Signature] = ()
    pairs: frozenset[tuple[str, str]] = frozenset()
    members: pa.Table = None
    merged: pa.Table = None
    ledger: Mapping[str, Entry] = field(default_factory=dict)

    def coded(self, version: str) -> dict[str, str]:
        """Article id → key, of the articles whose rows are those of that version of code and tables."""
        same = self.meta.get("version") == version
        return {name: record.key for name, record in self.articles.items()} if same else {}


def stored_schema() -> pa.Schema:
    """Members as they are kept: with the id of the event that they were found to tell."""
    return members_schema().append(pa.field("event", pa.string()))


def load_state(output: Path, found: Latest | None) -> State:
    """The state of the current run. Without it everything is coded again; the ledger of the snapshot is kept."""
    if found is None:
        return State(members=stored_schema().empty_table(), merged=load_contract("events").arrow.empty_table())
    ledger = read_ledger(output / found.run / "ledger.parquet")
    folder = state_of(output, found.run)
    try:
        told = json.loads((folder / "state.json").read_text(encoding="utf-8"))
        return State(
            told["meta"],
            told["files"],
            _read(folder / "records.parquet", Record),
            pq.read_table(folder / "aside.parquet").to_pylist(),
            {one.article_id: one for one in _read(folder / "newest.parquet", Record)},
            _read(folder / "signatures.parquet", Signature),
            frozenset((one, other) for one, other in told["copies"]),
            pq.read_table(folder / "members.parquet"),
            pq.read_table(folder / "merged.parquet"),
            ledger,
        )
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
        empty = load_state(output, None)
        return State(members=empty.members, merged=empty.merged, ledger=ledger)


def write_state(folder: Path, state: State) -> None:
    """Write all but the ledger, which is a table of the snapshot."""
    pq.write_table(_table(state.records, Record), folder / "records.parquet", compression="zstd")
    step("state records")
    newest = [state.articles[name] for name in sorted(state.articles)]
    pq.write_table(_table(newest, Record), folder / "newest.parquet", compression="zstd")
    pq.write_table(to_table(state.aside, "quarantine"), folder / "aside.parquet", compression="zstd")
    pq.write_table(_table(state.signatures, Signature), folder / "signatures.parquet", compression="zstd")
    pq.write_table(state.members, folder / "members.parquet", compression="zstd")
    step("state members")
    pq.write_table(state.merged, folder / "merged.parquet", compression="zstd")
    told = {"meta": state.meta, "files": state.files, "copies": sorted(state.pairs)}
    (folder / "state.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    step("state written")


def _table(rows: Sequence[Any], kind: type) -> pa.Table:
    names = [one.name for one in fields(kind)]
    columns = [[getattr(row, name) for row in rows] for name in names]
    schema = pa.schema([(one.name, TYPES[str(one.type)]) for one in fields(kind)])
    arrays = [pa.array(column, type=schema.field(i).type) for i, column in enumerate(columns)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _read(path: Path, kind: type) -> list[Any]:
    table = pq.read_table(path)
    columns = [table[one.name].to_pylist() for one in fields(kind)]
    return [kind(*cells) for cells in zip(*columns, strict=True)]


def read_ledger(path: Path) -> dict[str, Entry]:
    """The ledger of a snapshot by event id. Raises FileNotFoundError: without it ids could be given twice."""
    if not path.is_file():
        raise FileNotFoundError(2, "the ledger of the current snapshot is missing; restore it from a copy", str(path))
    rows: list[Row] = pq.read_table(path).to_pylist()
    names = [one.name for one in fields(Entry)]
    found = {}
    for row in rows:
        cells: Row = {name: "" if row[name] is None else row[name] for name in names}
        found[row["event_id"]] = Entry(**cells)
    return found


def ledger_tables(ledger: Mapping[str, Entry]) -> dict[str, pa.Table]:
    """The ledger, its aliases and its tombstones as tables."""
    rows = []
    for event_id in sorted(ledger):
        entry = ledger[event_id]
        names = ("event_id", "event_id_cnty", "founder", "founded", "status", "into", "reason", "first_run", "last_run")
        rows.append({name: getattr(entry, name) or None for name in names} | {"founded": entry.founded})
    aliases = [
        {"event_id": r["event_id"], "into": r["into"], "event_id_cnty": r["event_id_cnty"], "reason": r["reason"],
         "run_id": r["last_run"]}
        for r in rows if r["status"] == "alias"
    ]  # fmt: skip
    gone = [
        {"event_id": r["event_id"], "event_id_cnty": r["event_id_cnty"], "status": r["status"], "reason": r["reason"],
         "run_id": r["last_run"]}
        for r in rows if r["status"] in ("withdrawn", "dropped", "outside")
    ]  # fmt: skip
    return {
        "ledger": to_table(rows, "ledger"),
        "event_aliases": to_table(aliases, "event_aliases"),
        "tombstones": to_table(gone, "tombstones"),
    }
