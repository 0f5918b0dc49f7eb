"""marsad evaluate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Hand-coded events, JSONL, one article a line.")],
    reports: Annotated[Path, typer.Option(metavar="PATH", help="reports.parquet, or the folder of a build.")],
    aliases: Annotated[
        Path | None, typer.Option(metavar="CSV", help="Names that are one actor. [default: beside GOLD]")
    ] = None,
    errors: Annotated[int, typer.Option(min=0, help="Show this many misses and false alarms.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as one JSON line.")] = False,
    min_strict: Annotated[float, typer.Option(help="Leave with exit code 1 when strict f1 is below this.")] = 0.0,
) -> None:
    """Score reports against hand-coded events.

    detection: family group and day agree, one day off allowed. strict: family, day, country and place agree.
    """
    import json

    from pipeline.measuring.evaluate import evaluation

    result = evaluation(gold, reports, aliases)
    figures = result.summary()
    if as_json:
        typer.echo(json.dumps(figures, ensure_ascii=False))
    else:
        for name in ("articles", "gold_events", "coded"):
            typer.echo(f"{name:<20}{figures[name]:>7,}")
        typer.echo(f"\n{'':<20}{'gold':>7}{'coded':>7}  {'detection':>9} P / R / F1     strict P / R / F1")
        rows = {"all": {**figures, "gold": figures["gold_events"]}, **figures["families"]}
        for name, row in rows.items():
            found, strict = (" ".join(f"{row[k][m]:.3f}" for m in ("precision", "recall", "f1")) for k in _KINDS)
            typer.echo(f"{name:<20}{row['gold']:>7,}{row['coded']:>7,}  {found:>22}  {strict:>20}")
        typer.echo(f"\n{'field':<20}{'right':>7}{'of':>7}")
        for name, (share, compared) in figures["fields"].items():
            typer.echo(f"{name:<20}{'-' if share is None else f'{share:.3f}':>7}{compared:>7,}")
    for article, event in result.missed[:errors]:
        typer.echo(f"missed | {article} | {event['family']} | {event['event_date']} | {event.get('evidence')}")
    for article, report in result.alarms[:errors]:
        text = str(report.get("evidence"))[:80]
        typer.echo(f"false alarm | {article} | {report['family']} | {report.get('event_date')} | {text}")
    if figures["strict"]["f1"] < min_strict:
        typer.echo(f"marsad: strict f1 {figures['strict']['f1']} is below {min_strict}", err=True)
        raise typer.Exit(1)


_KINDS = ("detection", "strict")
