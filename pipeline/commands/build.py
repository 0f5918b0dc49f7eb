"""marsad build."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def build(
    inputs: Annotated[
        list[Path],
        typer.Argument(metavar="INPUT...", help="Files or folders: .jsonl, .csv, .parquet, .html, .txt (also .gz)."),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the tables.")],
    published_at: Annotated[
        str, typer.Option(metavar="TIME", help="Publication time (ISO 8601) of records that give none, such as .txt.")
    ] = "",
    language: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="Language to code; may be repeated. [default: ar]")
    ] = None,
    decider: Annotated[str, typer.Option(metavar="NAME", help="Who decides what is an event.")] = "default",
    workers: Annotated[int, typer.Option(min=0, help="Worker processes; 0 for all cores.")] = 0,
    engine: Annotated[str, typer.Option(metavar="NAME", help="processes or inline.")] = "processes",
    parts: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep finished parts here; a build that stopped goes on.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Turn articles into event tables.

    \b
    marsad build articles.jsonl --output outputs/mine
    marsad build pages/ more.csv.gz --output outputs/mine
    marsad build story.txt --published-at 2021-06-03 --output outputs/mine

    Writes articles, reports, values, events, shelling, protests, calls and quarantine as Parquet, codebook.md and
    datapackage.json, which describe them, and run.json. A crash or a full disk leaves the last good tables in the
    folder as they were. With --parts DIR the work done so far is kept too: run the same command again and it goes on.
    """
    from pipeline import interrupts
    from pipeline.build import BuildOptions, failed_assertions
    from pipeline.build import build as build_dataset
    from pipeline.engines import cores
    from pipeline.published import publication_time
    from pipeline.summary import progress, summary

    stamp = publication_time(published_at) if published_at else None
    if output.exists() and not output.is_dir():
        raise ValueError(f"{output}: is a file; give a folder")
    if (output / "latest.json").exists():
        raise ValueError(f"{output}: is the folder of a dataset (marsad run writes there); give another folder")
    languages = tuple(language or ("ar",))
    options = BuildOptions(tuple(inputs), output, stamp, languages, decider, engine, workers or cores(), parts)
    with interrupts.noted(), progress(quiet) as watch:
        run = build_dataset(options, watch)
    if not quiet:
        typer.echo(summary(run, output))
    problems = failed_assertions(run)
    for problem in problems:
        typer.echo(f"marsad: {problem}", err=True)
    if problems:
        raise typer.Exit(1)
