"""What a build says while it runs and when it is done: rich on a terminal, plain lines elsewhere."""

from __future__ import annotations

import contextlib
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.build import Progress
from pipeline.machinery import storage

EVERY = 10.0  # seconds between two plain lines
WINDOW = 60.0  # seconds over which the rate is taken: what finished parts gave at the start is soon forgotten
SHOWN = 3  # records set aside that are named


@contextlib.contextmanager
def progress(quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """A watcher for pipeline.build.build that shows progress on standard error."""
    pace = Pace()
    if quiet:
        yield lambda state: None
    elif sys.stderr.isatty():
        from rich.console import Console
        from rich.live import Live

        with Live(console=Console(stderr=True), auto_refresh=False, transient=True) as live:
            yield lambda state: live.update(pace.line(state), refresh=True)
    else:
        last = [time.monotonic()]

        def plain(state: Progress) -> None:
            line = pace.line(state)
            if time.monotonic() - last[0] >= EVERY:
                last[0] = time.monotonic()
                print(f"marsad: {line}", file=sys.stderr, flush=True)

        yield plain


@dataclass(slots=True)
class Pace:
    """The rate of the last minute, and the time left at that rate."""

    _past: deque[Progress] = field(default_factory=lambda: deque([Progress(0, 0, 0, 0.0, 0.0)]))

    def line(self, state: Progress) -> str:
        """One line that tells how far a build is."""
        self._past.append(state)
        while len(self._past) > 2 and state.seconds - self._past[1].seconds >= WINDOW:
            self._past.popleft()
        before = self._past[0]
        seconds, share = state.seconds - before.seconds, state.share - before.share
        rate = (state.records - before.records) / seconds if seconds > 0 else 0.0
        left = f", {duration(seconds * (1 - state.share) / share)} left" if share > 0 and 0 < state.share < 1 else ""
        done = f" ({100 * state.share:.0f} %)" if 0 < state.share < 1 else ""
        return (
            f"{state.records:,} records{done}, {rate:,.0f} a second{left}, "
            f"{state.events:,} events, {state.quarantined:,} set aside"
        )


def duration(seconds: float) -> str:
    """Seconds as people say them: "40 s", "12 min", "3 h 05 min"."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60:02} min"


def summary(run: dict[str, Any], output: storage.Place) -> str:
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


def _aside(output: storage.Place, count: int) -> list[str]:
    """The first records that were set aside, each with file, line and what was wrong; nothing of a URL."""
    if not count or storage.is_url(output):
        return []
    path = Path(output) / "quarantine.parquet"
    if not path.is_file():
        return []
    import pyarrow.parquet as pq

    rows = next(pq.ParquetFile(path).iter_batches(SHOWN, columns=["file", "line", "reason", "detail"])).to_pylist()
    told = [f"  {row['file']}:{row['line']}: {(row['detail'] or row['reason']).splitlines()[0]}" for row in rows]
    return told + ([f"  … {count - SHOWN:,} more in quarantine.parquet"] if count > SHOWN else [])


def _note(counts: dict[str, int]) -> str:
    ranked = sorted(((n, name) for name, n in counts.items() if n), key=lambda item: (-item[0], item[1]))
    return ", ".join(f"{name} {n:,}" for n, name in ranked)
