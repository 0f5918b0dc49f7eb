"""Articles coded once: parts of finished work that outlive a run that did not end."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.build import BATCH, LIBRARIES
from pipeline.coding import STREAMED, CodedBatch, Coder, Item, dead_batch, kit_of
from pipeline.contracts.schema import load_contract
from pipeline.dataset.snapshots import step
from pipeline.dataset.spread import Where
from pipeline.machinery import interrupts
from pipeline.records import Article
from pipeline.resources import PACKAGE, content_hash, folder

PART = 2_048  # articles of one part
# What does not bear on how an article is coded: a change there codes nothing again.
OUTSIDE = ("commands", "dataset", "training")
OUTSIDE_FILES = (
    "__main__.py", "cli.py", "compare.py", "evaluate.py", "explain.py", "exports.py", "frames.py", "interrupts.py",
    "lint.py", "publish.py", "scoring.py", "summary.py",
)  # fmt: skip
CONTRACTS = ("articles", "reports", "values", "events", "quarantine")


@dataclass(frozen=True)
class Part:
    """Coded articles on disk. keys maps article ids to the keys of what was coded."""

    folder: Path
    keys: Mapping[str, str]

    def table(self, name: str) -> pa.Table:
        return pq.read_table(self.folder / f"{name}.parquet")


def coding_version(languages: tuple[str, ...], decider: str) -> str:
    """A hash of all that decides how an article is coded: code, tables, decider, and the libraries' releases."""
    code = [
        path
        for path in (*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.csv"))
        if path.relative_to(PACKAGE).parts[0] not in (*OUTSIDE, *OUTSIDE_FILES, "_data")
    ]
    tables = [path for name in ("schemas", "gazetteer") for path in folder(name).rglob("*.csv")]
    contracts = [folder("schemas") / f"{name}.toml" for name in CONTRACTS]
    libraries = [f"{name}={metadata.version(name)}" for name in LIBRARIES]
    text = "\n".join([content_hash([*code, *tables, *contracts]), *libraries, *languages, decider])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def finished_parts(top: Path, version: str, wanted: Mapping[str, str]) -> list[Part]:
    """The parts of that version that hold wanted articles (id → key); unusable and half-written ones are removed."""
    parts = []
    for path in sorted(top.iterdir()) if top.is_dir() else []:
        try:
            told = json.loads((path / "part.json").read_text(encoding="utf-8"))
            usable = told["version"] == version
        except (OSError, ValueError, KeyError):
            usable = False
        if not usable:
            shutil.rmtree(path, ignore_errors=True)
            continue
        keys = {name: key for name, key in told["keys"].items() if wanted.get(name) == key}
        if keys:
            parts.append(Part(path, keys))
    return parts


def code_parts(
    articles: Iterable[tuple[Article, str]],
    top: Path,
    version: str,
    languages: tuple[str, ...],
    decider: str,
    where: Where,
    watch: Callable[[int], None],
) -> list[Part]:
    """Code the articles (each with its key) into new parts below top; a part is there whole or not at all."""
    for language in languages:
        kit_of(language, decider)
    keys: dict[str, str] = {}

    def batches() -> Iterator[list[Item]]:
        batch: list[Item] = []
        for article, key in articles:
            keys[article.id] = key
            batch.append(article)
            if len(batch) == BATCH:
                yield batch
                batch = []
        if batch:
            yield batch

    parts, held, count, begun = [], [], 0, 0
    with closing(where.engine.run(batches(), Coder(decider, release=where.release), dead_batch)) as results:
        for result in results:
            interrupts.check()
            held.append(result)
            count += result.tables["articles"].num_rows + result.tables["quarantine"].num_rows
            watch(begun + count)
            if count >= PART:
                parts.append(_written(held, keys, top, version))
                begun += count
                held, count = [], 0
    if held:
        parts.append(_written(held, keys, top, version))
    return parts


def _written(results: list[CodedBatch], keys: Mapping[str, str], top: Path, version: str) -> Part:
    top.mkdir(parents=True, exist_ok=True)
    step("part")
    temporary = Path(tempfile.mkdtemp(prefix=".new-", dir=top))
    try:
        inside: dict[str, str] = {}
        for name in STREAMED:
            table = pa.concat_tables([load_contract(name).arrow.empty_table(), *(r.tables[name] for r in results)])
            pq.write_table(table, temporary / f"{name}.parquet", compression="zstd")
            if name in ("articles", "quarantine"):
                inside.update({one: keys[one] for one in table["article_id"].to_pylist()})
            step(f"part {name}")
        text = json.dumps({"version": version, "keys": inside}, ensure_ascii=False)
        (temporary / "part.json").write_text(text, encoding="utf-8")
        number = 1 + max((int(path.name) for path in top.iterdir() if path.name.isdigit()), default=0)
        final = top / f"{number:06d}"
        temporary.rename(final)
        step("part renamed")
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return Part(final, inside)


def only(table: pa.Table, column: str, wanted: Iterable[str]) -> pa.Table:
    """The rows whose column holds one of the values."""
    return table.filter(pc.is_in(table[column], value_set=pa.array(sorted(wanted), type=pa.string())))
