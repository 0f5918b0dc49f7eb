"""One run of a dataset: read what is new, code it, merge, correct, check, publish."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.build import versions
from pipeline.contracts.codebook import write_codebook
from pipeline.contracts.scheme import Scheme
from pipeline.dataset import assemble, changes, snapshots
from pipeline.dataset.assertions import Measured, failures
from pipeline.dataset.coded import Part
from pipeline.dataset.combine import Combining
from pipeline.dataset.config import Dataset
from pipeline.dataset.copies import copies
from pipeline.dataset.corrections import Facts
from pipeline.dataset.finish import Finished, finish
from pipeline.dataset.merge import Before, Merged, merge
from pipeline.dataset.plan import coded, inputs_of, meta_of
from pipeline.dataset.rulings import read_corrections, read_rulings
from pipeline.dataset.scan import Scanned
from pipeline.dataset.spread import Where
from pipeline.dataset.state import State, load_state, stored_schema, write_state
from pipeline.engines import kept_open, load_engine
from pipeline.languages import known_languages
from pipeline.machinery.versions import release
from pipeline.notes import NoteForms
from pipeline.report import write_report
from pipeline.resources import folder, read_rows
from pipeline.writing.tables import SUBSETS, TableWriter, subset

Row = dict[str, Any]


@dataclass(frozen=True)
class Options:
    """output is the dataset's folder; wait the seconds to wait for another run; now the time of the run.

    engine, workers and scheduler are what pipeline.engines.load_engine takes: they code articles and merge.
    """

    output: Path
    workers: int = 1
    wait: float = 0.0
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    watch: Callable[[int], None] = lambda done: None
    engine: str = "processes"
    scheduler: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a run did. run is the current run's id, "" when there is none; failed assertions keep the last one."""

    name: str
    run: str
    published: bool
    failed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    def line(self) -> str:
        """One line that tells all, for a mail's subject or a log."""
        told = ", ".join(f"{number:,} {name}" for name, number in self.counts.items())
        if self.failed:
            state = f"FAILED, not published ({len(self.failed)} assertions); {self.run or 'nothing'} stays current"
        elif self.published:
            state = f"published {self.run}"
        else:
            state = f"nothing new, {self.run} stays current"
        more = f"; {len(self.warnings)} warnings" if self.warnings else ""
        return f"{self.name}: {state}{': ' + told if told else ''}{more} ({self.seconds:.1f} s)"


def run_dataset(dataset: Dataset, options: Options) -> Outcome:
    """Run the dataset once. Nothing is published when nothing changed or a "fail" assertion does not hold.

    Equal inputs give equal tables wherever the work is done. Raises snapshots.Busy, DatasetError, InputError,
    TableError, EngineError, KeyError (unknown engine), OSError; the last dataset stays then.
    """
    begun = time.perf_counter()
    engine = load_engine(options.engine, options.workers, options.scheduler)
    where = Where(engine, release() if options.engine == "dask" else "")
    with snapshots.locked(options.output, options.wait), kept_open(engine):
        found = snapshots.recovered(options.output)
        before = load_state(options.output, found)
        inputs = inputs_of(dataset, before)
        meta = meta_of(dataset, inputs)
        if found and before.meta.get("fingerprint") == meta["fingerprint"]:
            snapshots.forget_pending(options.output)
            return Outcome(dataset.name, found.run, False, seconds=time.perf_counter() - begun)
        run = snapshots.next_run(found, options.now.strftime("%Y%m%dT%H%M%SZ"))
        last = options.output / found.run if found and before.meta else None
        top = snapshots.pending(options.output)
        kept, parts = coded(dataset, top, where, options.watch, before, inputs, meta["version"])
        work = _Work(dataset, options.output, run, last, before, inputs.seen, meta, where)
        outcome = work.publish(kept, parts, begun)
    return outcome


@dataclass(frozen=True)
class _Work:
    """A run under way, from coded articles on. last is the last snapshot's folder when its rows can be used."""

    dataset: Dataset
    output: Path
    run: str
    last: Path | None
    before: State
    seen: Scanned
    meta: dict[str, Any]
    where: Where

    def publish(self, kept: frozenset[str], parts: list[Part], begun: float) -> Outcome:
        whole = assemble.whole(self.last, kept, parts, self.seen.articles, self.seen.aside)
        recoded = frozenset(self.seen.articles.keys() - kept)
        old_signatures = [one for one in self.before.signatures if one.article in kept]
        signatures = sorted([*old_signatures, *whole.new_signatures], key=lambda one: one.article)
        anew = any(self.before.meta.get(name) != self.meta[name] for name in ("merging", "file", "version"))
        near = copies(signatures, self.before.pairs, None if anew else recoded, self.where)
        was = copies(self.before.signatures, self.before.pairs, frozenset())
        table = assemble.members_table(self.before.members.select(stored_schema().names), kept, whole.new_members)
        rulings = read_rulings(self.dataset.decisions)
        facts, how = self._facts(near.origin)
        before = Before(self.before.members, self.before.merged, self.before.ledger, was.origin)
        merged = merge(table, before, recoded, near, rulings, how, self.dataset, self.run, anew, self.where)
        rows = read_corrections(self.dataset.decisions)
        last_events = pq.read_table(self.last / "events.parquet") if self.last else None
        done = finish(merged, rows, facts, self.before.ledger, last_events, self._causes(recoded, merged), self.run)
        state = State(
            self.meta, self.seen.files, self.seen.records, self.seen.aside, self.seen.articles, signatures, near.pairs,
            table.append_column("event", pa.array([merged.member_event[m] for m in table["member_id"].to_pylist()],
                                                  type=pa.string())),
            merged.events, done.ledger,
        )  # fmt: skip
        return self._checked(whole, merged, done, state, last_events, begun)

    def _facts(self, origin: Mapping[str, str]) -> tuple[Facts, Combining]:
        scheme, forms = Scheme.load(), NoteForms.load()
        rows = read_rows(folder("gazetteer") / "countries.csv")
        countries = {r["name_en"]: (int(r["iso_numeric"]), r["region"], r["iso3"]) for r in rows}
        return Facts(scheme, forms, countries), Combining(scheme, forms, self.dataset.scales, origin)

    def _causes(self, recoded: frozenset[str], merged: Merged) -> changes.Causes:
        old = self.before.articles
        changed = {n for n in recoded & old.keys() if old[n].key != self.seen.articles[n].key}
        rows = set(self.before.meta.get("rows", ())) ^ set(self.meta["rows"])
        touched = [part for row in rows for part in _ids_of(row)]
        ruled = {part for row in rows if row.startswith("Ruling") for part in _ids_of(row)}
        ruled |= {merged.event_of[one] for one in ruled if one in merged.event_of}
        return changes.Causes(
            frozenset(self.seen.articles.keys() - old.keys()),
            frozenset(changed),
            frozenset(old.keys() - self.seen.articles.keys()),
            frozenset(touched) - ruled,
            frozenset(ruled),
            any(self.before.meta.get(name) != self.meta[name] for name in ("version", "merging")),
            self.before.meta.get("file") != self.meta["file"],
        )

    def _checked(self, whole: assemble.Whole, merged: Merged, done: Finished, state: State,
                 last_events: pa.Table | None, begun: float) -> Outcome:  # fmt: skip
        counted = changes.counted(done.changes)
        last = last_events.num_rows if last_events is not None else None
        measured = Measured(
            done.events, whole.articles.num_rows, whole.quarantine.num_rows, last, counted.get("withdrawn", 0)
        )
        told = failures(self.dataset.assertions, measured)
        failed = tuple(line for level, line in told if level == "fail")
        warnings = (*(line for level, line in told if level == "warn"), *merged.warnings, *done.warnings)
        counts = {"articles": whole.articles.num_rows, "set aside": whole.quarantine.num_rows,
                  "events": done.events.num_rows, **counted}  # fmt: skip
        current = self.output / snapshots.LATEST
        stays = json.loads(current.read_text(encoding="utf-8"))["run"] if current.is_file() else ""
        if failed:
            return Outcome(self.dataset.name, stays, False, failed, warnings, counts, time.perf_counter() - begun)
        with snapshots.new_snapshot(self.output, self.run) as (tables, folder_of_state):
            files = self._write(tables, whole, merged, done, counts, warnings, begun)
            write_state(folder_of_state, state)
            snapshots.commit(self.output, self.run, tables, folder_of_state, files, self.dataset.keep_runs)
        return Outcome(self.dataset.name, self.run, True, (), warnings, counts, time.perf_counter() - begun)

    def _write(self, target: Path, whole: assemble.Whole, merged: Merged, done: Finished, counts: Mapping[str, int],
               warnings: tuple[str, ...], begun: float) -> dict[str, str]:  # fmt: skip
        """Write all files of the snapshot; gives back their hashes."""
        tables = {
            "articles": whole.articles, "reports": assemble.with_events(whole.reports, merged.event_of),
            "values": whole.values, "events": done.events, **{name: subset(done.events, name) for name in SUBSETS},
            "quarantine": whole.quarantine, **done.tables,
        }  # fmt: skip
        files = {}
        for name, table in tables.items():
            snapshots.step(f"write {name}")
            with TableWriter(target / f"{name}.parquet", name) as writer:
                writer.add(table)
            files[f"{name}.parquet"] = _digest(target / f"{name}.parquet")
        snapshots.step("write run.json")
        told = {
            "title": self.dataset.title, "run": self.run, "dataset": self.dataset.path.name,
            "duration_seconds": round(time.perf_counter() - begun, 3),
            "inputs": self.seen.files, "decider": self.dataset.decider, "versions": versions(),
            "coding_version": self.meta["version"], "counts": counts, "repeated_records": self.seen.repeated,
            "warnings": warnings, "tables": files,
        }  # fmt: skip
        (target / "run.json").write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        files["run.json"] = _digest(target / "run.json")
        snapshots.step("write report.html")
        files["report.html"] = _digest(write_report(target, told))
        snapshots.step("write codebook")
        write_codebook(target, known_languages())
        files.update((name, _digest(target / name)) for name in ("codebook.md", "datapackage.json"))
        return files


def _ids_of(row: str) -> list[str]:
    """The event ids in the text of a ruling or correction."""
    return re.findall(r"(?<=')[0-9a-f]{16}(?=')", row)


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
