"""Speed of marsad build as ratios measured in one run on the same articles; prints the tables of benchmarks/README.md.

python -m benchmarks [ARTICLES] [--mixed FILE ...] [--sizes 1000,10000] [--merge 100000] [--peer 20] [--cluster 1000]:
ARTICLES defaults to the shared conflict corpus and --mixed to both corpus files where they lie beside the checkout,
else to the bundled sample, which is too small to say much; a size of 0 leaves its part out. The parts alone, with any
size: python -m benchmarks.sizes, benchmarks.merging, benchmarks.cluster.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import cluster, merging, sizes
from benchmarks.floor import floor
from benchmarks.runs import FEW, ROOT, Run, built, conflict, mixed_feed, read, repeated, written
from pipeline.engines import cores
from pipeline.records import Article


def main() -> None:
    options = _options()
    articles = read([options.articles])
    few = list(repeated(articles, FEW))
    print(f"{len(articles):,} articles of {options.articles.name}, {cores()} cores, Python {sys.version.split()[0]}\n")
    print("| measured | CPU s | articles a second | ratio |\n|---|---:|---:|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        base = built(folder, few, "few", "--workers", "1")
        one, whole = _against_floor(folder, articles, base, "conflict" if options.mixed else "articles")
        if options.mixed:
            _against_floor(folder, read(options.mixed), base, "mixed feed")
        if cores() > 1:
            two, two_few = (built(folder, them, "two", "--workers", "2") for them in (articles, few))
            faster = (whole.wall - base.wall) / (two.wall - two_few.wall)
            print(f"| build, 2 workers against 1 (wall, start-up out) | | | {faster:.2f} times as fast |", flush=True)
        if options.peer:
            texts = [f"{a.title}\n{a.text}" for a in articles[: options.peer]]
            spent = _peer(texts)
            _row("dateparser.search_dates, dates only", spent, len(texts),
                 f"our whole pipeline {spent / len(texts) / one:.1f} times as fast")  # fmt: skip
        print(f"| `marsad --help` (wall) | | | {_wall([sys.executable, '-m', 'pipeline', '--help']):.2f} s |")
        print(f"| one article from start to published tables (wall) | | | {_first(folder, articles[:1]):.2f} s |")
        if options.sizes:
            print("\n| build | CPU s | ms an article | peak MB |\n|---|---:|---:|---:|")
            feed = read(options.mixed) if options.mixed else articles
            base = built(folder, repeated(feed, FEW), "few", "--workers", "1")
            for size in options.sizes:
                print(sizes.row(folder, feed, size, base), flush=True)
    if options.merge:
        print("", *merging.HEAD, *merging.lines(options.merge), sep="\n", flush=True)
    if options.cluster:
        print("\n" + "\n".join(cluster.lines(options.cluster)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("articles", nargs="?", type=Path, default=conflict()[0])
    parser.add_argument("--mixed", nargs="*", type=Path, default=mixed_feed() if len(mixed_feed()) > 1 else [])
    parser.add_argument("--sizes", type=_sizes, default=[1000, 10_000], help="articles, separated by commas")
    parser.add_argument("--merge", type=int, default=100_000, help="made-up reports that are merged")
    parser.add_argument("--peer", type=int, default=20, help="articles that dateparser reads")
    parser.add_argument("--cluster", type=int, default=1000, help="articles that Dask workers code")
    return parser.parse_args()


def _sizes(text: str) -> list[int]:
    return [size for size in map(int, text.split(",")) if size]


def _row(what: str, seconds: float, count: int, ratio: str) -> None:
    print(f"| {what} | {seconds:.2f} | {count / seconds:,.0f} | {ratio} |", flush=True)


def _against_floor(folder: Path, articles: Sequence[Article], base: Run, name: str) -> tuple[float, Run]:
    """(CPU seconds an article, the build) of these articles with one worker; prints it and its ratio to the floor."""
    what, bare = floor([f"{a.title}\n{a.text}" for a in articles])
    _row(f"{name}: {what}", bare, len(articles), "1 (the floor)")
    run = built(folder, articles, "all", "--workers", "1")
    cost, count = run.used - base.used, max(1, len(articles) - FEW)
    ratio = cost / count / (bare / len(articles))
    _row(f"{name}: build, 1 worker, start-up out", cost, count, f"{ratio:.1f} times the floor")
    return cost / count, run


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
    path = written(folder / "one.jsonl", articles)
    return _wall([sys.executable, "-m", "pipeline", "build", str(path), "--output", str(folder / "one"), "--quiet"])


if __name__ == "__main__":
    main()
