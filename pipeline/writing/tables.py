"""Rows as Parquet files: checked against their contract, described, zstd, the same bytes for the same rows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.contracts.schema import Contract, ContractError, check, load_contract

ROW_GROUP = 50_000
ROW_GROUPS = {"articles": 5_000, "quarantine": 1_000}  # rows that carry whole texts
# Subset tables: the events of these families, under their own file name.
SUBSETS: dict[str, tuple[str, ...]] = {
    "shelling": ("shelling",),
    "protests": ("protest", "riot"),
    "calls": ("call",),
}
TABLES = ("articles", "reports", "values", "events", "shelling", "protests", "calls", "quarantine")


def contract_of(table: str) -> Contract:
    """The contract of an output table; the subset tables keep that of events."""
    return load_contract("events" if table in SUBSETS else table)


def to_table(rows: Sequence[dict[str, Any]] | Sequence[tuple[Any, ...]], name: str) -> pa.Table:
    """Rows as a checked table: dicts keyed by column name, or tuples of all columns in the contract's order.

    A key that is missing in dicts is null; an unknown one is an error. Raises ContractError.
    """
    contract = contract_of(name)
    columns = _columns(rows, contract.names)
    if not columns.keys() <= set(contract.names):
        unknown = sorted(columns.keys() - set(contract.names))
        raise ContractError(f"{name}: columns {unknown} are not in schemas/{contract.name}.toml")
    arrays = []
    for column in contract.arrow:
        try:
            if column.name in columns:
                arrays.append(pa.array(columns[column.name], type=column.type))
            else:
                arrays.append(pa.nulls(len(rows), type=column.type))
        except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError) as error:
            raise ContractError(f"{name}.{column.name}: {error}") from error
    table = pa.Table.from_arrays(arrays, schema=contract.arrow)
    check(table, contract)
    return table


def _columns(rows: Sequence[Any], names: Sequence[str]) -> dict[str, Sequence[Any]]:
    """The rows turned into columns; much faster when all rows have the same keys in the same order. names are the
    columns of rows that are tuples."""
    if not rows:
        return {}
    if isinstance(rows[0], tuple):
        return dict(zip(names, zip(*rows, strict=True), strict=True))
    keys = tuple(rows[0])
    if all(tuple(row) == keys for row in rows):
        return dict(zip(keys, zip(*(row.values() for row in rows), strict=True), strict=True))
    found = dict.fromkeys(name for row in rows for name in row)
    return {name: [row.get(name) for row in rows] for name in found}


class TableWriter:
    """Writes checked tables to one file in row groups of equal size; use it as a context.

    The bytes depend on the rows alone, not on how they were cut into tables. One row group is held in memory.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.rows = 0
        self._size = ROW_GROUPS.get(name, ROW_GROUP)
        self._schema = contract_of(name).arrow
        self._held: list[pa.Table] = []
        self._waiting = 0
        self._writer = pq.ParquetWriter(
            path, self._schema, compression="zstd", compression_level=3, use_dictionary=True
        )

    def add(self, table: pa.Table) -> None:
        """Append a table that keeps the contract."""
        self._held.append(table)
        self.rows += table.num_rows
        self._waiting += table.num_rows
        while self._waiting >= self._size:
            whole = pa.concat_tables(self._held)
            self._write(whole.slice(0, self._size))
            rest = whole.slice(self._size)
            self._held, self._waiting = [rest], rest.num_rows

    def close(self) -> None:
        """Write what is left; an empty table still makes a readable file."""
        if self._waiting or not self.rows:
            self._write(pa.concat_tables([self._schema.empty_table(), *self._held]))
        self._held, self._waiting = [], 0
        self._writer.close()

    def _write(self, table: pa.Table) -> None:
        self._writer.write_table(table.combine_chunks(), row_group_size=self._size)

    def __enter__(self) -> TableWriter:
        return self

    def __exit__(self, kind: object, *rest: object) -> None:
        if kind is None:
            self.close()
        else:
            self._writer.close()


def sorted_events(tables: Sequence[pa.Table]) -> pa.Table:
    """All events in one table, by day, country (calls, which have none, first) and event_id."""
    whole = pa.concat_tables([contract_of("events").arrow.empty_table(), *tables]).combine_chunks()
    keys = pa.table(
        {
            "day": whole["event_date"],
            "country": pc.fill_null(whole["country"], ""),
            "id": whole["event_id"],
        }
    )
    order = pc.sort_indices(keys, sort_keys=[("day", "ascending"), ("country", "ascending"), ("id", "ascending")])
    return whole.take(order)


def subset(events: pa.Table, name: str) -> pa.Table:
    """The events of the families that the subset table holds."""
    return events.filter(pc.is_in(events["family"], value_set=pa.array(SUBSETS[name])))


def settled(folder: Path) -> Path:
    """The folder whose tables fit together while a run publishes: a dataset's current snapshot, else the folder."""
    path = folder / "latest.json"
    if not path.is_file():
        return folder
    return folder / str(json.loads(path.read_text(encoding="utf-8"))["snapshot"])


def read_rows_of(folder: Path, name: str) -> list[dict[str, Any]]:
    """All rows of an output table as dicts. Raises FileNotFoundError when the build has no such table."""
    path = folder / f"{name}.parquet"
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no such table; name the folder of a build (marsad build … --output {folder})")
    rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return rows
