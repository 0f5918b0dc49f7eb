"""Articles a second of marsad build, start-up taken out, with one worker and with all cores.

python -m benchmarks [ARTICLES]; without an argument the shared corpus is used where it is there, else the sample.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from pipeline.articles import ArticleReader, input_files
from pipeline.build import BuildOptions, build
from pipeline.coding import kit_of
from pipeline.engines import cores

ROOT = Path(__file__).resolve().parent.parent


def articles() -> Path:
    """The file to measure on."""
    if len(sys.argv) > 1:
        return Path(sys.argv[1])
    shared = Path(os.environ.get("MARSAD_SHARED") or ROOT.parent / "shared") / "corpus" / "conflict.jsonl.gz"
    return shared if shared.is_file() else ROOT / "datasets" / "sample" / "articles.jsonl"


def main() -> None:
    path = articles()
    begun = time.perf_counter()
    kit_of("ar", "default")
    print(f"{'tables and decider loaded':<34}{time.perf_counter() - begun:>8.2f} s")
    begun = time.perf_counter()
    count = sum(1 for _ in ArticleReader(input_files([path])))
    seconds = time.perf_counter() - begun
    print(f"{'reading alone':<34}{seconds:>8.2f} s{count / seconds:>10,.0f} articles/s")
    with tempfile.TemporaryDirectory() as folder:
        for workers in sorted({1, cores()}):
            begun = time.perf_counter()
            build(BuildOptions((path,), Path(folder) / "out", workers=workers))
            seconds = time.perf_counter() - begun
            print(f"{f'build, {workers} workers':<34}{seconds:>8.2f} s{count / seconds:>10,.0f} articles/s")
    print(f"{count:,} articles of {path.name}")


if __name__ == "__main__":
    main()
