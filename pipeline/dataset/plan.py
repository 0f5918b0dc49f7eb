"""What a run has to do: the inputs as they are, what they and the rules hash to, the articles to be coded."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.dataset.coded import Part, code_parts, coding_version, finished_parts
from pipeline.dataset.config import Dataset
from pipeline.dataset.rulings import read_corrections, read_rulings
from pipeline.dataset.scan import Record, Scanned, named_files, read, record_of, scanned
from pipeline.dataset.spread import Where
from pipeline.dataset.state import State
from pipeline.intake.articles import InputError, InputFile, Quarantined
from pipeline.records import Article
from pipeline.resources import PACKAGE, content_hash, folder


@dataclass(frozen=True)
class Inputs:
    """The inputs as they are now; absent are articles kept although no file holds them any more."""

    files: list[InputFile]
    seen: Scanned
    reading: str
    absent: frozenset[str] = frozenset()


def inputs_of(dataset: Dataset, before: State) -> Inputs:
    """Read what is new in the inputs. With absent = "keep" articles that they no longer hold stay as they were."""
    files = named_files(dataset.files(), dataset.path.parent)
    reading = hashed(content_hash((PACKAGE / "intake").glob("*.py")), *dataset.languages)
    known = before if before.meta.get("reading") == reading else State()
    seen = scanned(files, dataset.languages, dict(known.files), known.records, known.aside)
    absent = frozenset(before.articles.keys() - seen.articles.keys() if dataset.absent == "keep" else ())
    seen.articles.update({name: before.articles[name] for name in absent})
    return Inputs(files, seen, reading, absent)


def meta_of(dataset: Dataset, inputs: Inputs) -> dict[str, Any]:
    """What this run is made of: the hashes by which the next one knows whether anything is new."""
    version = coding_version(dataset.languages, dataset.decider)
    file = dataset.path.read_bytes().decode("utf-8", "replace")
    rulings, corrections = read_rulings(dataset.decisions), read_corrections(dataset.decisions)
    merging = hashed(content_hash((PACKAGE / "dataset").glob("*.py")), content_hash(folder("schemas").glob("*.toml")))
    seen, reading = inputs.seen, inputs.reading
    articles = [str(seen.articles[name]) for name in sorted(seen.articles)]
    parts = {"file": hashed(file), "merging": merging}
    lines = [str(row) for row in (*rulings, *corrections)]
    rows = [*(str(replace(row, line=0)) for row in rulings), *(str(replace(row, line=0)) for row in corrections)]
    whole = hashed(version, reading, *parts.values(), *lines, *articles, *(str(row) for row in seen.aside))
    return {"version": version, "reading": reading, "fingerprint": whole, "rows": rows, **parts}


def coded(
    dataset: Dataset, top: Path, where: Where, watch: Callable[[int], None], before: State, inputs: Inputs, version: str
) -> tuple[frozenset[str], list[Part]]:
    """(articles whose rows stand from the last run, parts below the folder top with all others).

    Raises InputError when a file lost an article while it was read.
    """
    had, articles = before.coded(version), inputs.seen.articles
    kept = frozenset(n for n, record in articles.items() if n in inputs.absent or had.get(n) == record.key)
    todo = {name: record.key for name, record in articles.items() if name not in kept}
    parts = finished_parts(top, version, todo)
    done = {name for part in parts for name in part.keys}
    left = {name: articles[name] for name in todo if name not in done}
    if left:
        wanted = _articles(inputs.files, dataset.languages, left)
        parts += code_parts(wanted, top, version, dataset.languages, dataset.decider, where, watch)
        if lost := sorted(left.keys() - {name for part in parts for name in part.keys}):
            record = left[lost[0]]
            raise InputError(f"{record.file}:{record.line}: changed while it was read; run again when it is written")
    return kept, parts


def _articles(files: list[InputFile], languages: tuple[str, ...],
              wanted: Mapping[str, Record]) -> Iterator[tuple[Article, str]]:  # fmt: skip
    """The wanted articles with their keys, each once."""
    needed = {record.file for record in wanted.values()}
    for item in read([file for file in files if file.name in needed], languages):
        if not isinstance(item, Quarantined) and item.id in wanted:
            record = record_of(item)
            if record == wanted[item.id]:
                yield item, record.key


def hashed(*parts: str) -> str:
    """One short hash over texts in their order."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
