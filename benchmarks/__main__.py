"""Speed of marsad build as ratios measured in one run on the same articles; prints the table of benchmarks/README.md.

python -m benchmarks [ARTICLES] [--sizes 1000,10000] [--peer 20]: ARTICLES defaults to the shared conflict corpus where
it lies beside the checkout, else to the bundled sample, which is too small to say much.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.floor import floor
from pipeline.articles import ArticleReader, input_files
from pipeline.engines import cores
from pipeline.records import Article

ROOT = Path(__file__).resolve().parent.parent
FEW = 100  # a build of so many articles is taken for the start-up
CHILD = """
import resource, sys, time
sys.argv = ["marsad", "build", sys.argv[1], "--output", sys.argv[2], "--workers", sys.argv[3], "--quiet"]
from pipeline.cli import main
begun = time.perf_counter()
try:
    main()
finally:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    peak = max(u.ru_maxrss for u in used) / 1024
    print(time.perf_counter() - begun, sum(u.ru_utime + u.ru_stime for u in used), peak)
"""


def main() -> None:
    options = _options()
    read = ArticleReader(input_files([options.articles]))
    articles = [item for item in read if isinstance(item, Article)]
    texts = [f"{a.title}\n{a.text}" for a in articles]
    few = articles[: min(FEW, len(articles) // 2)]
    print(f"{len(articles):,} articles of {options.articles.name}, {cores()} cores, Python {sys.version.split()[0]}\n")
    print("| measured | CPU s | articles a second | ratio |\n|---|---:|---:|---|")
    what, bare = floor(texts)
    _row(what, bare, len(articles), "1 (the floor)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        base = _built(folder, few, "few", 1)
        walls: dict[int, float] = {}
        for workers in sorted({1, min(2, cores())}):
            wall, used, _ = _built(folder, articles, "all", workers)
            walls[workers] = wall - base[0]
            if workers == 1:
                cost, count = used - base[1], len(articles) - len(few)
                one = cost / count
                against = one / (bare / len(articles))
                _row("build, 1 worker, start-up out", cost, count, f"{against:.1f} times the floor")
        if 2 in walls:
            print(f"| build, 2 workers against 1 (wall) | | | {walls[1] / walls[2]:.2f} times as fast |")
        if options.peer:
            spent = _peer(texts[: options.peer])
            _row("dateparser.search_dates, dates only", spent, options.peer,
                 f"our whole pipeline {spent / options.peer / one:.1f} times as fast")  # fmt: skip
        sized = [_built(folder, _repeated(articles, size), "size", 1) for size in options.sizes]
        for size, (_, used, peak) in zip(options.sizes, sized, strict=True):
            each = (used - base[1]) / (size - len(few))
            _row(f"build of {size:,} (articles repeated under new ids)", used, size,
                 f"{1000 * each:.1f} ms an article, peak {peak:.0f} MB")  # fmt: skip
        print(f"| `marsad --help` (wall) | | | {_wall([sys.executable, '-m', 'pipeline', '--help']):.2f} s |")
        print(f"| one article from start to published tables (wall) | | | {_first(folder, articles[:1]):.2f} s |")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    shared = Path(os.environ.get("MARSAD_SHARED") or ROOT.parent / "shared") / "corpus" / "conflict.jsonl.gz"
    sample = ROOT / "datasets" / "sample" / "articles.jsonl"
    parser.add_argument("articles", nargs="?", type=Path, default=shared if shared.is_file() else sample)
    parser.add_argument("--sizes", type=lambda text: [int(size) for size in text.split(",")], default=[1000, 10_000])
    parser.add_argument("--peer", type=int, default=20, help="articles that dateparser reads; 0 for none")
    return parser.parse_args()


def _row(what: str, seconds: float, count: int, ratio: str) -> None:
    print(f"| {what} | {seconds:.2f} | {count / seconds:,.0f} | {ratio} |", flush=True)


def _repeated(articles: Sequence[Article], size: int) -> Iterator[Article]:
    """So many articles, the given ones over and over; what is written gives each its own id."""
    return (articles[number % len(articles)] for number in range(size))


def _written(path: Path, articles: Iterator[Article] | Sequence[Article]) -> None:
    with path.open("w", encoding="utf-8") as handle:
        for number, a in enumerate(articles):
            row = {"id": f"{a.id}-{number}", "published_at": a.published_at.isoformat(), "title": a.title,
                   "text": a.text, "source": a.source}  # fmt: skip
            handle.write(json.dumps(row, ensure_ascii=False) + "\n")


def _built(folder: Path, articles: Iterator[Article] | Sequence[Article], name: str,
           workers: int) -> tuple[float, float, float]:  # fmt: skip
    """(wall seconds, CPU seconds, peak MB of one process) of a build in a process of its own."""
    path = folder / f"{name}.jsonl"
    _written(path, articles)
    done = subprocess.run([sys.executable, "-c", CHILD, str(path), str(folder / name), str(workers)],
                          check=True, capture_output=True, text=True, cwd=ROOT)  # fmt: skip
    wall, used, peak = map(float, done.stdout.split()[-3:])
    return wall, used, peak


def _peer(texts: Sequence[str]) -> float:
    from dateparser.search import search_dates

    search_dates(texts[0], languages=["ar"])  # its tables are loaded before the clock starts
    begun = time.process_time()
    for text in texts:
        search_dates(text, languages=["ar"])
    return time.process_time() - begun


def _wall(command: list[str]) -> float:
    """Wall seconds of a command, the best of three."""
    found = []
    for _ in range(3):
        begun = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
        found.append(time.perf_counter() - begun)
    return min(found)


def _first(folder: Path, articles: Sequence[Article]) -> float:
    path = folder / "one.jsonl"
    _written(path, articles)
    return _wall([sys.executable, "-m", "pipeline", "build", str(path), "--output", str(folder / "one"), "--quiet"])


if __name__ == "__main__":
    main()
