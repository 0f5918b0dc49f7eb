"""The contracts of the tables: schemas/NAME.toml as a pyarrow schema, and the check that a table keeps it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.resources import TableError, folder, read_rows

TYPES: dict[str, pa.DataType] = {
    "string": pa.string(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float64": pa.float64(),
    "bool": pa.bool_(),
    "date32": pa.date32(),
    "list<string>": pa.list_(pa.string()),
}


class ContractError(ValueError):
    """A table that breaks its contract; the message has one line a broken rule, with the first offender."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. null says what a null means; values are the allowed ones (empty: any)."""

    name: str
    type: str
    description: str
    null: str
    example: Any
    required: bool = False
    required_where: str = ""  # name of a boolean column: no nulls where it is true
    values: tuple[str, ...] = ()
    pattern: str = ""
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""  # of a number or a day: degrees, people, characters, day …


@dataclass(frozen=True)
class Contract:
    """One table's contract; key columns identify a row unless repeats."""

    name: str
    title: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    repeats: bool = False
    arrow: pa.Schema = field(repr=False, compare=False, default=None)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


@cache
def load_contract(name: str) -> Contract:
    """The contract in schemas/<name>.toml. Raises TableError when it is missing or malformed."""
    path = folder("schemas") / f"{name}.toml"
    if not path.is_file():
        raise TableError(f"{path}: no such contract; reinstall marsad or restore the file")
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        columns = tuple(_column(cells) for cells in raw["column"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise TableError(f"{path}: {error}; see CONTRIBUTING.md for the form of a contract") from error
    metadata = {"table": name, "title": raw["title"], "description": raw["description"]}
    arrow = pa.schema([_arrow_field(column) for column in columns], metadata=metadata)
    return Contract(
        name, raw["title"], raw["description"], tuple(raw["key"]), columns, raw.get("repeats", False), arrow
    )


def _column(cells: dict[str, Any]) -> Column:
    cells = dict(cells)
    if source := cells.pop("values_from", None):
        table, _, column = source.partition(":")
        found = {row[column] for row in read_rows(folder("schemas") / table)}
        cells["values"] = sorted(value for value in found if value)
    cells["values"] = tuple(cells.get("values", ()))
    if cells["type"] not in TYPES:
        raise ValueError(f"column {cells['name']}: type {cells['type']!r} is none of {', '.join(TYPES)}")
    return Column(**cells)


def _arrow_field(column: Column) -> pa.Field:
    metadata = {"description": column.description, "null": column.null}
    if column.unit:
        metadata["unit"] = column.unit
    return pa.field(column.name, TYPES[column.type], nullable=not column.required, metadata=metadata)


def check(table: pa.Table, contract: Contract) -> None:
    """Raise ContractError unless the table has exactly the contract's columns and every cell keeps their rules."""
    if tuple(table.column_names) != contract.names:
        missing = [name for name in contract.names if name not in table.column_names]
        extra = [name for name in table.column_names if name not in contract.names]
        raise ContractError(f"{contract.name}: columns differ: missing {missing}, not in the contract {extra}")
    problems = [line for column in contract.columns for line in _problems(table, column, contract)]
    if contract.key and not contract.repeats and table.num_rows:
        distinct = table.select(contract.key).group_by(list(contract.key)).aggregate([]).num_rows
        if distinct != table.num_rows:
            problems.append(f"{contract.name}: {table.num_rows - distinct} rows repeat a key {contract.key}")
    if problems:
        raise ContractError("\n".join(problems))


def _problems(table: pa.Table, column: Column, contract: Contract) -> list[str]:
    cells = table[column.name]
    if cells.type != TYPES[column.type]:
        return [f"{contract.name}.{column.name}: type {cells.type}, the contract says {column.type}"]
    found = []

    def note(bad: pa.ChunkedArray, why: str) -> None:
        bad = pc.fill_null(bad, False)
        count = pc.sum(bad).as_py() or 0
        if count:
            at = pc.index(bad, True).as_py()
            row = {name: table[name][at].as_py() for name in contract.key}
            found.append(f"{contract.name}.{column.name}: {why}: {cells[at].as_py()!r} in {row} ({count} rows)")

    if column.required:
        note(pc.is_null(cells), "null where the contract allows none")
    if column.required_where:
        note(pc.and_(pc.is_null(cells), table[column.required_where]), f"null where {column.required_where} is true")
    if column.values:
        allowed = pa.array(column.values, type=cells.type)
        note(pc.and_(pc.is_valid(cells), pc.invert(pc.is_in(cells, value_set=allowed))), "value not in the table")
    if column.pattern:
        note(pc.invert(pc.match_substring_regex(cells, column.pattern)), f"does not match {column.pattern}")
    if column.minimum is not None:
        note(pc.less(cells, column.minimum), f"below {column.minimum}")
    if column.maximum is not None:
        note(pc.greater(cells, column.maximum), f"above {column.maximum}")
    return found


def documentation(name: str) -> str:
    """The contract as a Markdown table for people."""
    contract = load_contract(name)
    lines = [f"## {contract.title}", "", contract.description, "", "| column | type | meaning | null | example |",
             "|---|---|---|---|---|"]  # fmt: skip
    for column in contract.columns:
        meaning = column.description
        if 0 < len(column.values) <= 12:
            meaning += " One of: " + ", ".join(column.values) + "."
        cells = (f"`{column.name}`", column.type, meaning, column.null, str(column.example))
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"
