"""The dates of a sentence: every expression of time as an interval of whole days, with its kind and its rule."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from functools import lru_cache

from pipeline.calendar.anchors import needs_earlier, resolved
from pipeline.calendar.line import Found, Line
from pipeline.calendar.reader import expressions
from pipeline.calendar.spoken import FROM_NOW, of_quotations
from pipeline.calendar.story import PARTS, YEARLESS, as_told, in_sentence, with_year
from pipeline.calendar.tables import DateTables
from pipeline.calendar.words import NO_MEANING
from pipeline.intake.published import publication_time
from pipeline.languages import load_pack
from pipeline.records import Article, Clock, DateMention, Document, Sentence
from pipeline.text import cut

__all__ = ["DateTables", "date_mentions", "find_dates"]

_LOOK_BACK = 150  # words before a sentence in which اليوم التالي may find its day
_FOLDED = frozenset(("date.vague", "date.month", "date.month_future"))  # names may fold to such words
_ANCHORED = frozenset([f"date.anchored_{what}" for what in (
    "after", "before", "day_month", "month", "next", "same", "weekday")])  # fmt: skip
_OPEN = YEARLESS | FROM_NOW | PARTS | _FOLDED | _ANCHORED  # rules of expressions of which other words may tell more
_STOPS = frozenset((".", "؟", "?", "!", "\n", "؛"))


def date_mentions(
    document: Document, sentence: Sentence, clock: Clock, tables: DateTables
) -> tuple[DateMention, ...]:
    """Every date expression of the sentence in text order, without overlap.

    Days are resolved against the clock alone, never against today. A sentence without a calendar word costs one
    lookup a word. Never raises on any text. A clock outside the years 100 to 9899, where weeks and decades around it
    would leave the calendar, dates nothing.
    """
    starts = tables.starts(document.words, sentence.first, sentence.last)
    if not starts or not 100 <= clock.day.year < 9900:
        return ()
    line = Line(document.words, sentence.first, sentence.last, clock, tables)
    found = expressions(line, starts)
    rules = {hit.rule for hit in found}
    if not _OPEN.isdisjoint(rules):
        found = _settled(line, found, rules)
        if not _FOLDED.isdisjoint(rules):
            found = [hit for hit in found if hit.rule not in _FOLDED or _spelt(document, line, hit)]
    return tuple([_mention(document, line, hit) for hit in found])


def _settled(line: Line, found: list[Found], rules: set[str]) -> list[Found]:
    """The expressions with what the words around them tell of their days: anchors, speakers and years."""
    if "anchored" in [hit.kind for hit in found]:
        found = _anchored(line, found)
    if not FROM_NOW.isdisjoint(rules):
        found = of_quotations(line, found)
    if len(found) > 1:
        found = in_sentence(line, found)
    if YEARLESS.isdisjoint(rules):
        return found
    if found[0].rule in YEARLESS:
        found = with_year(line, found)
    return as_told(line, found)


def _spelt(document: Document, line: Line, hit: Found) -> bool:
    """Whether the raw words are calendar words, not a name that only folds to one (آلان)."""
    raw = document.raw[document.starts[hit.first] : document.ends[hit.last - 1]]
    clitics = line.prefix(hit.first)
    return raw.removeprefix(clitics) not in line.tables.spellings


def _anchored(line: Line, found: list[Found]) -> list[Found]:
    """The expressions with anaphoric ones resolved against the dates before them, in the text before too."""
    before: list[Found] = []
    if any(hit.anchor is not None and needs_earlier(line, hit) for hit in found):
        start = max(0, line.first - _LOOK_BACK)
        starts = line.tables.starts(line.words, start, line.first)
        before = expressions(Line(line.words, start, line.first, line.clock, line.tables), starts)
    done: list[Found] = []
    for hit in found:
        if not done or hit.first >= done[-1].last:
            done.append(resolved(line, hit, before + done))
    return done


def _mention(document: Document, line: Line, hit: Found) -> DateMention:
    first, last = hit.first, hit.last
    start, end = document.starts[first], document.ends[last - 1]
    meaning, _, prefix, _ = line[first]
    if meaning is NO_MEANING and not document.words[first][0].isdigit():
        prefix = line.tables.numbers.prefix(document.words[first])
    if prefix and document.words[first].startswith(prefix):
        start = _after_clitics(document.raw, start, document.ends[first], prefix)
    if document.raw[end : end + 1] > "؟":  # no blank or stop
        end = _with_marks(document.raw, end)
    return DateMention(
        first, last, start, end, hit.lo, hit.hi, hit.granularity, hit.kind, hit.rule, hit.edge, hit.future, hit.conflict
    )


def _after_clitics(raw: str, start: int, end: int, prefix: str) -> int:
    """The raw offset behind the clitics of a word (ويوم، بيوم); للجمعة keeps its letters, as they hold the article."""
    place, left = start, len(prefix)
    while place < end and left:
        char = raw[place]
        left -= not (unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Lm"))
        place += 1
    while place < end and (unicodedata.combining(raw[place]) or unicodedata.category(raw[place]) in ("Cf", "Lm")):
        place += 1
    return start if prefix.endswith("ل") and raw[place : place + 1] == "ل" else place


def _with_marks(raw: str, end: int) -> int:
    """The end moved over the marks of the last letter (مساءً، 1439هـ)."""
    while end < len(raw) and (unicodedata.combining(raw[end]) or raw[end] == "\u0640"):
        end += 1
    return end


@lru_cache(maxsize=8)
def _tables(language: str) -> DateTables:
    return DateTables.from_pack(load_pack(language))


def find_dates(
    text: str, published_at: datetime | date | str, language: str = "ar"
) -> list[dict[str, str | int | None]]:
    """Every date expression of a text, as dicts in text order.

    Keys: text, start, end (character range in the text given), first_day and last_day (inclusive ISO days, None when
    the words cannot be resolved), granularity (day, week, month, season, year, decade, century), kind (point, range,
    bound, duration, anchored, vague) and rule (see schemas/date_rules.csv).
    published_at is a datetime, a date, or text (ISO 8601 best; a whole date in free form is read too). Raises
    PublicationError when it is no absolute day, TableError when the language has no pack.
    """
    published = publication_time(published_at)
    tables, clock = _tables(language), Clock.of(published)
    words, starts, ends = cut(text)
    document = Document(Article("", published, "", text, language=language), text, words, starts, ends)
    rows: list[dict[str, str | int | None]] = []
    first = 0
    for index in range(len(words) + 1):
        if index == len(words) or words[index] in _STOPS:
            if index > first:
                part = Sentence(first, index, starts[first], ends[index - 1], "body", 0)
                rows += [_row(text, mention) for mention in date_mentions(document, part, clock, tables)]
            first = index + 1
    return rows


def _row(text: str, mention: DateMention) -> dict[str, str | int | None]:
    return {
        "text": text[mention.start : mention.end],
        "start": mention.start,
        "end": mention.end,
        "first_day": mention.first_day.isoformat() if mention.first_day else None,
        "last_day": mention.last_day.isoformat() if mention.last_day else None,
        "granularity": mention.granularity,
        "kind": mention.kind,
        "rule": mention.rule,
    }
