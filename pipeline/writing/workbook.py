"""One Excel workbook of a build: a sheet a table, the codebook of their columns, and the rules, ready to filter."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline import __version__
from pipeline.contracts.rulebook import load_rules
from pipeline.contracts.schema import Contract
from pipeline.writing.tables import contract_of

ROWS = 1_048_576  # Excel's most rows in a sheet, the header among them
CELL = 32_767  # Excel's most characters in a cell
WIDTHS = {"date32": 11, "int32": 10, "int64": 12, "float64": 11, "bool": 9}
WIDE = {"notes": 60, "evidence": 60, "text": 60, "title": 40, "actor1": 30, "actor2": 30}
ABOUT = (
    "Event tables made by Marsad {version} from news articles.",
    "Sheets: {sheets}; codebook (every column, what its nulls mean, allowed values); rules (every rule id).",
    "An empty cell is a null: not known or not applicable, never 0. The codebook says which.",
    "Cells of more than 32,767 characters, Excel's most, end in …; the Parquet tables hold them whole.",
    "Degrees are WGS 84 (EPSG:4326). Days are calendar days at the place of publication.",
)


def write_workbook(tables: dict[str, pa.Table], path: Path) -> None:
    """Write the tables, the first on top, then codebook, rules and about. The same tables give the same bytes.

    Raises ValueError when a table has more rows than a sheet of Excel takes.
    """
    import xlsxwriter

    for name, table in tables.items():
        if table.num_rows >= ROWS:
            raise ValueError(f"{name}: {table.num_rows:,} rows, a sheet of Excel takes {ROWS - 1:,}; take --to csv")
    with xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        book.set_properties({"title": "Marsad events", "created": datetime(2000, 1, 1)})  # equal bytes
        head = book.add_format({"bold": True, "bottom": 1})
        for name, table in tables.items():
            contract = contract_of(name)
            widths = [WIDE.get(c.name, WIDTHS.get(c.type, 18)) for c in contract.columns]
            _sheet(book, head, name, contract.names, widths, (tuple(row.values()) for row in table.to_pylist()))
        _sheet(book, head, "codebook", CODEBOOK, (10, 20, 12, 12, 60, 40, 40, 30), _columns(tables))
        rules = ((rule.rule, rule.fields, rule.meaning, rule.example) for rule in load_rules().values())
        _sheet(book, head, "rules", ("rule", "field", "meaning", "example"), (30, 24, 80, 40), rules)
        about = book.add_worksheet("about")
        for number, line in enumerate(ABOUT):
            about.write_string(number, 0, line.format(version=__version__, sheets=", ".join(tables)))


CODEBOOK = ("table", "column", "type", "unit", "meaning", "null means", "allowed values", "example")


def _columns(tables: dict[str, pa.Table]) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    for name in tables:
        contract: Contract = contract_of(name)
        for c in contract.columns:
            example = c.example if isinstance(c.example, str) else json.dumps(c.example, ensure_ascii=False)
            values = "; ".join(c.values) or None
            found.append((name, c.name, c.type, c.unit or None, c.description, c.null, values, example))
    return found


def _sheet(book: Any, head: Any, name: str, header: Any, widths: Any, rows: Any) -> None:
    """One sheet, its header bold and frozen, with a filter on every column."""
    sheet = book.add_worksheet(name)
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    sheet.freeze_panes(1, 0)
    for at, title in enumerate(header):
        sheet.write_string(0, at, title, head)
    last = 0
    for last, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            _cell(sheet, last, at, value)
    sheet.autofilter(0, 0, last, len(header) - 1)


def _cell(sheet: Any, row: int, column: int, value: Any) -> None:
    """A value as the Excel type it is; text always as text, so that no cell of an article becomes a formula."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value)
    else:
        text = "; ".join(value) if isinstance(value, list) else value
        sheet.write_string(row, column, text if len(text) <= CELL else text[: CELL - 1] + "…")
