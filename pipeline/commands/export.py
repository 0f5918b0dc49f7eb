"""marsad export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def export(
    build: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the build.")],
    to: Annotated[str, typer.Option(metavar="FORM", help="acled-csv, plover or csv.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The file to write.")],
    table: Annotated[str, typer.Option(metavar="NAME", help="Table to export.")] = "events",
) -> None:
    """Write events as CSV.

    \b
    acled-csv  ACLED's 31 columns in its order and forms, events within ACLED's scope only
    plover     the same events with PLOVER event and mode and CAMEO code
    csv        every column, with the mark that lets Excel read Arabic

    event_id_cnty stays empty in a plain build: only the ledger of a dataset gives such numbers.
    """
    from pipeline.exports import export as write

    typer.echo(f"{output}: {write(build, to, output, table):,} rows")
