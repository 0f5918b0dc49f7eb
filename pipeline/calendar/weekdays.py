"""Days told by name: يوم الخميس، الخميس قبل الماضي، ليل الأحد الاثنين، الثلاثاء 9 أبريل."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.calendar import days
from pipeline.calendar.explicit import day_month, numeric
from pipeline.calendar.line import Found, Line, name
from pipeline.calendar.monthday import day_of_month, weekday_number
from pipeline.calendar.periods import period
from pipeline.calendar.tense import ahead, weekday_level
from pipeline.calendar.years import every_unit, modifier_after
from pipeline.machinery.quick import replace

_WEEK = timedelta(days=7)
_MARKS = frozenset(("،", ",", "(", "-", "–"))
_PRINTED = frozenset(("number", "ordinal", "first_of_month", "month", "month_name", "unit"))
_NEAR = 10  # days back within which a misprinted year is mended
_LEAD = 40  # words of a story's beginning, which tells of the day on which it is written
_FAR = 60  # a printed date this near outweighs its weekday (Tuesday, of a date that was a Monday)


def weekday(line: Line, index: int) -> Found | None:
    """A weekday with what stands after it; on or before publication unless its words or its verb say otherwise."""
    atom = line.atom(index, "weekday")
    if atom is None:
        return _this_weekday(line, index)
    if not atom.definite and index > line.first and line.atom(line.first, "unit") is not None and (
            line.end(line.first) == index and line.end(index) == line.last):  # يوم خميس, alone
        return _plain(line, index, line.last, atom.value)
    if not atom.definite:
        return _weekday_of_period(line, index, line.end(index), atom.value) if not line.prefix(index) else None
    if line.made_name(index, "weekday"):
        return name(index, line.end(index))
    if line.spoilt(line.end(index), "weekday"):
        return name(index, line.end(index) + 1)
    end = line.end(index)
    if _nothing_follows(line, end):
        return _no_rite(line, _plain(line, index, end, atom.value))
    end = daypart_after(line, end)
    if habit_ends := every_unit(line, end, "week"):  # الخميس من كل أسبوع
        return Found(index, habit_ends, None, None, "day", "date.habit", "vague")
    told = modifier_after(line, end)
    shared = _shared_modifier(line, end) if told is None else None
    if shared is not None:
        day, rule = _stepped(line, atom.value, shared)
        if shared < 0:  # the two follow each other
            day = days.latest(atom.value, _stepped(line, line.atom(end, "weekday").value, shared)[0])  # type: ignore[union-attr]
        return Found(index, end, day, day, "day", rule, future=day > line.today)
    if told is not None and told[1] in ("past", "current", "future"):
        day, rule = _stepped(line, atom.value, told[0])
        return with_date(line, Found(index, daypart_after(line, told[2]), day, day, "day", rule,
                                      future=day > line.today), atom.value)  # fmt: skip
    if told is not None and told[1] in ("same", "next"):
        return Found(index, told[2], None, None, "day", "date.anchored_weekday", "anchored",
                     anchor=(f"weekday-{atom.value}", told[0]))  # fmt: skip
    if (inside := _weekday_of_period(line, index, end, atom.value)) is not None:
        return inside
    front = line.atom(end, "modifier", "before")
    if front is not None and front.sub == "current" and line.closed(line.end(end)):  # الخميس هذا
        return _plain(line, index, line.end(end), atom.value)
    return _no_rite(line, with_date(line, _plain(line, index, end, atom.value), atom.value))


def lone_weekday(line: Line, first: int, last: int, value: int) -> Found:
    """A definite weekday that nothing follows."""
    if line.made_name(first, "weekday"):
        return name(first, last)
    if line.spoilt(last, "weekday"):
        return name(first, last + 1)
    return _no_rite(line, _plain(line, first, last, value))


def _this_weekday(line: Line, index: int) -> Found | None:
    """هذا الخميس: as the weekday alone."""
    front = line.atom(index, "modifier", "before")
    if front is None or front.sub != "current" or line.atom(line.end(index), "weekday") is None:
        return None
    found = weekday(line, line.end(index))
    return found.starting(index) if found is not None and found.kind == "point" else None


def _plain(line: Line, first: int, last: int, value: int) -> Found:
    """A weekday that nothing but its clause places: on or before publication, or after a future cue the next one."""
    day, rule = days.latest(value, line.today), "date.weekday"
    level = weekday_level((line.today - day).days)
    if day != line.today and (
        line.future(first) or ahead(line, first, last, level, weekday=True) or _goes_on(line, first)
    ):
        day, rule = day + _WEEK, "date.weekday_future"
    elif line.dawned(day + _WEEK, line.first < _LEAD) and (line.first < _LEAD or not _told_today(line)):
        return Found(first, last, day + _WEEK, day + _WEEK, "day", "date.weekday_dawned")
    return Found(first, last, day, day, "day", rule, future=day > line.today)


def _no_rite(line: Line, found: Found) -> Found:
    """The weekday, unless it is that of a rite of any week and not of the story's day: خطبة الجمعة."""
    old = found.rule == "date.weekday" and found.lo is not None and (line.today - found.lo).days > 1
    return name(found.first, found.last) if old and line.made_name(found.first, "weekday_rite") else found


def _told_today(line: Line) -> bool:
    """Whether the text before the sentence names the stamp's own weekday: then the story is of that day."""
    named = (line.tables.alone(word).atoms.get("weekday") for word in line.words[: line.first])
    return any(atom is not None and atom.definite and atom.value == line.today.weekday() for atom in named)


def _goes_on(line: Line, index: int) -> bool:
    """Whether the weekday goes on a list that reaches ahead: الثلاثاء والأربعاء, printed on that Tuesday."""
    atom, before = line.atom(index, "weekday"), line.atom(index - 1, "weekday")
    if atom is None or before is None or not before.definite or not line.joined(index):
        return False
    other = _plain(line, index - 1, index, before.value)
    return other.future or (other.lo == line.today and (atom.value - before.value) % 7 == 1)


def _nothing_follows(line: Line, index: int) -> bool:
    """Whether the words after a day hold nothing that could belong to it (most weekdays stand so)."""
    if line.word(index) in _MARKS:
        index += 1
    return not line.kinds(index)


def _shared_modifier(line: Line, index: int) -> int | None:
    """الاثنين والثلاثاء المقبلين: the step of a modifier after a second weekday, which holds for the first too."""
    if not line.joined(index) or line.atom(index, "weekday") is None:
        return None
    told = modifier_after(line, line.end(index))
    return told[0] if told is not None and told[1] in ("past", "future") else None


def _stepped(line: Line, value: int, step: int) -> tuple[date, str]:
    """الماضي is strictly before publication, المقبل strictly after it; قبل الماضي and بعد المقبل are a week further."""
    latest = days.latest(value, line.today)
    if step < 0:
        before = latest - _WEEK if latest == line.today else latest
        return before + (step + 1) * _WEEK, "date.weekday_past" if step == -1 else "date.weekday_before_past"
    if step > 0:
        return latest + step * _WEEK, "date.weekday_next" if step == 1 else "date.weekday_after_next"
    return latest, "date.weekday"


def daypart_after(line: Line, index: int) -> int:
    after = line.atom(index, "daypart", "after") is not None and not line.prefix(index)
    return line.end(index) if after else index


def _weekday_of_period(line: Line, first: int, index: int, value: int) -> Found | None:
    """الخميس من الأسبوع الماضي، خميس الأسبوع الماضي: the weekday within that week."""
    place = line.skip(index, "of")
    inside = period(line, place)
    if inside is None or inside.granularity != "week" or inside.lo is None or inside.edge:
        return None
    day = inside.lo + timedelta(days=(value - inside.lo.weekday()) % 7)
    return Found(first, inside.last, day, day, "day", "date.weekday_of_week", future=day > line.today)


def with_date(line: Line, found: Found, value: int | None) -> Found:
    """The printed date after a weekday or a relative day (الثلاثاء، 9 أبريل): it decides, and must agree."""
    place = found.last
    bracket = line.word(place) == "("
    place += line.word(place) in _MARKS
    place = line.skip(place, "corresponding")
    if not line.kinds(place) & _PRINTED:
        return found
    if line.atom(place, "unit") is not None and line.atom(line.end(place), "weekday") is None:
        after = line.end(place) if line.atom(place, "unit").sub == "day" else place  # type: ignore[union-attr]
        place = after
    printed = numeric(line, place) or day_month(line, place) or day_of_month(line, place)
    if printed is None and value is not None and found.lo is not None:
        printed = weekday_number(line, place, found.lo)
    if printed is not None and printed.anchor is not None and found.lo is not None and (
            printed.anchor[0] == f"monthday-{found.lo.day}"):
        return replace(found, last=printed.last, rule="date.weekday_date")  # الاثنين 30 من ذات الشهر
    if printed is None or printed.lo is None or printed.granularity != "day":
        return found
    last = printed.last + 1 if bracket and line.word(printed.last) == ")" else printed.last
    if (second := day_month(line, line.skip(last, "corresponding"))) and line.atom(last, "corresponding"):
        last = second.last
    agreed = value is None or printed.lo.weekday() == value
    here = days.day_of(line.today.year, printed.lo.month, printed.lo.day)
    if not agreed and printed.rule == "date.full" and here is not None and here.weekday() == value and (
            -1 <= (line.today - here).days <= _NEAR):  # the year is last year's by mistake
        return Found(found.first, last, here, here, "day", "date.weekday_chose_year", conflict=True,
                     future=here > line.today)  # fmt: skip
    if not agreed and printed.rule == "date.day_month":
        days_off = (line.today - printed.lo).days
        other = _agreeing(line, printed.lo, value)
        if other is not None and (days_off > _FAR or (other > line.today and line.future(found.first))):
            return Found(found.first, last, other, other, "day", "date.weekday_chose_year", future=other > line.today)
    return replace(printed, first=found.first, last=last, rule="date.weekday_date" if value is not None
                   else printed.rule, conflict=printed.conflict or not agreed)  # fmt: skip


def _agreeing(line: Line, printed: date, value: int | None) -> date | None:
    """The same day and month in the next year or up to three years back, where the weekday agrees."""
    for year in (line.today.year + 1, line.today.year, line.today.year - 1, line.today.year - 2):
        day = days.day_of(year, printed.month, printed.day)
        if day is not None and day.weekday() == value:
            return day
    return None


def night_pair(line: Line, index: int, first: int) -> Found | None:
    """ليل الأحد الاثنين: the night between two named days; index is the first weekday, first the night word."""
    atom = line.atom(index, "weekday")
    if atom is None or not atom.definite:
        return None
    place = line.end(index)
    place = place + 1 if line.word(place) in ("-", "–", "/", "،") else line.skip(place, "to", "and")
    other = line.atom(place, "weekday")
    if other is None or not other.definite or (other.value - atom.value) % 7 != 1:
        return None
    day = days.latest(atom.value, line.today)
    after = min(day + timedelta(days=1), line.today)
    return Found(first, line.end(place), day, after, "day", "date.night_pair")
