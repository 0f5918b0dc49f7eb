"""What Dask costs: the same articles with one worker, two workers and two Dask workers of this machine.

python -m benchmarks.cluster [ARTICLES]: how many of the mixed feed, 2000 unless told. The tables are compared byte for
byte.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import tempfile
from pathlib import Path

from benchmarks.runs import FEW, built, mixed_feed, read, repeated
from pipeline.writing.tables import TABLES

KINDS = (
    ("one process", ("--workers", "1")),
    ("two worker processes", ("--workers", "2")),
    ("two Dask workers", ("--engine", "dask", "--workers", "2")),
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cluster", description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=2000)
    print("\n".join(lines(parser.parse_args().count)))


def lines(count: int) -> list[str]:
    """The table, one line each: wall and CPU seconds, start-up (the first hundred articles) apart."""
    feed = read(mixed_feed())
    articles = list(repeated(feed[:: max(1, len(feed) // count)], count))
    found = ["| build of the same articles | start-up, wall s | wall s | CPU s | tables |", "|---|---:|---:|---:|---|"]
    first = ""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for what, words in KINDS:
            if "dask" in words and importlib.util.find_spec("distributed") is None:
                found.append(f"| {what} | | | | Dask is not here: pip install 'marsad[dask]' |")
                continue
            few = built(folder, repeated(articles, FEW), "few", *words)
            run = built(folder, articles, "all", *words)
            tables = b"".join((folder / "all" / f"{table}.parquet").read_bytes() for table in TABLES)
            digest = hashlib.sha256(tables).hexdigest()
            first = first or digest
            same = "the same bytes" if digest == first else "OTHER BYTES"
            start, used = few.wall, run.used - few.used
            found.append(f"| {what} | {start:.1f} | {run.wall - start:.1f} | {used:.1f} | {same} |")
    return found


if __name__ == "__main__":
    main()
