"""marsad explain."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def explain(
    identity: Annotated[str, typer.Argument(metavar="EVENT_OR_REPORT_ID", help="An id, or a unique beginning of it.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder of the build.")],
    rules: Annotated[bool, typer.Option("--rules", help="Also tell what each rule means.")] = False,
) -> None:
    """Show why an event or report is as it is.

    Prints each field with its value, the rule that gave it, and the sentence with its words marked. Ids stand in the
    tables: event_id in events, report_id in reports, also of candidates that were dropped.
    """
    import sys

    from pipeline.contracts.rulebook import parts_of, rule_of
    from pipeline.explain import explanations, text_of

    color = sys.stdout.isatty()

    def mark(words: str) -> str:
        return typer.style(words, reverse=True) if color else f"⟦{words}⟧"

    def heading(line: str) -> str:
        return typer.style(line, bold=True) if color else line

    found = explanations(identity, output)
    typer.echo("\n\n".join(text_of(one, mark, heading) for one in found))
    if rules:
        used = sorted({part for one in found for field in one.fields for part in parts_of(field.rule)})
        told = [(part, rule_of(part)) for part in used]
        typer.echo("\n" + heading("rules"))
        typer.echo("\n".join(f"  {part:<28} {rule.meaning if rule else 'not documented'}" for part, rule in told))
