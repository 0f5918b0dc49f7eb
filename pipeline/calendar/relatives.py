"""Days told from today: أمس، مساء أمس الأول، اليوم الأحد، بعد غد، اليوم التالي."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from pipeline.calendar import days
from pipeline.calendar.line import Found, Line
from pipeline.calendar.periods import same_of_year, stepped
from pipeline.calendar.tense import governed_by
from pipeline.calendar.weekdays import daypart_after, with_date
from pipeline.calendar.years import modifier_after, year_told
from pipeline.machinery.quick import replace

_WEEK = timedelta(days=7)
_FROM = 6  # words before إلى اليوم in which a range may begin
_NEAR = 4  # words before اليوم in which لا يزال and its like make it the present
_DAY_PLACES = frozenset(("in", "until", "to", "since", "by", "daypart", "from", "before", "after", "between"))


def relative(line: Line, index: int, day_word: bool = False) -> Found | None:
    """اليوم، أمس، أول أمس، غدا with the weekday or the date that stands beside them."""
    atom = line.atom(index, "relative")
    if atom is None:
        return None
    end = line.end(index)
    if atom.value == 0 and (stepped_day := _day_stepped(line, index, end)) is not None:
        return stepped_day
    name = "today" if atom.value == 0 else "yesterday" if atom.value < 0 else "tomorrow"
    if line.made_name(index, name) and not day_word and atom.use != "yes":
        return None
    if atom.use == "guarded" and line.quoted(index - 1, end):  # قناة "اليمن اليوم"
        return None
    if atom.value < 0 and line.prefix(index).endswith("ل"):  # ولامس is a verb
        return None
    if line.spoilt(end, name) or (atom.use == "guarded" and _ordinal_after(line, end)):
        return None
    if atom.use == "day_word" and not day_word and not _leads_to_day(line, index):
        return None
    # مثل هذا اليوم من عام 1990
    if atom.value == 0 and (step := line.skip(end, "of")) != end and (told := year_told(line, step)) is not None and (
            told.year and (day := days.day_of(told.year, line.today.month, line.today.day))):
        return Found(index, told.end, day, day, "day", "date.day_month_of_year", future=day > line.today)
    ahead = atom.sub == "told" and line.early() and governed_by(line, index) in ("future", "present")
    base = line.spoken_day(past=atom.value < 0) if atom.sub != "no" and not ahead else line.today
    if atom.value < 0 and base == line.today and line.early() and _dated_before(line):
        base -= timedelta(days=1)
    day = days.plus(base, atom.value)
    if day is None:
        return None
    rule = f"date.{name}" if base == line.today else f"date.{name}_after_midnight"
    found = Found(index, daypart_after(line, end), day, day, "day", rule, future=day > line.today)
    found = _with_weekday(line, found, atom.value)
    if atom.sub == "told" and not day_word and found.last == end and rule.startswith("date.today"):
        ranged = any(line.atom(place, "from") is not None for place in range(index - _FROM, index - 1))
        if line.atom(index - 1, "to") is not None and not ranged:  # استمرت إلى اليوم
            return replace(found, first=index - 1, kind="bound", rule="date.until")
        if _nowadays(line, index, end):
            return replace(found, rule="date.vague", kind="vague")
    return found


def _dated_before(line: Line) -> bool:
    """Whether the story calls the day before the stamp's today (اليوم الخميس, stamped early on a Friday)."""
    alone, told = line.tables.alone, (line.today - timedelta(days=1)).weekday()
    for word, following in pairwise(line.words):
        if (today := alone(word).atoms.get("relative")) is not None and today.value == 0:
            named = alone(following).atoms.get("weekday")
            if named is not None and named.value == told:
                return True
    return False


def _nowadays(line: Line, index: int, end: int) -> bool:
    """Whether اليوم is the present and no day: فاليوم، أما اليوم، ما هو عليه اليوم، لا تزال اليوم، اليوم هؤلاء …"""
    if line.prefix(index) in ("ف", "وف"):
        return True
    before = line.atom(index - 1, "relative")
    named = line.word(index - 1).startswith(line.tables.article)
    if before is not None and before.value == -1 and named and line.joined(index):  # إرهابيو الأمس واليوم
        return True
    if line.spoilt(end + (line.word(end) in ("،", ",")), "nowadays"):
        return True
    if line.prefix(index):
        begins = index == line.first or line.closed(index - 1)
        return line.prefix(index) == "و" and begins and _told_of_now(line, end)
    names, words = line.tables.makes_name, line.words
    if index > line.first and "nowadays" in names[words[index - 1]]:
        return True
    if index - 1 > line.first and "state" in names[words[index - 1]] and "nowadays" in names[words[index - 2]]:
        return True
    return any("nowadays_near" in names[word] for word in words[max(line.first, index - _NEAR) : index])


def _told_of_now(line: Line, index: int) -> bool:
    """Whether what follows واليوم at the head of a clause tells what we have come to: واليوم وصلنا إلى …"""
    return len(line.word(index)) > _NEAR and line.word(index).endswith("نا")


def _day_stepped(line: Line, index: int, end: int) -> Found | None:
    """اليوم التالي، الليلة السابقة are counted from a day told; اليوم الماضي، اليوم بعد القادم from publication."""
    told, modifier = modifier_after(line, end), line.atom(end, "modifier", "after")
    if told is None or modifier is None or modifier.sub in ("current", "recent", "few"):
        return None
    if modifier.sub in ("same", "next", "previous"):
        made = stepped(line, index, told[2], "day", told[0], "same" if modifier.sub == "same" else "next")
        return same_of_year(line, made) if modifier.sub == "same" else made
    day = days.plus(line.spoken_day(), told[0])
    if day is None:
        return None
    rule = "date.tomorrow" if told[0] > 0 else "date.yesterday"
    rule += "" if line.spoken_day() == line.today else "_after_midnight"
    return Found(index, told[2], day, day, "day", rule, future=day > line.today)


def _ordinal_after(line: Line, index: int) -> bool:
    """اليوم الثالث and اليوم الـ12 are a day of something."""
    if line.atom(index, "the") is not None:  # لليوم الـ12 على التوالي
        return True
    ordinal = line.atom(index, "ordinal")
    return ordinal is not None and line.atom(index, "weekday") is None and not line.prefix(index)


def _leads_to_day(line: Line, index: int) -> bool:
    place = line.before(index)
    alone = index == line.first and line.end(index) == line.last
    prefixed = line.prefix(index) != "" and not line.joined(index)
    return alone or prefixed or line.means(place, _DAY_PLACES)


def _with_weekday(line: Line, found: Found, offset: int) -> Found:
    """أمس الخميس: a weekday beside a relative day decides when the two are a day or so apart."""
    place = found.last
    place += line.word(place) in ("،", ",", "(")
    unit = line.atom(place, "unit")
    place = line.end(place) if unit is not None and unit.sub == "day" and not unit.definite else place
    atom = line.atom(place, "weekday")
    if atom is None or not atom.definite or found.lo is None:
        return with_date(line, found, None)
    near = days.latest(atom.value, found.lo + timedelta(days=3))
    dawned = offset == 0 and line.dawned(near, leads=True)
    if near > line.today and offset <= 0 and not dawned:
        near -= _WEEK
    if abs((near - found.lo).days) > 3:
        return found
    last = daypart_after(line, line.end(place))
    if line.word(found.last) == "(" and line.word(last) == ")":
        last += 1
    rule = found.rule if near == found.lo else "date.weekday_dawned" if dawned else "date.relative_weekday"
    far = abs((near - found.lo).days) > 1
    return with_date(line, replace(found, last=last, lo=near, hi=near, rule=rule, conflict=far,
                                    future=near > line.today and not dawned), atom.value)  # fmt: skip
