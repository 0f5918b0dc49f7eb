"""Who speaks, and when: relative words in a quotation or a report that is itself dated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.calendar.line import Found, Line
from pipeline.calendar.reader import expression, expressions
from pipeline.machinery.quick import replace
from pipeline.records import Clock

_STATED = 24  # words before a quotation in which its day may stand
_AROUND = 60  # words before a quotation, or at the head of the story, that tell when it was made
_MORNING = 10  # hour before which a story still tells of the day before
_REPORTED = 2  # days back of a report that says اليوم of its own day
_COMMAS = frozenset(("،", ","))
_OPENS, _CLOSES = frozenset(("«", "“")), frozenset(("»", "”"))
FROM_NOW = frozenset((
    "date.today", "date.today_after_midnight", "date.yesterday", "date.yesterday_after_midnight", "date.tomorrow",
    "date.tomorrow_after_midnight", "date.week_past", "date.week_current", "date.week_next", "date.month_past",
    "date.month_next", "date.year_past", "date.year_next", "date.ago", "date.vague",
))  # fmt: skip


def of_quotations(line: Line, found: list[Found]) -> list[Found]:
    """The expressions, those in a quotation of another day counted from that day (قال الأربعاء: «جلسة اليوم»)."""
    return [_of_its_day(line, hit, found) if hit.rule in FROM_NOW and hit.lo is not None else hit for hit in found]


def _of_its_day(line: Line, hit: Found, found: Sequence[Found]) -> Found:
    opening = _opening(line, hit.first)
    if opening < 0:
        day = _reported(line, hit, found)
        if day is None and hit.rule == "date.today" and _still_speaking(line, hit.first):
            day = _day_before(line, hit)
        return _counted_from(line, hit, day) if day is not None else hit
    told = [other for other in found if other.kind == "point" and other.granularity == "day" and other.lo is not None
            and opening - _STATED <= other.first and other.last <= opening]  # fmt: skip
    if not told and (before := _day_before(line, hit)) is not None:
        return _counted_from(line, hit, before)
    if not told or told[-1].lo is None or told[-1].lo >= line.today or told[-1].rule.startswith("date.yesterday"):
        return hit
    return _counted_from(line, hit, told[-1].lo)


def _still_speaking(line: Line, index: int) -> bool:
    """Whether a quotation that a sentence before it in the paragraph opened is still open at the word."""
    far = max(0, index - 2 * _AROUND)
    begin = next((p + 1 for p in range(index - 1, far - 1, -1) if line.words[p] == "\n"), 0 if far == 0 else -1)
    words = line.words[begin:index] if begin >= 0 else []
    opened = sum(map(_OPENS.__contains__, words)) > sum(map(_CLOSES.__contains__, words))
    return opened or words.count('"') % 2 == 1


def _reported(line: Line, hit: Found, found: Sequence[Found]) -> date | None:
    """The day of أعلنت الوزارة، الجمعة، … بعد ظهر اليوم, printed a day or two later."""
    if not hit.rule.startswith("date.today"):
        return None
    before = [other for other in found if other.last <= hit.first]
    if not before or before[-1].rule != "date.weekday" or before[-1].lo is None:
        return None
    set_off = line.word(before[-1].last) in _COMMAS and 0 < (line.today - before[-1].lo).days <= _REPORTED
    return before[-1].lo if set_off else None


def _day_before(line: Line, hit: Found) -> date | None:
    """The day before the stamp's, when the story of a morning dates by it what stands shortly before the quotation, or
    its own beginning."""
    hour = line.clock.hour
    if hit.rule != "date.today" or hour is None or hour >= _MORNING or line.first == 0:
        return None
    for first, last in ((max(0, line.first - _AROUND), line.first), (0, min(_AROUND, line.first))):
        around = Line(line.words, first, last, line.clock, line.tables)
        told = [other for other in expressions(around, line.tables.starts(line.words, first, last)) if (
            other.kind == "point" and other.granularity == "day" and other.lo is not None)]  # fmt: skip
        if told and told[-1].lo is not None:
            nearest = told[-1] if first else told[0]
            one_back = nearest.lo is not None and (line.today - nearest.lo).days == 1
            return nearest.lo if one_back and nearest.rule == "date.weekday" else None
    return None


def _counted_from(line: Line, hit: Found, day: date) -> Found:
    if day.year < 100:
        return hit
    there = Line(line.words, line.first, line.last, Clock.of(day), line.tables)
    made = expression(there, hit.first)
    if made is None or made.last != hit.last or made.lo is None or made.lo > line.today:
        return hit
    rule = hit.rule if hit.kind == "vague" else "date.of_quotation"
    return replace(made, rule=rule, future=False)


def _opening(line: Line, index: int) -> int:
    """The place of the quotation mark that is open at the word; -1 when none is."""
    for place in range(index - 1, line.first - 1, -1):
        word = line.words[place]
        if word in _CLOSES:
            return -1
        if word in _OPENS:
            return place
        if word == '"':
            return place if line.words[line.first : index].count('"') % 2 == 1 else -1
    return -1
