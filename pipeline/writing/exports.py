"""Events as the files other programs want: ACLED's CSV, PLOVER and CAMEO codes, plain CSV, maps, one workbook."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.contracts.schema import load_contract
from pipeline.notes import day_words
from pipeline.resources import folder, read_rows
from pipeline.writing.geofiles import write_geojson, write_geoparquet
from pipeline.writing.publish import staging
from pipeline.writing.tables import TABLES, contract_of
from pipeline.writing.tableschema import DATASET_TABLES, csvw
from pipeline.writing.workbook import write_workbook

ACLED_COLUMNS = 31  # the first columns of events are ACLED's, in ACLED's order
PLOVER_COLUMNS = (
    "event_id", "event_date", "plover_event", "plover_mode", "cameo_code", "cameo_label", "actor1", "actor2",
    "country", "admin1", "location", "latitude", "longitude", "geo_precision", "fatalities", "injured", "crowd_size",
    "sub_event_type", "source", "notes", "confidence",
)  # fmt: skip
BOOK = ("events", "reports", "articles")  # sheets of a workbook when no table is named


def acled_frame(events: pa.Table) -> pd.DataFrame:
    """The events within ACLED's scope, exactly its columns in its order, days as ACLED's export tool writes them."""
    names = list(load_contract("events").names[:ACLED_COLUMNS])
    frame = _cells(events.filter(events["acled_scope"]).select(names))
    frame["event_date"] = [day_words(day) for day in frame["event_date"]]
    for name in ("latitude", "longitude"):
        frame[name] = frame[name].map("{:.4f}".format)
    return frame


def plover_frame(events: pa.Table) -> pd.DataFrame:
    """All events with their PLOVER event and mode and their CAMEO code, from schemas/plover.csv.

    Events that PLOVER has no type for keep their row with these cells empty.
    """
    codes = {row["sub_event_type"]: row.cells for row in read_rows(folder("schemas") / "plover.csv")}
    frame = _cells(events)
    for name in ("plover_event", "plover_mode", "cameo_code", "cameo_label"):
        frame[name] = [codes[kind][name] or None for kind in frame["sub_event_type"]]
    return frame[list(PLOVER_COLUMNS)]


def plain_frame(table: pa.Table) -> pd.DataFrame:
    """Every column; lists joined by "; ", truth values as TRUE and FALSE, which R and Excel both read."""
    return _cells(table)


def _cells(table: pa.Table) -> pd.DataFrame:
    """The rows as Python objects, so that whole numbers stay whole beside empty cells."""
    rows: list[dict[str, Any]] = table.to_pylist()
    for row in rows:
        for name, value in row.items():
            if isinstance(value, list):
                row[name] = "; ".join(value)
            elif isinstance(value, bool):
                row[name] = str(value).upper()
    return pd.DataFrame(rows, columns=table.column_names, dtype=object)


def _csv(frame_of: Callable[[pa.Table], pd.DataFrame], encoding: str) -> Callable[[dict[str, pa.Table], Path], None]:
    def write(tables: dict[str, pa.Table], path: Path) -> None:
        (table,) = tables.values()
        frame_of(table).to_csv(path, index=False, encoding=encoding, lineterminator="\n")

    return write


def _one(write_table: Callable[[pa.Table, Path], None]) -> Callable[[dict[str, pa.Table], Path], None]:
    def write(tables: dict[str, pa.Table], path: Path) -> None:
        (table,) = tables.values()
        write_table(table, path)

    return write


@dataclass(frozen=True)
class Form:
    """How a form is written; any_table: it takes tables that hold no events; in_scope: only ACLED's events."""

    write: Callable[[dict[str, pa.Table], Path], None]
    any_table: bool = False
    in_scope: bool = False


FORMS: dict[str, Form] = {
    "acled-csv": Form(_csv(acled_frame, "utf-8"), in_scope=True),
    "plover": Form(_csv(plover_frame, "utf-8")),
    "csv": Form(_csv(plain_frame, "utf-8-sig"), any_table=True),
    "geojson": Form(_one(write_geojson)),
    "geoparquet": Form(_one(write_geoparquet)),
    "xlsx": Form(write_workbook, any_table=True),
}


def export(build: Path, form: str, output: Path, table: str = "", describe: bool = False) -> dict[str, int]:
    """Write tables of a build in the form of that name and return the number of rows by table.

    table is "" for the form's own choice: events, reports and articles for xlsx, events for the others. csv and xlsx
    also take tables that hold no events. csv carries a byte order mark, so that Excel reads Arabic; acled-csv and
    plover are plain UTF-8. describe (csv only) also writes FILE-metadata.json, the columns in W3C's CSVW. The file
    takes its place by one rename. Raises KeyError for an unknown form, ValueError for a table or option that the form
    does not take, FileNotFoundError when the build has no such table.
    """
    if form not in FORMS:
        raise KeyError(f"no form {form!r}; there are: {', '.join(FORMS)}")
    chosen = FORMS[form]
    known = (*TABLES, *DATASET_TABLES)
    if table and table not in known:
        raise ValueError(f"--table {table}: no such table; there are: {', '.join(known)}")
    if table and not chosen.any_table and contract_of(table).name != "events":
        raise ValueError(f"--table {table}: the form {form} is for events; take --to csv or xlsx")
    if describe and form != "csv":
        raise ValueError(f"--csvw describes the form csv; the form {form} has its own description or none")
    if output.is_dir():
        raise ValueError(f"{output}: is a folder; give a file")
    names = (table,) if table else BOOK if form == "xlsx" else ("events",)
    tables = {name: _read(build, name) for name in names}
    with staging(output) as stage:
        chosen.write(tables, stage / output.name)
        if describe:
            text = json.dumps(csvw(names[0], output.name), ensure_ascii=False, indent=2)
            (stage / f"{output.name}-metadata.json").write_text(text + "\n", encoding="utf-8")
        for path in sorted(stage.iterdir()):
            os.replace(path, output.parent / path.name)
    if chosen.in_scope:
        return {name: sum(rows["acled_scope"].to_pylist()) for name, rows in tables.items()}
    return {name: rows.num_rows for name, rows in tables.items()}


def _read(build: Path, table: str) -> pa.Table:
    path = build / f"{table}.parquet"
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no such table; name the folder of a build (marsad build … --output DIR)")
    return pq.read_table(path)
