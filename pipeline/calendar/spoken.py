"""Who speaks, and when: اليوم for nowadays, and relative words in a quotation that is itself dated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.calendar.line import Found, Line
from pipeline.calendar.reader import expression
from pipeline.quick import replace
from pipeline.records import Clock

_STATED = 24  # words before a quotation in which its day may stand
_OPENS, _CLOSES = frozenset(("«", "“")), frozenset(("»", "”"))
_FROM_NOW = frozenset((
    "date.today", "date.today_after_midnight", "date.yesterday", "date.yesterday_after_midnight", "date.tomorrow",
    "date.tomorrow_after_midnight", "date.week_past", "date.week_current", "date.week_next", "date.month_past",
    "date.month_next", "date.year_past", "date.year_next", "date.ago", "date.vague",
))  # fmt: skip


def of_quotations(line: Line, found: list[Found]) -> list[Found]:
    """The expressions, those in a quotation of another day counted from that day (قال الأربعاء: «جلسة اليوم»)."""
    if _FROM_NOW.isdisjoint([hit.rule for hit in found]):
        return found
    return [_of_its_day(line, hit, found) if hit.rule in _FROM_NOW and hit.lo is not None else hit for hit in found]


def _of_its_day(line: Line, hit: Found, found: Sequence[Found]) -> Found:
    opening = _opening(line, hit.first)
    if opening < 0:
        return hit
    told = [other for other in found if other.kind == "point" and other.granularity == "day" and other.lo is not None
            and opening - _STATED <= other.first and other.last <= opening]  # fmt: skip
    if not told or told[-1].lo is None or told[-1].lo >= line.today or told[-1].rule.startswith("date.yesterday"):
        return hit
    return _counted_from(line, hit, told[-1].lo)


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
