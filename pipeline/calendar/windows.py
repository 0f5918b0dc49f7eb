"""Stretches of time: الأيام الثلاثة الماضية، آخر 24 ساعة، اليومين المقبلين; and plain durations: نحو 20 عاما."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.calendar import days
from pipeline.calendar.amounts import DAYS, LIMIT, MONTHS, SUB_DAY, amount
from pipeline.calendar.line import Found, Line
from pipeline.calendar.periods import period, this_unit
from pipeline.calendar.years import modifier_after, year_number, year_span
from pipeline.machinery.quick import replace

TENS = frozenset(("first_ten", "middle_ten", "last_ten"))
_FROM, _ENDS = 10, frozenset((".", "،", ",", "؛", ":", "\n"))  # words before an amount with what it is counted from
_EARLY = 9  # months of a year in which its end is told of the year before
_SIZES = {"day": 1, "week": 2, "month": 3, "year": 4, "decade": 5, "century": 6}


def window(line: Line, index: int) -> Found | None:
    """الأيام الثلاثة الماضية، الثلاثة أيام الماضية، الـ24 ساعة الماضية، اليومين المقبلين، آخر 3 أيام."""
    if line.atom(index, "last") is not None:
        found = amount(line, line.end(index))
        if found is None or found.count is None or found.sense != "exact":
            return None
        if line.atom(found.end, "of") is not None:
            return _last_of(line, index, found.end, found.count, found.unit) if found.numeral else None
        if (not found.numeral and found.unit == "day") or found.unit in ("minute", "second"):
            return None  # آخر 20 دقيقة of a match
        return _window(line, index, found.end, found.count, found.unit, -1)
    if line.means(index, TENS):
        return _ten_of(line, index)
    if _first(line, index):
        found = amount(line, line.end(index))  # أول خمسة أشهر من العام
        return _first_of(line, index, found.end, found.count, found.unit) if found is not None else None
    unit = line.atom(index, "unit")
    if unit is not None and unit.definite and unit.value != 1:
        return _counted_after(line, index, unit.value, unit.sub)
    number = line.number(index)
    if number is None or (unit := line.atom(number[1], "unit")) is None:
        return None
    word = line.words[index]
    both = unit.definite and unit.value == 0 and line.tables.numerals.without_article(word) != word
    end = line.end(number[1])
    if not line.prefix(number[1]) and _first(line, end):  # الخمسة أشهر الأولى من العام
        return _first_of(line, index, line.end(end), number[0], unit.sub)
    if (unit.definite and not both) or line.prefix(number[1]):
        return None
    told = modifier_after(line, end)
    if told is None or told[1] not in ("past", "future", "recent"):
        return None
    return _window(line, index, told[2], number[0], unit.sub, -1 if told[1] != "future" else 1)


def _counted_after(line: Line, index: int, count: float, unit: str) -> Found | None:
    """الأيام [الثلاثة] الماضية: without a number the words are vague, save for the dual."""
    place = line.end(index)
    modifier = line.atom(place, "modifier")
    few = modifier is not None and modifier.sub == "few"
    number = None if few else line.number(place)
    if few:
        place = line.end(place)
    elif number is not None:
        count, place = number[0], number[1]
    if count and _first(line, place):  # الأشهر الأربعة الأولى من العام
        return _first_of(line, index, line.end(place), count, unit)
    if not count and _first(line, place):  # الأشهر الأولى من 2014 is its beginning
        return _some_of(line, index, line.end(place), unit, "start")
    told = modifier_after(line, place)
    if not count and told is not None and told[1] == "recent" and (
            part := _some_of(line, index, told[2], unit, "end")) is not None:  # fmt: skip
        return part
    if told is None and few and modifier is not None:
        told = (0, "few", place)
    if told is None or told[1] not in ("past", "future", "recent", "few", "current"):
        return None
    granularity = "day" if unit in SUB_DAY or unit == "weekend" else unit
    if told[1] == "recent" and count and line.atom(told[2], "from") is not None:  # اليومين الأخيرين من الهجوم
        return _last_of(line, index, told[2], count, unit) or Found(
            index, told[2], None, None, granularity, "date.anchored_before", "anchored")  # fmt: skip
    if not count or told[1] == "few":
        return Found(index, told[2], None, None, granularity, "date.vague_window", "vague", future=told[1] == "future")
    return _window(line, index, told[2], count, unit, 1 if told[1] == "future" else -1)


def _last_of(line: Line, first: int, end: int, count: float, unit: str) -> Found | None:
    """آخر شهرين من عام 2017، الشهرين الأخيرين من العام: so many units up to the last day of a period; of anything else
    no days. The end of a year not yet come is told of the year before."""
    if unit not in ("day", "week", "month") or line.atom(end, "from") is None:
        return None
    inside = _inside(line, end)
    if inside is None or inside.lo is None or inside.hi is None or count > 366:
        return Found(first, end, None, None, unit, "date.anchored_before", "anchored")
    if inside.rule == "date.year_current" and inside.hi > line.today and inside.last <= end + 2 and (
            line.today.month <= _EARLY and not line.future(first)):
        span = days.years_of(line.today.year - 1, line.today.year - 1)
        inside = replace(inside, lo=span[0], hi=span[1]) if span else inside
    if unit == "month":
        last = days.month_of(*days.month_back(inside.hi or line.today, int(count) - 1))
        lo = last[0] if last else None
    else:
        lo = days.plus(inside.hi or line.today, 1 - int(count * DAYS[unit]))
    if lo is None or inside.lo is None or lo < inside.lo:
        return None
    return Found(first, inside.last, lo, inside.hi, unit, "date.part_of_period", "range", future=lo > line.today)


def _ten_of(line: Line, index: int) -> Found | None:
    """العشر الأواخر من رمضان: ten days of a month."""
    inside = _inside(line, line.end(index))
    if inside is None or inside.lo is None or inside.hi is None or inside.granularity != "month":
        return None
    tens = 2 if line.atom(index, "last_ten") is not None else int(line.atom(index, "middle_ten") is not None)
    lo = inside.lo + timedelta(days=10 * tens)
    hi = inside.hi if tens == 2 else lo + timedelta(days=9)
    return Found(index, inside.last, lo, hi, "day", "date.part_of_period", "range", future=lo > line.today)


def _first(line: Line, index: int) -> bool:
    """Whether the first, as a part of a period, stands at the word (الأولى، أول)."""
    ordinal = line.atom(index, "ordinal")
    return ordinal is not None and ordinal.value == 1


def _inside(line: Line, index: int) -> Found | None:
    """The whole period after of (من عام 2017، من الشهر الجاري)."""
    step = line.skip(index, "of")
    if step == index:
        return None
    inside = period(line, step) or this_unit(line, step)
    if inside is not None and line.word(inside.last).startswith(line.tables.article):
        return None  # السنة المالية
    if inside is None and (bare := year_number(line, step, bare=True)) is not None:
        inside = year_span(line, step, bare[1], bare[0], "date.bare_year")
    return inside if inside is not None and inside.lo is not None and not inside.edge else None


def _some_of(line: Line, first: int, index: int, unit: str, edge: str) -> Found | None:
    """الأشهر الأخيرة من عام 2014: some units at the edge of a longer period, which is told whole."""
    inside = _inside(line, index) if line.atom(index, "from") is not None and unit in _SIZES else None
    if inside is None or _SIZES.get(inside.granularity, 0) <= _SIZES[unit]:
        return None
    return replace(inside, first=first, edge=edge, rule=f"date.edge_{edge}")


def _first_of(line: Line, first: int, index: int, count: float | None, unit: str) -> Found | None:
    """الأشهر الأربعة الأولى من 2018: so many units from the first day of a period told at the index."""
    if count is None or count != int(count) or unit not in ("day", "week", "month", "quarter"):
        return None
    inside = _inside(line, index)
    if inside is None or inside.lo is None or inside.hi is None or count > 366:
        return None
    if unit == "quarter":
        count, unit = count * 3, "month"
    if unit == "month":
        span = days.month_of(*days.month_back(inside.lo, 1 - int(count)))
        hi = span[1] if span else None
    else:
        hi = days.plus(inside.lo, int(count) * DAYS[unit] - 1)
    if hi is None or hi > inside.hi:
        return None
    return Found(first, inside.last, inside.lo, hi, unit, "date.part_of_period", "range",
                 future=inside.lo > line.today)  # fmt: skip


def _window(line: Line, first: int, last: int, count: float, unit: str, sign: int) -> Found | None:
    """The last or next so many units, counted back from the day before publication or on from the day after it.

    Hours reach from the publication day to as many days back or on as they fill.
    """
    if unit not in LIMIT and unit not in SUB_DAY:
        return None
    today = line.today
    granularity = unit if unit not in SUB_DAY else "day"
    if unit in SUB_DAY:
        reach = -(-count // SUB_DAY[unit])
        near, far = today, days.plus(today, sign * int(min(reach, 40_000)))
    elif count > LIMIT[unit]:
        return None
    else:
        near = days.plus(today, sign) or today
        far = _edge_of(today, count, unit, sign)
    if far is None:
        return None
    rule = "date.last_units" if sign < 0 else "date.next_units"
    lo, hi = min(near, far), max(near, far)
    return Found(first, last, lo, hi, granularity, rule, "range", future=sign > 0)


def _edge_of(today: date, count: float, unit: str, sign: int) -> date | None:
    if unit in DAYS:
        return days.plus(today, sign * round(count * DAYS[unit]))
    year, month = days.month_back(today, -sign * round(count * MONTHS[unit]))
    span = days.month_of(year, month)
    return min(span[0] + timedelta(days=today.day - 1), span[1]) if span else None


def duration(line: Line, index: int) -> Found | None:
    """An amount of a day or more that nothing ties to the calendar."""
    during = line.atom(index, "during") is not None
    found = amount(line, line.end(index) if during else index)
    if found is None or found.unit in ("minute", "second") or (found.unit == "hour" and not _whole_days(found.count)):
        return None
    granularity = "day" if found.unit == "hour" else found.unit
    if not during and (role := _counted_from(line, index)):
        return Found(index, found.end, None, None, granularity, f"date.anchored_{role}", "anchored")
    following = line.closed(found.end) or line.known(found.end)
    if during and found.unit == "day" and found.count == 1 and not found.numeral and not following:
        return None  # خلال يوم دراسي
    if found.count is None:
        return Found(index, found.end, None, None, found.unit, "date.duration_vague", "duration") if (
            during or _adverb(line, index) or line.atom(index, "several") is not None) else None
    if not found.numeral and not during and found.count == int(found.count) and found.sense == "exact":
        return None
    return Found(index, found.end, None, None, granularity, "date.duration", "duration")


def _counted_from(line: Line, index: int) -> str:
    """before or after when the amount tells how far from something told just before: قبل الانتخابات بشهرين."""
    if line.word(index)[:2].find("ب") < 0 or not line.clitics(index).endswith("ب"):
        return ""
    for place in range(index - 1, max(line.first, index - _FROM) - 1, -1):
        role = next((role for role in ("before", "after") if line.atom(place, role) is not None), "")
        if role and line.atom(place - 1, "from") is not None:
            return ""  # من قبل المحكمة بخمسة أعوام
        if "sentence" in line.tables.makes_name[line.words[place]]:
            return ""
        if role or line.tables.cue[line.words[place]] or line.words[place] in _ENDS:
            return role
    return ""


def _adverb(line: Line, index: int) -> bool:
    """Whether the plural stands in the case of an adverb (قد يستمر أشهرا)."""
    return line.atom(index, "unit", "adverb") is not None


def _whole_days(count: float | None) -> bool:
    return count is not None and count >= 24 and count % 24 == 0
