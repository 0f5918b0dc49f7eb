"""Dates joined to words or to each other: ranges, bounds, lists, and days counted within a period."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from pipeline.calendar import days
from pipeline.calendar.afterwards import ahead
from pipeline.calendar.amounts import ago
from pipeline.calendar.explicit import day_number, settle_day
from pipeline.calendar.line import Found, Line, name
from pipeline.calendar.monthname import MonthRead, month_read
from pipeline.calendar.months import month
from pipeline.calendar.periods import this_unit
from pipeline.calendar.years import year_after
from pipeline.machinery.quick import replace

Reader = Callable[[Line, int], Found | None]
DASHES = frozenset(("-", "–", "—", "/"))
_FIXED = ("date.weekday_past", "date.weekday_next", "date.weekday_future", "date.today", "date.today_after_midnight",
          "date.tomorrow")  # fmt: skip
_BOUND_ORDER = ("since", "until", "by", "before", "after")
BOUNDS = frozenset(_BOUND_ORDER)


def day_list(line: Line, index: int) -> Found | None:
    """4-6 أبريل، 4 و5 أبريل، من 4 إلى 6 أبريل (from the first number on): days of one month."""
    first = day_number(line, index)
    if first is None:
        return None
    place, listed, joined = first[1], [first[0]], False
    while True:
        step = place + 1 if line.word(place) in DASHES or line.word(place) in ("،", ",") else line.skip(
            place, "and", "to", "until")  # fmt: skip
        if step == place and not line.joined(place):
            break
        following = day_number(line, step)
        if following is None:
            break
        listed.append(following[0])
        place, joined = following[1], True
    month = month_read(line, line.skip(place, "of")) if joined else None
    if month is None or sorted(set(listed)) != listed:
        return None
    if line.made_name(index, "day_month"):
        return name(index, month.end)
    year = year_after(line, month.end, ("-", "/"), month.calendar == "hijri")
    hi = settle_day(line, index, listed[-1], month, year)
    if hi is None or hi.lo is None:
        return None
    lo = hi.lo - timedelta(days=listed[-1] - listed[0])
    return replace(hi, lo=lo, rule="date.range_days", kind="range", future=lo > line.today)


def span(line: Line, index: int, point: Reader) -> Found | None:
    """من X إلى Y، بين X وY، ما بين X وY: from the first day of one to the last day of the other."""
    kinds = line[index][3]
    between = "between" in kinds
    if not between and "from" not in kinds:
        return None
    start = line.end(index)
    if (listed := day_list(line, start)) is not None:
        return listed.starting(index)
    unit = line.atom(start, "unit")
    if between and unit is not None and unit.sub == "year" and unit.value == 2:  # بين العامين 2001 و2011
        years = point(line, start)
        return years.starting(index) if years is not None and years.kind == "range" else None
    left = point(line, start) or month(line, start, told_apart=True)
    if left is not None and left.kind != "point":
        return None
    partial = None
    place = left.last if left is not None else start
    if left is None:
        partial = day_number(line, start)
        if partial is None:
            return None
        place = partial[1]
    place = place + 1 if line.word(place) == "،" else place
    step = line.skip(place, "and", "to") if between else line.skip(place, "to", "until")
    if step == place and not (between and line.joined(place)):
        step = place + 1 if line.word(place) in DASHES else place
        if step == place:
            return None
    right = point(line, step) or month(line, step, told_apart=True) or _of_same_month(line, step, left)
    if right is None or right.kind != "point" or right.hi is None or right.lo is None:
        return None
    if left is None and partial is not None:
        day = days.day_of(right.lo.year, right.lo.month, partial[0])
        left = Found(start, place, day, day, "day", "") if day else None
    return _joined(line, index, left, right)


def _of_same_month(line: Line, index: int, left: Found | None) -> Found | None:
    """The التاسع منه of بين الخامس من مايو والتاسع منه."""
    day = day_number(line, index)
    if day is None or left is None or left.lo is None or left.granularity != "day":
        return None
    if line.atom(day[1], "of_it") is None or (found := days.day_of(left.lo.year, left.lo.month, day[0])) is None:
        return None
    return replace(left, first=index, last=line.end(day[1]), lo=found, hi=found, future=found > line.today)


def _joined(line: Line, first: int, left: Found | None, right: Found) -> Found | None:
    """The interval of two ends; an earlier end without its own year or week is drawn before the later one."""
    if left is None or left.lo is None or right.lo is None or right.hi is None:
        return None
    lo, hi, future = left.lo, right.hi, right.future
    if lo > right.lo and left.rule == "date.weekday":
        lo = days.latest(lo.weekday(), right.lo)
    elif lo > hi and left.rule in _FIXED and right.rule == "date.weekday":
        hi = days.latest(hi.weekday(), lo + timedelta(days=6))  # من الأحد الماضي حتى الأربعاء
    elif left.rule in ("date.day_month", "date.month"):
        years = (right.lo.year, right.lo.year - 1)
        lo = next((d for y in years if (d := days.day_of(y, lo.month, lo.day)) and d <= right.lo), lo)
    if lo > hi:
        return None
    return Found(first, right.last, lo, hi, left.granularity, "date.range", "range", future=future and lo > line.today,
                 conflict=left.conflict or right.conflict)  # fmt: skip


def dashed(line: Line, found: Found, point: Reader) -> Found:
    """4 أبريل - 6 مايو: two explicit days joined by a dash."""
    if found.kind != "point" or found.granularity not in ("day", "month") or line.word(found.last) not in DASHES:
        return found
    if found.rule not in ("date.day_month", "date.full", "date.figures", "date.month", "date.month_year"):
        return found
    right = point(line, found.last + 1)
    if right is None or right.kind != "point" or right.granularity != found.granularity:
        return found
    return _joined(line, found.first, found, right) or found


def corresponding(line: Line, found: Found, point: Reader) -> Found:
    """17 شعبان 1439هـ الموافق 3 مايو 2018: one day in two calendars; the Gregorian one decides."""
    if found.kind != "point" or found.granularity != "day" or line.atom(found.last, "corresponding") is None:
        return found
    other = point(line, line.end(found.last))
    if other is None or other.lo is None or found.lo is None or other.granularity != "day" or other.kind != "point":
        return found
    chosen = found if other.rule.startswith("date.hijri") and not found.rule.startswith("date.hijri") else other
    apart = abs((other.lo - found.lo).days) > (2 if "hijri" in other.rule + found.rule else 0)
    return replace(chosen, first=found.first, last=other.last, conflict=apart or found.conflict or other.conflict)


def bound(line: Line, index: int, point: Reader) -> Found | None:
    """منذ الخميس، حتى يوم الثلاثاء، قبل 2011، بعد 4 أبريل: the named day is a limit and never an event's day."""
    kinds = line[index][3]
    if kinds.isdisjoint(BOUNDS):
        return None
    role = next(filter(kinds.__contains__, _BOUND_ORDER))
    place = line.end(index)
    inner = span(line, place, point) or point(line, place)
    after = _past_clock(line, place) if role not in ("before", "after") else place
    if inner is None and (step := line.skip(after, "in", "of", "hours_of")) != place:
        inner = point(line, step)
    if inner is not None and role == "since" and inner.kind == "point" and line.joined(inner.last) and (
            inner.granularity in ("month", "year")):
        other = point(line, inner.last)  # منذ آب وكانون الأول 2017
        if other is not None and other.kind == "point" and other.granularity == inner.granularity:
            inner = _joined(line, place, inner, other) or inner
    if inner is not None and inner.kind in ("point", "range"):
        if role in ("before", "after") and line.atom(place, "daypart") is not None:
            return inner.starting(index)  # قبيل فجر الخميس is on Thursday
        return replace(inner, first=index, kind="bound", rule=f"date.{role}")
    if inner is not None and inner.kind == "anchored":
        return inner.starting(index)
    return ago(line, index) or ahead(line, index)


def _past_clock(line: Line, index: int) -> int:
    """Past a time of day (حتى الساعة الخامسة من مساء الأحد، ولغاية 5:00 من صباح الثلاثاء)."""
    unit, place = line.atom(index, "unit"), index
    if unit is not None and (unit.sub, unit.value, unit.definite) == ("hour", 0, False):  # منذ ساعات صباح اليوم
        return line.end(index) if line.atom(line.end(index), "daypart") is not None else index
    if unit is not None and (unit.sub, unit.value, unit.definite) == ("hour", 1, True):
        place = line.end(index)
        if line.atom(place, "ordinal") is not None:
            return line.end(place)
    elif line.word(index + 1) != ":":
        return index
    number = line.number(place)
    if number is None:
        return index
    timed = line.word(number[1]) == ":" and line.digits(number[1] + 1) is not None
    return number[1] + 2 if timed else number[1]


def earlier(line: Line, index: int, point: Reader) -> Found | None:
    """في وقت سابق من هذا الشهر: from its first day to publication; without a period the words are vague.

    وقت لاحق and ساعة متأخرة من leave the period they stand before as it is.
    """
    role = next((name for name in ("earlier", "later", "hours_of") if line.atom(index, name) is not None), "")
    if not role or line.made_name(index, "vague"):  # أكثر من أي وقت سابق
        return None
    place = line.skip(line.end(index), "of")
    inner = point(line, place) or this_unit(line, place)
    if inner is None or inner.kind != "point" or inner.lo is None or inner.hi is None:
        vague = Found(index, line.end(index), None, None, "day", "date.vague", "vague")
        return vague if role != "hours_of" and not (inner is not None and inner.kind == "anchored") else None
    if role != "earlier" or inner.granularity == "day":
        return inner.starting(index)
    hi = max(inner.lo, min(inner.hi, line.today))
    return replace(inner, first=index, hi=hi, rule="date.earlier_in", kind="range", future=False)


__all__ = ["MonthRead", "Reader", "bound", "dashed", "day_list", "earlier", "span"]
