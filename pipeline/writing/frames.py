"""Tables as pandas frames with the right types."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.contracts.schema import Contract, load_contract

# Columns whose cells come from a fixed list become categoricals; these repeat enough to be so too.
REPEATING = (
    "country", "region", "admin1", "source", "date_rule", "place_rule", "fatalities_rule", "geo_relation", "language",
)  # fmt: skip


def read_events(path: str | Path, table: str = "events") -> pd.DataFrame:
    """A table of a build as a frame: days as datetime64, counts as nullable integers, fixed lists as categoricals.

    path is the build's folder, or one of its Parquet files under whatever name: the file says which table it holds.
    Raises FileNotFoundError, ValueError when the file is of another version or no table of Marsad.
    """
    path = Path(path)
    file = path / f"{table}.parquet" if path.is_dir() or not path.suffix else path
    if not file.is_file():
        raise FileNotFoundError(f"{file}: no such table; name the folder of a build (marsad build … --output DIR)")
    with file.open("rb") as handle:  # opened once: a run of a dataset may replace the file at any moment
        rows = pq.read_table(handle)
    held = (rows.schema.metadata or {}).get(b"table", b"").decode()
    if not held:
        raise ValueError(f"{file}: no table of Marsad; name the folder of a build (marsad build … --output DIR)")
    contract = load_contract(held)
    if missing := sorted(set(contract.names) - set(rows.column_names)):
        raise ValueError(f"{file}: written by another version of Marsad, without {', '.join(missing)}; build it again")
    return typed(rows, contract)


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
