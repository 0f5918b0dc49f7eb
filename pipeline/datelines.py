"""The dateline: agency, city and printed day before the first sentence.

Shapes, with any of the dashes -, –, —, --, ـ and / or : as the closing mark:
«طرابلس (رويترز) - », «وست بالم بيتش (فلوريدا) (رويترز) - », «دبي، الإمارات العربية المتحدة (CNN)-- »,
«دبي - العربية.نت», «القاهرة/ الأناضول», «(أ ف ب) - », «رويترز – », «غزة ـ », «القاهرة في 5 مارس (أ ش أ) - ».
A dateline's place is where the report was written; it is never an event's place by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pipeline.languages import LanguagePack
from pipeline.lexicon import Lexicon
from pipeline.records import Dateline, Document
from pipeline.text import fold_key

LINES = 16  # lines looked at: share buttons, photo credits and by-lines may stand before
WORDS = 14  # tokens before the closing mark at most
LONG = 25  # tokens: a longer line is running text, and no dateline follows it
_DASHES = frozenset("-–—ـ―")
_CLOSING = frozenset((*_DASHES, "/", ":", "|"))
_OPENING = frozenset("([/«\"")
_CLASSES = ("agency", "city", "month")


@dataclass(frozen=True)
class DatelineTables:
    """Agencies (payload: English name), cities that datelines name, and months by folded words."""

    agencies: Lexicon
    cities: Lexicon
    months: Lexicon

    @classmethod
    def from_pack(cls, pack: LanguagePack) -> DatelineTables:
        """Read datelines.csv; raises TableError on an unknown class or a month out of range."""
        found: dict[str, list[tuple[tuple[str, ...], str]]] = {name: [] for name in _CLASSES}
        for row in pack.table("datelines"):
            if row["class"] not in found:
                raise row.error(f"class {row['class']!r} is not one of {', '.join(_CLASSES)}")
            if row["class"] == "month" and row["value"] not in {str(month) for month in range(1, 13)}:
                raise row.error("value of a month is 1 to 12")
            found[row["class"]].append((fold_key(row["phrase"]), row["value"] or row["phrase"]))
        return cls(Lexicon(found["agency"]), Lexicon(found["city"]), Lexicon(found["month"]))


def dateline(document: Document, tables: DatelineTables) -> Dateline | None:
    """The dateline of a document, or None. Its tokens run up to the closing mark, that mark included."""
    words = document.words
    start = _after_line(words, 0) if document.article.title else 0
    for _ in range(LINES):
        if start >= len(words):
            return None
        end = _after_line(words, start)
        found = _at(document, start, end, tables)
        if found is not None:
            return found
        if end - start > LONG:
            return None
        start = end
    return None


def _after_line(words: list[str], index: int) -> int:
    """The token after the line break that ends the line of a token."""
    try:
        return words.index("\n", index) + 1
    except ValueError:
        return len(words)


def _at(document: Document, first: int, line_end: int, tables: DatelineTables) -> Dateline | None:
    words = document.words
    limit = min(line_end, first + WORDS)
    for index in range(first, limit):
        if words[index] == "\n":
            return None
        agency = tables.agencies.at(words, index, limit)
        if agency is None:
            continue
        opened = index > first and words[index - 1] in _OPENING
        dashed = index > first and words[index - 1] in _CLOSING
        if index > first and not (opened or dashed):
            continue  # a word of running text, or of a country's name
        last, closed = _closed(words, agency.last, line_end)
        before = index - 1 if index > first else index
        place, day = _place_and_day(document, first, before, tables)
        city = tables.cities.at(words, first, before) if before > first else None
        if not (closed or (city is not None and (opened or last >= line_end - 1))):
            return None
        return Dateline(first, last, place, str(agency.payloads[0]), day)
    city = tables.cities.at(words, first, limit)
    if city is not None:
        last, closed = _closed(words, city.last, line_end)
        if _tatweel_dash(document, city.last):
            return Dateline(first, city.last, document.text(first, city.last), "", None)
        spaced = city.last < len(words) and document.starts[city.last] > document.ends[city.last - 1]
        if closed and words[city.last] in _DASHES and spaced:
            return Dateline(first, last, document.text(first, city.last), "", None)
    return None


def _tatweel_dash(document: Document, index: int) -> bool:
    """Whether a lone tatweel serves as a dash before a token («غزة ـ قال»); folding drops it."""
    gap = document.raw[document.ends[index - 1] : document.starts[index]] if index < len(document.words) else ""
    return gap.strip() == "ـ" and gap[:1] == " "


def _closed(words: list[str], index: int, line_end: int) -> tuple[int, bool]:
    """The token after brackets and closing marks, and whether a closing mark stood there."""
    closed = False
    while index < line_end and (words[index] in _CLOSING or words[index] in ')]»"،'):
        closed = closed or words[index] in _CLOSING
        index += 1
    return index, closed


def _place_and_day(document: Document, first: int, last: int, tables: DatelineTables) -> tuple[str, date | None]:
    """The city before the agency (up to a comma, bracket, dash or day) and the day printed with it."""
    words, end, day = document.words, first, None
    while end < last and words[end] not in _OPENING and words[end] not in _CLOSING and words[end] not in "،,(":
        if words[end].isdecimal() or words[end] == "في":
            break
        end += 1
    for index in range(end, last):
        month = tables.months.at(words, index, last)
        if month is not None and index > first and words[index - 1].isdecimal():
            day = _day(document, int(words[index - 1]), int(month.payloads[0]), words[month.last : last])
            break
    return document.text(first, end), day


def _day(document: Document, day: int, month: int, rest: list[str]) -> date | None:
    """A printed day; without a year, the last such day on or before publication."""
    published = document.article.published_at
    today = published.date() if isinstance(published, datetime) else published
    year = int(rest[0]) if rest and rest[0].isdecimal() and len(rest[0]) == 4 else 0
    try:
        if year:
            return date(year, month, day)
        found = date(today.year, month, day)
        return found if found <= today else date(today.year - 1, month, day)
    except ValueError:
        return None
