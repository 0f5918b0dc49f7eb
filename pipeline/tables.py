"""Rows as Parquet files: checked against their contract, described, zstd, the same bytes for the same rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.schema import Contract, ContractError, check, load_contract

ROW_GROUP = 50_000
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


def to_table(rows: Sequence[dict[str, Any]], name: str) -> pa.Table:
    """Rows, dicts keyed by column name, as a checked table. A missing key is null; an unknown one is an error.

    Raises ContractError.
    """
    contract = contract_of(name)
    known = set(contract.names)
    for row in rows:
        if not row.keys() <= known:
            raise ContractError(f"{name}: columns {sorted(row.keys() - known)} are not in schemas/{contract.name}.toml")
    arrays = []
    for column in contract.arrow:
        cells = [row.get(column.name) for row in rows]
        try:
            arrays.append(pa.array(cells, type=column.type))
        except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError) as error:
            raise ContractError(f"{name}.{column.name}: {error}") from error
    table = pa.Table.from_arrays(arrays, schema=contract.arrow)
    check(table, contract)
    return table


def open_writer(path: Path, name: str) -> pq.ParquetWriter:
    """A writer of the output table of that name; close it, or use it as a context."""
    return pq.ParquetWriter(path, contract_of(name).arrow, compression="zstd", compression_level=3, use_dictionary=True)


def write_table(path: Path, name: str, tables: Iterable[pa.Table]) -> int:
    """Write tables, already checked, as one file with row groups of equal size, and return the number of rows.

    The bytes depend on the rows alone, not on how they were cut into tables. A whole row group is held in memory.
    """
    count = 0
    with open_writer(path, name) as writer:
        for group in _groups(tables, contract_of(name).arrow):
            writer.write_table(group, row_group_size=ROW_GROUP)
            count += group.num_rows
    return count


def _groups(tables: Iterable[pa.Table], schema: pa.Schema) -> Iterator[pa.Table]:
    """The rows of the tables cut into row groups; at least one, so that an empty table still has a file."""
    held: list[pa.Table] = []
    size, given = 0, False
    for table in tables:
        held.append(table)
        size += table.num_rows
        while size >= ROW_GROUP:
            whole = pa.concat_tables(held).combine_chunks()
            yield whole.slice(0, ROW_GROUP)
            given = True
            rest = whole.slice(ROW_GROUP)
            held, size = [rest], rest.num_rows
    if size or not given:
        yield pa.concat_tables([schema.empty_table(), *held]).combine_chunks()


def subset(events: Sequence[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """The events of the families that the subset table holds."""
    return [event for event in events if event["family"] in SUBSETS[name]]


def read_rows_of(folder: Path, name: str) -> list[dict[str, Any]]:
    """All rows of an output table as dicts. Raises FileNotFoundError when the build has no such table."""
    path = folder / f"{name}.parquet"
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no such table; name the folder of a build (marsad build … --output {folder})")
    rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return rows
