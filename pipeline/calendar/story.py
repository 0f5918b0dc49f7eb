"""The year of a chronology, which its first date or a heading tells and the dates after it leave out."""

from __future__ import annotations

from pipeline.calendar import days
from pipeline.calendar.line import Found, Line
from pipeline.calendar.reader import expressions
from pipeline.quick import replace

YEARLESS = ("date.day_month", "date.month")
_DATED = ("date.full", "date.month_year", "date.range", "date.range_days")
_STOPS = frozenset((".", "؟", "?", "!", "\n", "؛"))
_NAMED = ("date.full", "date.month_year")
_FAR, _ARTICLE = 120, 1000  # days back from which, and words before a sentence in which, the year of a month is sought
_BACK = 250  # words before a sentence in which its year is sought
_UNDATED = 2  # sentences without a date at their beginning that may stand between
_HEADING, _OPENING = 8, 9  # words of the longest heading; words of a sentence in which its first date ends


def with_year(line: Line, found: list[Found]) -> list[Found]:
    """The dates of a sentence, the one that begins it in the year of the chronology in which it stands.

    «31 أغسطس 2014: …» and then «23 سبتمبر: …», or «23 سبتمبر» under the heading «2014». The months must run on.
    """
    hit = found[0]
    if hit.rule not in YEARLESS or hit.lo is None or hit.hi is None or hit.first - line.first > 1:
        return found
    told = _told(line)
    if told is None or told[0] >= hit.lo.year or hit.lo.month < told[1]:
        return found
    return [_in_year(hit, told[0]), *found[1:]]


def as_told(line: Line, found: list[Found]) -> list[Found]:
    """The dates of a sentence, one without a year that is far back in the year that the article told of that month.

    A story that began with «16 ديسمبر 2015» and goes on with «في ديسمبر» tells of the same December.
    """
    far = [hit for hit in found if hit.rule in YEARLESS and hit.lo is not None and hit.first - line.first > 1
           and (line.today - hit.lo).days > _FAR]  # fmt: skip
    if not far or line.first == 0:
        return found
    start = max(0, line.first - _ARTICLE)
    before = expressions(Line(line.words, start, line.first, line.clock, line.tables),
                         line.tables.starts(line.words, start, line.first))  # fmt: skip
    told: dict[int, int] = {}
    for other in before:
        if other.rule in _NAMED and other.lo is not None:
            told[other.lo.month] = other.lo.year
    return [_in_year(hit, told.get(hit.lo.month if hit.lo else 0)) if hit in far else hit for hit in found]


def _in_year(hit: Found, year: int | None) -> Found:
    """The day or month in the year given, when that is an earlier one."""
    if year is None or hit.lo is None or year >= hit.lo.year:
        return hit
    if hit.granularity == "month":
        span = days.month_of(year, hit.lo.month)
        return replace(hit, lo=span[0], hi=span[1], rule="date.month_year") if span else hit
    day = days.day_of(year, hit.lo.month, hit.lo.day)
    return replace(hit, lo=day, hi=day, rule="date.day_month_of_year") if day else hit


def _told(line: Line) -> tuple[int, int] | None:
    """Year and month of the nearest dated beginning or heading before the sentence."""
    words, limit, undated = line.words, max(0, line.first - _BACK), 0
    last = line.first
    while last > limit:
        while last > limit and words[last - 1] in _STOPS:
            last -= 1
        first = last
        while first > limit and words[first - 1] not in _STOPS:
            first -= 1
        if first == last:
            return None
        if last - first <= _HEADING and words[last] == "\n" and (first == 0 or words[first - 1] == "\n"):
            years = [year for word in words[first:last] if (year := line.tables.bare_year(word)) is not None]
            if len(years) == 1:
                return years[0], 1
        opening = Line(words, first, min(first + _OPENING, last), line.clock, line.tables)
        dates = expressions(opening, line.tables.starts(words, first, opening.last))
        begins = dates[0] if dates and dates[0].first - first <= 1 else None
        if begins is not None and begins.rule in _DATED and begins.lo is not None:
            return begins.lo.year, begins.lo.month
        undated += begins is None
        if undated > _UNDATED:
            return None
        last = first
    return None
