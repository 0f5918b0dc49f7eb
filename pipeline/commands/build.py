"""marsad build."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def build(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT...", help="Files or folders: .jsonl, .csv, .parquet, .html, .txt (also .gz)."),
    ],
    output: Annotated[str, typer.Option("--output", "-o", metavar="DIR", help="Folder for the tables.")],
    published_at: Annotated[
        str, typer.Option(metavar="TIME", help="Publication time (ISO 8601) of records that give none, such as .txt.")
    ] = "",
    language: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="Language to code; may be repeated. [default: ar]")
    ] = None,
    decider: Annotated[str, typer.Option(metavar="NAME", help="Who decides what is an event.")] = "default",
    workers: Annotated[int, typer.Option(min=0, help="Worker processes; 0 for all cores.")] = 0,
    max_memory: Annotated[
        str, typer.Option(metavar="SIZE", help="For all processes together, such as 2GB; workers that grow begin anew.")
    ] = "",
    engine: Annotated[str, typer.Option(metavar="NAME", help="processes, inline or dask.")] = "processes",
    scheduler: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Dask scheduler (tcp://…). [default: workers on this machine]")
    ] = "",
    parts: Annotated[
        str, typer.Option(metavar="DIR", help="Keep finished parts here. [default: hidden, beside the output]")
    ] = "",
    no_parts: Annotated[
        bool, typer.Option("--no-parts", help="Keep no parts; a build that stopped begins anew.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Turn articles into event tables.

    \b
    marsad build articles.jsonl --output outputs/mine
    marsad build pages/ more.csv.gz --output outputs/mine
    marsad build story.txt --published-at 2021-06-03 --output outputs/mine
    marsad build year.jsonl.gz --output outputs/year --workers 8 --max-memory 8GB
    marsad build s3://desk/2021/ --output s3://desk/events --engine dask --scheduler tcp://10.0.0.5:8786

    Writes articles, reports, values, events, shelling, protests, calls and quarantine as Parquet, codebook.md and
    datapackage.json, which describe them, and run.json. A crash or a full disk leaves the last good tables in the
    folder as they were. The work done so far is kept in parts: run the same command again and it goes on. Inputs,
    output and --parts may be fsspec URLs. docs/scale.md tells about large builds and clusters.
    """
    from pipeline.build import BuildOptions, failed_assertions
    from pipeline.build import build as build_dataset
    from pipeline.engines import cores
    from pipeline.intake.published import publication_time
    from pipeline.machinery import interrupts
    from pipeline.machinery.memory import size_of
    from pipeline.machinery.storage import exists, inside, is_url, located
    from pipeline.summary import progress, summary

    stamp = publication_time(published_at) if published_at else None
    target = located(output)
    if not is_url(target) and Path(target).exists() and not Path(target).is_dir():
        raise ValueError(f"{output}: is a file; give a folder")
    if exists(inside(target, "latest.json")):
        raise ValueError(f"{output}: is the folder of a dataset (marsad run writes there); give another folder")
    try:
        memory = size_of(max_memory) if max_memory else 0
    except ValueError as error:
        raise ValueError(f"--max-memory {error}") from error
    options = BuildOptions(
        tuple(map(located, inputs)), target, stamp, tuple(language or ("ar",)), decider, engine, workers or cores(),
        located(parts) if parts else None, scheduler, memory, not no_parts,
    )  # fmt: skip
    try:
        with interrupts.noted(), progress(quiet) as watch:
            run = build_dataset(options, watch)
    except KeyboardInterrupt:
        finished = options.kept.finished()
        if not finished:
            raise
        kept = f"{finished:,} finished parts are kept in {options.kept.top}"
        typer.echo(f"marsad: interrupted; nothing was published; {kept}: the same command goes on from there", err=True)
        raise typer.Exit(2) from None
    if not quiet:
        typer.echo(summary(run, target))
    problems = failed_assertions(run)
    for problem in problems:
        typer.echo(f"marsad: {problem}", err=True)
    if problems:
        raise typer.Exit(1)
