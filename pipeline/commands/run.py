"""marsad run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def run(
    file: Annotated[Path, typer.Argument(metavar="DATASET", help="The dataset's file, such as datasets/example.toml.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="Folder of the dataset. [default: outputs/<file name>]"),
    ] = None,
    workers: Annotated[int, typer.Option(min=0, help="Worker processes; 0 for all cores.")] = 0,
    engine: Annotated[str, typer.Option(metavar="NAME", help="processes, inline or dask.")] = "processes",
    scheduler: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Dask scheduler (tcp://…). [default: workers on this machine]")
    ] = "",
    wait: Annotated[
        float, typer.Option(min=0, metavar="SECONDS", help="Wait so long for another run of the dataset to end.")
    ] = 0,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing when all is well.")] = False,
) -> None:
    """Run a dataset that lives: code what is new, merge, correct, check, publish.

    \b
    marsad run datasets/example.toml
    marsad run datasets/libya.toml --quiet --wait 600      # what cron calls
    marsad run datasets/libya.toml --engine dask --scheduler tcp://10.0.0.5:8786

    Prints one line. Exit codes: 0 published, or nothing new; 1 an assertion of kind fail does not hold and nothing was
    published; 2 bad usage, unreadable input, or another run is under way. The last good dataset stays whenever
    something goes wrong. docs/datasets.md tells what stands in the file and in the folder.
    """
    from pipeline.dataset.config import load_dataset
    from pipeline.dataset.run import Options, run_dataset
    from pipeline.dataset.snapshots import Busy
    from pipeline.engines import cores
    from pipeline.machinery import interrupts

    dataset = load_dataset(file)
    target = output or Path("outputs") / dataset.name
    if target.exists() and not target.is_dir():
        raise ValueError(f"{target}: is a file; give a folder")
    options = Options(target, workers or cores(), wait, engine=engine, scheduler=scheduler)
    try:
        with interrupts.noted():
            outcome = run_dataset(dataset, options)
    except Busy as error:
        raise ValueError(str(error)) from error
    for line in outcome.failed:
        typer.echo(f"marsad: fail: {line}", err=True)
    for line in outcome.warnings:
        typer.echo(f"marsad: warning: {line}", err=True)
    if outcome.failed or not quiet:
        typer.echo(outcome.line(), err=bool(outcome.failed))
    if outcome.failed:
        raise typer.Exit(1)
