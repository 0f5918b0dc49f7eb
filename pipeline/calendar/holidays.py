"""Feasts and days of remembrance: عيد الفطر، ثاني أيام عيد الأضحى، رأس السنة 2019."""

from __future__ import annotations

from datetime import timedelta

from pipeline.calendar import days
from pipeline.calendar.line import Found, Line
from pipeline.calendar.years import every_unit, year_after

_HOLIDAY_BACK, _HOLIDAY_AHEAD = 60, 45  # a holiday named without a year lies at most so many days off
_NEAR = 9  # words before a holiday in which عادة ما makes it one of every year


def holiday(line: Line, index: int) -> Found | None:
    """عيد الفطر، ثاني أيام عيد الأضحى، رأس السنة 2019: the nearest one, when it is near enough to be meant."""
    number, place = 0, index
    ordinal = line.atom(index, "ordinal")
    if ordinal is not None and ordinal.value > 0:
        unit = line.atom(line.end(index), "unit")
        if unit is None or unit.sub != "day":
            return None
        number, place = ordinal.value, line.end(line.end(index))
    atom = line.atom(place, "holiday")
    if atom is None:
        return None
    hijri = atom.sub == "hijri"
    told = year_after(line, line.end(place), hijri=hijri)
    last = told.end if told is not None and told.anchor is None else line.end(place)
    if told is None and ((end := every_unit(line, last, "year")) or _usual(line, index)):
        return Found(index, end or last, None, None, "day", "date.habit", "vague")
    here = (days.hijri_year_of(line.today) if hijri else line.today.year) or 0
    make = days.hijri_day if hijri else days.day_of
    choices = [d for y in range(here - 2, here + 3) if (d := make(y, atom.month, atom.value)) is not None]
    if told is not None and told.year is not None:
        years = [told.year] if not hijri or told.year <= 1500 else days.hijri_years_in(told.year)
        choices = [d for y in years if (d := make(y, atom.month, atom.value)) is not None]
        choices = [d for d in choices if told.year <= 1500 or d.year == told.year]
    elif told is not None and told.step:
        choices = [d for d in choices if (d < line.today if told.step < 0 else d > line.today)]
        choices = choices[-1:] if told.step < 0 else choices[:1]
    else:
        near = [d for d in choices if -_HOLIDAY_AHEAD <= (line.today - d).days <= _HOLIDAY_BACK]
        choices = sorted(near, key=lambda d: abs((line.today - d).days))
    if not choices:
        return Found(index, last, None, None, "day", "date.holiday_unplaced", "vague")
    first = choices[0] + timedelta(days=max(number - 1, 0))
    final = first if number or atom.length == 1 else first + timedelta(days=atom.length - 1)
    return Found(index, last, first, final, "day", "date.holiday", "point" if first == final else "range",
                 future=first > line.today)  # fmt: skip


def _usual(line: Line, index: int) -> bool:
    """Whether the words before tell what is done on the day every year: عادة ما يسافرون في عيد الفطر."""
    names = line.tables.makes_name
    return any("usual_near" in names[word] for word in line.words[max(line.first, index - _NEAR) : index])
