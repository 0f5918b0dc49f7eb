"""marsad lint."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def lint(
    tables: Annotated[list[Path] | None, typer.Argument(metavar="[TABLE...]", help="CSV files; without, all.")] = None,
) -> None:
    """Check the tables of languages, gazetteer and schemas.

    Sorted, unique, UTF-8, LF, plain Arabic letters, no blanks at the ends. Exit code 1 when one is not.
    """
    from pipeline.contracts.lint import problems, table_paths

    found = problems(tables or None)
    for line in found:
        typer.echo(line)
    if found:
        typer.echo(f"marsad: {len(found)} problems", err=True)
        raise typer.Exit(1)
    typer.echo(f"{len(tables or table_paths())} tables are in order")
