"""Ways out: each form is exact, comes back with the same values, and reads where it is meant to be read."""

from __future__ import annotations

import csv
import json
import shutil
import struct
import subprocess
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline import read_events
from pipeline.contracts.schema import load_contract
from pipeline.writing.exports import FORMS, export
from pipeline.writing.tables import SUBSETS, TABLES, TableWriter, subset, to_table

EVENTS = load_contract("events")
SHELLING: dict[str, Any] = {
    "event_date": date(2021, 6, 3), "year": 2021, "time_precision": 1, "disorder_type": "Political violence",
    "event_type": "Explosions/Remote violence", "sub_event_type": "Shelling/artillery/missile attack",
    "actor1": "Unidentified Armed Group (Libya)", "inter1": "Political militia", "actor2": "Civilians (Libya)",
    "inter2": "Civilians", "interaction": "Political militia-Civilians", "civilian_targeting": "Civilian targeting",
    "iso": 434, "region": "Northern Africa", "country": "Libya", "admin1": "West", "admin2": "Tripoli",
    "location": "Tripoli", "latitude": 32.8925, "longitude": 13.18, "geo_precision": 1, "source": "وكالة الساحل",
    "notes": 'On 3 June 2021, shells fell, said "residents".\nThere was 1 reported fatality.', "fatalities": 1,
    "timestamp": 1_622_737_800, "event_id": "00000000000000aa", "date_start": date(2021, 6, 3),
    "date_end": date(2021, 6, 3), "family": "shelling", "acled_scope": True, "date_rule": "date.weekday+clause",
    "place_rule": "place.unique+clause", "injured": None, "crowd_size": None, "confidence": 0.93,
    "article_ids": ["a1", "a2"], "report_ids": ["00000000000000ab"], "fatalities_rule": "quantity.singular",
}  # fmt: skip
CALL: dict[str, Any] = {
    "event_date": date(2021, 6, 4), "year": 2021, "time_precision": 1, "event_type": "Diplomacy",
    "sub_event_type": "Phone call", "notes": "=1+1", "fatalities": 0, "timestamp": 1_622_800_000, "family": "call",
    "event_id": "00000000000000bb", "date_start": date(2021, 6, 4), "date_end": date(2021, 6, 4),
    "acled_scope": False, "date_rule": "date.publication", "place_rule": "place.call_has_none", "confidence": 0.8,
    "article_ids": ["a1"], "report_ids": ["00000000000000bc"], "fatalities_rule": "fatalities.none_reported",
    "tags": "CAMEO 041", "source": "وكالة الساحل",
}  # fmt: skip
ARTICLE: dict[str, Any] = {
    "article_id": "a1", "published_at": "2021-06-03T18:30:00+02:00", "published_day": date(2021, 6, 3),
    "title": "خبر", "text": "سطر أول\nسطر ثان، \"مقتبس\"", "language": "ar", "sentences": 2, "reports": 0, "coded": 0,
    "merged": 0, "dropped": 0, "content_hash": "0123456789abcdef", "file": "a.jsonl", "line": 1,
}  # fmt: skip


def write(folder: Path, events: list[dict[str, Any]], articles: list[dict[str, Any]]) -> Path:
    folder.mkdir()
    tables = {"events": to_table(events, "events"), "articles": to_table(articles, "articles")}
    tables |= {name: subset(tables["events"], name) for name in SUBSETS}
    tables |= {name: to_table([], name) for name in TABLES if name not in tables}
    for name, table in tables.items():
        with TableWriter(folder / f"{name}.parquet", name) as writer:
            writer.add(table)
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("exports") / "build", [SHELLING, CALL], [ARTICLE])


def parquet(build: Path, table: str = "events") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(build / f"{table}.parquet").to_pylist()
    return rows


def read_csv(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as lines:
        return list(csv.DictReader(lines))


def typed(name: str, cell: str) -> Any:
    """A cell of the form csv as the value of its column."""
    kind = next(column.type for column in EVENTS.columns if column.name == name)
    if cell == "":
        return None
    readers: dict[str, Callable[[str], Any]] = {
        "int32": int, "int64": int, "float64": float, "bool": lambda c: {"TRUE": True, "FALSE": False}[c],
        "date32": date.fromisoformat, "list<string>": lambda c: c.split("; "), "string": str,
    }  # fmt: skip
    return readers[kind](cell)


# CSV


def test_acleds_form_is_acleds_header_dates_and_degrees(built: Path, tmp_path: Path) -> None:
    assert export(built, "acled-csv", tmp_path / "a.csv") == {"events": 1}
    raw = (tmp_path / "a.csv").read_bytes()
    assert raw.startswith(b"event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type")
    assert b"\r" not in raw
    (row,) = read_csv(tmp_path / "a.csv")
    assert tuple(row) == EVENTS.names[:31]
    wanted = {name: "" if SHELLING.get(name) is None else str(SHELLING[name]) for name in EVENTS.names[:31]}
    assert row == wanted | {"event_date": "3 June 2021", "latitude": "32.8925", "longitude": "13.1800"}


def test_a_build_without_events_still_gives_acleds_header(tmp_path: Path) -> None:
    empty = write(tmp_path / "empty", [], [])
    for form in FORMS:
        assert set(export(empty, form, tmp_path / form).values()) == {0}
    assert (tmp_path / "acled-csv").read_text(encoding="utf-8").split("\n")[0].split(",") == list(EVENTS.names[:31])
    assert json.loads((tmp_path / "geojson").read_text(encoding="utf-8"))["features"] == []


def test_plain_csv_comes_back_cell_by_cell(built: Path, tmp_path: Path) -> None:
    assert export(built, "csv", tmp_path / "e.csv") == {"events": 2}
    assert (tmp_path / "e.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    rows = read_csv(tmp_path / "e.csv", "utf-8-sig")
    assert [{name: typed(name, cell) for name, cell in row.items()} for row in rows] == parquet(built)


def test_csv_reads_in_pandas_and_in_r(built: Path, tmp_path: Path) -> None:
    export(built, "csv", tmp_path / "e.csv")
    frame = pd.read_csv(tmp_path / "e.csv", encoding="utf-8-sig", parse_dates=["event_date"])
    assert frame["acled_scope"].tolist() == [True, False]
    assert frame["event_date"].tolist() == [pd.Timestamp(2021, 6, 3), pd.Timestamp(2021, 6, 4)]
    assert frame["source"].tolist() == ["وكالة الساحل"] * 2
    if shutil.which("Rscript") is None:
        return  # the conventions R needs (TRUE/FALSE, ISO days, doubled quotes) are held by the tests above
    code = f'd <- read.csv("{tmp_path / "e.csv"}", fileEncoding = "UTF-8-BOM"); cat(nrow(d), class(d$acled_scope))'
    done = subprocess.run(["Rscript", "-e", code], capture_output=True, text=True, check=True)
    assert done.stdout == "2 logical"


def test_csvw_stands_beside_the_file_when_asked_for(built: Path, tmp_path: Path) -> None:
    export(built, "csv", tmp_path / "e.csv", describe=True)
    described = json.loads((tmp_path / "e.csv-metadata.json").read_text(encoding="utf-8"))
    header = read_csv(tmp_path / "e.csv", "utf-8-sig")[0]
    assert [column["name"] for column in described["tableSchema"]["columns"]] == list(header)


# Maps


def test_geojson_holds_points_longitude_first_and_every_column(built: Path, tmp_path: Path) -> None:
    assert export(built, "geojson", tmp_path / "e.geojson") == {"events": 2}
    found = json.loads((tmp_path / "e.geojson").read_text(encoding="utf-8"))
    assert (found["type"], found["bbox"]) == ("FeatureCollection", [13.18, 32.8925, 13.18, 32.8925])
    shelling, call = found["features"]
    assert shelling["geometry"] == {"type": "Point", "coordinates": [13.18, 32.8925]}
    assert call["geometry"] is None
    for feature, row in zip(found["features"], parquet(built), strict=True):
        assert feature["id"] == row["event_id"]
        plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
        assert feature["properties"] == plain


def test_geoparquet_keeps_every_column_and_says_what_it_is(built: Path, tmp_path: Path) -> None:
    assert export(built, "geoparquet", tmp_path / "e.parquet") == {"events": 2}
    table = pq.read_table(tmp_path / "e.parquet")
    assert table.drop_columns(["geometry"]).equals(pq.read_table(built / "events.parquet"))
    geo = json.loads(table.schema.metadata[b"geo"])
    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
    assert geo["columns"]["geometry"] == {
        "encoding": "WKB", "geometry_types": ["Point"], "bbox": [13.18, 32.8925, 13.18, 32.8925]}  # fmt: skip
    point, nothing = table["geometry"].to_pylist()
    assert struct.unpack("<BIdd", point) == (1, 1, 13.18, 32.8925)
    assert nothing is None
    assert read_events(tmp_path / "e.parquet")["fatalities"].tolist() == [1, 0]


def test_geoparquet_opens_in_geopandas(built: Path, tmp_path: Path) -> None:
    geopandas = pytest.importorskip("geopandas", reason="geopandas is not installed; it is no dependency of Marsad")
    export(built, "geoparquet", tmp_path / "e.parquet")
    frame = geopandas.read_parquet(tmp_path / "e.parquet")
    assert frame.crs == "OGC:CRS84"
    assert (frame.geometry.x[0], frame.geometry.y[0]) == (13.18, 32.8925)
    export(built, "geojson", tmp_path / "e.geojson")
    assert geopandas.read_file(tmp_path / "e.geojson").total_bounds.tolist() == [13.18, 32.8925, 13.18, 32.8925]


# Excel


def sheet(path: Path, name: str) -> Iterator[dict[str, Any]]:
    import openpyxl

    rows = openpyxl.load_workbook(path, read_only=True)[name].iter_rows(values_only=True)
    header = next(rows)
    for row in rows:
        yield dict(zip(header, row, strict=True))


def test_a_workbook_comes_back_with_types_and_formulas_stay_text(built: Path, tmp_path: Path) -> None:
    assert export(built, "xlsx", tmp_path / "e.xlsx") == {"events": 2, "reports": 0, "articles": 1}
    rows = list(sheet(tmp_path / "e.xlsx", "events"))
    for row, wanted in zip(rows, parquet(built), strict=True):
        for name, value in wanted.items():
            if isinstance(value, date):
                value = datetime(value.year, value.month, value.day)
            assert row[name] == ("; ".join(value) if isinstance(value, list) else value), name
    assert rows[1]["notes"] == "=1+1"
    assert next(sheet(tmp_path / "e.xlsx", "articles"))["text"] == ARTICLE["text"]


def test_a_workbook_explains_itself(built: Path, tmp_path: Path) -> None:
    import openpyxl

    export(built, "xlsx", tmp_path / "e.xlsx", "shelling")
    assert openpyxl.load_workbook(tmp_path / "e.xlsx").sheetnames == ["shelling", "codebook", "rules", "about"]
    columns = [row["column"] for row in sheet(tmp_path / "e.xlsx", "codebook")]
    assert columns == list(EVENTS.names)
    assert "place.unique" in {row["rule"] for row in sheet(tmp_path / "e.xlsx", "rules")}


def test_equal_tables_give_equal_files(built: Path, tmp_path: Path) -> None:
    for form in FORMS:
        export(built, form, tmp_path / f"one.{form}")
        export(built, form, tmp_path / f"two.{form}")
        assert (tmp_path / f"one.{form}").read_bytes() == (tmp_path / f"two.{form}").read_bytes(), form


def test_cells_too_long_for_excel_are_cut_with_a_mark(tmp_path: Path) -> None:
    long = write(tmp_path / "long", [], [ARTICLE | {"text": "ا" * 40_000}])
    export(long, "xlsx", tmp_path / "e.xlsx", "articles")
    (row,) = sheet(tmp_path / "e.xlsx", "articles")
    assert row["text"] == "ا" * 32_766 + "…"


def test_more_rows_than_a_sheet_takes_are_refused(built: Path, tmp_path: Path, monkeypatch: Any) -> None:
    from pipeline.writing import workbook

    monkeypatch.setattr(workbook, "ROWS", 2)
    with pytest.raises(ValueError, match="events: 2 rows, a sheet of Excel takes 1; take --to csv"):
        export(built, "xlsx", tmp_path / "e.xlsx")
    assert list(tmp_path.iterdir()) == []


# What is refused, and frames


REFUSED = [
    (("csvs", "x", ""), "no form 'csvs'; there are: acled-csv, plover, csv, geojson, geoparquet, xlsx"),
    (("csv", "x", "event"), "--table event: no such table; there are: articles, reports, values, events"),
    (("geojson", "x", "reports"), "--table reports: the form geojson is for events; take --to csv or xlsx"),
    (("csv", ".", ""), "is a folder; give a file"),
]


@pytest.mark.parametrize(("words", "why"), REFUSED)
def test_what_cannot_be_written_is_refused(built: Path, tmp_path: Path, words: tuple[str, str, str], why: str) -> None:
    form, file, table = words
    with pytest.raises((KeyError, ValueError)) as told:
        export(built, form, tmp_path / file, table)
    assert why in str(told.value)
    with pytest.raises(ValueError, match="--csvw describes the form csv"):
        export(built, "xlsx", tmp_path / "x", describe=True)
    assert list(tmp_path.iterdir()) == []


def test_read_events_gives_the_right_types(built: Path) -> None:
    frame = read_events(built)
    assert str(frame["event_date"].dtype).startswith("datetime64")
    for name in ("fatalities", "injured", "crowd_size", "iso", "timestamp", "year"):
        assert frame[name].dtype == "Int64", name
    assert frame["injured"].isna().all()
    for name in ("event_type", "sub_event_type", "inter1", "interaction", "family", "country", "date_rule"):
        assert isinstance(frame[name].dtype, pd.CategoricalDtype), name
    assert "Battles" in frame["event_type"].cat.categories, "all allowed values, also those that do not occur"
    assert frame["acled_scope"].dtype == "boolean"
    assert frame["notes"].dtype == "string"
    assert frame["latitude"].dtype == "float64"
    assert frame["article_ids"].map(list).tolist() == [["a1", "a2"], ["a1"]]
    assert tuple(frame.columns) == EVENTS.names


@pytest.mark.parametrize("table", TABLES)
def test_read_events_reads_every_table_by_name_and_by_file(built: Path, table: str, tmp_path: Path) -> None:
    by_name = read_events(built, table)
    pd.testing.assert_frame_equal(read_events(built / f"{table}.parquet"), by_name)
    shutil.copy(built / f"{table}.parquet", tmp_path / "renamed.parquet")
    pd.testing.assert_frame_equal(read_events(tmp_path / "renamed.parquet"), by_name)


def test_read_events_says_what_is_wrong_with_a_file(built: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such table; name the folder of a build"):
        read_events(tmp_path / "nothing")
    pq.write_table(pa.table({"a": [1]}), tmp_path / "other.parquet")
    with pytest.raises(ValueError, match="no table of Marsad"):
        read_events(tmp_path / "other.parquet")
    pq.write_table(pq.read_table(built / "events.parquet").drop_columns(["iso"]), tmp_path / "old.parquet")
    with pytest.raises(ValueError, match="another version of Marsad, without iso; build it again"):
        read_events(tmp_path / "old.parquet")
