"""The beginning, middle and end of a period: مطلع الشهر، منتصف مايو، أواخر العام الماضي."""

from __future__ import annotations

from datetime import timedelta

from pipeline.calendar.counted import counted
from pipeline.calendar.line import Found, Line
from pipeline.calendar.periods import period, stepped
from pipeline.calendar.relatives import relative
from pipeline.calendar.tense import governed_by
from pipeline.calendar.weekdays import weekday
from pipeline.machinery.quick import replace

_WEEKENDS = {f"date.week_{step}": f"date.weekend_{step}" for step in ("past", "current", "next")}
_THIS_WEEK = "date.week_current"
_WEEKS_BEGUN = frozenset((_THIS_WEEK, "date.week_next"))
_WEEKEND, _MIDWEEK = 2, 2  # days of the weekend before Monday; Wednesday, behind which this week has begun
_TERMS = frozenset(("until", "by", "before"))
_LIMITS = frozenset(("until", "by", "before", "since"))


def edge(line: Line, index: int) -> Found | None:
    """مطلع الشهر، منتصف مايو، أواخر العام الماضي: the whole period, with the edge that ACLED's day is taken from."""
    atom = line.atom(index, "edge")
    if atom is None:
        return None
    place = line.skip(line.end(index), "of")
    inside = period(line, place)
    if inside is None and line.atom(index, "ordinal") is None and (day := _day(line, place)) is not None:
        return replace(day, first=index, edge=atom.sub, rule=f"date.edge_{atom.sub}")
    if inside is None:
        unit = line.atom(place, "unit")
        if unit is None or not unit.definite or unit.value != 1 or unit.sub in ("day", "hour", "minute", "quarter"):
            return None
        if line.spoilt(line.end(place), "edge"):
            return None
        if "ordinal" in line.kinds(line.end(place)) and (inside := counted(line, place)) is not None:
            # نهاية الأسبوع الأول من مايو
            return replace(inside, first=index, edge=atom.sub, rule=f"date.edge_{atom.sub}")
        if unit.sub == "week" and atom.sub == "end":
            return _weekend(line, index, line.end(place))
        inside = stepped(line, place, line.end(place), unit.sub, -_over(line, index, unit.sub, atom.sub), "current")
        if inside is None:
            return None
    if inside.granularity == "day":
        return None
    if inside.granularity == "week" and atom.sub == "end" and inside.lo is not None and inside.rule in _WEEKENDS:
        starts = line.tables.settings.get("weekend_starts", 6) - 1
        first_day = inside.lo + timedelta(days=(starts - inside.lo.weekday()) % 7)  # نهاية الأسبوع الماضي
        return replace(inside, first=index, lo=first_day, hi=first_day + timedelta(days=1), granularity="day",
                       kind="range", rule=_WEEKENDS[inside.rule], future=first_day > line.today)  # fmt: skip
    if atom.sub == "start" and inside.rule in _WEEKS_BEGUN and inside.last - index < line.last - line.first:
        inside = _from_saturday(line, index, inside)
    future = inside.future or (inside.hi is not None and inside.hi > line.today and atom.sub == "end")
    return replace(inside, first=index, edge=atom.sub, rule=f"date.edge_{atom.sub}", future=future)


def _from_saturday(line: Line, index: int, week: Found) -> Found:
    """مطلع الأسبوع: agencies mean the weekend before Monday, or Monday; of what is to come, told late in a week, the
    next week's."""
    assert week.lo is not None and week.hi is not None
    late = week.rule == _THIS_WEEK and line.today.weekday() > _MIDWEEK
    later = late and (line.future(index) or governed_by(line, index) in ("future", "plan", "present"))
    step = timedelta(days=7 * later - _WEEKEND)
    return replace(week, lo=week.lo + step, hi=week.hi + step, future=week.lo + step > line.today)


def _day(line: Line, index: int) -> Found | None:
    """The day whose beginning or end is told: نهاية اليوم، منتصف يوم الخميس."""
    unit = line.atom(index, "unit")
    if unit is not None and unit.sub == "day" and not unit.definite and unit.value == 1:
        found = weekday(line, line.end(index))
    else:
        found = relative(line, index) or weekday(line, index)
    return found if found is not None and found.kind == "point" else None


def _weekend(line: Line, first: int, last: int) -> Found | None:
    """نهاية الأسبوع: the latest weekend begun, or the coming one where the words look ahead."""
    near = ("present", "plan", "") if line.today.weekday() in (3, 4) else ("present", "plan")
    ahead = line.future(first) or governed_by(line, first) in near
    ahead = ahead or line.means(line.before(first), _TERMS)
    within = line.today.weekday() in (5, 6)
    return stepped(line, first, last, "weekend", int(ahead and not within), "future" if ahead else "current")


def _over(line: Line, index: int, unit: str, edge: str) -> int:
    """1 when نهاية العام, told by a past verb early in the year, is the end of the year before; else 0."""
    early = line.today.month <= 9 if unit == "year" else unit == "month" and line.today.day <= 20
    if edge != "end" or not early or line.means(line.before(index), _LIMITS):
        return 0
    return int(governed_by(line, index) == "past")
