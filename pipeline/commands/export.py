"""marsad export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def export(
    build: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the build.")],
    to: Annotated[str, typer.Option(metavar="FORM", help="acled-csv, plover, csv, geojson, geoparquet or xlsx.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The file to write.")],
    table: Annotated[
        str, typer.Option(metavar="NAME", help="Table to export. [default: events; for xlsx events, reports, articles]")
    ] = "",
    csvw: Annotated[
        bool, typer.Option("--csvw", help="With csv: also FILE-metadata.json, the columns as W3C's CSVW has them.")
    ] = False,
) -> None:
    """Write events as a file for other programs.

    \b
    acled-csv   ACLED's 31 columns in its order and forms, events within ACLED's scope only
    plover      CSV of all events with PLOVER event and mode and CAMEO code
    csv         every column, with the mark that lets Excel read Arabic
    geojson     points with every column, for web maps and QGIS
    geoparquet  the same as GeoParquet 1.1, for geopandas, DuckDB, QGIS and R
    xlsx        a workbook: events, reports, articles, codebook, rules

    \b
    marsad export outputs/mine --to acled-csv --output events.csv
    marsad export outputs/mine --to xlsx --output events.xlsx
    marsad export outputs/mine --to csv --table reports --output reports.csv

    event_id_cnty stays empty in a plain build: only the ledger of a dataset gives such numbers.
    """
    from pipeline.writing.exports import export as write

    rows = write(build, to, output, table, csvw)
    told = ", ".join(f"{name} {count:,}" if len(rows) > 1 else f"{count:,}" for name, count in rows.items())
    typer.echo(f"{output}: {told} rows")
