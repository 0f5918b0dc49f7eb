"""Weeks, months, seasons, years, decades, centuries: الأسبوع الماضي، مارس 2011، نهاية العام، ثمانينيات القرن الماضي."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from pipeline.calendar import days
from pipeline.calendar.explicit import MonthRead, month_read
from pipeline.calendar.line import Found, Line, name
from pipeline.calendar.years import YearRead, modifier_after, year, year_after, year_number, year_told

_MONTH_PLACES = ("in", "during", "since", "until", "by", "edge", "before", "after", "between", "from", "earlier", "to",
                 "daypart", "last", "ordinal", "unit")  # fmt: skip


_PERIODS = frozenset(("modifier", "month", "month_name", "unit", "number", "season", "decade"))


def month(line: Line, index: int) -> Found | None:
    """A month with its year, its modifier, or alone: then the latest that began on or before publication."""
    read = month_read(line, index)
    if read is None:
        return None
    told = year_after(line, read.end, ("-",), read.calendar == "hijri")
    if told is None and line.made_name(index, "day_month"):
        return name(index, read.end)
    if told is None and not _stands_alone(line, index, read):
        return None
    last, rule = (told.end if told else read.end), "date.month"
    hijri = read.calendar == "hijri"
    if told is not None and told.anchor is not None:
        return Found(index, last, None, None, "month", "date.anchored_month", "anchored")
    if told is not None and told.year is not None:
        return _month(line, Found(index, last, None, None, "month", "date.month_year"), read, told.year)
    today = line.today
    here = (days.hijri_year_of(today) if hijri else today.year) or 0
    spans = [(y, s) for y in range(here - 1, here + 2) if (s := _span(read, y)) is not None]
    if not spans:
        return None
    if told is None and line.future(index):
        chosen, rule = min((y for y, s in spans if s[1] >= today), default=here), "date.month_future"
    elif told is None:
        chosen = max((y for y, s in spans if s[0] <= today), default=here)
    elif (told.step or 0) < 0:
        chosen, rule = max((y for y, s in spans if s[1] < today), default=here), "date.month_past"
        chosen += (told.step or 0) + 1
    elif told.step == 0:
        chosen, rule = min(spans, key=lambda p: abs((p[1][0] - today).days + 15))[0], "date.month_current"
    else:
        chosen, rule = min((y for y, s in spans if s[0] > today), default=here), "date.month_next"
        chosen += (told.step or 1) - 1
    return _month(line, Found(index, last, None, None, "month", rule), read, chosen)


def _span(read: MonthRead, year_: int) -> days.Interval | None:
    return days.hijri_month(year_, read.month) if read.calendar == "hijri" else days.month_of(year_, read.month)


def _month(line: Line, found: Found, read: MonthRead, year_: int) -> Found | None:
    span = _span(read, year_)
    return replace(found, lo=span[0], hi=span[1], future=span[0] > line.today) if span else None


def _stands_alone(line: Line, index: int, read: MonthRead) -> bool:
    """Whether a month without year and modifier is a month: مارس and آب are only after a word of time."""
    if read.named or read.doubled or read.use == "yes":
        return True
    if read.use == "number":
        return False
    match, place = line.match(index), line.before(index)
    if match is not None and match.prefix:  # باب المندب is no August
        return False
    if line.atom(place, "of") is not None and line.atom(place - 1, "ordinal") is not None:  # اليوم الخامس من رمضان
        return True
    return (index == line.first and read.end == line.last) or any(line.atom(place, role) for role in _MONTH_PLACES)


def period(line: Line, index: int) -> Found | None:
    """A week, month, season, year, decade or century, told by its words; None when the words name none."""
    kinds = line.kinds(index)
    if not kinds & _PERIODS:
        return None
    atom = line.atom(index, "modifier", "before")
    if atom is not None:
        return _fronted(line, index, line.end(index), atom.value, atom.sub)
    for reader, starts in ((month, "month"), (month, "month_name"), (year, "unit"), (year, "number"), (_unit, "unit"),
                           (_season, "season"), (_decade, "decade"), (_decade, "unit")):  # fmt: skip
        if starts in kinds and (found := reader(line, index)) is not None:
            return found
    return None


def _fronted(line: Line, first: int, index: int, step: int, sense: str) -> Found | None:
    """هذا الأسبوع، ذلك العام، نفس الشهر."""
    unit, season = line.atom(index, "unit"), line.atom(index, "season")
    if unit is not None and unit.value == 1 and (unit.definite or sense == "same"):
        end = line.end(index)
        if sense == "same":
            return stepped(line, first, end, unit.sub, 0, sense)
        return stepped(line, first, end, unit.sub, step, sense) if unit.sub != "day" else None
    if season is not None and season.definite and sense == "current":
        return _season_step(line, first, line.end(index), season.value, 0)
    return None


def _unit(line: Line, index: int) -> Found | None:
    """الأسبوع الماضي، العام المقبل، اليوم التالي، القرن العشرين، القرن الـ19."""
    unit = line.atom(index, "unit")
    if unit is None or not unit.definite or unit.value != 1 or unit.sub in ("hour", "minute", "second"):
        return None
    if unit.sub == "year" and line.made_name(index, "year"):
        return None
    end = line.end(index)
    if unit.sub == "century" and (number := _century(line, end)) is not None:
        span = days.century_of(number[0])
        return Found(index, number[1], *span, "century", "date.century") if span else None
    told = modifier_after(line, end)
    if told is None and unit.sub == "weekend":
        ahead = line.future(index)
        return stepped(line, index, end, unit.sub, int(ahead), "future" if ahead else "current")
    return stepped(line, index, told[2], unit.sub, told[0], told[1]) if told else None


def _century(line: Line, index: int) -> tuple[int, int] | None:
    ordinal = line.atom(index, "ordinal")
    if ordinal is not None and ordinal.value > 0:
        return ordinal.value, line.end(index)
    number = line.number(index)
    return number if number is not None and 1 <= number[0] <= 21 else None


def stepped(line: Line, first: int, last: int, unit: str, step: int, sense: str) -> Found | None:
    """So many weeks, months, years, decades or centuries from the one that holds the publication day."""
    granularity = {"weekend": "day", "quarter": "season"}.get(unit, unit)
    if unit in ("hour", "minute", "second"):
        return None
    if sense in ("same", "next"):
        return Found(first, last, None, None, granularity, f"date.anchored_{sense}", "anchored", anchor=(unit, step))
    if unit == "day" and sense in ("past", "future"):  # اليوم السابق is the day before one told
        return Found(first, last, None, None, unit, "date.anchored_next", "anchored", anchor=(unit, step))
    if sense == "recent" and unit != "day":
        return Found(first, last, None, None, granularity, "date.vague_window", "vague")
    if unit == "day":
        return None
    span = unit_span(line, unit, step)
    name = {"past": "past", "current": "current", "future": "next"}.get(sense)
    if span is None or name is None:
        return None
    return Found(first, last, *span, granularity, f"date.{unit}_{name}", "range" if unit == "weekend" else "point",
                 future=span[0] > line.today)  # fmt: skip


def unit_span(line: Line, unit: str, step: int) -> days.Interval | None:
    """The calendar unit so many steps from the one that holds the publication day."""
    today = line.today
    if unit == "week":
        day = days.plus(today, 7 * step)
        return days.week_of(day, line.tables.settings.get("week_starts", 1) - 1) if day else None
    if unit == "weekend":
        starts = line.tables.settings.get("weekend_starts", 6) - 1
        latest = days.latest(starts, today - timedelta(days=2 if step < 0 else 0))
        day = days.plus(latest, 7 * (step + 1 if step < 0 else step))
        return (day, day + timedelta(days=1)) if day else None
    if unit == "quarter":
        span = days.month_of(*days.month_back(today, (today.month - 1) % 3 - 3 * step))
        return days.season_of(span[0].month, span[0].year) if span else None
    if unit == "month":
        return days.month_of(*days.month_back(today, -step))
    if unit == "year":
        return days.years_of(today.year + step, today.year + step)
    if unit == "decade":
        return days.decade_of(today.year + 10 * step)
    if unit == "century":
        return days.century_of((today.year + 99) // 100 + step)
    return None


def _season(line: Line, index: int) -> Found | None:
    """صيف 2014، صيف العام الماضي، الصيف الماضي."""
    atom = line.atom(index, "season")
    if atom is None:
        return None
    end = line.end(index)
    if atom.definite:
        told = modifier_after(line, end)
        if told is not None and told[1] in ("past", "current", "future"):
            return _season_step(line, index, told[2], atom.value, told[0])
        return None
    read = year_told(line, line.skip(end, "of")) or _bare(line, end)
    if read is None or read.year is None:
        return None
    span = days.season_of(atom.value, read.year)
    return Found(index, read.end, *span, "season", "date.season_year", future=span[0] > line.today) if span else None


def _bare(line: Line, index: int) -> YearRead | None:
    number = year_number(line, index, bare=True)
    return YearRead(number[0], None, number[1]) if number else None


def _season_step(line: Line, first: int, last: int, first_month: int, step: int) -> Found | None:
    today = line.today
    spans = [s for y in range(today.year - 3, today.year + 4) if (s := days.season_of(first_month, y)) is not None]
    if step < 0:
        chosen, name = [s for s in spans if s[1] < today][step:][0], "past"
    elif step > 0:
        chosen, name = next(s for s in spans if s[0] > today), "next"
    else:
        chosen, name = next(s for s in spans if s[1] >= today - timedelta(days=60)), "current"
    return Found(first, last, *chosen, "season", f"date.season_{name}", future=chosen[0] > today)


def _decade(line: Line, index: int) -> Found | None:
    """الثمانينيات، تسعينيات القرن الماضي: the decade of the century told, else the latest one that has begun."""
    atom, start = line.atom(index, "decade"), index
    unit = line.atom(index, "unit")
    if atom is None and unit is not None and unit.sub == "decade" and not unit.definite:
        index = line.end(index)
        atom = line.atom(index, "decade")
    if atom is None:
        return None
    end = line.end(index)
    if line.spoilt(end, "decade"):
        return None
    inside = _unit(line, line.skip(end, "of"))
    if inside is not None and inside.granularity == "century" and inside.lo is not None:
        first_year, end = inside.lo.year - 1 + atom.value, inside.last
    elif atom.definite or start != index:
        first_year = line.today.year // 100 * 100 + atom.value
        first_year -= 100 if first_year > line.today.year else 0
    else:
        return None
    span = days.decade_of(first_year)
    return Found(start, end, *span, "decade", "date.decade") if span else None
