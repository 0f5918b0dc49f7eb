"""Habits: كل يوم، كل خميس، كل أسبوعين."""

from __future__ import annotations

from pipeline.calendar.amounts import SUB_DAY, amount
from pipeline.calendar.line import Found, Line


def habit(line: Line, index: int) -> Found | None:
    """كل يوم جمعة، كل خميس، كل ثلاثة أيام، كل مساء: a habit, no day."""
    if line.atom(index, "every") is None:
        return None
    place = line.end(index)
    unit = line.atom(place, "unit")
    if unit is not None and unit.value == 2:  # كل أسبوعين
        unit = None
    if unit is not None and (unit.value != 1 or unit.definite or unit.sub not in ("day", "week", "month", "year")):
        return None
    place = line.end(place) if unit is not None else place
    if unit is None and line.atom(place, "weekday") is None:
        counted_time = amount(line, place)  # كل ثلاثة أيام
        if counted_time is not None and counted_time.count is not None and counted_time.unit not in SUB_DAY:
            return Found(index, counted_time.end, None, None, counted_time.unit, "date.habit", "vague")
        if line.atom(place, "daypart", "before") is not None and not line.prefix(place):  # كل مساء
            return Found(index, line.end(place), None, None, "day", "date.habit", "vague")
    if line.atom(place, "weekday") is None or line.prefix(place):
        return Found(index, place, None, None, unit.sub, "date.habit", "vague") if unit is not None else None
    return Found(index, line.end(place), None, None, "day", "date.habit", "vague")
