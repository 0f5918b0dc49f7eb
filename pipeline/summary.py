"""What a build says while it runs and when it is done: rich on a terminal, plain lines elsewhere."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pipeline.build import Progress

EVERY = 10.0  # seconds between two plain lines
SHOWN = 3  # records set aside that are named


@contextlib.contextmanager
def progress(quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """A watcher for pipeline.build.build that shows progress on standard error."""
    if quiet:
        yield lambda state: None
    elif sys.stderr.isatty():
        from rich.console import Console
        from rich.live import Live

        with Live(console=Console(stderr=True), auto_refresh=False, transient=True) as live:
            yield lambda state: live.update(_line(state), refresh=True)
    else:
        last = [time.monotonic()]

        def plain(state: Progress) -> None:
            if time.monotonic() - last[0] >= EVERY:
                last[0] = time.monotonic()
                print(f"marsad: {_line(state)}", file=sys.stderr, flush=True)

        yield plain


def _line(state: Progress) -> str:
    rate = state.records / state.seconds if state.seconds else 0.0
    return f"{state.records:,} records, {rate:,.0f} a second, {state.events:,} events, {state.quarantined:,} set aside"


def summary(run: dict[str, Any], output: Path) -> str:
    """A short table of what came out and where."""
    counts: dict[str, dict[str, int]] = run["counts"]
    articles, reports = counts.get("articles", {}), counts.get("reports", {})
    aside = counts.get("quarantine", {})
    families = sorted(counts.get("families", {}).items(), key=lambda item: (-item[1], item[0]))
    dropped = {k.removeprefix("dropped."): n for k, n in counts.get("reasons", {}).items() if k.startswith("dropped.")}
    lines = [
        ("articles", articles.get("read", 0), _note({"repeated": articles.get("repeated", 0)})),
        ("set aside", sum(aside.values()), _note(aside)),
        ("reports", sum(reports.values()), _note(reports)),
        ("dropped", sum(dropped.values()), _note(dropped)),
        ("events", counts.get("events", {}).get("coded", 0), _note(dict(families))),
    ]
    width = max(len(f"{number:,}") for _, number, _ in lines)
    rows = [f"{name:<10} {number:>{width},}  {note}".rstrip() for name, number, note in lines]
    seconds = run["duration_seconds"]
    rows[2:2] = _aside(output, sum(aside.values()))
    return "\n".join([*rows, f"{output}/: {', '.join(sorted(run['tables']))}, codebook.md, run.json ({seconds:.1f} s)"])


def _aside(output: Path, count: int) -> list[str]:
    """The first records that were set aside, each with file, line and what was wrong."""
    path = output / "quarantine.parquet"
    if not count or not path.is_file():
        return []
    import pyarrow.parquet as pq

    rows = next(pq.ParquetFile(path).iter_batches(SHOWN, columns=["file", "line", "reason", "detail"])).to_pylist()
    told = [f"  {row['file']}:{row['line']}: {(row['detail'] or row['reason']).splitlines()[0]}" for row in rows]
    return told + ([f"  … {count - SHOWN:,} more in quarantine.parquet"] if count > SHOWN else [])


def _note(counts: dict[str, int]) -> str:
    ranked = sorted(((n, name) for name, n in counts.items() if n), key=lambda item: (-item[0], item[1]))
    return ", ".join(f"{name} {n:,}" for n, name in ranked)
