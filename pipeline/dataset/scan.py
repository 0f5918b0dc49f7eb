"""What the inputs hold: one light record an article, its newest version, and only new files read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.dataset.members import unix
from pipeline.intake.articles import ArticleReader, InputFile, InputOptions, Quarantined, input_files
from pipeline.records import Article

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Record:
    """One usable record of an input file. key is a hash of all that is coded of it."""

    file: str
    line: int
    article_id: str
    key: str
    published: int

    @property
    def version(self) -> tuple[int, str, int]:
        """The later of two records with one id is the newer version: by publication, file name, line."""
        return self.published, self.file, self.line


@dataclass(frozen=True)
class Scanned:
    """files maps names to the hash of their bytes; articles maps ids to the record that is their newest version."""

    files: dict[str, str]
    records: list[Record]
    aside: list[Row]
    articles: dict[str, Record] = field(default_factory=dict)
    repeated: int = 0


class _EveryRecord(ArticleReader):
    """Lets every record through: a dataset takes the newest version of an id, not the first."""

    def _known(self, name: str, content: str) -> bool | None:
        return None


def named_files(inputs: Sequence[Path], home: Path) -> list[InputFile]:
    """The input files, each once, sorted by name; names are paths relative to home where they lie below it."""
    found = {}
    for file in input_files(inputs):
        path = file.path.absolute()
        name = path.relative_to(home).as_posix() if path.is_relative_to(home) else path.as_posix()
        found[name] = InputFile(path, name)
    return [found[name] for name in sorted(found)]


def scanned(
    files: Sequence[InputFile],
    languages: tuple[str, ...],
    known_files: dict[str, str],
    known_records: Sequence[Record],
    known_aside: Sequence[Row],
) -> Scanned:
    """Read the files that are new or changed since the last run; take over what was known of the others."""
    hashes = {file.name: _sha256(file.path) for file in files}
    same = {name for name, digest in hashes.items() if known_files.get(name) == digest}
    records = [record for record in known_records if record.file in same]
    aside = [row for row in known_aside if row["file"] in same]
    for item in read([file for file in files if file.name not in same], languages):
        if isinstance(item, Quarantined):
            aside.append(item.row())
        else:
            records.append(record_of(item))
    records.sort(key=lambda record: (record.file, record.line, record.article_id))
    aside.sort(key=lambda row: (row["file"], row["line"], row["reason"], row["detail"] or ""))
    return _newest(hashes, records, aside)


def read(files: Sequence[InputFile], languages: tuple[str, ...]) -> Iterator[Article | Quarantined]:
    """All records of the files."""
    return iter(_EveryRecord(files, InputOptions(None, languages)))


def record_of(article: Article) -> Record:
    stamp = article.published_at.isoformat()
    parts = (article.id, stamp, article.title, article.text, article.source, article.url, article.language)
    key = hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
    return Record(article.file, article.line, article.id, key, unix(stamp))


def _newest(files: dict[str, str], records: list[Record], aside: list[Row]) -> Scanned:
    """The newest version of each id; an equal record elsewhere counts as repeated and the first place stands."""
    articles: dict[str, Record] = {}
    repeated = 0
    for record in records:
        known = articles.get(record.article_id)
        if known is None:
            articles[record.article_id] = record
        elif known.key == record.key:
            repeated += 1
        else:
            repeated += 1
            articles[record.article_id] = max(known, record, key=lambda one: one.version)
    return Scanned(files, records, aside, articles, repeated)


def _sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
