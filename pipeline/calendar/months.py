"""Months: مارس 2011، شهر مارس الماضي، رمضان 2018، مارس من العام نفسه; and where a name alone is a month."""

from __future__ import annotations

from pipeline.calendar import days
from pipeline.calendar.line import Found, Line, name
from pipeline.calendar.monthname import MonthRead, month_read
from pipeline.calendar.tense import ahead, year_level
from pipeline.calendar.years import YearRead, every_unit, year_after
from pipeline.machinery.quick import replace

TIME_PLACES = frozenset((
    "in", "during", "since", "until", "by", "edge", "before", "after", "between", "from", "earlier", "to", "daypart",
    "last", "ordinal", "unit",
))  # fmt: skip


def month(line: Line, index: int, told_apart: bool = False) -> Found | None:
    """A month with its year, its modifier, or alone: then the latest that began on or before publication.

    told_apart: something else says that the word is a month (بين يناير ومارس).
    """
    read = month_read(line, index)
    if read is None:
        return None
    told = year_after(line, read.end, ("-",), read.calendar == "hijri")
    if told is None and line.joined(read.end):
        told = _shared(line, read)
    if told is None and (line.made_name(index, "day_month") or line.spoilt(read.end, "month")):
        return name(index, read.end)
    if told is None and not told_apart and not _stands_alone(line, index, read):
        return None
    if told is None and (end := every_unit(line, read.end, "year")):
        return Found(index, end, None, None, "month", "date.habit", "vague")
    last, rule = (told.end if told else read.end), "date.month"
    hijri = read.calendar == "hijri"
    if told is not None and told.anchor is not None:
        return Found(index, last, None, None, "month", "date.anchored_month", "anchored",
                     anchor=(f"{told.rule or 'month'}-{read.month}", told.anchor) if not hijri else None)  # fmt: skip
    if told is not None and told.year is not None:
        return _month(line, Found(index, last, None, None, "month", "date.month_year"), read, told.year)
    today = line.today
    here = (days.hijri_year_of(today) if hijri else today.year) or 0
    spans = [(y, s) for y in range(here - 1, here + 2) if (s := _span(read, y)) is not None]
    if not spans:
        return None
    following = next((s[0] for _, s in spans if s[1] >= today), today)
    if told is None and (
        line.future(index) or (following > today and ahead(line, index, last, year_level(today, following)))
    ):
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


def _shared(line: Line, read: MonthRead) -> YearRead | None:
    """The year or the modifier of a second month, which holds for the first too (أغسطس ونوفمبر المقبلين)."""
    second = month_read(line, read.end)
    if second is None or second.calendar != read.calendar:
        return None
    told = year_after(line, second.end, ("-",), read.calendar == "hijri")
    if told is None or told.anchor is not None:
        return None
    if told.year is not None:
        year_ = told.year - (read.month > second.month)
        return YearRead(year_, None, read.end)
    return YearRead(None, told.step, read.end) if line.atom(second.end, "both") else None


def _span(read: MonthRead, year_: int) -> days.Interval | None:
    if read.calendar != "hijri" or year_ <= 1500:
        return days.hijri_month(year_, read.month) if read.calendar == "hijri" else days.month_of(year_, read.month)
    made = (days.hijri_month(hijri, read.month) for hijri in days.hijri_years_in(year_))  # رمضان 2018
    return next((span for span in made if span is not None and span[0].year == year_), None)


def _month(line: Line, found: Found, read: MonthRead, year_: int) -> Found | None:
    span = _span(read, year_)
    return replace(found, lo=span[0], hi=span[1], future=span[0] > line.today) if span else None


def _stands_alone(line: Line, index: int, read: MonthRead) -> bool:
    """Whether a month without year and modifier is a month: مارس and آب are only after a word of time."""
    if read.named or read.doubled or read.use == "yes":
        return True
    place = line.before(index)
    if read.use == "number":
        return line.atom(place, "edge") is not None
    if line.prefix(index):  # باب المندب is no August
        return False
    if line.atom(place, "of") is not None and line.atom(place - 1, "ordinal") is not None:  # اليوم الخامس من رمضان
        return True
    return (index == line.first and read.end == line.last) or line.means(place, TIME_PLACES)


def month_list(line: Line, index: int) -> Found | None:
    """شهري مارس وأبريل، أشهر مارس وأبريل ومايو 2018: from the first to the last of the months listed."""
    unit = line.atom(index, "unit")
    if unit is None or unit.sub != "month" or unit.definite or unit.value == 1:
        return None
    place, listed = line.end(index), list[Found]()
    while (found := month(line, place, told_apart=True)) is not None and found.lo is not None:
        if listed and not line.joined(place) and line.word(place - 1) != "،":
            break
        listed.append(found)
        place = found.last + (line.word(found.last) == "،")
    if len(listed) < 2:
        return None
    last, first = listed[-1], listed[0]
    assert first.lo is not None and last.lo is not None and last.hi is not None
    year_ = last.lo.year - ((first.lo.month, first.lo.day) > (last.lo.month, last.lo.day))
    lo = days.day_of(year_, first.lo.month, first.lo.day) if first.rule == "date.month" else first.lo
    if first.hi is not None and last.rule == "date.month_year" and first.lo.month > last.lo.month:
        hi = days.month_of(last.lo.year, first.lo.month)  # شهري مارس ويناير هذا العام
        return replace(last, first=index, hi=hi[1], rule="date.range_months", kind="range") if hi else None
    if lo is None or lo > last.lo:
        return None
    return replace(last, first=index, lo=lo, rule="date.range_months", kind="range", future=lo > line.today)
