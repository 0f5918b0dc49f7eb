"""Amounts of time and the days they lie before or after: قبل يومين، منذ نحو أسبوعين، بعد ثلاثة أيام."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.calendar import days
from pipeline.calendar.line import Found, Line
from pipeline.calendar.periods import unit_span
from pipeline.calendar.words import Atom
from pipeline.machinery.quick import dataclass, replace

DAYS = {"day": 1, "week": 7}
MONTHS = {"month": 1, "year": 12, "decade": 120, "century": 1200}
_STRUCK = 10  # words before an amount in which a strike may be named
_SMALLER = {"year": ("month", 12), "week": ("day", 7)}
_OF_A_MONTH = {"week": 4.35, "day": 30}  # so many make a month
SUB_DAY = {"hour": 24, "minute": 1440, "second": 86400}  # so many make a day
LIMIT = {"day": 40_000, "week": 6_000, "month": 6_000, "year": 3_000, "decade": 300, "century": 30}


_NOT_EXACT = frozenset(("about", "more", "less"))
_UNCOUNTED = frozenset(("several", "half", "quarter_of"))


@dataclass(frozen=True, slots=True)
class Amount:
    """A count of a unit; count is null for a few (عدة أيام). sense: exact, about, more or less."""

    count: float | None
    unit: str
    end: int
    sense: str = "exact"
    numeral: bool = True  # a number word or figure, not only the bare or dual noun


def amount(line: Line, index: int) -> Amount | None:
    """An amount of time at the word: ثلاثة أيام، نحو 20 عاما، يومين، عدة أسابيع، نصف عام، عام ونصف، عام تقريبا."""
    found = _amount(line, index)
    if found is not None and found.unit not in LIMIT and found.unit not in SUB_DAY:
        return None
    if found is not None and found.count is not None and (
            line.joined(found.end) or line.atom(found.end, "and") is not None):
        found = _with_smaller(line, found)
    if found is not None and line.atom(line.skip(found.end, "of"), "time") is not None:  # عقدين من الزمن
        return replace(found, end=line.end(line.skip(found.end, "of")), numeral=True)
    if found is not None and line.atom(found.end, "roughly") is not None:
        return replace(found, end=line.end(found.end), sense="about" if found.sense == "exact" else found.sense)
    return found


def _with_smaller(line: Line, found: Amount) -> Amount:
    """عام وأربعة أشهر، سنتين وشهرين: years with months, weeks with days, counted in the smaller unit."""
    if found.unit == "month" and found.count is not None:
        rest = _amount(line, line.skip(found.end, "and"))
        if rest is None or rest.count is None or rest.unit not in _OF_A_MONTH or (
                not rest.numeral and rest.count < 2):
            return found
        return replace(found, count=found.count + rest.count / _OF_A_MONTH[rest.unit], end=rest.end, numeral=True)
    smaller = _SMALLER.get(found.unit)
    other = _amount(line, line.skip(found.end, "and")) if smaller is not None else None
    if other is None or smaller is None or other.unit != smaller[0] or other.count is None or found.count is None:
        return found
    if other.sense != "exact" or not (other.numeral or other.count == 1):
        return found
    return replace(found, count=found.count * smaller[1] + other.count, unit=other.unit, end=other.end, numeral=True)


def _amount(line: Line, index: int) -> Amount | None:
    sense, place = "exact", index
    if line.means(place, _NOT_EXACT):
        sense = next(word for word in ("about", "more", "less") if line.atom(place, word) is not None)
        place = line.end(place)
    if line.means(place, _UNCOUNTED):
        several = line.atom(place, "several") is not None
        count = None if several else 0.5 if line.atom(place, "half") is not None else 0.25
        unit = line.atom(line.end(place), "unit")
        fits = unit is not None and unit.value == (0 if several else 1)
        if several and unit is not None and unit.sub == "decade":
            fits = fits and not line.spoilt(line.end(line.end(place)), "contract")  # عدة عقود تجارية
        return Amount(count, unit.sub, line.end(line.end(place)), sense) if unit is not None and fits else None
    number = line.number(place)
    if (between := _either(line, place, number)) is not None:
        return replace(between, sense="about" if sense == "exact" else sense)
    if number is not None and (unit := line.atom(number[1], "unit")) is not None and unit.value != 2:
        end = line.end(number[1])
        if not line.prefix(number[1]) and not unit.definite and not _begins_date(line, unit, end):
            return _halved(line, Amount(number[0], unit.sub, end, sense))
    unit = line.atom(place, "unit")
    if unit is None or unit.definite or unit.use == "construct":
        return None
    end = line.end(place)
    if unit.value == 0:
        if unit.sub == "decade" and line.spoilt(end, "contract"):
            return None
        end = line.skip(end, "several_after")
        modifier = line.atom(end, "modifier")
        end = line.end(end) if modifier is not None and modifier.sub == "few" else end
        return Amount(None, unit.sub, end, sense)
    counted = line.number(end)
    if counted is not None and counted[0] == unit.value and line.words[end][0] not in "0123456789":
        end = counted[1]  # يوم واحد، يومين اثنين
    whole = line.skip(end, "whole")  # عام كامل
    told = unit.value == 2 or end != line.end(place) or whole != end
    return _halved(line, Amount(unit.value, unit.sub, whole, sense, numeral=told))


def _either(line: Line, index: int, number: tuple[int, int] | None) -> Amount | None:
    """ثلاثة أو أربعة أشهر، شهرين أو ثلاثة، 3 إلى 4 أيام: about the greater of the two."""
    unit = line.atom(index, "unit")
    if number is not None:
        place = number[1]
    elif unit is not None and unit.value == 2 and unit.use != "construct" and not unit.definite:
        place = line.end(index)
    else:
        return None
    step = line.skip(place, "or", "to")
    second = line.number(step) if step != place else None
    if second is None:
        return None
    counted = line.atom(second[1], "unit")
    if counted is not None and not line.prefix(second[1]) and counted.value != 2 and not counted.definite:
        if (number[0] if number is not None else 2) < second[0] and not _begins_date(
            line, counted, line.end(second[1])
        ):
            return Amount(second[0], counted.sub, line.end(second[1]))
    elif number is None and unit is not None and second[0] == 3 and line.atom(place, "or") is not None:
        return Amount(3, unit.sub, second[1])
    return None


def _begins_date(line: Line, unit: Atom, index: int) -> bool:
    """Whether يوم or عام begins a date instead of being counted (قتل ثلاثة يوم الخميس، السبعة عام 1996)."""
    if unit.sub == "year" and unit.value == 1:
        return line.tables.bare_year(line.word(index)) is not None
    if unit.sub != "day" or unit.value != 1:
        return False
    return any(line.atom(index, kind) for kind in ("weekday", "relative")) or line.number(index) is not None


def _halved(line: Line, found: Amount) -> Amount:
    """عام ونصف العام، يومين ونصف اليوم."""
    if line.atom(found.end, "and_half") is None or found.count is None:
        return found
    end = line.end(found.end)
    unit = line.atom(end, "unit")
    if unit is not None and unit.sub == found.unit:
        end = line.end(end)
    return replace(found, count=found.count + 0.5, end=end)


def shifted(
    line: Line, count: float, unit: str, sign: int, base: date | None = None
) -> tuple[days.Interval, str] | None:
    """The calendar unit that lies so many units before (-1) or after (1) the publication day, and its granularity.

    Whole days are counted from the base when one is given.
    """
    today = line.today
    if unit in SUB_DAY:
        day = _sub_day(line, count / SUB_DAY[unit], sign)
        return ((day, day), "day") if day else None
    if count > LIMIT[unit]:
        return None
    if count != int(count):
        if unit in DAYS:
            day = days.plus(today, sign * round(count * DAYS[unit]))
            return ((day, day), "day") if day else None
        months = int(count * MONTHS[unit])
        odd = timedelta(days=sign * round((count * MONTHS[unit] - months) * 30))
        span = days.month_of(*days.month_back(today + odd, -sign * months))
        return (span, "month") if span else None
    if unit == "day":
        day = days.plus(base or today, sign * int(count))
        return ((day, day), "day") if day else None
    inside = unit_span(line, unit, sign * int(count))
    return (inside, unit) if inside else None


def _sub_day(line: Line, whole_days: float, sign: int) -> date | None:
    """Hours count from the hour of the stamp; without one, less than a day is the publication day."""
    if whole_days > 40_000:
        return None
    hour = line.clock.hour
    if hour is None:
        return days.plus(line.today, sign * int(whole_days))
    return days.plus(line.today, int((hour + sign * whole_days * 24) // 24))


def ago(line: Line, first: int) -> Found | None:
    """قبل يومين، منذ نحو أسبوعين؛ قبل يومين من الانتخابات is anchored, منذ سنوات vague.

    قبل مرور نصف ساعة tells that less had passed since something, of which these words say nothing.
    """
    since, before = line.atom(first, "since") is not None, line.atom(first, "before") is not None
    if not since and not before:
        return None
    place = line.skip(line.end(first), "passing", "that")
    found = amount(line, place)
    if found is None or (line.atom(line.end(first), "that") is not None and since):
        return None
    granularity = found.unit if found.unit not in SUB_DAY else "day"
    last, now = from_now(line, found.end)
    event = line.skip(found.end, "only")
    of_event = line.atom(event, "from_event") is not None and (
        line.atom(event, "from") is not None or not _strikes(line, first)
    )
    if before and not now and (of_event or place != line.end(first)):
        return Found(first, found.end, None, None, granularity, "date.anchored_before", "anchored",
                     anchor=(found.unit, -int(found.count)) if found.count else None)  # fmt: skip
    if found.count is None:
        return Found(first, last, None, None, granularity, "date.vague_ago", "vague")
    spoken = line.spoken_day() if before else line.today  # قبل يومين follows اليوم over midnight
    span = shifted(line, found.count, found.unit, -1, spoken)
    if span is None:
        return None
    midnight = found.unit == "day" and spoken != line.today
    kind = "bound" if found.sense in ("more", "less") else "point"
    rule = {"more": "date.ago_more_than", "less": "date.ago_less_than", "about": "date.ago_about"}
    if kind == "point" and since and line.ongoing(first, last):  # تفرضه إسرائيل منذ 11 عاما
        return Found(first, last, *span[0], span[1], "date.ago_lasting", "bound")
    told = "date.ago_after_midnight" if midnight else "date.ago"
    return Found(first, last, *span[0], span[1], rule.get(found.sense, told), kind)


def _strikes(line: Line, index: int) -> bool:
    """Whether a word before takes the على that follows: غارة شنت قبل أسبوع على ميناء is no week before a harbour."""
    names = line.tables.makes_name
    return any("on" in names[word] for word in line.words[max(line.first, index - _STRUCK) : index])


def from_now(line: Line, index: int) -> tuple[int, bool]:
    """من الآن، من اليوم after an amount."""
    place = line.skip(index, "of")
    relative = line.atom(place, "relative")
    if place != index and (line.atom(place, "now") is not None or (relative is not None and relative.value == 0)):
        return line.end(place), True
    return index, False
