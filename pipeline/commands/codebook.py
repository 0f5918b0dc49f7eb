"""marsad codebook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def codebook(
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="The file to write.")] = None,
    json: Annotated[bool, typer.Option("--json", help="The columns as a Frictionless Data Package instead.")] = False,
    language: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="Language of the triggers; may be repeated. [default: ar]")
    ] = None,
) -> None:
    """Print what every column, event type, rule and reason means.

    \b
    marsad codebook | less
    marsad codebook --output codebook.md
    marsad codebook --json --output datapackage.json

    Every build writes both beside its tables: codebook.md and datapackage.json.
    """
    from pipeline.contracts.codebook import codebook as text_of
    from pipeline.contracts.codebook import package_text

    text = package_text() if json else text_of(tuple(language or ("ar",)))
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")
        typer.echo(f"{output}: {len(text):,} characters")
