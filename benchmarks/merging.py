"""Time and memory of merging across articles, on made-up reports: python -m benchmarks.merging [100000 1000000]
[--workers 1,2] [--engine processes].

A story has a day of one year, a town, a kind, a toll and twenty words, from the events of the bundled sample with other
names; each of its tellings (1 to 6, 2.5 in the mean) has its own article and 14 of the words, one in ten another toll.
Each size runs in a process of its own. Reading and coding articles is no part of this; benchmarks.sizes measures that.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.runs import ROOT, peak_mb

DAYS, TOWNS, WORDS, TOLD = 365, 100, 20, 14  # days; towns for each one of the sample; words of a story, of a telling
FIRST = (date(2021, 1, 1) - date(1970, 1, 1)).days
TELLINGS = (0.38, 0.24, 0.15, 0.11, 0.07, 0.05)  # share of the stories with one, two … six of them
HEAD = (
    "| merged across articles | workers | wall s | CPU s (not shared) | events (stories) | peak MB (before) | rows |",
    "|---|---:|---:|---|---|---|---|",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.merging", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[100_000, 1_000_000])
    parser.add_argument("--workers", default="1,2", help="numbers of workers, separated by commas")
    parser.add_argument("--engine", default="processes", help="processes or dask")
    parser.add_argument("--one", metavar="EVENTS", help="one size, in this process, from this table of events")
    options = parser.parse_args()
    workers = [int(number) for number in options.workers.split(",")]
    if options.one:
        print(json.dumps(asdict(measured(options.sizes[0], pq.read_table(options.one), workers[0], options.engine))))
        return
    print("\n".join(HEAD))
    for size in options.sizes:
        for row in lines(size, workers, options.engine):
            print(row, flush=True)


def lines(size: int, workers: Sequence[int] = (1, 2), engine: str = "processes") -> Iterator[str]:
    """The rows of the table for so many made-up reports, each in a process of its own."""
    first = ""
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "events.parquet"
        pq.write_table(templates(), given)
        for count in workers:
            words = [str(size), "--one", str(given), "--workers", str(count), "--engine", engine]
            command = [sys.executable, "-m", "benchmarks.merging", *words]
            told = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
            done = Merging(**json.loads(told))
            first = first or done.digest
            same = "the same" if done.digest == first else "OTHERS"
            yield (
                f"| {size:,} made-up reports | {count} | {done.wall:.1f} | {done.used:.1f} ({done.alone:.1f}) "
                f"| {done.events:,} ({done.stories:,}) "
                f"| {done.peak:,.0f} ({done.before:,.0f}) | {same} |"
            )


@dataclass(frozen=True, slots=True)
class Merging:
    """What a merge took and gave: wall and CPU seconds of all processes, peak MB of the largest one before and after.

    alone are the CPU seconds of the process that cuts the work, joins the edges of slabs and gives ids;
    digest is a hash of the events and links.
    """

    wall: float
    used: float
    alone: float
    events: int
    stories: int
    before: float
    peak: float
    digest: str


def measured(size: int, given: pa.Table, workers: int = 1, engine: str = "processes") -> Merging:
    """Merge so many reports, made up from a table of events, in this process and so many workers."""
    from pipeline.contracts.schema import load_contract
    from pipeline.contracts.scheme import Scheme
    from pipeline.dataset.combine import Combining
    from pipeline.dataset.config import Dataset
    from pipeline.dataset.copies import Copies
    from pipeline.dataset.merge import Before, merge
    from pipeline.dataset.spread import Where
    from pipeline.dataset.state import stored_schema
    from pipeline.engines import kept_open, load_engine
    from pipeline.notes import NoteForms

    table, stories = made_up(size, given)
    before = Before(stored_schema().empty_table(), load_contract("events").arrow.empty_table(), {}, {})
    how = Combining(Scheme.load(), NoteForms.load(), {}, {})
    rest: Any = (frozenset(), Copies(frozenset(), {}), (), how, Dataset(Path(), "", ()), "run", True)
    start, begun, used, alone = peak_mb(), time.perf_counter(), _used(), time.process_time()
    chosen = load_engine(engine, workers)
    with kept_open(chosen):
        done = merge(table, before, *rest, Where(chosen))
    wall, alone, used = time.perf_counter() - begun, time.process_time() - alone, _used() - used
    largest = max(peak_mb(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
    digest = hashlib.sha256(json.dumps([done.links, done.events.to_pydict()], default=str).encode()).hexdigest()
    return Merging(wall, used, alone, done.events.num_rows, stories, start, largest, digest)


def _used() -> float:
    """CPU seconds of this process and of all that it started and that ended."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)


def templates() -> pa.Table:
    """The events of the bundled sample that have a town."""
    from pipeline.build import BuildOptions, build

    with tempfile.TemporaryDirectory() as folder:
        build(BuildOptions((ROOT / "datasets" / "sample" / "articles.jsonl",), Path(folder) / "out"))
        events = pq.read_table(Path(folder) / "out" / "events.parquet")
    return events.filter(pc.and_(events["acled_scope"], pc.equal(events["time_precision"], 1)))


def made_up(size: int, templates: pa.Table) -> tuple[pa.Table, int]:
    """(tellings in the form that merging takes, number of stories)."""
    from pipeline.dataset.members import members_schema

    rng = np.random.default_rng(7)
    counts = rng.choice(6, size=size, p=TELLINGS) + 1
    stories = int(np.searchsorted(np.cumsum(counts), size)) + 1
    story = np.repeat(np.arange(stories), counts[:stories])[:size]
    template = rng.integers(templates.num_rows, size=stories)[story]
    day = (FIRST + rng.integers(DAYS, size=stories))[story].astype(np.int32)
    town = rng.integers(TOWNS, size=stories)[story]
    toll = (rng.integers(12, size=stories)[story] + (rng.random(size) < 0.1)).astype(np.int32)
    published = (day.astype(np.int64) + rng.integers(3, size=size)) * 86_400 + rng.integers(86_400, size=size)
    ids = pa.array([f"{number:016x}" for number in range(size)])
    row = templates.take(pa.array(template))
    number = pa.array(town).cast(pa.string())
    place = pc.binary_join_element_wise(row["location"], number, " ").combine_chunks()
    days = pa.array(day, pa.int32()).cast(pa.date32())
    one_each = pa.array(np.arange(size + 1, dtype=np.int32))
    columns: dict[str, Any] = {
        "event_id": ids, "member_id": ids, "article_id": ids, "report_id": ids, "location": place, "place_id": place,
        "event_date": days, "date_start": days, "date_end": days, "year": pc.year(days).cast(pa.int32()),
        "timestamp": pa.array(published), "published": pa.array(published), "fatalities": pa.array(toll),
        "told": pa.array(toll), "article_ids": pa.ListArray.from_arrays(one_each, ids),
        "report_ids": pa.ListArray.from_arrays(one_each, ids), "chain": _lists(row["admin1"].combine_chunks(), 1),
        "words": _words(rng, story, stories),
    }  # fmt: skip
    schema = members_schema()
    arrays = [columns[name] if name in columns else row[name].combine_chunks() for name in schema.names]
    return pa.table([a.cast(f.type) for a, f in zip(arrays, schema, strict=True)], schema=schema), stories


def _lists(values: pa.Array, each: int) -> pa.Array:
    return pa.ListArray.from_arrays(pa.array(np.arange(0, len(values) + 1, each, dtype=np.int32)), values)


def _words(rng: np.random.Generator, story: Any, stories: int) -> pa.Array:
    """14 of the 20 words of each telling's story, in a row from a place of its own."""
    of_story = rng.integers(3000, size=(stories, WORDS))
    first = rng.integers(WORDS, size=len(story))
    places = (first[:, None] + np.arange(TOLD)) % WORDS
    words = np.take_along_axis(of_story[story], places, axis=1).ravel()
    return _lists(pa.array([f"كلمة{number}" for number in range(3000)]).take(pa.array(words)), TOLD)


if __name__ == "__main__":
    main()
