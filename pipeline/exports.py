"""Events as the files other programs want: ACLED's CSV, PLOVER and CAMEO codes, or every column."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.resources import folder, read_rows
from pipeline.schema import load_contract
from pipeline.tables import contract_of

ACLED_COLUMNS = 31  # the first columns of events are ACLED's, in ACLED's order
PLOVER_COLUMNS = (
    "event_id", "event_date", "plover_event", "plover_mode", "cameo_code", "cameo_label", "actor1", "actor2",
    "country", "admin1", "location", "latitude", "longitude", "geo_precision", "fatalities", "injured", "crowd_size",
    "sub_event_type", "source", "notes", "confidence",
)  # fmt: skip


def acled_frame(events: pa.Table) -> pd.DataFrame:
    """The events within ACLED's scope, exactly its columns in its order, days as ACLED's export tool writes them."""
    names = list(load_contract("events").names[:ACLED_COLUMNS])
    frame = _cells(events.filter(events["acled_scope"]).select(names))
    frame["event_date"] = [f"{day.day} {day:%B %Y}" for day in frame["event_date"]]
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
    """Every column; lists joined by "; "."""
    return _cells(table)


def _cells(table: pa.Table) -> pd.DataFrame:
    """The rows as Python objects, so that whole numbers stay whole beside empty cells."""
    rows: list[dict[str, Any]] = table.to_pylist()
    for row in rows:
        for name, value in row.items():
            if isinstance(value, list):
                row[name] = "; ".join(value)
    return pd.DataFrame(rows, columns=table.column_names, dtype=object)


FORMS: dict[str, Callable[[pa.Table], pd.DataFrame]] = {
    "acled-csv": acled_frame,
    "plover": plover_frame,
    "csv": plain_frame,
}


def export(build: Path, form: str, output: Path, table: str = "events") -> int:
    """Write a table of a build as CSV in the form of that name and return its number of rows.

    The form csv carries a byte order mark, so that Excel reads Arabic; the others are plain UTF-8. Only csv takes
    tables that hold no events. Raises KeyError for an unknown form, FileNotFoundError when the build has no such table.
    """
    if form not in FORMS:
        raise KeyError(f"no form {form!r}; there are: {', '.join(FORMS)}")
    if form != "csv" and contract_of(table).name != "events":
        raise ValueError(f"--table {table}: the form {form} is for events; take --to csv")
    path = build / f"{table}.parquet"
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no such table; name the folder of a build (marsad build … --output DIR)")
    frame = FORMS[form](pq.read_table(path))
    encoding = "utf-8-sig" if form == "csv" else "utf-8"
    frame.to_csv(output, index=False, encoding=encoding, lineterminator="\n")
    return len(frame)
