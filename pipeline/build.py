"""Building a dataset: read, code in batches, write every table beside the output, publish."""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.coding import CodedBatch, Coder, Item, dead_batch, kit_of
from pipeline.contracts.codebook import write_codebook
from pipeline.engines import load_engine
from pipeline.intake.articles import ArticleReader, InputFile, InputOptions, input_files
from pipeline.machinery import interrupts, storage
from pipeline.machinery.versions import LIBRARIES as LIBRARIES
from pipeline.machinery.versions import release
from pipeline.machinery.versions import versions as versions
from pipeline.report import write_report
from pipeline.writing.eventorder import EventOrder
from pipeline.writing.folders import Keep, local_inputs, publish_to, stage_of
from pipeline.writing.parts import Numbered
from pipeline.writing.tables import SUBSETS, TABLES, TableWriter, subset

BATCH = 128  # articles coded at a time


@dataclass(frozen=True)
class BuildOptions:
    """What to build. published_at serves records that give no publication time; languages are coded, others not.

    Inputs, output and parts are local paths, or fsspec URLs as str. parts is a folder in which finished parts are kept
    until the build is published (pipeline/writing/parts.py), by default beside a local output; keep: whether they are.
    engine, workers, scheduler and max_memory are what pipeline.engines.load_engine takes.
    """

    inputs: tuple[storage.Place, ...]
    output: storage.Place
    published_at: datetime | date | None = None
    languages: tuple[str, ...] = ("ar",)
    decider: str = "default"
    engine: str = "processes"
    workers: int = 1
    parts: storage.Place | None = None
    scheduler: str = ""
    max_memory: int = 0
    keep: bool = True

    @property
    def kept(self) -> Keep:
        """Where parts are kept. Workers of a scheduler may not see the disk of the output: only where they are told."""
        if not self.keep or (self.parts is None and self.scheduler):
            return Keep(None)
        return Keep.beside(self.output) if self.parts is None else Keep(self.parts)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: records coded, events, records set aside, seconds since it began, share of the input."""

    records: int
    events: int
    quarantined: int
    seconds: float
    share: float = 1.0


def build(options: BuildOptions, watch: Callable[[Progress], None] = lambda progress: None) -> dict[str, Any]:
    """Build the dataset and return the content of its run.json. watch is called after each batch.

    Equal inputs, options, code and tables give equal bytes in every table, whatever the engine, its workers and what of
    it was there in parts. Raises InputError, TableError, StorageError, EngineError, KeyError (unknown decider or
    engine), OSError (nothing is published then).
    """
    begun = time.perf_counter()
    started = datetime.now(UTC)
    engine = load_engine(options.engine, options.workers, options.scheduler, options.max_memory)
    with ExitStack() as stack:
        files = input_files(stack.enter_context(local_inputs(options.inputs)))
        kits = [kit_of(language, options.decider) for language in options.languages]
        reader = ArticleReader(files, InputOptions(options.published_at, options.languages))
        counts: Counter[tuple[str, str]] = Counter()
        stage = stack.enter_context(stage_of(options.output))
        inputs = [_input(file) for file in files]
        parts = stack.enter_context(options.kept.parts(_shaping(options, inputs)))
        coder = Coder(options.decider, parts, release() if options.engine == "dask" else "")
        marks: deque[tuple[int, float]] = deque()
        results = stack.enter_context(closing(engine.run(_batches(reader, marks), coder, dead_batch)))
        _write(stage, _watched(results, counts, marks, begun, watch))
        counts["articles", "repeated"] = reader.repeated
        run = {
            "marsad": __version__,
            "started_at": started.isoformat(timespec="seconds"),
            "duration_seconds": round(time.perf_counter() - begun, 3),
            "inputs": inputs,
            "languages": list(options.languages),
            "decider": {"name": kits[0].decider.name, "version": kits[0].decider.version},
            "engine": {"name": options.engine, "workers": getattr(engine, "workers", 1)},
            "versions": versions(),
            "counts": _nested(counts),
            "tables": {f"{name}.parquet": _sha256(stage / f"{name}.parquet") for name in TABLES},
        }
        write_codebook(stage, options.languages)
        text = json.dumps(run, ensure_ascii=False, indent=2) + "\n"
        (stage / "run.json").write_text(text, encoding="utf-8")
        write_report(stage, run)
        publish_to(stage, options.output, last="run.json")
        options.kept.forget(parts)
    return run


def _shaping(options: BuildOptions, inputs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """All that shapes the rows of a part."""
    return {
        "inputs": inputs,
        "published_at": options.published_at,
        "languages": options.languages,
        "decider": options.decider,
        "batch": BATCH,
        "release": release(),
    }


def _batches(reader: ArticleReader, marks: deque[tuple[int, float]]) -> Iterator[Numbered]:
    """The records in numbered batches; marks takes (records so far, share of the input that they are)."""
    batch: list[Item] = []
    number = 0
    for item in reader:
        batch.append(item)
        if len(batch) == BATCH:
            marks.append(((number + 1) * BATCH, reader.share))
            yield Numbered(batch, number)
            batch, number = [], number + 1
    if batch:
        yield Numbered(batch, number)


def _watched(results: Iterator[CodedBatch], counts: Counter[tuple[str, str]], marks: deque[tuple[int, float]],
             begun: float, watch: Callable[[Progress], None]) -> Iterator[CodedBatch]:  # fmt: skip
    share = 0.0
    for result in results:
        interrupts.check()
        counts.update(result.counts)
        aside = sum(n for (stage, _), n in counts.items() if stage == "quarantine")
        read = counts["articles", "read"] + aside
        while marks and marks[0][0] <= read:
            share = marks.popleft()[1]
        watch(Progress(read, counts["events", "coded"], aside, time.perf_counter() - begun, share))
        yield result


def _write(stage: Path, results: Iterator[CodedBatch]) -> None:
    """Write every table into the stage. Memory holds a row group of each; events wait on disk to be sorted."""
    with ExitStack() as stack:
        streams = ("articles", "reports", "values", "quarantine")
        writers = {name: stack.enter_context(TableWriter(stage / f"{name}.parquet", name)) for name in streams}
        events = EventOrder(stage)
        for result in results:
            for name, writer in writers.items():
                if result.tables[name].num_rows:
                    writer.add(result.tables[name])
            if result.tables["events"].num_rows:
                events.add(result.tables["events"])
    _write_events(stage, events)


def _write_events(stage: Path, events: EventOrder) -> None:
    with ExitStack() as stack:
        names = ("events", *SUBSETS)
        writers = {name: stack.enter_context(TableWriter(stage / f"{name}.parquet", name)) for name in names}
        for piece in events.pieces():
            for name, writer in writers.items():
                writer.add(piece if name == "events" else subset(piece, name))


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
