"""Days and parts counted within a period: آخر اثنين في مارس، الأسبوع الأول من رمضان، الربع الأول من 2018."""

from __future__ import annotations

from datetime import timedelta

from pipeline.calendar import days
from pipeline.calendar.explicit import day_month
from pipeline.calendar.line import Found, Line
from pipeline.calendar.periods import period, this_unit
from pipeline.calendar.years import of_two_years, year_number, year_span

_COUNTED = ("day", "week", "month", "decade")
PARTS = {"half_of": 6, "half_part": 6, "third_of": 4, "quarter_part": 3}  # months of a year's part by its word


def counted(line: Line, index: int) -> Found | None:
    """آخر اثنين في مارس، أول أسبوع في أكتوبر 2014، الجمعة الأولى من رمضان، الربع الأول من 2018."""
    ordinal, place = line.atom(index, "ordinal"), line.end(index)
    if ordinal is None and "ordinal" not in line.kinds(place):
        return None
    if ordinal is None:  # the noun first
        head, after = index, line.atom(place, "ordinal")
        unit = line.atom(head, "unit")
        if after is None or (unit is not None and unit.value != 1):
            return None
        ordinal, place = after, line.end(place)
    else:
        head, place = place, line.end(place)
    weekday, unit = line.atom(head, "weekday"), line.atom(head, "unit")
    part = 3 if unit is not None and unit.sub == "quarter" else next((PARTS[k] for k in PARTS if line.atom(head, k)), 0)
    if weekday is not None and head == index and (printed := day_month(line, line.end(head))) is not None and (
            printed.lo is not None and printed.lo.weekday() == weekday.value):
        return None  # الثلاثاء الأول من مايو when that was a Tuesday
    if weekday is None and not part and (unit is None or unit.value == 2 or unit.sub not in _COUNTED):
        return None
    step = line.skip(place, "of", "in")
    if line.atom(step, "every") is not None and (each := line.atom(line.end(step), "unit")) is not None:
        if each.value != 1 or each.sub not in ("month", "year"):
            return None
        return Found(index, line.end(line.end(step)), None, None, "day", "date.habit", "vague")  # أول اثنين من كل شهر
    inside = period(line, step)
    if inside is None and step != place:  # آخر يوم في السنة
        inside = this_unit(line, step)
    if inside is None and part and (bare := year_number(line, step, bare=True)) is not None:
        inside = year_span(line, step, bare[1], bare[0], "date.bare_year")
    if inside is None and ordinal.value < 0 and weekday is not None and index == line.first and place == line.last:
        day = days.latest(weekday.value, line.today - timedelta(days=1))  # آخر ثلاثاء, alone
        return Found(index, place, day, day, "day", "date.weekday_past")
    if inside is None and part == 3 and unit is not None:
        return _quarter(line, index, place, ordinal.value)
    if inside is None or inside.lo is None or inside.hi is None or inside.edge or (
            part and inside.kind == "range") or of_two_years(line, inside.last):
        return None
    if part:
        return _part(line, index, inside, part, ordinal.value)
    if (unit is not None and unit.sub == "decade") != (inside.granularity == "century"):
        return None
    interval = _within(line, inside, ordinal.value, weekday.value if weekday else None, unit.sub if unit else "day")
    if interval is None:
        return None
    granularity = "day" if weekday is not None or unit is None else unit.sub
    return Found(index, inside.last, *interval, granularity, "date.counted_in_period", future=interval[0] > line.today)


def _quarter(line: Line, first: int, last: int, number: int) -> Found | None:
    """الربع الثالث, alone: the latest such quarter begun (in a sentence it may be one of a match)."""
    if not 1 <= number <= 4 or first != line.first or last != line.last:
        return None
    spans = [s for year in (-1, 0) if (s := days.season_of(3 * number - 2, line.today.year + year)) is not None]
    chosen = next((s for s in reversed(spans) if s[0] <= line.today), None)
    if chosen is None:
        return None
    return Found(first, last, *chosen, "season", "date.part_of_period", future=chosen[0] > line.today)


def _part(line: Line, first: int, inside: Found, months: int, number: int) -> Found | None:
    """A quarter or a half of a year or a century, or a half of a month or a decade."""
    assert inside.lo is not None and inside.hi is not None
    if number < 0:
        number = 12 // months
    if inside.granularity == "year" and 1 <= number <= 12 // months:
        lo = days.month_of(*days.month_back(inside.lo, -(number - 1) * months))
        hi = days.month_of(*days.month_back(inside.lo, 1 - number * months))
        granularity = "season"
    elif inside.granularity == "month" and months == 6 and number in (1, 2):
        middle = inside.lo + timedelta(days=14)
        lo = (inside.lo, middle) if number == 1 else (middle + timedelta(days=1), inside.hi)
        hi, granularity = lo, "week"
    elif inside.granularity in ("decade", "century") and 1 <= number <= 12 // months:
        size = (inside.hi.year - inside.lo.year + 1) * months // 12
        lo = days.years_of(inside.lo.year + (number - 1) * size, inside.lo.year + number * size - 1)
        hi, granularity = lo, "year" if size < 10 else "decade"
    else:
        return None
    if lo is None or hi is None:
        return None
    kind = "point" if granularity == "season" and months == 3 else "range"
    return Found(first, inside.last, lo[0], hi[1], granularity, "date.part_of_period", kind, future=lo[0] > line.today)


def _within(line: Line, inside: Found, number: int, weekday: int | None, unit: str) -> days.Interval | None:
    """The n-th (or last, -1) weekday, day, week or month of a period."""
    assert inside.lo is not None and inside.hi is not None
    if unit == "decade":  # العقد الأول من القرن الحادي والعشرين is 2000 to 2009
        return days.decade_of(inside.lo.year - 1 + 10 * ((number if number > 0 else 10) - 1))
    if unit == "month" and weekday is None:
        year, month = days.month_back(inside.lo, 1 - number) if number > 0 else (inside.hi.year, inside.hi.month)
        return days.month_of(year, month)
    if weekday is not None:
        last = days.latest(weekday, inside.hi)
        day = last if number < 0 else days.latest(weekday, inside.lo + timedelta(days=6)) + timedelta(7 * number - 7)
        found = (day, day)
    elif unit == "week":
        starts = line.tables.settings.get("week_starts", 1) - 1
        first = days.latest(starts, inside.hi - timedelta(days=6)) if number < 0 else inside.lo + timedelta(
            days=7 * (number - 1))  # fmt: skip
        found = (first, min(first + timedelta(days=6), inside.hi))
    else:
        day = inside.hi if number < 0 else inside.lo + timedelta(days=number - 1)
        found = (day, day)
    return found if inside.lo <= found[0] <= inside.hi else None
