"""The year of a chronology, which its first date or a heading tells and the dates after it leave out."""

from __future__ import annotations

from pipeline.calendar import days
from pipeline.calendar.line import Found, Line
from pipeline.calendar.reader import expressions
from pipeline.machinery.quick import replace

YEARLESS = frozenset(("date.day_month", "date.month"))
_DATED = ("date.full", "date.month_year", "date.range", "date.range_days")
_STOPS = frozenset((".", "؟", "?", "!", "\n", "؛"))
_NAMED = frozenset(("date.full", "date.month_year"))
_PRINTED = _NAMED | {"date.range", "date.range_days"}
PARTS = frozenset(("date.edge_start", "date.edge_middle", "date.edge_end", "date.season_year"))
_FAR, _ARTICLE = 120, 1000  # days back from which, and words before a sentence in which, the year of a month is sought
_AROUND = 6  # words on either side of a month that may belong to its date
_SOON = 25  # words after a printed date in which another takes its year
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


def in_sentence(line: Line, found: list[Found]) -> list[Found]:
    """The dates of a sentence, those without a year in the year of a printed date shortly before them.

    «قالت في يونيو 2017 إنه قتل في نهاية مايو» tells of May 2017; a date that is part of a name lends no year.
    """
    if (_PRINTED | PARTS).isdisjoint([hit.rule for hit in found[:-1]]):
        return found
    done: list[Found] = []
    told: Found | None = None
    for hit in found:
        if told is not None and told.lo is not None and hit.first - told.last <= _SOON and _yearless(line, hit):
            hit = _in_year(hit, told.lo.year)
        elif _lends(hit) and not line.made_name(hit.first, "day_month"):
            printed = any(map(line.tables.bare_year, line.words[hit.first : hit.last]))
            told = hit if hit.rule in _NAMED or printed else None
        elif hit.kind != "anchored":
            told = None
        done.append(hit)
    return done


def _lends(hit: Found) -> bool:
    """Whether the words may tell a year that those after them leave out."""
    return hit.rule in _PRINTED or (hit.rule in PARTS and hit.granularity in ("year", "season"))


def _yearless(line: Line, hit: Found) -> bool:
    """Whether the words name a month, or the beginning or end of one, and nothing tells its year."""
    if hit.rule in YEARLESS:
        return True
    if not hit.edge or hit.granularity != "month":
        return False
    places = range(hit.first, hit.last)
    return any(line.atom(place, "month") for place in places) and not any(
        line.atom(place, "modifier") or line.tables.bare_year(line.words[place]) for place in places)  # fmt: skip


def as_told(line: Line, found: list[Found]) -> list[Found]:
    """The dates of a sentence, one without a year that is far back in the year that the article told of that month.

    A story that began with «16 ديسمبر 2015» and goes on with «في ديسمبر» tells of the same December.
    """
    return [_in_year(hit, _told_of(line, hit)) if hit.rule in YEARLESS and hit.lo is not None
            and hit.first - line.first > 1 and (line.today - hit.lo).days > _FAR else hit for hit in found]  # fmt: skip


def _told_of(line: Line, hit: Found) -> int | None:
    """The year of the last date before the sentence that was printed with its year and names the same month."""
    names = {line.words[place] for place in range(hit.first, hit.last) if line.atom(place, "month") is not None}
    far = max(0, line.first - _ARTICLE)
    if names.isdisjoint(line.words[far : line.first]):
        return None
    for place in range(line.first - 1, far - 1, -1):
        if line.words[place] in names:
            begin, end = max(0, place - _AROUND), min(place + _AROUND, line.first)
            around = Line(line.words, begin, end, line.clock, line.tables)
            dates = expressions(around, line.tables.starts(line.words, around.first, around.last))
            named = [other for other in dates if other.rule in _NAMED and other.first <= place < other.last]
            if named and named[0].lo is not None and hit.lo is not None and named[0].lo.month == hit.lo.month:
                return named[0].lo.year
    return None


def _in_year(hit: Found, year: int | None) -> Found:
    """The day or month in the year given, when that is an earlier one."""
    if year is None or hit.lo is None or year >= hit.lo.year:
        return hit
    if hit.granularity == "month":
        span = days.month_of(year, hit.lo.month)
        rule = hit.rule if hit.edge else "date.month_year"
        return replace(hit, lo=span[0], hi=span[1], rule=rule, future=False) if span else hit
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
