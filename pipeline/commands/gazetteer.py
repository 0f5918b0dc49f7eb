"""marsad gazetteer: add places, report on them, build the artefact."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Add places, report on the gazetteer, build its artefact.", no_args_is_help=True,
                  rich_markup_mode=None, add_completion=False)  # fmt: skip


@app.command("add")
def gazetteer_add_command(
    geonames: Annotated[Path, typer.Option(metavar="FOLDER", help="Folder with XX.txt, alternateNamesV2.txt, …")],
) -> None:
    """Add the places of GeoNames dumps for this user. The folder's XX.txt is needed; alternate names and admin codes
    are used when they are there."""
    from pipeline.gazetteer.geonames import add_geonames

    path, count = add_geonames(geonames)
    typer.echo(f"{count} places written to {path}; they count from now on. Delete the file to take them out.")


@app.command("build")
def gazetteer_build_command() -> None:
    """Compile the tables into the artefact in the cache folder (done by itself when they have changed)."""
    from pipeline.gazetteer import Gazetteer
    from pipeline.gazetteer.artefact import ensure_artefact

    path = ensure_artefact()
    typer.echo(f"{path} ({path.stat().st_size / 1e6:.1f} MB, {len(Gazetteer.load())} places)")


@app.command("report")
def gazetteer_report_command(
    corpus: Annotated[
        list[Path] | None, typer.Argument(metavar="[CORPUS...]", help="Article files (JSONL) to find names in.")
    ] = None,
    limit: Annotated[int, typer.Option(min=0, help="Countries and missing names to show; 0 for all.")] = 40,
) -> None:
    """Show what the gazetteer covers, by country; with article files also its unused rows and the names it lacks."""
    from pipeline.gazetteer import Gazetteer
    from pipeline.gazetteer.report import coverage, unused_rows
    from pipeline.geocoding import corpus_names

    columns = ("country", "places", "curated", "names", "arabic", "located", "admin1", "name")
    typer.echo("  ".join(f"{column:>8}" for column in columns[:-1]) + "  name")
    for row in coverage(Gazetteer.load())[: limit or None]:
        typer.echo("  ".join(f"{row[column]:>8}" for column in columns[:-1]) + f"  {row['name']}")
    if corpus:
        seen, missing = corpus_names(corpus)
        unused = unused_rows(seen)
        typer.echo(f"\n{sum(seen.values())} mentions of {len(seen)} places; {len(unused)} curated rows unused")
        typer.echo("names not found, most frequent first:")
        for (words, country), number in sorted(missing.items(), key=lambda item: (-item[1], item[0]))[: limit or None]:
            typer.echo(f"{number:>8}  {country:2}  {words}")
