"""Page furniture: what stands on an article's page without being its text.

Share buttons, advertisements, photo credits, by-lines, agency signatures, links, application footers, hashtag lines,
rules of dashes, repetitions of the title and blocks of related headlines. Phrases come from ``furniture.csv``; its
column ``match`` says how a phrase marks a line:

line: the line is the phrase; start: the line begins with it; inside_line: a short line holds it; end: a short line that
is no whole sentence and no dateline ends with it; inside: only the phrase (to the closing bracket or the end of the
line) is marked; related: the line, and when nothing follows the phrase in it, the headlines below; foot: the line and
all headlines below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.languages import LanguagePack
from pipeline.records import Span
from pipeline.text import Folded, fold

SHORT = 200  # characters: a longer line is running text, whatever it holds
HEADLINE = 150  # characters: related headlines are shorter
CAPTION = 4  # blanks: a shorter line with an agency in brackets may be a dateline
TOP = 12  # lines in which a by-line may stand
_FROM = "من "
_ENDS = (".", "؟", "!", "?", "…")
_CLOSERS = '"»”)\' ]'
_EDGES = " \t\u00a0.,،:;؛-–—*|/\"'«»()[]…!؟?"
_FIRST_WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_MATCHES = ("line", "start", "end", "inside_line", "inside", "related", "foot")


@dataclass(frozen=True)
class FurnitureTables:
    """Phrases as folded strings: whole lines by text, beginnings by first word, the rest as lists."""

    lines: dict[str, str]
    starts: dict[str, tuple[tuple[str, str, str], ...]]  # first word -> (phrase, match, why), longest first
    inside_line: tuple[tuple[str, str], ...]
    inside: tuple[tuple[str, str], ...]
    ends: tuple[tuple[str, str], ...] = ()

    @classmethod
    def from_pack(cls, pack: LanguagePack) -> FurnitureTables:
        """Read furniture.csv; raises TableError on an unknown kind of match or an empty phrase."""
        lines: dict[str, str] = {}
        starts: dict[str, list[tuple[str, str, str]]] = {}
        loose: dict[str, list[tuple[str, str]]] = {"inside_line": [], "inside": [], "end": []}
        for row in pack.table("furniture"):
            phrase, match = fold(row["phrase"]).text.casefold().strip(), row["match"]
            if match not in _MATCHES:
                raise row.error(f"match {match!r} is not one of {', '.join(_MATCHES)}")
            if not phrase:
                raise row.error("empty phrase")
            if match in loose:
                loose[match].append((phrase, row["why"]))
            elif match == "line":
                lines[phrase.strip(_EDGES)] = row["why"]
            else:
                starts.setdefault(_first(phrase), []).append((phrase, match, row["why"]))
        ordered = {word: tuple(sorted(rows, key=lambda r: (-len(r[0]), r))) for word, rows in starts.items()}
        return cls(lines, ordered, tuple(loose["inside_line"]), tuple(loose["inside"]), tuple(loose["end"]))


def _first(line: str) -> str:
    """The first word (or mark) of a folded line: the key of the start phrases."""
    found = _FIRST_WORD.match(line)
    return found.group() if found else ""


def furniture_spans(raw: str, tables: FurnitureTables) -> tuple[Span, ...]:
    """Furniture of a raw text in text order, without overlaps; why is the class of furniture.csv or hashtags,
    separator, repeated_title or related."""
    folded = fold(raw)
    text = folded.text.casefold()
    if len(text) != len(folded.text):
        text = folded.text
    lines = _lines(text)
    in_line = [row for row in tables.inside_line if row[0] in text]
    inside = [row for row in tables.inside if row[0] in text]
    whys = [_of_line(text[start:end], tables, in_line) for start, end in lines]
    if "#" in raw:
        for index, (start, end) in enumerate(lines):
            line = raw[max(0, folded.raw(start) - 1) : folded.raw(end - 1) + 1]  # folding makes the first # a blank
            if "#" in line[:2] and all(word.startswith("#") for word in line.split()):
                whys[index] = ("hashtags", "line")
    _repeated_title(text, lines, whys)
    _reporter_line(text, lines, whys)
    _headline_blocks(text, lines, whys)
    _trailing_headlines(text, lines, whys)
    found: list[Span] = []
    for (start, end), (why, _) in zip(lines, whys, strict=True):
        if why:
            span = _span(folded, start, end, why)
            found.append(Span(span.start - 1, span.end, why) if why == "hashtags" and raw[span.start] != "#" else span)
        elif inside:
            found.extend(_inside(text, start, end, folded, inside))
    return tuple(found)


def _lines(text: str) -> list[tuple[int, int]]:
    """Character ranges of the non-empty lines, blanks at their edges left out."""
    found, start = [], 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end]
        if bare := line.strip():
            left = start + line.find(bare[0])
            found.append((left, left + len(bare)))
        start = end + 1
    return found


def _of_line(line: str, tables: FurnitureTables, in_line: list[tuple[str, str]]) -> tuple[str, str]:
    """Why the line is furniture ("" when it is not) and how it was matched."""
    if len(line) > SHORT:
        return "", ""
    bare = line.strip(_EDGES)
    if not bare:
        return "separator", "line"
    if bare in tables.lines:
        return tables.lines[bare], "line"
    rows = tables.starts.get(_first(line)) or tables.starts.get(_first(bare), ())
    for phrase, match, why in rows:
        if line.startswith(phrase) or bare.startswith(phrase):
            if match == "foot":
                if bare.strip(_EDGES) == phrase or len(bare) <= len(phrase) + 3:
                    return why, "foot"
            elif match == "related":
                return why, "foot" if len(bare) <= len(phrase) + 3 else "related"
            else:
                return why, "start"
    if in_line and not _ends_sentence(line):
        for phrase, why in in_line:
            if phrase in line:
                return why, "inside_line"
    if line.endswith(")") and line.count(" ") >= CAPTION:
        for phrase, why in tables.ends:
            if line.endswith(phrase) and not _ends_sentence(line[: -len(phrase)]):
                return why, "end"
    return "", ""


def _ends_sentence(line: str) -> bool:
    return line.rstrip(_CLOSERS).endswith(_ENDS)


def _repeated_title(text: str, lines: list[tuple[int, int]], whys: list[tuple[str, str]]) -> None:
    """The title printed again on top of the text."""
    if not lines:
        return
    title = text[lines[0][0] : lines[0][1]]
    whys[0] = ("", "")  # the first line is the title, or the first paragraph of an article without one
    for index in range(1, min(len(lines), 6)):
        start, end = lines[index]
        if end - start == len(title) and text[start:end] == title:
            whys[index] = ("repeated_title", "line")


def _reporter_line(text: str, lines: list[tuple[int, int]], whys: list[tuple[str, str]]) -> None:
    """«من فلان الفلاني» alone on a line between the title and the first long paragraph."""
    for index in range(1, min(len(lines), TOP)):
        start, end = lines[index]
        line = text[start:end]
        if end - start > SHORT:
            return
        if not whys[index][0] and line.startswith(_FROM) and 2 <= line.count(" ") <= 5 and line[-1].isalpha():
            whys[index] = ("byline", "line")


def _headline_blocks(text: str, lines: list[tuple[int, int]], whys: list[tuple[str, str]]) -> None:
    """Headlines below a mark such as اقرأ أيضا or مواضيع إضافية, up to the first line of running text."""
    inside = False
    for index, (start, end) in enumerate(lines):
        why, match = whys[index]
        if match == "foot":
            inside = True
        elif inside and not why:
            if end - start > HEADLINE or _ends_sentence(text[start:end]):
                inside = False
            else:
                whys[index] = ("related", "foot")


def _trailing_headlines(text: str, lines: list[tuple[int, int]], whys: list[tuple[str, str]]) -> None:
    """Two or more headlines at the very end of an article whose paragraphs end with full stops."""
    running = [i for i, (start, end) in enumerate(lines) if not whys[i][0] and end - start > HEADLINE]
    closed = [i for i in running if _ends_sentence(text[lines[i][0] : lines[i][1]])]
    if len(closed) < 3 or len(closed) < 0.8 * len(running):
        return
    last = max(
        (i for i, (s, e) in enumerate(lines) if not whys[i][0] and (_ends_sentence(text[s:e]) or e - s > HEADLINE)),
        default=0,
    )
    tail = [i for i in range(last + 1, len(lines)) if not whys[i][0]]
    if len(tail) >= 2:
        for index in tail:
            whys[index] = ("related", "foot")


def _inside(text: str, start: int, end: int, folded: Folded, rows: list[tuple[str, str]]) -> list[Span]:
    """Furniture within a line of running text: up to the closing bracket, else to the end of the line."""
    found: list[Span] = []
    for phrase, why in rows:
        at = text.find(phrase, start, end)
        if at < 0 or any(span.start <= folded.raw(at) < span.end for span in found):
            continue
        stop = text.find(")", at, end) + 1 if phrase.startswith("(") else end
        found.append(_span(folded, at, stop if stop > at else end, why))
    return sorted(found, key=lambda span: span.start)


def _span(folded: Folded, start: int, end: int, why: str) -> Span:
    return Span(folded.raw(start), folded.raw(end - 1) + 1, why)
