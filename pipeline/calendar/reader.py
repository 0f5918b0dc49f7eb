"""The whole grammar: which reader may begin at a word, and the pass over a sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import lru_cache

from pipeline.calendar import days
from pipeline.calendar.counted import counted
from pipeline.calendar.edges import edge
from pipeline.calendar.explicit import day_month, numeric
from pipeline.calendar.habits import habit
from pipeline.calendar.holidays import holiday
from pipeline.calendar.joins import bound, corresponding, dashed, day_list, earlier, span
from pipeline.calendar.line import Found, Line
from pipeline.calendar.monthday import day_of_month, numbered_day
from pipeline.calendar.months import month_list
from pipeline.calendar.periods import period
from pipeline.calendar.relatives import relative
from pipeline.calendar.weekdays import lone_weekday, night_pair, weekday
from pipeline.calendar.windows import duration, window
from pipeline.calendar.words import Meaning
from pipeline.quick import replace

_NAMED_DAYS = ("date.habit", "date.holiday_unplaced")
_LATE_PARTS = frozenset(("noon", "afternoon", "evening"))  # not yet come when a story is stamped after midnight


def point(line: Line, index: int) -> Found | None:
    """Any expression that names days by itself; None when none begins at the word."""
    kinds = line.kinds(index)
    if not kinds:
        return None
    if kinds == _NUMBER and _is_amount(line, index):
        return window(line, index)
    for reader in _plan(line.meaning(index), kinds):
        if (found := reader(line, index)) is not None:
            return found
    return None


def _is_amount(line: Line, index: int) -> bool:
    """Whether a number counts a unit (خمس سنوات): then it is no day of a month and no year."""
    number = line.number(index)
    if number is None or len(line.words[index]) == 4 or line.kinds(number[1]) != _UNIT:
        return False
    unit = line.atom(number[1], "unit")
    return unit is not None and not unit.definite


@lru_cache(maxsize=4096)
def _plan(meaning: Meaning, kinds: frozenset[str]) -> tuple[Callable[[Line, int], Found | None], ...]:
    """The readers that may begin at a word with these meanings, in the order of their right of way."""
    unit, number = meaning.atoms.get("unit"), "number" in kinds
    fronted = ("modifier", "before") in meaning.uses
    day = number or "ordinal" in kinds or "first_of_month" in kinds  # it may be the day of a month
    order = (
        (_vague, "vague" in kinds),
        (_daypart, ("daypart", "before") in meaning.uses),
        (_day_word, unit is not None and unit.sub == "day" and not unit.definite),
        (relative, "relative" in kinds),
        (counted, unit is not None or not kinds.isdisjoint(("ordinal", "weekday", "half_of"))),
        (weekday, fronted or "weekday" in kinds),
        (holiday, "holiday" in kinds or "ordinal" in kinds),
        (window, number or "last" in kinds or (unit is not None and unit.definite and unit.value != 1)),
        (day_list, day),
        (numeric, number),
        (day_month, day or "month" in kinds or "month_name" in kinds),
        (day_of_month, number or "ordinal" in kinds),
        (edge, "edge" in kinds),
        (month_list, unit is not None and unit.sub == "month" and not unit.definite and unit.value != 1),
        (period, fronted or number or not kinds.isdisjoint(("month", "month_name", "unit", "season", "decade"))),
    )
    return tuple(reader for reader, fits in order if fits)


def _vague(line: Line, index: int) -> Found | None:
    atom = line.atom(index, "vague")
    day = line.today if atom is not None and atom.sub == "now" else None
    return Found(index, line.end(index), day, day, "day", "date.vague", "vague")


def _named_day(line: Line, index: int) -> Found | None:
    """A day after صباح or يوم: named, relative, printed or told by its number."""
    for reader in (counted, weekday, day_list, numeric, day_month, day_of_month, holiday):
        if (found := reader(line, index)) is not None and found.granularity == "day":
            return found
    return relative(line, index, day_word=True)


def _daypart(line: Line, index: int) -> Found | None:
    """صباح الخميس، فجر اليوم، ليل الأحد الاثنين."""
    atom = line.atom(index, "daypart", "before")
    if atom is None:
        return None
    place = line.skip(line.end(index), "of") if line.atom(line.end(index), "in") is None else line.end(index)
    place = place if atom.sub == "night" or place == line.end(index) else line.end(index)
    unit = line.atom(place, "unit")
    after_word = line.end(place) if unit is not None and unit.sub == "day" and not unit.definite else place
    if atom.sub == "night" and (pair := night_pair(line, after_word, index)) is not None:
        return pair
    found = _day_word(line, place) or _named_day(line, place) or _told_day(line, place)
    if found is None or found.granularity != "day" or line.atom(place, "daypart", "before") is not None:
        return None
    if line.atom(index, "eve") is not None and line.atom(place, "holiday") is not None and found.lo is not None:
        eve = found.lo - timedelta(days=1)  # عشية عيد الفطر is the day before
        return replace(found, first=index, lo=eve, hi=eve, kind="point", future=eve > line.today)
    if found.rule == "date.weekday" and found.lo == line.today and line.early() and (
            atom.sub in _LATE_PARTS and not line.future(index) and not line.ongoing(index)):
        before = line.today - timedelta(days=7)  # مساء الاثنين, stamped early on a Monday
        return replace(found, first=index, lo=before, hi=before)
    return found.starting(index)


def _told_day(line: Line, index: int) -> Found | None:
    """The ذلك اليوم of مساء ذلك اليوم."""
    found = period(line, index) if line.atom(index, "modifier", "before") is not None else None
    return found if found is not None and found.kind == "anchored" else None


def _day_word(line: Line, index: int) -> Found | None:
    """يوم الخميس، يومي 4 و5 أبريل، يومي الجمعة والسبت؛ كل يوم جمعة and أيام الجمعة are habits."""
    unit = line.atom(index, "unit")
    if unit is None or unit.sub != "day" or unit.definite:
        return None
    place = line.end(index)
    if unit.value == 1:
        found = _named_day(line, place) or numbered_day(line, place)
        return found.starting(index) if found is not None and (
            found.kind != "vague" or found.rule in _NAMED_DAYS) else None
    listed = day_list(line, place) or _weekdays(line, place)
    if listed is not None and listed.rule == "date.range_weekdays" and unit.value == 0 and line.ongoing(index):
        return Found(index, listed.last, None, None, "day", "date.habit", "vague")  # يغلق أيام الجمعة والسبت
    if listed is not None:
        return listed.starting(index)
    if unit.value == 0 and (single := weekday(line, place)) is not None:
        return Found(index, single.last, None, None, "day", "date.habit", "vague")
    if (feast := holiday(line, place)) is not None:
        return feast.starting(index)
    return None


def _weekdays(line: Line, index: int) -> Found | None:
    """الجمعة والسبت: from the first to the last of the weekdays listed, the last on or before publication."""
    place, listed = index, list[Found]()
    while (found := weekday(line, place)) is not None and found.lo is not None:
        if listed and not line.joined(place) and line.word(place - 1) != "،":
            break
        listed.append(found)
        place = found.last + (line.word(found.last) == "،")
    if len(listed) < 2 or listed[-1].hi is None or listed[0].lo is None:
        return None
    last = listed[-1]
    assert last.lo is not None
    lo = days.latest(listed[0].lo.weekday(), last.lo)
    return Found(index, last.last, lo, last.lo, "day", "date.range_weekdays", "range", future=lo > line.today)


_NUMBER, _UNIT, _WEEKDAY = frozenset(("number",)), frozenset(("unit",)), frozenset(("weekday",))
_BRACKETS = frozenset(("،", ",", "(", "-", "–", "/"))  # a printed date may follow
_MARKS = frozenset(("/", "-", "–", "—", "،", ",", "\\"))
_ROLES = frozenset(("from", "between", "since", "until", "by", "before", "after", "earlier", "later", "hours_of"))
_AMOUNTS = frozenset(("during", "about", "more", "less", "several", "half", "quarter_of", "unit", "number", "the"))


def _counts_time(line: Line, index: int) -> bool:
    """Whether a calendar word, a mark or nothing follows a number, or it may be a year: all others are quantities."""
    word = line.words[index]
    if len(word) == 4 or "." in word:
        return True
    following = line.word(index + 1)
    if following not in _MARKS and not line.kinds(index + 1) and not (
            following and line.tables.numerals.goes_on[following]):
        return False
    number = line.number(index)
    end = number[1] if number is not None else index + 1
    return line.word(end) in _MARKS or line.known(end)


def _alone(line: Line, index: int, kind: str) -> tuple[bool, Found | None]:
    """Whether nothing that could belong to it follows a weekday or a unit (most stand so), and what it is then."""
    end = line.end(index)
    if line.kinds(end) or line.word(end) in _BRACKETS:
        return False, None
    atom = line.atom(index, kind)
    assert atom is not None
    if kind == "weekday":
        return True, lone_weekday(line, index, end, atom.value) if atom.definite else None
    if atom.sub == "weekend":
        return False, None
    return True, None if atom.definite else duration(line, index)


def expression(line: Line, index: int) -> Found | None:
    """The date expression that begins at the word, bounds and ranges before what they hold."""
    kinds = line.kinds(index)
    if not kinds:
        return None
    if len(kinds) == 1:
        if kinds == _NUMBER:
            if not _counts_time(line, index):
                return None
        elif kinds in (_WEEKDAY, _UNIT):
            alone, found = _alone(line, index, "unit" if kinds == _UNIT else "weekday")
            if alone:
                return found
    if kinds & _ROLES:
        for reader in (span, bound, earlier):
            if (found := reader(line, index, point)) is not None:
                return found
    found = habit(line, index) if "every" in kinds else point(line, index)
    if found is not None:
        return corresponding(line, dashed(line, found, point), point)
    if "during" in kinds and point(line, line.end(index)) is not None:
        return None
    return duration(line, index) if kinds & _AMOUNTS else None


def expressions(line: Line, starts: Sequence[int]) -> list[Found]:
    """The date expressions that begin at the words of starts, left to right, without overlap."""
    reached, found = line.first, list[Found]()
    for index in starts:
        if index >= reached and (hit := expression(line, index)) is not None:
            reached = max(hit.last, index + 1)
            if hit.kind != "name" and not (hit.rule == "date.weekday" and _the_two(line, hit)):
                found.append(hit)
    return found


def _the_two(line: Line, hit: Found) -> bool:
    """Whether a lone weekday after بين is a number (الخلاف بين الاثنين): days would be two."""
    return hit.last == hit.first + 1 and line.atom(hit.first - 1, "between") is not None
