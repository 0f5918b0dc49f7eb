"""Tables as pandas frames with the right types, and events as the files other programs want."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.schema import Contract
from pipeline.tables import contract_of

# Columns whose cells come from a fixed list become categoricals; these repeat enough to be so too.
REPEATING = ("country", "region", "admin1", "source", "date_rule", "place_rule", "fatalities_rule")


def read_events(path: str | Path, table: str = "events") -> pd.DataFrame:
    """A table of a build as a frame: days as datetime64, counts as nullable integers, fixed lists as categoricals.

    path is the build's folder, or one of its Parquet files. Raises FileNotFoundError.
    """
    path = Path(path)
    file = path / f"{table}.parquet" if path.is_dir() or not path.suffix else path
    if not file.is_file():
        raise FileNotFoundError(f"{file}: no such table; name the folder of a build (marsad build … --output DIR)")
    return typed(pq.read_table(file), contract_of(file.stem if path.suffix else table))


def typed(table: pa.Table, contract: Contract) -> pd.DataFrame:
    """The frame of a table that keeps the contract."""
    frame: pd.DataFrame = table.to_pandas(date_as_object=False)
    for column in contract.columns:
        name = column.name
        if column.type in ("int32", "int64"):
            frame[name] = table[name].to_pandas(integer_object_nulls=True).astype("Int64")
        elif column.type == "date32":
            frame[name] = pd.to_datetime(frame[name])
        elif column.type == "bool":
            frame[name] = frame[name].astype("boolean")
        elif column.type == "string":
            listed = list(column.values)
            if listed:
                frame[name] = pd.Categorical(frame[name], categories=listed)
            else:
                frame[name] = frame[name].astype("category" if name in REPEATING else "string")
    return frame
