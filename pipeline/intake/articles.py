"""The articles of the input: files found, records read, the unusable ones set aside with their reason."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pipeline.intake.formats import READERS, Record, printable, reader_of, undecodable
from pipeline.intake.published import PublicationError, publication_time
from pipeline.intake.reach import Reach
from pipeline.intake.recognise import language_of
from pipeline.intake.seen import Seen
from pipeline.languages import known_languages
from pipeline.records import Article


class InputError(ValueError):
    """An input that cannot be opened at all; the message names it and the remedy."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read and the name by which rows refer to it."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A record that cannot be used: a row of the quarantine table."""

    file: str
    line: int
    article_id: str | None
    reason: str
    detail: str | None
    raw: str | None

    def row(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class InputOptions:
    """published_at serves records that give no publication time; languages are the codes to be coded."""

    published_at: datetime | date | None = None
    languages: tuple[str, ...] = ("ar",)


def input_files(inputs: Sequence[Path]) -> list[InputFile]:
    """The files of the inputs in order; folders are walked, their files sorted by name, hidden and other files skipped.

    Raises InputError for an input that does not exist, a file of no known format, and a folder without articles.
    """
    found: list[InputFile] = []
    known = ", ".join(sorted(READERS))
    for given in inputs:
        if given.is_dir():
            inside = sorted(
                (path for path in given.rglob("*") if path.is_file() and reader_of(path) and not _hidden(path, given)),
                key=lambda path: path.relative_to(given).as_posix(),
            )
            if not inside:
                raise InputError(f"{given}: no articles in this folder; it needs files that end in {known}")
            top = given.resolve().name
            found += [InputFile(path, f"{top}/{path.relative_to(given).as_posix()}") for path in inside]
        elif not given.exists():
            raise InputError(f"{given}: no such file or folder; check the path")
        elif reader_of(given) is None:
            raise InputError(f"{given}: not a format that is read; give files that end in {known} (also .gz)")
        else:
            found.append(InputFile(given, given.name))
    return found


def _hidden(path: Path, top: Path) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in path.relative_to(top).parts)


def content_hash(title: str, text: str, published: datetime | date) -> str:
    """sha256 of an article's content: publication time, title and text."""
    return hashlib.sha256("\x1f".join((published.isoformat(), title, text)).encode("utf-8", "replace")).hexdigest()


@dataclass(slots=True)
class ArticleReader:
    """Iterates over the articles of the files. Memory holds one record, and 16 bytes an id to find duplicates.

    repeated counts records that repeat an article exactly and were passed over; share tells how much has been read.
    """

    files: Sequence[InputFile]
    options: InputOptions = field(default_factory=InputOptions)
    repeated: int = 0
    _seen: Seen = field(default_factory=Seen, repr=False)
    _reach: Reach = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._reach = Reach([file.path for file in self.files])

    @property
    def share(self) -> float:
        """How much of the input has been read, from 0 to 1; an estimate."""
        return self._reach.share

    def __iter__(self) -> Iterator[Article | Quarantined]:
        for file in self.files:
            self._reach.file(file.path)
            reader = reader_of(file.path)
            if reader is None:
                yield Quarantined(file.name, 0, None, "unsupported_format", "no reader for this ending", None)
                continue
            line = 0
            try:
                for record in reader(file.path):
                    line = record.line
                    self._reach.record(record.raw, file.path)
                    item = self._item(file, record)
                    if item is not None:
                        yield item
            except (OSError, EOFError, ValueError) as error:  # a broken archive or Parquet file: keep what was read
                detail = f"{type(error).__name__}: {error}".replace(str(file.path), file.name)
                yield Quarantined(file.name, line + 1 if line else 0, None, "unreadable_record", detail, None)

    def _item(self, file: InputFile, record: Record) -> Article | Quarantined | None:
        given = record.fields
        name = None if given is None or given.get("id") in (None, "") else str(given["id"])

        def aside(reason: str, detail: str | None) -> Quarantined:
            return Quarantined(file.name, record.line, name, reason, detail or None, printable(record.raw))

        if given is None:
            return aside(record.reason, record.detail)
        texts = {key: given.get(key) for key in ("title", "text", "source", "url", "language")}
        for key, value in texts.items():
            if value is not None and not isinstance(value, str):
                return aside("unreadable_record", f"{key} is {type(value).__name__}; it must be text")
            if value is not None and undecodable(value):
                return aside("unreadable_encoding", f"{key} holds characters that are not valid Unicode")
        title, text = (texts["title"] or "").strip(), (texts["text"] or "").strip()
        if not text:
            return aside("empty_text", "text is empty")
        stamp = given.get("published_at")
        try:
            published = publication_time(self.options.published_at if stamp in (None, "") else stamp)
        except PublicationError as error:
            return aside("no_publication_date", str(error))
        language, problem = self._language((texts["language"] or "").strip(), f"{title}\n{text}")
        if problem:
            return aside(*problem)
        content = content_hash(title, text, published)
        name = name or content[:16]
        known = self._known(name, content)
        if known is not None:
            if known:
                self.repeated += 1
                return None
            return aside("duplicate_id", f"id {name!r} was read before with other content; give each article its own")
        source, url = (texts["source"] or "").strip(), (texts["url"] or "").strip()
        return Article(name, published, title, text, source, url, language, file.name, record.line)

    def _language(self, declared: str, text: str) -> tuple[str, tuple[str, str] | None]:
        """(code, None), or ("", why the record is set aside)."""
        wanted = self.options.languages
        code = declared.lower().replace("_", "-").split("-")[0]
        if code and code not in wanted:
            known = f"there is a pack for it: add --language {code}" if code in known_languages() else "no pack for it"
            return "", ("unsupported_language", f"language {declared!r}; {known}")
        seen = language_of(text)
        others = [name for name in wanted if name != "ar"]
        if not code:
            code = others[0] if others and (seen == "other" or "ar" not in wanted) else "ar"
        if code == "ar" and seen in ("fa", "ur", "other"):
            return "", ("not_arabic", f"the letters are not those of Arabic ({seen})")
        if code != "ar" and seen == "ar":
            return "", ("unsupported_language", f"the letters are those of Arabic, not of {code}; add --language ar")
        return code, None

    def _known(self, name: str, content: str) -> bool | None:
        """None for a new id, True for one read before with the same content, False with other content."""
        key = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big")
        value = int(content[:16], 16)
        before = self._seen.first(key, value)
        return None if before is None else before == value

