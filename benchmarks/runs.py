"""Builds in processes of their own, measured: wall time, CPU time of all processes, peak memory of the largest."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.intake.articles import ArticleReader, input_files
from pipeline.records import Article

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("MARSAD_SHARED") or ROOT.parent / "shared") / "corpus"
SAMPLE = ROOT / "datasets" / "sample" / "articles.jsonl"
FEW = 100  # a build of so many articles is taken for the start-up
CHILD = """
import resource, sys, time
sys.argv = ["marsad", "build", *sys.argv[1:], "--quiet", "--no-parts"]
from pipeline.cli import main
if __name__ == "__main__":
    begun = time.perf_counter()
    try:
        main()
    finally:
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        peak = max(u.ru_maxrss for u in used) / 1024
        print(time.perf_counter() - begun, sum(u.ru_utime + u.ru_stime for u in used), peak)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """wall and used (CPU of all processes) are in seconds, peak in MB of the largest process."""

    wall: float
    used: float
    peak: float


def conflict() -> list[Path]:
    """The shared conflict corpus where it is, else the bundled sample, which is too small to say much."""
    path = SHARED / "conflict.jsonl.gz"
    return [path] if path.is_file() else [SAMPLE]


def mixed_feed() -> list[Path]:
    """Both shared corpus files, conflict and other news; else the bundled sample."""
    path = SHARED / "other.jsonl.gz"
    return [*conflict(), path] if path.is_file() else [SAMPLE]


def read(paths: Sequence[Path]) -> list[Article]:
    """The articles of the files that can be used."""
    return [item for item in ArticleReader(input_files(paths)) if isinstance(item, Article)]


def peak_mb() -> float:
    """The most memory that this process ever took, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def repeated(articles: Sequence[Article], size: int) -> Iterator[Article]:
    """So many articles, the given ones over and over; what is written gives each its own id."""
    return (articles[number % len(articles)] for number in range(size))


def written(path: Path, articles: Iterable[Article]) -> Path:
    """The articles as JSONL, each under a new id."""
    with path.open("w", encoding="utf-8") as handle:
        for number, a in enumerate(articles):
            row = {"id": f"{a.id}-{number}", "published_at": a.published_at.isoformat(), "title": a.title,
                   "text": a.text, "source": a.source}  # fmt: skip
            handle.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def built(folder: Path, articles: Iterable[Article], name: str, *words: str) -> Run:
    """A build of the articles by the command line with these options, in a process of its own."""
    path = written(folder / f"{name}.jsonl", articles)
    script = folder / "child.py"
    script.write_text(CHILD, encoding="utf-8")
    command = [sys.executable, str(script), str(path), "--output", str(folder / name), *words]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT, env=environment)
    path.unlink()
    return Run(*map(float, done.stdout.split()[-3:]))
