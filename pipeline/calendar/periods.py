"""Weeks, months, seasons, years, decades, centuries: الأسبوع الماضي، مارس 2011، نهاية العام، ثمانينيات القرن الماضي."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cache

from pipeline.calendar import days
from pipeline.calendar.line import Found, Line, name
from pipeline.calendar.months import TIME_PLACES, month
from pipeline.calendar.seasons import season, season_step
from pipeline.calendar.words import Meaning
from pipeline.calendar.years import modifier_after, year, year_number, year_pair, year_told
from pipeline.machinery.quick import replace

_PERIODS = frozenset(("modifier", "month", "month_name", "unit", "number", "season", "decade"))


def period(line: Line, index: int) -> Found | None:
    """A week, month, season, year, decade or century, told by its words; None when the words name none."""
    meaning, length, _, kinds = line[index]
    if kinds.isdisjoint(_PERIODS):
        return None
    atom = meaning.uses.get(("modifier", "before"))
    if atom is not None:
        return _fronted(line, index, index + length, atom.value, atom.sub)
    for reader in _readers(meaning, "number" in kinds):
        if (found := reader(line, index)) is not None:
            return found
    return None


def _fronted(line: Line, first: int, index: int, step: int, sense: str) -> Found | None:
    """هذا الأسبوع، ذلك العام، نفس الشهر."""
    unit, part = line.atom(index, "unit"), line.atom(index, "season")
    if unit is not None and unit.value == 1 and (
            unit.definite or (sense == "same" and line.atom(first, "that") is None)):  # بعد ذلك بيوم
        end = line.end(index)
        named = line.atom(end, "weekday")
        if unit.sub == "day" and named is not None and named.definite:  # قالت ذلك اليوم الاثنين
            return None
        if sense == "same":
            return same_of_year(line, stepped(line, first, end, unit.sub, 0, sense))
        if unit.sub == "decade" and not _of_time(line, first):  # هذا العقد is a contract
            return None
        return stepped(line, first, end, unit.sub, step, sense) if unit.sub != "day" else None
    if part is not None and part.definite and sense == "current":
        return season_step(line, first, line.end(index), part.value, 0)
    relative = line.atom(index, "relative")
    if sense == "same" and relative is not None and relative.value == 0 and line.word(first) != line.word(index):
        return same_of_year(line, stepped(line, first, line.end(index), "day", 0, sense))  # تلك الليلة
    return None


def _of_time(line: Line, index: int) -> bool:
    place = line.before(index)
    return index == line.first or line.means(place, TIME_PLACES)


def same_of_year(line: Line, found: Found | None) -> Found | None:
    """نفس اليوم من عام 1957، الشهر نفسه من العام الماضي: a day or month told, in another year."""
    if found is None or found.granularity not in ("day", "month"):
        return found
    step = line.skip(found.last, "of")
    told = year_told(line, step) if step != found.last else None
    if told is None or told.year is None:
        return found
    return replace(found, last=told.end, anchor=(f"{found.granularity}_in_year", told.year))


def _unit(line: Line, index: int) -> Found | None:
    """الأسبوع الماضي، العام المقبل، اليوم التالي، القرن العشرين، القرن الـ19."""
    unit = line.atom(index, "unit")
    if unit is not None and unit.sub == "century" and unit.value == 2:
        return _centuries(line, index)
    if unit is None or not unit.definite or unit.value != 1 or unit.sub in ("hour", "minute", "second"):
        return None
    if unit.sub == "year" and line.made_name(index, "year"):
        return None
    end = line.end(index)
    if unit.sub == "century" and (number := _century(line, end)) is not None:
        span, last = days.century_of(number[0]), line.skip(number[1], "era_mark")
        if line.atom(last, "hijri_mark") is not None or line.spoilt(last, "century"):
            return name(index, last)
        return Found(index, last, *span, "century", "date.century") if span else None
    told = modifier_after(line, end)
    if told is None and unit.sub == "weekend":
        ahead = line.future(index)
        return stepped(line, index, end, unit.sub, int(ahead), "future" if ahead else "current")
    if told is None:
        return _closing_this(line, index, end, unit.sub)
    if unit.sub == "decade" and told[1] == "current" and not _of_time(line, index):
        return None
    made = stepped(line, index, told[2], unit.sub, told[0], told[1])
    if unit.sub == "year" and made is not None and made.lo is not None:
        return _with_number(line, made)
    return same_of_year(line, made) if told[1] == "same" else made


def _with_number(line: Line, found: Found) -> Found:
    """العام الماضي 2018، العام الحالي 2017/2018: the number after the words decides."""
    assert found.lo is not None
    number = year_number(line, found.last, bare=True)
    if number is None or abs(number[0] - found.lo.year) > 1:
        return found
    pair = line.tables.bare_year(line.word(number[1] + 1)) if line.word(number[1]) in ("/", "-") else None
    if pair is not None and (made := year_pair(line, found.first, number[0], number[1] + 1)) is not None:
        return made
    return replace(found, last=number[1]) if number[0] == found.lo.year else found


def _closing_this(line: Line, index: int, end: int, unit: str) -> Found | None:
    """الأسبوع هذا، العام هذا: the demonstrative after its noun, at the end of what is said."""
    after = line.atom(end, "modifier", "before")
    if after is None or after.sub != "current" or unit == "day" or not line.closed(line.end(end)):
        return None
    return stepped(line, index, line.end(end), unit, 0, "current")


def _century(line: Line, index: int) -> tuple[int, int] | None:
    ordinal = line.atom(index, "ordinal")
    if ordinal is not None and ordinal.value > 0:
        return ordinal.value, line.end(index)
    number = line.number(index)
    return number if number is not None and 1 <= number[0] <= 21 else None


def _centuries(line: Line, index: int) -> Found | None:
    """القرنين التاسع عشر والعشرين: from the first year of one to the last of the other."""
    first = _century(line, line.end(index))
    second = _century(line, line.skip(first[1], "and")) if first is not None else None
    if first is None or second is None or second[0] <= first[0]:
        return None
    lo, hi = days.century_of(first[0]), days.century_of(second[0])
    return Found(index, second[1], lo[0], hi[1], "century", "date.range_years", "range") if lo and hi else None


def stepped(line: Line, first: int, last: int, unit: str, step: int, sense: str) -> Found | None:
    """So many weeks, months, years, decades or centuries from the one that holds the publication day."""
    granularity = {"weekend": "day", "quarter": "season", "date": "day"}.get(unit, unit)
    if unit in ("hour", "minute", "second"):
        return None
    if sense in ("same", "next"):
        return Found(first, last, None, None, granularity, f"date.anchored_{sense}", "anchored", anchor=(unit, step))
    if sense == "recent" and unit != "day":
        return Found(first, last, None, None, granularity, "date.vague_window", "vague")
    if unit in ("day", "date"):
        return None
    span = unit_span(line, unit, step)
    name = {"past": "past", "current": "current", "future": "next"}.get(sense)
    if unit == "week" and step == -1 and _week_over(line, first, last):
        span = line.today - timedelta(days=7), line.today - timedelta(days=1)
    if span is None or name is None:
        return None
    return Found(first, last, *span, granularity, f"date.{unit}_{name}", "range" if unit == "weekend" else "point",
                 future=span[0] > line.today)  # fmt: skip


def _week_over(line: Line, first: int, last: int) -> bool:
    """Whether «last week» is the one that ended yesterday: so it is said in a story of the last day of the week."""
    starts = line.tables.settings.get("week_starts", 1) - 1
    told = last - first < line.last - line.first and line.atom(line.before(first), "edge") is None
    return told and (line.today.weekday() + 1) % 7 == starts


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


def this_unit(line: Line, index: int) -> Found | None:
    """في وقت سابق من الأسبوع: the unit without a modifier is the present one."""
    unit = line.atom(index, "unit")
    if unit is None or not unit.definite or unit.value != 1 or unit.sub not in ("week", "month", "year"):
        return None
    interval = unit_span(line, unit.sub, 0)
    return Found(index, line.end(index), *interval, unit.sub, f"date.{unit.sub}_current") if interval else None


@cache
def _readers(meaning: Meaning, number: bool) -> tuple[Callable[[Line, int], Found | None], ...]:
    """The readers of a period that may begin at a phrase of this meaning, or at a number."""
    kinds, unit = meaning.kinds, meaning.atoms.get("unit")
    of = unit.sub if unit is not None else ""
    order = (
        (month, of == "month" or not kinds.isdisjoint(("month", "month_name"))),
        (year, of == "year" or number),
        (_unit, unit is not None and (unit.definite or of == "century")),
        (season, "season" in kinds),
        (_decade, of == "decade" or "decade" in kinds),
    )
    return tuple(reader for reader, fits in order if fits)
