"""marsad compare."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def compare(
    before: Annotated[Path, typer.Argument(metavar="DIR_A", help="Folder of the earlier build.")],
    after: Annotated[Path, typer.Argument(metavar="DIR_B", help="Folder of the later build.")],
    table: Annotated[str, typer.Option(metavar="NAME", help="events, reports or both.")] = "both",
    limit: Annotated[int, typer.Option(min=0, help="Most rows to print of each table and kind; 0 for all.")] = 0,
) -> None:
    """Show what two builds differ in, each row with its sentence.

    + gained, - lost, ~ changed (field: before → after). Differences of confidence under 0.05 are passed over.
    """
    from pipeline.measuring.compare import counted, differences, line_of

    wanted = ("events", "reports") if table == "both" else (table,)
    if not set(wanted) <= {"events", "reports"}:
        raise ValueError(f"--table {table}: give events, reports or both")
    found = tuple(one for one in differences(before, after) if one.table in wanted)
    counts = counted(found)
    shown = dict.fromkeys(counts, 0)
    for one in found:
        key = (one.table, one.kind)
        shown[key] += 1
        if not limit or shown[key] <= limit:
            typer.echo(line_of(one))
        elif shown[key] == limit + 1:
            typer.echo(f"  … {counts[key] - limit:,} more {one.table} {one.kind}")
    for name in wanted:
        typer.echo(f"{name}: " + ", ".join(f"{counts[name, kind]:,} {kind}" for kind in ("gained", "lost", "changed")))
