"""Days told by their number alone: 15 الجاري، الخامس من الشهر الماضي، الثلاثاء 19، يوم 19."""

from __future__ import annotations

from datetime import date

from pipeline.calendar import days
from pipeline.calendar.explicit import day_number
from pipeline.calendar.line import Found, Line
from pipeline.calendar.periods import period
from pipeline.calendar.tense import governed_by
from pipeline.calendar.years import every_unit, modifier_after

_NAMES_A_DAY = frozenset(("ordinal", "first_of_month"))
_LIMITS = frozenset(("until", "by", "before", "since"))


def day_of_month(line: Line, index: int) -> Found | None:
    """15 الجاري، الخامس عشر من الشهر الجاري: a day of a month told by a modifier."""
    day = day_number(line, index)
    if day is None:
        return None
    if end := every_unit(line, day[1], "month"):  # الخامس من كل شهر
        return Found(index, end, None, None, "day", "date.habit", "vague")
    told, modifier = modifier_after(line, day[1]), line.atom(day[1], "modifier", "after")
    counted_noun = line.digits(index) is None and not line.means(index, _NAMES_A_DAY)
    if modifier is not None and (modifier.sub == "previous" or counted_noun):
        told = None  # العبوات الست السابقة، المواسم الثلاثة الماضية
    if told is not None and told[1] in ("past", "current", "future"):
        year, month = days.month_back(line.today, -told[0])
        end = told[2]
    else:
        place = line.skip(day[1], "of") if line.atom(day[1], "in") is None else day[1]
        counted = line.digits(index) is not None and line.atom(line.before(index), "in") is not None
        led = place != day[1] or counted  # في 10 الشهر الحالي
        inside = period(line, place) if led else None
        if inside is None or inside.granularity != "month" or inside.edge:
            return None
        if inside.lo is None:
            step = inside.anchor[1] if inside.anchor is not None else 0
            return Found(index, inside.last, None, None, "day", "date.anchored_day_month", "anchored",
                         anchor=(f"monthday-{day[0]}", step))  # fmt: skip
        year, month, end = inside.lo.year, inside.lo.month, inside.last
    found = days.day_of(year, month, day[0])
    if found is None:
        return None
    here = found > line.today and (year, month) == (line.today.year, line.today.month)
    if here and not line.means(line.before(index), _LIMITS) and governed_by(line, index) == "past":
        # أعلن في 20 من الشهر الحالي, printed on the first of the next
        before = days.day_of(*days.month_back(line.today, 1), day[0])
        return Found(index, end, before, before, "day", "date.day_of_month", conflict=True) if before else None
    return Found(index, end, found, found, "day", "date.day_of_month", future=found > line.today)


def weekday_number(line: Line, index: int, day: date) -> Found | None:
    """The 19 of الثلاثاء 19, when nothing counted follows: the month nearest to the weekday's day where both agree."""
    number = line.digits(index)
    if number is None or not line.closed(index + 1) or line.word(index + 1) == ":":
        return None
    months = (days.month_back(day, back) for back in (0, 1, -1))
    choices = [d for year, month in months if (d := days.day_of(year, month, number)) and d.weekday() == day.weekday()]
    choices.sort(key=lambda d: (d > line.today, abs((d - day).days)))
    if not choices:
        return None
    return Found(index, index + 1, choices[0], choices[0], "day", "date.weekday_date", future=choices[0] > line.today)


def numbered_day(line: Line, index: int) -> Found | None:
    """The 19 of يوم 19, when nothing counted follows: the latest such day on or before publication."""
    number = line.digits(index)
    if number is None or not 1 <= number <= 31 or not line.closed(index + 1) or line.word(index + 1) == ":":
        return None
    months = (days.month_back(line.today, back) for back in ((0, -1, -2) if line.future(index) else (0, 1, 2)))
    choices = [d for year, month in months if (d := days.day_of(year, month, number)) is not None]
    if line.future(index):
        found = next((d for d in choices if d >= line.today), None)
    else:
        found = next((d for d in choices if d <= line.today), None)
    if found is None:
        return None
    return Found(index, index + 1, found, found, "day", "date.day_of_month", future=found > line.today)
