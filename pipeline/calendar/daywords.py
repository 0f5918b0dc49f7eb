"""Days behind a word of their own: صباح الخميس، ليل الأحد الاثنين، يوم الجمعة، يومي 4 و5 أبريل."""

from __future__ import annotations

from datetime import timedelta

from pipeline.calendar import days
from pipeline.calendar.counted import counted
from pipeline.calendar.explicit import day_month, numeric
from pipeline.calendar.holidays import holiday
from pipeline.calendar.joins import day_list
from pipeline.calendar.line import Found, Line
from pipeline.calendar.monthday import day_of_month, numbered_day
from pipeline.calendar.periods import period
from pipeline.calendar.relatives import relative
from pipeline.calendar.weekdays import night_pair, weekday
from pipeline.machinery.quick import replace

_NAMED_DAYS = ("date.habit", "date.holiday_unplaced")
_EVES = ((1, 1), (12, 25))  # feasts that have their night before them
_LATE_PARTS = frozenset(("noon", "afternoon", "evening"))  # not yet come when a story is stamped after midnight


def _named_day(line: Line, index: int) -> Found | None:
    """A day after صباح or يوم: named, relative, printed or told by its number."""
    for reader in (counted, weekday, day_list, numeric, day_month, day_of_month, holiday):
        if (found := reader(line, index)) is not None and found.granularity == "day":
            return found
    return relative(line, index, day_word=True)


def daypart(line: Line, index: int) -> Found | None:
    """صباح الخميس، فجر اليوم، ليل الأحد الاثنين."""
    atom = line.atom(index, "daypart", "before")
    if atom is None:
        return None
    place = line.skip(line.end(index), "of") if line.atom(line.end(index), "in") is None else line.end(index)
    place = place if atom.sub == "night" or place == line.end(index) else line.end(index)
    unit = line.atom(place, "unit")
    after_word = line.end(place) if unit is not None and unit.sub == "day" and not unit.definite else place
    if atom.sub == "night" and (pair := night_pair(line, after_word, index)) is not None:
        return pair
    found = day_word(line, place) or _named_day(line, place) or _told_day(line, place)
    if found is None or found.granularity != "day" or line.atom(place, "daypart", "before") is not None:
        return None
    feast = line.atom(place, "holiday")
    eve_of = line.atom(index, "eve") is not None or (  # ليلة رأس السنة
        atom.sub == "night" and feast is not None and (feast.month, feast.value) in _EVES)
    if eve_of and feast is not None and found.lo is not None:
        eve = found.lo - timedelta(days=1)  # عشية عيد الفطر is the day before
        return replace(found, first=index, lo=eve, hi=eve, kind="point", future=eve > line.today)
    if found.rule == "date.weekday" and found.lo == line.today and line.early() and (
            atom.sub in _LATE_PARTS and not line.future(index) and not line.ongoing(index)):
        before = line.today - timedelta(days=7)  # مساء الاثنين, stamped early on a Monday
        return replace(found, first=index, lo=before, hi=before)
    return found.starting(index)


def _told_day(line: Line, index: int) -> Found | None:
    """The ذلك اليوم of مساء ذلك اليوم."""
    found = period(line, index) if line.atom(index, "modifier", "before") is not None else None
    return found if found is not None and found.kind == "anchored" else None


def day_word(line: Line, index: int) -> Found | None:
    """يوم الخميس، يومي 4 و5 أبريل، يومي الجمعة والسبت؛ كل يوم جمعة and أيام الجمعة are habits."""
    unit = line.atom(index, "unit")
    if unit is None or unit.sub != "day" or unit.definite:
        return None
    place = line.end(index)
    if unit.value == 1:
        found = _named_day(line, place) or numbered_day(line, place)
        return found.starting(index) if found is not None and (
            found.kind != "vague" or found.rule in _NAMED_DAYS) else None
    listed = day_list(line, place) or _weekdays(line, place)
    first = weekday(line, place) if listed is None else None
    second = weekday(line, first.last) if first is not None and line.joined(first.last) else None
    if second is not None and second.rule == "date.habit":  # يومي الاثنين والخميس من كل أسبوع
        return Found(index, second.last, None, None, "day", "date.habit", "vague")
    if listed is not None and listed.rule == "date.range_weekdays" and unit.value == 0 and line.ongoing(index):
        return Found(index, listed.last, None, None, "day", "date.habit", "vague")  # يغلق أيام الجمعة والسبت
    if listed is not None:
        return listed.starting(index)
    if unit.value == 0 and (single := weekday(line, place)) is not None:
        return Found(index, single.last, None, None, "day", "date.habit", "vague")
    if (feast := holiday(line, place)) is not None:
        return feast.starting(index)
    return None


def _weekdays(line: Line, index: int) -> Found | None:
    """الجمعة والسبت: from the first to the last of the weekdays listed, the last on or before publication."""
    place, listed = index, list[Found]()
    while (found := weekday(line, place)) is not None and found.lo is not None:
        if listed and not line.joined(place) and line.word(place - 1) != "،":
            break
        listed.append(found)
        place = found.last + (line.word(found.last) == "،")
    if len(listed) < 2 or listed[-1].hi is None or listed[0].lo is None:
        return None
    last = listed[-1]
    assert last.lo is not None
    lo = days.latest(listed[0].lo.weekday(), last.lo)
    return Found(index, last.last, lo, last.lo, "day", "date.range_weekdays", "range", future=lo > line.today)
