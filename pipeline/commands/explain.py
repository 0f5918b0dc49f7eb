"""marsad explain."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def explain(
    identity: Annotated[str, typer.Argument(metavar="EVENT_OR_REPORT_ID", help="An id, or a unique beginning of it.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder of the build.")],
) -> None:
    """Show why an event or report is as it is.

    Prints each field with its value, the rule that gave it, and the sentence with its words marked.
    """
    import sys

    from pipeline.explain import explanations, text_of

    color = sys.stdout.isatty()

    def mark(words: str) -> str:
        return typer.style(words, reverse=True) if color else f"⟦{words}⟧"

    def heading(line: str) -> str:
        return typer.style(line, bold=True) if color else line

    parts = [text_of(one, mark, heading) for one in explanations(identity, output)]
    typer.echo("\n\n".join(parts))
