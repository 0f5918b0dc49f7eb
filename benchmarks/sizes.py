"""Cost per article and peak memory as builds grow: python -m benchmarks.sizes [10000 1000000] [--articles FILE ...].

The articles (by default both shared corpus files where they lie beside the checkout, else the bundled sample) are
repeated under new ids. A build of the first hundred is taken for the start-up. One worker: at the speed of
benchmarks/README.md a million takes some hours of one core.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.runs import FEW, Run, built, mixed_feed, read, repeated
from pipeline.records import Article


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sizes", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 1_000_000])
    parser.add_argument("--articles", nargs="*", type=Path, default=mixed_feed())
    options = parser.parse_args()
    articles = read(options.articles)
    print("| build | CPU s | ms an article | peak MB |\n|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few = built(folder, repeated(articles, FEW), "few", "--workers", "1")
        for size in options.sizes:
            print(row(folder, articles, size, few), flush=True)


def row(folder: Path, articles: Sequence[Article], size: int, few: Run) -> str:
    """The row of the table for a build of so many articles; few is that of the first hundred."""
    run = built(folder, repeated(articles, size), "size", "--workers", "1")
    each = 1000 * (run.used - few.used) / (size - FEW)
    return f"| {size:,} articles (repeated under new ids) | {run.used:.1f} | {each:.2f} | {run.peak:.0f} |"


if __name__ == "__main__":
    main()
