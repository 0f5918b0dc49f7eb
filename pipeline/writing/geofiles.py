"""Events as points for maps: GeoJSON (RFC 7946) and GeoParquet 1.1, both in degrees, longitude first (WGS 84).

Events without coordinates (calls, events known only to their country) keep their row with a null geometry.
"""

from __future__ import annotations

import json
import struct
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

GEOMETRY = "geometry"
Point = tuple[float, float]


def write_geojson(events: pa.Table, path: Path) -> None:
    """A FeatureCollection, one feature a line; every column is a property, days as YYYY-MM-DD, lists as arrays."""
    points = points_of(events)
    head: dict[str, Any] = {"type": "FeatureCollection", "name": "events"}
    if box := bounds(points):
        head["bbox"] = box
    with path.open("w", encoding="utf-8", newline="\n") as lines:
        lines.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "features": [\n')
        for number, (row, point) in enumerate(zip(events.to_pylist(), points, strict=True)):
            feature = {
                "type": "Feature",
                "id": row["event_id"],
                "geometry": None if point is None else {"type": "Point", "coordinates": list(point)},
                "properties": {name: _plain(value) for name, value in row.items()},
            }
            lines.write((",\n" if number else "") + json.dumps(feature, ensure_ascii=False))
        lines.write("\n]}\n")


def write_geoparquet(events: pa.Table, path: Path) -> None:
    """The table with a last column geometry (WKB points) and the file metadata that GeoParquet 1.1 asks for.

    No crs is given: the standard then means OGC:CRS84, which is WGS 84 with longitude first.
    """
    points = points_of(events)
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point"] if any(points) else []}
    if box := bounds(points):
        column["bbox"] = box
    geo = {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
    field = pa.field(GEOMETRY, pa.binary(), metadata={"description": "The location as a WKB point, degrees."})
    table = events.append_column(field, pa.array([point and wkb(point) for point in points], pa.binary()))
    table = table.replace_schema_metadata({**(events.schema.metadata or {}), "geo": json.dumps(geo)})
    pq.write_table(table, path, compression="zstd", compression_level=3)


def points_of(events: pa.Table) -> list[Point | None]:
    """(longitude, latitude) of each row in degrees, None where either is null."""
    pairs = zip(events["longitude"].to_pylist(), events["latitude"].to_pylist(), strict=True)
    return [None if x is None or y is None else (x, y) for x, y in pairs]


def bounds(points: list[Point | None]) -> list[float]:
    """West, south, east, north of all points; empty when there is none."""
    known = [point for point in points if point is not None]
    if not known:
        return []
    east_west, north_south = [x for x, _ in known], [y for _, y in known]
    return [min(east_west), min(north_south), max(east_west), max(north_south)]


def wkb(point: Point) -> bytes:
    """A point as well-known binary: little-endian mark, type 1, two doubles."""
    return struct.pack("<BIdd", 1, 1, *point)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
