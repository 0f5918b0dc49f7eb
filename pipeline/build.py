"""Building a dataset: read, code in batches, write every table beside the output, publish."""

from __future__ import annotations

import hashlib
import json
import platform
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline import __version__, interrupts
from pipeline.articles import ArticleReader, InputFile, InputOptions, input_files
from pipeline.codebook import write_codebook
from pipeline.coding import CodedBatch, Coder, Item, dead_batch, kit_of
from pipeline.engines import load_engine
from pipeline.parts import Numbered, Parts
from pipeline.publish import publish, staging
from pipeline.report import write_report
from pipeline.resources import PACKAGE, content_hash, folder
from pipeline.tables import SUBSETS, TABLES, TableWriter, sorted_events, subset

BATCH = 128  # articles coded at a time
LIBRARIES = ("pyarrow", "pandas", "dateparser", "geopy", "trafilatura")


@dataclass(frozen=True)
class BuildOptions:
    """What to build. published_at serves records that give no publication time; languages are coded, others not.

    parts is a folder in which finished parts are kept until the build is published (pipeline/parts.py).
    """

    inputs: tuple[Path, ...]
    output: Path
    published_at: datetime | date | None = None
    languages: tuple[str, ...] = ("ar",)
    decider: str = "default"
    engine: str = "processes"
    workers: int = 1
    parts: Path | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: records read, events coded, records set aside, seconds since it began."""

    records: int
    events: int
    quarantined: int
    seconds: float


def build(options: BuildOptions, watch: Callable[[Progress], None] = lambda progress: None) -> dict[str, Any]:
    """Build the dataset and return the content of its run.json. watch is called after each batch.

    Equal inputs, options, code and tables give equal bytes in every table, whatever the engine and its workers.
    Raises InputError, TableError, KeyError (unknown decider or engine), OSError (nothing is published then).
    """
    begun = time.perf_counter()
    started = datetime.now(UTC)
    files = input_files(options.inputs)
    engine = load_engine(options.engine, options.workers)
    kits = [kit_of(language, options.decider) for language in options.languages]
    reader = ArticleReader(files, InputOptions(options.published_at, options.languages))
    counts: Counter[tuple[str, str]] = Counter()
    with staging(options.output) as stage:
        parts = _parts(options, files) if options.parts is not None else None
        results = engine.run(_batches(reader), Coder(options.decider, parts), dead_batch)
        _write(stage, _watched(results, counts, begun, watch))
        counts["articles", "repeated"] = reader.repeated
        run = {
            "marsad": __version__,
            "started_at": started.isoformat(timespec="seconds"),
            "duration_seconds": round(time.perf_counter() - begun, 3),
            "inputs": [_input(file) for file in files],
            "languages": list(options.languages),
            "decider": {"name": kits[0].decider.name, "version": kits[0].decider.version},
            "engine": {"name": options.engine, "workers": options.workers},
            "versions": versions(),
            "counts": _nested(counts),
            "tables": {f"{name}.parquet": _sha256(stage / f"{name}.parquet") for name in TABLES},
        }
        write_codebook(stage, options.languages)
        text = json.dumps(run, ensure_ascii=False, indent=2) + "\n"
        (stage / "run.json").write_text(text, encoding="utf-8")
        write_report(stage, run)
        publish(stage, options.output, last="run.json")
    if parts is not None:
        parts.remove()
    return run


def _parts(options: BuildOptions, files: Sequence[InputFile]) -> Parts:
    """The parts of this build, known by all that shapes its rows."""
    assert options.parts is not None
    everything = content_hash(path for path in PACKAGE.rglob("*") if path.suffix in (".py", ".csv"))
    shaping = {
        "inputs": [_input(file) for file in files],
        "published_at": options.published_at,
        "languages": options.languages,
        "decider": options.decider,
        "batch": BATCH,
        "package": everything,
        "versions": versions(),
    }
    return Parts.of(options.parts, shaping)


def versions() -> dict[str, Any]:
    """Content hashes of code and tables, and the releases of Python and of the libraries that shape results."""
    code = PACKAGE.rglob("*.py")
    tables = [
        *(PACKAGE / "languages").rglob("*.csv"),
        *(path for name in ("schemas", "gazetteer") for path in folder(name).rglob("*") if path.is_file()),
    ]
    return {
        "code": content_hash(code)[:16],
        "tables": content_hash(tables)[:16],
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in LIBRARIES},
    }


def _batches(items: Iterable[Item]) -> Iterator[Numbered]:
    batch: list[Item] = []
    number = 0
    for item in items:
        batch.append(item)
        if len(batch) == BATCH:
            yield Numbered(batch, number)
            batch, number = [], number + 1
    if batch:
        yield Numbered(batch, number)


def _watched(results: Iterator[CodedBatch], counts: Counter[tuple[str, str]], begun: float,
             watch: Callable[[Progress], None]) -> Iterator[CodedBatch]:  # fmt: skip
    for result in results:
        interrupts.check()
        counts.update(result.counts)
        aside = sum(n for (stage, _), n in counts.items() if stage == "quarantine")
        read = counts["articles", "read"] + aside
        watch(Progress(read, counts["events", "coded"], aside, time.perf_counter() - begun))
        yield result


def _write(stage: Path, results: Iterator[CodedBatch]) -> None:
    """Write every table into the stage; only events are held until the end, to be sorted."""
    events: list[pa.Table] = []
    with ExitStack() as stack:
        streams = ("articles", "reports", "values", "quarantine")
        writers = {name: stack.enter_context(TableWriter(stage / f"{name}.parquet", name)) for name in streams}
        for result in results:
            for name, writer in writers.items():
                if result.tables[name].num_rows:
                    writer.add(result.tables[name])
            if result.tables["events"].num_rows:
                events.append(result.tables["events"])
    whole = sorted_events(events)
    _write_one(stage, "events", whole)
    for name in SUBSETS:
        _write_one(stage, name, subset(whole, name))


def _write_one(stage: Path, name: str, table: pa.Table) -> None:
    with TableWriter(stage / f"{name}.parquet", name) as writer:
        writer.add(table)


def _nested(counts: Counter[tuple[str, str]]) -> dict[str, dict[str, int]]:
    nested: dict[str, dict[str, int]] = {}
    for stage, reason in sorted(counts):
        nested.setdefault(stage, {})[reason] = counts[stage, reason]
    return nested


def _input(file: InputFile) -> dict[str, Any]:
    return {"file": file.name, "bytes": file.path.stat().st_size, "sha256": _sha256(file.path)}


def _sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def failed_assertions(run: dict[str, Any]) -> Sequence[str]:
    """What is wrong with a finished dataset, one line each; empty when it is sound."""
    counts: dict[str, dict[str, int]] = run["counts"]
    read, aside = counts.get("articles", {}).get("read", 0), counts.get("quarantine", {})
    found = []
    if not read:
        found.append(f"no article could be used; {sum(aside.values())} are in quarantine.parquet with their reasons")
    if aside.get("stage_error"):
        found.append(f"{aside['stage_error']} articles broke a stage; their tracebacks are in quarantine.parquet")
    return found
