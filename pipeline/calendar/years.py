"""Years: عام 2011, سنة ألفين, 2019م, عام 1439هـ, العام الماضي; and the year told after a month or a season."""

from __future__ import annotations

from pipeline.calendar import days
from pipeline.calendar.line import Found, Line
from pipeline.machinery.quick import dataclass, replace

_YEAR_PLACES = frozenset((
    "in", "since", "until", "by", "before", "after", "from", "to", "between", "during", "edge", "of",
))  # fmt: skip
_LED = 2  # words before two years in which موسم or المالية may stand
_BEGINS = 7  # the month in which a year of a budget or a sport begins
_JOINING = frozenset(("and", "to"))


@dataclass(frozen=True, slots=True)
class YearRead:
    """A year after a month: its number, or the step of a modifier (الماضي is -1), or an anchor (العام نفسه)."""

    year: int | None
    step: int | None
    end: int
    rule: str = ""
    anchor: int | None = None


def year_number(line: Line, index: int, bare: bool, hijri: bool = False) -> tuple[int, int] | None:
    """A year in figures or words and where it ends, with م or هـ after it; bare years need a believable size."""
    digits = line.digits(index)
    if digits is not None:
        if bare and line.tables.bare_year(line.words[index]) is None and not (hijri and 1343 <= digits <= 1500):
            marked = line.atom(index + 1, "hijri_mark") or (line.atom(index + 1, "era_mark") and digits >= 100)
            if not marked:
                return None
        year, end = digits, index + 1
    elif not bare and (number := line.number(index)) is not None:
        year, end = number
    else:
        return None
    kinds = line[end][3]
    if kinds and ("hijri_mark" in kinds or (digits is not None and "era_mark" in kinds)):
        return (year, line.end(end)) if 1 <= year <= 2200 else None  # سنة 750م، 10 محرم 61هـ
    if not 1000 <= year <= 2200 or line.spoilt(end, "number"):
        return None
    return year, end


def year_named(line: Line, index: int) -> tuple[int, int] | None:
    """عام 2011، العام 2011، سنة ألفين: the word and its number."""
    meaning, length, _, _ = line[index]
    unit = meaning.atoms.get("unit")
    if unit is None or unit.sub != "year" or unit.value != 1:
        return None
    place = index + length
    if not line.number(place):
        return None
    short = line.digits(place)
    if short is not None and len(line.word(place)) == 2 and short >= 20 and line.closed(place + 1):  # عام 48
        return (1900 if short > line.today.year % 100 else 2000) + short, place + 1
    return year_number(line, place, bare=False)


def modifier_after(line: Line, index: int) -> tuple[int, str, int] | None:
    """(step, sense, end) of a modifier such as الماضي or نفسه at the word."""
    meaning, length, clitics, _ = line[index]
    atom = meaning.uses.get(("modifier", "after"))
    if atom is None or clitics:
        return None
    return atom.value, "past" if atom.sub == "previous" else atom.sub, index + length


def year_told(line: Line, index: int) -> YearRead | None:
    """A year by its words: عام 2011, العام الماضي, هذا العام, العام نفسه."""
    if (named := year_named(line, index)) is not None:
        return YearRead(named[0], None, named[1])
    front = line.atom(index, "modifier", "before")
    if front is not None:
        index, sense = line.end(index), front.sub
        unit = line.atom(index, "unit")
        if unit is None or unit.sub != "year" or unit.value != 1:
            return None
        step, end = 0, line.end(index)
    else:
        unit = line.atom(index, "unit")
        if unit is None or unit.sub != "year" or not unit.definite:
            return None
        after = modifier_after(line, line.end(index))
        if after is None:
            return None
        step, sense, end = after
    if sense in ("same", "next"):
        return YearRead(None, None, end, anchor=step)
    if sense not in ("past", "current", "future"):
        return None
    said = line.today.year + step
    number = year_number(line, end, bare=True)  # من العام الماضي 2017: the figures say it again
    return YearRead(said, None, number[1] if number is not None and number[0] == said else end, "told")


def year_after(line: Line, index: int, separators: tuple[str, ...] = (), hijri: bool = False) -> YearRead | None:
    """The year or the modifier that follows a month; None when nothing does."""
    word = line.word(index)
    if not line[index][3] and word not in ("،", ",") and word not in separators:
        return None
    if word in ("،", ",") or word in separators:
        year = year_number(line, index + 1, bare=True, hijri=hijri)
        if year is not None:
            return YearRead(year[0], None, year[1])
        named = year_named(line, index + 1) if word not in separators else None
        return YearRead(named[0], None, named[1]) if named else None
    if (year := year_number(line, index, bare=True, hijri=hijri)) is not None:
        return YearRead(year[0], None, year[1])
    if (after := modifier_after(line, index)) is not None:
        step, sense, end = after
        if sense in ("past", "current", "future"):
            told = year_told(line, line.skip(end, "of"))  # مارس الماضي من العام الجاري
            return told if told is not None and told.year else YearRead(None, step, end)
        rule = "following" if sense == "next" else ""  # أغسطس التالي is the first after what was told
        return YearRead(None, None, end, rule, step) if sense in ("same", "next") else None
    told = year_told(line, index)
    if told is None and (step := line.skip(index, "of", "in")) != index:
        told = year_told(line, step)
        if told is None and (year := year_number(line, step, bare=True)) is not None and line.atom(index, "of"):
            told = YearRead(year[0], None, year[1])
    return told


def year_span(line: Line, first: int, last: int, year: int, rule: str) -> Found | None:
    """The interval of a year; years from 1380 to 1500 and those with هـ are Hijri ones, without days when the calendar
    does not know them."""
    if line.atom(last - 1, "hijri_mark") is not None:
        known = days.hijri_year(year)
        if known is None:
            return Found(first, last, None, None, "year", "date.hijri_year", "vague")
        return Found(first, last, *known, "year", "date.hijri_year", future=known[0] > line.today)
    if 1380 <= year <= 1500 and (found := days.hijri_year(year)) is not None:
        return Found(first, last, *found, "year", "date.hijri_year", future=found[0] > line.today)
    span = days.years_of(year, year)
    return Found(first, last, *span, "year", rule, future=span[0] > line.today) if span else None


def year(line: Line, index: int) -> Found | None:
    """عام 2011 and its like, عامي 2011 و2012, and a bare year after a preposition (في 2011)."""
    if (named := year_named(line, index)) is not None:
        if line.made_name(index, "year") and (line.word(index).startswith(line.tables.article)
                                              or line.tables.bare_year(line.word(line.end(index))) is None):
            return None  # الأمين العام, but مجلس الأمن عام 2006
        if line.word(named[1]) in ("/", "-") and line.tables.bare_year(line.word(named[1] + 1)) == named[0] + 1:
            return year_pair(line, index, named[0], named[1] + 1)  # عام 2017/2018
        return year_span(line, index, named[1], named[0], "date.year")
    unit = line.atom(index, "unit")
    if unit is not None and unit.sub == "year" and unit.value != 1:
        return _years(line, index)
    if unit is not None and unit.sub == "year" and of_two_years(line, line.end(index)):
        return _year_of_two(line, index, line.end(index) + 1)
    number = year_number(line, index, bare=True)
    if number is None:
        return None
    place, following = line.before(index), line.word(number[1])
    alone = index == line.first and number[1] == line.last
    if following in ("/", "-") and line.digits(number[1] + 1) is not None:
        return year_pair(line, index, number[0], number[1] + 1)
    bracketed = line.word(index - 1) == "(" and following == ")"
    if line.word(index - 1) in ("/", "-", ".", ":") or following in (":", "%"):
        return None
    marked = number[1] > index + 1
    if line.means(place, _JOINING):  # 1998 و2002
        marked = marked or line.tables.bare_year(line.word(place - 1)) is not None
    if alone or bracketed or marked or line.means(place, _YEAR_PLACES):
        return year_span(line, index, number[1], number[0], "date.bare_year")
    return None


def year_pair(line: Line, index: int, first_year: int, place: int) -> Found | None:
    """2017-2018 and 2017/2018; of a budget, a school or a sport (موسم 2016-2017) one year from July to June."""
    other = line.tables.bare_year(line.word(place))
    if other is None or not first_year < other <= first_year + 100 or line.word(place + 1) in ("/", "-"):
        return None
    if other == first_year + 1 and (line.word(place - 1) == "/" or any(
            of_two_years(line, at) for at in range(max(line.first, index - _LED), place - 1))):
        lo, hi = days.month_of(first_year, _BEGINS), days.month_of(other, _BEGINS - 1)
        if lo is not None and hi is not None:
            return Found(index, place + 1, lo[0], hi[1], "year", "date.season_years", future=lo[0] > line.today)
    span = days.years_of(first_year, other)
    return Found(index, place + 1, *span, "year", "date.range_years", "range") if span else None


def _year_of_two(line: Line, index: int, place: int) -> Found | None:
    """السنة المالية 2017-2018، العام الدراسي الماضي: the place is that of the number or the modifier."""
    led = line.tables.bare_year(line.word(place))
    if led is not None and line.word(place + 1) in ("-", "/"):
        pair = year_pair(line, index, led, place + 2)
        return replace(pair, rule="date.season_years") if pair is not None else None
    told = modifier_after(line, place)
    if told is None or told[1] not in ("past", "current", "future"):
        return None
    begun = line.today.year - (line.today.month < _BEGINS) + told[0]
    lo, hi = days.month_of(begun, _BEGINS), days.month_of(begun + 1, _BEGINS - 1)
    if lo is None or hi is None:
        return None
    return Found(index, told[2], lo[0], hi[1], "year", "date.season_years", future=lo[0] > line.today)


def of_two_years(line: Line, index: int) -> bool:
    """Whether the word makes a year one that runs over two (المالية، الدراسي، موسم)."""
    return index < line.last and "season_years" in line.tables.makes_name[line.words[index]]


def _years(line: Line, index: int) -> Found | None:
    """عامي 2011 و2012، أعوام 2011 و2012 و2013: from the first to the last of the years listed."""
    place, listed = line.end(index), list[int]()
    while (number := year_number(line, place, bare=True)) is not None:
        listed.append(number[0])
        place = number[1]
        after = line.skip(place, "and", "to") if line.word(place) not in ("-", "–", "،") else place + 1
        if after == place or year_number(line, after, bare=True) is None:
            break
        place = after
    span = days.years_of(min(listed), max(listed)) if len(listed) > 1 else None
    return Found(index, place, *span, "year", "date.range_years", "range") if span else None


def every_unit(line: Line, index: int, unit: str) -> int:
    """Where من كل عام، كل عام or its like ends; 0 when the words are others."""
    place = line.skip(index, "of")
    if line.atom(place, "every") is None:
        return 0
    atom = line.atom(line.end(place), "unit")
    return line.end(line.end(place)) if atom is not None and (atom.sub, atom.value) == (unit, 1) else 0
