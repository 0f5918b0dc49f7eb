"""Sentences, headings, bullets and captions as token ranges, furniture and dateline set apart.

A full stop ends a sentence unless it stands in an abbreviation (سي.آي.إيه, أ.ف.ب), after an initial (د. علي), in an
ellipsis or in a web address; decimals are one token already. Marks and abbreviations come from ``sentence_marks.csv``
and ``abbreviations.csv``.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.languages import LanguagePack
from pipeline.records import Dateline, Document, Sentence, Span
from pipeline.text import fold_key

HEADING_WORDS = 14  # a longer line without a full stop is running text
BARE_HEADING_WORDS = 8  # the same where the article writes no full stops
_MARK_CLASSES = ("bullet", "closer", "heading_start", "terminal")


@dataclass(frozen=True)
class SentenceTables:
    """Marks by class and abbreviations: initials before a dot, tails after one (نت)."""

    terminals: frozenset[str]
    closers: frozenset[str]
    bullets: frozenset[str]
    heading_starts: frozenset[str]
    initials: frozenset[str]
    tails: frozenset[str]

    @classmethod
    def from_pack(cls, pack: LanguagePack) -> SentenceTables:
        """Read both tables; raises TableError on an unknown class."""
        found: dict[str, set[str]] = {name: set() for name in (*_MARK_CLASSES, "initial", "tail")}
        for name, column in (("sentence_marks", "mark"), ("abbreviations", "word")):
            for row in pack.table(name):
                if row["class"] not in found:
                    raise row.error(f"unknown class {row['class']!r}")
                found[row["class"]].update(fold_key(row[column]))
        return cls(
            frozenset(found["terminal"] or {".", "!", "?"}),
            frozenset(found["closer"] or {'"', ")"}),
            frozenset(found["bullet"] or {"*", "-", "•"}),
            frozenset(found["heading_start"]),
            frozenset(found["initial"]),
            frozenset(found["tail"]),
        )


def sentences(document: Document, furniture: tuple[Span, ...], dateline: Dateline | None,
              tables: SentenceTables) -> tuple[Sentence, ...]:  # fmt: skip
    """All sentences in text order, without overlaps; every word of the document is in exactly one of them.

    The first is the title when the article has one. A paragraph is a line; the title is paragraph 0.
    """
    words: list[str] = document.words
    found: list[Sentence] = []
    lines = _lines(words)
    closed = _closes_its_paragraphs(words, lines, tables)
    spans = _token_spans(document, furniture)
    for paragraph, (first, last) in enumerate(lines):
        if paragraph == 0 and document.article.title:
            found.append(_sentence(document, first, last, "title", 0))
        else:
            for start, end, kind in _pieces(first, last, spans, dateline):
                if kind:
                    found.append(_sentence(document, start, end, kind, paragraph))
                else:
                    found.extend(_of_line(document, lines, paragraph, start, end, closed, tables))
    return tuple(found)


def _lines(words: list[str]) -> list[tuple[int, int]]:
    found, first = [], 0
    while first < len(words):
        try:
            last = words.index("\n", first)
        except ValueError:
            last = len(words)
        if last > first:
            found.append((first, last))
        first = last + 1
    return found


def _sentence(document: Document, first: int, last: int, kind: str, paragraph: int) -> Sentence:
    return Sentence(first, last, document.starts[first], document.ends[last - 1], kind, paragraph)


def _ended(words: list[str], last: int, tables: SentenceTables) -> bool:
    while last and words[last - 1] in tables.closers:
        last -= 1
    return bool(last) and words[last - 1] in tables.terminals


def _closes_its_paragraphs(words: list[str], lines: list[tuple[int, int]], tables: SentenceTables) -> bool:
    """Whether the article ends its long lines with full stops, so that a line without one is something else."""
    running = [last for first, last in lines[1:] if last - first > HEADING_WORDS]
    return 2 * sum(_ended(words, last, tables) for last in running) > len(running)


def _token_spans(document: Document, furniture: tuple[Span, ...]) -> list[tuple[int, int, str]]:
    """Furniture as token ranges: kind is caption for a photo's words, else furniture."""
    found, index, starts = [], 0, document.starts
    for span in furniture:
        while index < len(starts) and document.ends[index] <= span.start:
            index += 1
        first = index
        while index < len(starts) and starts[index] < span.end:
            index += 1
        if index > first:
            found.append((first, index, "caption" if span.why == "caption" else "furniture"))
    return found


def _pieces(first: int, last: int, spans: list[tuple[int, int, str]],
            dateline: Dateline | None) -> list[tuple[int, int, str]]:  # fmt: skip
    """The line cut at furniture and dateline; kind is "" for text."""
    if not spans and dateline is None:
        return [(first, last, "")]
    marks = [(max(a, first), min(b, last), kind) for a, b, kind in spans if a < last and b > first]
    inside = dateline is not None and first <= dateline.first < last
    if dateline is not None and inside and not any(a <= dateline.first < b for a, b, _ in marks):
        marks.append((dateline.first, min(dateline.last, last), "dateline"))
    found, at = [], first
    for start, end, kind in sorted(marks):
        if start > at:
            found.append((at, start, ""))
        if end > max(start, at):
            found.append((max(start, at), end, kind))
        at = max(at, end)
    if at < last:
        found.append((at, last, ""))
    return found


def _of_line(document: Document, lines: list[tuple[int, int]], paragraph: int, first: int, last: int, closed: bool,
             tables: SentenceTables) -> list[Sentence]:  # fmt: skip
    words = document.words
    kind = _kind(words, lines, paragraph, first, last, closed, tables)
    if kind == "heading":
        return [_sentence(document, first, last, kind, paragraph)]
    found, start = [], first
    for index in range(first, last):
        if words[index] in tables.terminals and index >= start and _ends_here(document, index, start, last, tables):
            end = index + 1
            while end < last and words[end] in tables.closers and document.starts[end] == document.ends[end - 1]:
                end += 1
            found.append(_sentence(document, start, end, kind, paragraph))
            start = end
    if start < last:
        found.append(_sentence(document, start, last, kind, paragraph))
    return found


def _kind(words: list[str], lines: list[tuple[int, int]], number: int, first: int, last: int, closed: bool,
          tables: SentenceTables) -> str:  # fmt: skip
    bullet = words[first] in tables.bullets and last - first > 1
    ended = _ended(words, last, tables)
    if bullet:
        beside = [lines[i] for i in (number - 1, number + 1) if 0 < i < len(lines)]
        listed = any(words[a] == words[first] for a, _ in beside)
        return "bullet" if ended or listed or last - first > HEADING_WORDS else "heading"
    if ended or (first, last) != lines[number]:
        return "body"
    if number == len(lines) - 1 and number <= 2:
        return "body"  # the only paragraph
    opener = words[first]
    if opener.startswith("و") and len(opener) > 3 and opener not in tables.heading_starts:
        return "body"
    limit = HEADING_WORDS if closed else BARE_HEADING_WORDS
    return "heading" if last - first <= limit else "body"


def _ends_here(document: Document, index: int, first: int, last: int, tables: SentenceTables) -> bool:
    """Whether the terminal mark at a token ends a sentence; the end of the line always does."""
    words, starts, ends = document.words, document.starts, document.ends
    if index + 1 >= last:
        return True
    mark, before, after = words[index], words[index - 1] if index > first else "", words[index + 1]
    if mark != ".":
        return after not in tables.terminals
    if after == "." or before == ".":
        return False  # ellipsis
    tight = starts[index + 1] == ends[index] and (index == first or ends[index - 1] == starts[index])
    if tight and after not in tables.closers:
        if after in tables.tails or (before.isascii() and after.isascii()):
            return False
        return len(after) > 4 or (len(before) > 4 and len(after) > 2)
    if before in tables.initials and starts[index] == ends[index - 1]:
        return False
    return not (before.isdecimal() and index == first + 1)  # 1. numbered line
