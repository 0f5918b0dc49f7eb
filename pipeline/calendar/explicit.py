"""Dates that name a month or are written in figures: 4 أبريل/نيسان 2019, الأول من مايو, 2019-04-19, 15 رمضان."""

from __future__ import annotations

from datetime import date

from pipeline.calendar import days
from pipeline.calendar.line import Found, Line, name
from pipeline.calendar.monthname import MonthRead, month_read
from pipeline.calendar.tense import ahead, year_level
from pipeline.calendar.years import YearRead, every_unit, year_after
from pipeline.machinery.quick import replace

_COMMAS = frozenset(("،", ","))


def day_number(line: Line, index: int) -> tuple[int, int] | None:
    """A day of the month at the word: figures, an ordinal or a number word, 1 to 31, and where it ends."""
    atoms = line[index][0].atoms
    if "first_of_month" in atoms:
        return 1, line.end(index)
    if (ordinal := atoms.get("ordinal")) is not None and 1 <= ordinal.value <= 31:
        return ordinal.value, line.end(index)
    number = line.number(index)
    if number is None or not 1 <= number[0] <= 31 or "." in line.word(index):
        return None
    return number


def day_month(line: Line, index: int) -> Found | None:
    """A day of a month, the year printed, told by its words, or the latest on or before publication."""
    if line.made_name(index, "year_number"):
        return None
    day = day_number(line, index)
    if day is None:
        return month_day_year(line, index)
    place = day[1]
    dashed = line.word(place) in ("-", "/") and line.digits(index) is not None
    place = line.skip(place + dashed, "of") if line.atom(place, "in") is None else place  # السابع في أبريل is no day
    month = month_read(line, place)
    if month is None or (dashed and month.use == "number"):  # 6-صفر is a score
        return None
    twice = line.atom(month.end + 1, "month") if line.word(month.end) == "/" else None
    if twice is not None and twice.sub == month.calendar:  # 24 تموز/أيلول: two months, one of them a misprint
        month = replace(month, end=line.end(month.end + 1))
    year = year_after(line, month.end, ("-", "/"), month.calendar == "hijri")
    if year is None and (line.made_name(index, "day_month") or line.spoilt(month.end, "month") or (
            line.quoted(index, month.end) and line.first < index)):  # حركة "6 أبريل"
        return name(index, month.end)
    return settle_day(line, index, day[0], month, year)


def month_day_year(line: Line, index: int) -> Found | None:
    """The English order: أبريل 19، 2019. Needs the year."""
    month = month_read(line, index)
    day = line.digits(month.end) if month else None
    if month is None or day is None or not 1 <= day <= 31:
        return None
    place = month.end + 1
    if index == line.first and place == line.last and not month.named:  # مارس 3, alone
        return settle_day(line, index, day, replace(month, end=place), None)
    place += line.word(place) in _COMMAS
    year = line.tables.bare_year(line.word(place))
    return settle_day(line, index, day, month, YearRead(year, None, place + 1)) if year else None


def settle_day(line: Line, first: int, day: int, month: MonthRead, year: YearRead | None) -> Found | None:
    """The day of a month in its year; None when there is no such day."""
    last = year.end if year else month.end
    hijri = month.calendar == "hijri"
    rule = "date.hijri_day" if hijri else "date.day_month"
    if year is not None and year.year is not None:
        found = _make(month, year.year, day)
        if found is None:
            return None
        rule = "date.hijri_full" if hijri else "date.full" if year.rule == "" else "date.day_month_of_year"
        return Found(first, last, found, found, "day", rule, future=found > line.today)
    if year is not None and year.anchor is not None:
        return Found(first, last, None, None, "day", "date.anchored_day_month", "anchored",
                     anchor=(f"{month.month}-{day}", year.anchor) if not hijri and not year.rule else None)  # fmt: skip
    if year is None and (end := every_unit(line, last, "year")):  # 17 أبريل من كل عام
        return Found(first, end, None, None, "day", "date.habit", "vague")
    base = (days.hijri_year_of(line.today) if hijri else line.today.year) or 0
    reach = 1 if (month.month, day) != (2, 29) and not hijri else 4
    choices = [d for y in range(base - reach, base + reach + 1) if (d := _make(month, y, day))]
    if not choices:
        return None
    return _chosen(line, Found(first, last, None, None, "day", rule), choices, year.step if year else None)


def _make(month: MonthRead, year: int, day: int) -> date | None:
    if month.calendar != "hijri":
        return days.day_of(year, month.month, day)
    if year <= 1500:
        return days.hijri_day(year, month.month, day)
    made = (days.hijri_day(hijri, month.month, day) for hijri in days.hijri_years_in(year))  # 1 رمضان 2018
    return next((found for found in made if found is not None and found.year == year), None)


def _chosen(line: Line, found: Found, choices: list[date], step: int | None) -> Found:
    """Which year a day without one means, by the modifier after it, the verb before it, or the past of news."""
    today, conflict = line.today, False
    following = min((d for d in choices if d >= today), default=choices[-1])
    if step is None and following != today and (
        line.future(found.first) or ahead(line, found.first, found.last, year_level(today, following))
    ):
        day = following
        rule = f"{found.rule}_future"
    elif step is None:
        day, rule = max((d for d in choices if d <= today), default=choices[0]), found.rule
    elif step < 0:
        day, rule = max(d for d in choices if d < today), f"{found.rule}_past"
        conflict = (today - day).days > 330  # «19 مايو المنصرم» printed on 6 May
    elif step == 0:
        day, rule = min(choices, key=lambda d: abs((d - today).days)), f"{found.rule}_current"
    else:
        day, rule = min(d for d in choices if d > today), f"{found.rule}_next"
    return replace(found, lo=day, hi=day, rule=rule, future=day > today, conflict=conflict)


def numeric(line: Line, index: int) -> Found | None:
    """A date in figures: 19/4/2019, 2019-04-19, 19.4.2019, 4/19/2019; two-figure years only with slashes."""
    word = line.word(index)
    if not word or not word[0].isdigit():
        return None
    if line.word(index + 1) == "-" and line.word(index + 3) == "/" and (first := line.digits(index)):
        right = numeric(line, index + 2)  # 4-6/4/2019
        if right is None or right.lo is None or right.granularity != "day" or not 1 <= first < right.lo.day:
            return None
        lo = right.lo.replace(day=first)
        return replace(right, first=index, lo=lo, rule="date.range_days", kind="range", future=lo > line.today)
    if word.count(".") == 2:
        parts, last = word.split("."), index + 1
    else:
        mark = line.word(index + 1)
        if mark not in ("/", "-", "\\") or line.word(index + 3) != mark:
            return (_month_slash_year(line, index) or _day_slash_month(line, index)) if mark in ("/", "-") else None
        parts, last = [word, line.word(index + 2), line.word(index + 4)], index + 5
        if line.word(last) == mark:  # 1-2-2019-5: some code
            return None
    if not all(part.isdecimal() and len(part) <= 4 for part in parts):
        return None
    alone = index == line.first and last == line.last
    day = _ordered(parts, short_years=alone or "/" in line.words[index:last])
    if day is None:
        return None
    last = line.skip(last, "era_mark", "hijri_mark")
    return Found(index, last, day, day, "day", "date.figures", future=day > line.today)


def _ordered(parts: list[str], short_years: bool) -> date | None:
    """Day, month and year in the order their sizes allow; day before month when both are possible."""
    a, b, c = (int(part) for part in parts)
    hijri = [n for n, part in zip((a, b, c), parts, strict=True) if len(part) == 4 and 1343 <= n <= 1500]
    make = days.hijri_day if hijri else days.day_of
    if len(parts[0]) == 4:
        return make(a, b, c) or make(a, c, b)
    if len(parts[2]) == 4:
        return make(c, b, a) or make(c, a, b)
    if short_years and len(parts[2]) == 2 and max(len(parts[0]), len(parts[1])) <= 2:
        return make(2000 + c if c < 60 else 1900 + c, b, a)
    return None


def _month_slash_year(line: Line, index: int) -> Found | None:
    """2/2013 and 2013/2: a month and a year, after a word such as في or شهر or alone in its line; 2-2013 alone."""
    month, year = line.digits(index), line.tables.bare_year(line.word(index + 2))
    if year is None and len(line.word(index + 2)) <= 2:
        month, year = line.digits(index + 2), line.tables.bare_year(line.word(index))
    place = index - 1
    fits = index == line.first or any(line.atom(place, kind) for kind in ("in", "month_name", "since", "until"))
    if line.word(index + 1) == "-":
        fits = index == line.first and index + 3 == line.last
    if month is None or not 1 <= month <= 12 or year is None or not fits:
        return None
    days_of = days.month_of(year, month)
    if days_of is None:
        return None
    return Found(index, index + 3, *days_of, "month", "date.month_year", future=days_of[0] > line.today)


def _day_slash_month(line: Line, index: int) -> Found | None:
    """15/2 after يوم or a weekday, or alone in its line; anywhere else it is a fraction or a score (15-2 always is)."""
    day, month = line.digits(index), line.digits(index + 2)
    place = line.before(index)
    unit = line.atom(place, "unit")
    led = (unit is not None and unit.sub == "day") or line.atom(place, "weekday") is not None
    alone = index == line.first and line.last == index + 3
    dash = line.word(index + 1) == "-"
    if day is None or month is None or not (led or (alone and not dash)) or (dash and not line.closed(index + 3)):
        return None
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return settle_day(line, index, day, MonthRead(month, "gregorian", "", index + 3), None)
