"""The contracts in forms other programs read: a Frictionless Data Package of a build, CSVW metadata of one CSV file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pipeline import __version__
from pipeline.contracts.lint import CONTRACTS
from pipeline.contracts.rulebook import load_rules
from pipeline.contracts.schema import Column, Contract
from pipeline.resources import folder, read_rows
from pipeline.writing.tables import SUBSETS, TABLES, contract_of

TYPES = {  # contract type → (Table Schema, CSVW datatype)
    "string": ("string", "string"), "int32": ("integer", "integer"), "int64": ("integer", "integer"),
    "float64": ("number", "number"), "bool": ("boolean", "boolean"), "date32": ("date", "date"),
    "list<string>": ("array", "string"),
}  # fmt: skip
DATASET_TABLES = tuple(name for name in CONTRACTS if name not in TABLES and name != "article")  # marsad run adds them
# Lists that go along: name, table in schemas/, title, key.
LISTS = (
    ("families", "families.csv", "Families and ACLED types of the sub-event types", "sub_event_type"),
    ("kinds", "kinds.csv", "Definitions of the sub-event types", "sub_event_type"),
    ("reasons", "reasons.csv", "Reasons of decisions", "reason"),
    ("quarantine_reasons", "quarantine_reasons.csv", "Reasons for setting records aside", "reason"),
)
# (table, column) → the table whose key the column holds.
REFERENCES = {
    ("reports", "article_id"): "articles",
    ("values", "report_id"): "reports",
}


def data_package(tables: Sequence[str] = (*TABLES, *DATASET_TABLES)) -> dict[str, Any]:
    """datapackage.json: one resource a table, its fields as Table Schema (Frictionless Data Package 1)."""
    return {
        "name": "marsad",
        "title": "Events read from news articles by Marsad",
        "version": __version__,
        "description": "codebook.md describes the same columns, the event types and the rules for people.",
        "resources": [*(_resource(name) for name in tables), *_lists()],
    }


def _lists() -> Iterator[dict[str, Any]]:
    """What the ids in the tables mean, as resources that hold their rows."""
    rules = [{"rule": r.rule, "field": r.fields, "meaning": r.meaning, "example": r.example}
             for r in load_rules().values()]  # fmt: skip
    yield _list("rules", "Rule ids; parts of a composed id are joined by +", "rule", rules)
    for name, file, title, key in LISTS:
        rows = [dict(row.cells) for row in read_rows(folder("schemas") / file)]
        yield _list(name, title, key, rows)


def _list(name: str, title: str, key: str, rows: list[dict[str, str]]) -> dict[str, Any]:
    fields = [{"name": column, "type": "string"} for column in rows[0]]
    return {"name": name, "title": title, "data": rows, "schema": {"fields": fields, "primaryKey": [key]}}


def _resource(name: str) -> dict[str, Any]:
    contract = contract_of(name)
    of = f" Only the families {', '.join(SUBSETS[name])}." if name in SUBSETS else ""
    return {
        "name": name,
        "path": f"{name}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "title": contract.title if not of else name.capitalize(),
        "description": contract.description + of,
        "schema": table_schema(contract, name),
    }


def table_schema(contract: Contract, name: str) -> dict[str, Any]:
    """One table as Frictionless Table Schema; nullMeaning, unit and requiredWhere are ours."""
    schema: dict[str, Any] = {"fields": [_field(column) for column in contract.columns]}
    if contract.key and not contract.repeats:
        schema["primaryKey"] = list(contract.key)
    keys = [
        {"fields": [column], "reference": {"resource": target, "fields": [column]}}
        for (table, column), target in REFERENCES.items()
        if table == name
    ]
    if keys:
        schema["foreignKeys"] = keys
    return schema


def _field(column: Column) -> dict[str, Any]:
    limits: dict[str, Any] = {"required": True} if column.required else {}
    if column.values:
        limits["enum"] = list(column.values)
    if column.pattern:
        limits["pattern"] = column.pattern
    for name in ("minimum", "maximum"):
        value = getattr(column, name)
        if value is not None:
            limits[name] = value
    field = {
        "name": column.name,
        "type": TYPES[column.type][0],
        "description": column.description,
        "nullMeaning": column.null,
        "example": column.example,
    }
    if column.unit:
        field["unit"] = column.unit
    if column.required_where:
        field["requiredWhere"] = column.required_where
    return field | ({"constraints": limits} if limits else {})


def csvw(name: str, file: str) -> dict[str, Any]:
    """CSVW metadata (W3C) of a table that was exported with all columns to a CSV file of that name."""
    contract = contract_of(name)
    described: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": file,
        "dc:title": contract.title,
        "dc:description": contract.description,
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ",", "quoteChar": '"', "doubleQuote": True},
        "tableSchema": {"columns": [_csvw_column(column) for column in contract.columns]},
    }
    if contract.key and not contract.repeats:
        described["tableSchema"]["primaryKey"] = list(contract.key)
    return described


def _csvw_column(column: Column) -> dict[str, Any]:
    datatype: dict[str, Any] = {"base": TYPES[column.type][1]}
    if column.type == "bool":
        datatype["format"] = "TRUE|FALSE"
    for name in ("minimum", "maximum"):
        value = getattr(column, name)
        if value is not None:
            datatype[name] = value
    found: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "datatype": datatype,
        "dc:description": f"{column.description} Empty: {column.null}.",
        "null": "",
    }
    if column.required and column.type != "string":
        found["required"] = True
    if column.type == "list<string>":
        found["separator"] = "; "
    return found
