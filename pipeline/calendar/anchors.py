"""Words that point at another date: اليوم التالي، العام نفسه، بعد يومين من 4 أبريل."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from pipeline.calendar import days
from pipeline.calendar.line import Found, Line
from pipeline.calendar.reader import expressions, point
from pipeline.calendar.tense import governed_by
from pipeline.machinery.quick import replace

_NEAR_RULES = ("date.weekday", "date.today", "date.yesterday", "date.tomorrow", "date.relative_weekday")
_SIZES = ("day", "week", "month", "season", "year", "decade", "century")
_MONTHS = {"month": 1, "year": 12, "decade": 120, "century": 1200}
_AFTER_IT = frozenset(("after_it", "before_it"))
_AMOUNTS = ("date.anchored_after", "date.anchored_before")
_NAMED = 60  # words before «بعد شهر من الهجوم» in which the date of the attack is sought
_YEAR_KNOWN = 120  # days back within which a date without a year is surely of the latest one
_NEGATED = 6  # words before an anchored expression in which لم makes it past
_SENTENCE = 45  # words before a bare amount in which the one day that it is counted from may stand
_TOLD = 25  # words after «بعد يوم من إعلان …» in which the day of what is named may stand


def needs_earlier(line: Line, found: Found) -> bool:
    """Whether the anchor is a date told before, not one that follows (بعد ثلاثة أيام من 4 أبريل) or none."""
    if found.rule not in _AMOUNTS:
        return True
    return _refers_back(line, found) or _names_told(line, found)


def resolved(line: Line, found: Found, earlier: Sequence[Found]) -> Found:
    """The anchored expression with its days, when its anchor is a date right after it or the nearest one before it.

    Nothing that happened is placed after publication: the anchor was another then.
    """
    if found.anchor is None:
        return found
    unit, step = found.anchor
    if "-" in unit or unit.endswith("_in_year"):
        return _drawn(line, found, unit, step, earlier)
    if unit == "date":  # منذ ذلك التاريخ
        anchor = next((other for other in reversed(earlier) if other.lo is not None and other.kind in (
            "point", "bound")), None)  # fmt: skip
        return found if anchor is None or anchor.lo is None or anchor.hi is None else _placed(
            line, replace(found, granularity=anchor.granularity), anchor, (anchor.lo, anchor.hi))
    if unit not in ("day", "week", *_MONTHS) or (found.rule == "date.anchored_next" and line.takes_to(found.last)):
        return found
    if found.rule in _AMOUNTS and not _refers_back(line, found):
        return _counted_from(line, found, unit, step, earlier)
    kinds = ("point", "anchored", "bound") if found.rule == "date.anchored_same" else ("point", "anchored")
    exact = unit == "day" or found.rule not in _AMOUNTS
    anchor = next((other for other in reversed(earlier) if other.lo is not None and other.kind in kinds
                   and (not exact or _fine(other, unit))), None)  # fmt: skip
    return _from(line, found, anchor, unit, step) if anchor is not None and _fine(anchor, unit) else found


def _fine(anchor: Found, unit: str) -> bool:
    """Whether the anchor is told no more roughly than what is counted from it: three months after 1967 are no month."""
    return _SIZES.index(anchor.granularity) <= _SIZES.index(unit)


def _drawn(line: Line, found: Found, unit: str, step: int, earlier: Sequence[Found]) -> Found:
    """4 مارس من العام نفسه، الخميس التالي، نفس اليوم من عام 1957: a day or month drawn from a date told before."""
    head, _, rest = unit.partition("-")
    told = [other for other in reversed(earlier) if other.lo is not None and other.kind in ("point", "anchored")]
    if head.isdecimal() or head in ("month", "following"):  # the year of a date that is more than a weekday
        anchor = next((other for other in told if not other.rule.startswith(_NEAR_RULES)), None)
    else:
        fits = ("day", "month") if head == "monthday" else (head.removesuffix("_in_year"),)
        anchor = next((other for other in told if other.granularity in (fits if head != "weekday" else ("day",))), None)
    if anchor is None or anchor.lo is None:
        return found
    lo = anchor.lo
    span: days.Interval | None = None
    if head == "weekday":
        day = days.latest(int(rest), lo + timedelta(days=7 if step > 0 else 0))
        span = (day, day)
    elif head == "month":
        span = days.month_of(lo.year + step, int(rest))
    elif head == "following":
        span = days.month_of(lo.year + (int(rest) <= lo.month), int(rest))
    elif head == "month_in_year":
        span = days.month_of(step, lo.month)
    else:
        year, month = days.month_back(lo, -step)
        made = (
            days.day_of(year, month, int(rest)) if head == "monthday"
            else days.day_of(step, lo.month, lo.day) if head == "day_in_year"
            else days.day_of(lo.year + step, int(head), int(rest))
        )  # fmt: skip
        span = (made, made) if made is not None else None
    return _placed(line, found, anchor, span) if span is not None else found


def _refers_back(line: Line, found: Found) -> bool:
    """Whether the amount is counted from what was told last: بعد ذلك بيومين، بعد يومين من ذلك, or وبعد يومين as the
    beginning of a sentence or a clause."""
    if line.means(found.first, _AFTER_IT) or line.atom(line.end(found.first), "that") is not None:
        return True
    place = line.skip(found.last, "only")
    if (step := line.skip(place, "from_event")) != place:
        return line.atom(step, "that") is not None and line.closed(line.end(step))
    if found.rule == "date.anchored_before" or found.last >= line.last:
        return False
    opens = found.first == line.first or line.word(found.first - 1) in ("،", ",", "؛", ":")
    return opens if found.first == line.first else opens and line.joined(found.first)


def _names_told(line: Line, found: Found) -> bool:
    """Whether the amount is counted from one definite thing told before (بعد شهر من الهجوم), or from nothing named."""
    place = line.skip(found.last, "only")
    step = line.skip(place, "from_event")
    if step == place:
        noun = line.word(place).startswith(line.tables.article)  # بعد نحو أسبوع المعارك
        return found.rule == "date.anchored_after" and (line.closed(place) or not noun)
    article = line.tables.article
    end = step + 2 if line.word(step + 1).startswith(article) else step + 1  # الهجوم المفترض
    return line.word(step).startswith(article) and line.closed(end) and not line.known(step)


def _counted_from(line: Line, found: Found, unit: str, step: int, earlier: Sequence[Found]) -> Found:
    """بعد يومين من 4 أبريل; من الهجوم, when one date alone was told shortly before; من إعلان … الأحد, if it fits."""
    place = line.skip(found.last, "only")
    after = line.skip(place, "from_event")
    if after != place and (anchor := point(line, after)) is not None:
        if anchor.kind != "point" or anchor.lo is None:
            return found
        return _from(line, replace(found, last=anchor.last), anchor, unit, step)
    if _names_told(line, found):
        if unit in _MONTHS and unit != "month" and line.atom(place, "from") is not None:
            return found  # بعد 21 عاما من الحكم العسكري tells of a stretch
        reach = found.first - _NAMED if after != place else line.first
        near = [other for other in earlier if other.kind == "point" and other.lo is not None
                and other.first >= reach and (unit != "day" or other.granularity == "day")]  # fmt: skip
        if not near and after == place and line.closed(place):  # ثم أفرج عنه بعد ثلاثة أيام
            near = [other for other in earlier if other.kind == "point" and other.lo is not None
                    and other.first >= found.first - _SENTENCE and other.granularity == "day"]  # fmt: skip
        one = near and all(other.lo == near[0].lo for other in near)
        one = one and _fine(near[0], unit)
        return _from(line, found, near[0], unit, step) if one and _of_its_year(line, near[0]) else found
    if unit == "day" and after != place and step > 0:
        told = _told_after(line, after, found)
        if told is not None and told.lo is not None and days.plus(told.lo, step) == line.today:
            return _from(line, found, told, unit, step)
    return found


def _of_its_year(line: Line, anchor: Found) -> bool:
    """Whether the anchor is a date whose year is told or near, and no weekday, which is oftener that of a statement."""
    if anchor.rule.startswith(_NEAR_RULES) or anchor.lo is None:
        return False
    return anchor.rule not in ("date.day_month", "date.month") or (line.today - anchor.lo).days <= _YEAR_KNOWN


def _told_after(line: Line, index: int, found: Found) -> Found | None:
    """The first day told in the rest of the sentence, that the thing named may be dated by."""
    starts = line.tables.starts(line.words, index, min(line.last, found.last + _TOLD))
    return next((f for f in expressions(line, [s for s in starts if s >= index]) if f.kind == "point" and (
        f.granularity == "day")), None)  # fmt: skip


def _from(line: Line, found: Found, anchor: Found, unit: str, step: int) -> Found:
    assert anchor.lo is not None
    if unit in ("day", "week"):
        size = 7 if unit == "week" else 1
        day = days.plus(anchor.lo, step * size)
        if day is None:
            return found
        whole = unit == "week" and found.rule in ("date.anchored_next", "date.anchored_same")
        lo, hi = days.week_of(day, line.tables.settings.get("week_starts", 1) - 1) if whole else (day, day)
    else:
        if abs(step * _MONTHS[unit]) > 30_000:
            return found
        year, month = days.month_back(anchor.lo, -step * _MONTHS[unit])
        span = days.month_of(year, month) if unit == "month" else days.years_of(year, year)
        if span is None:
            return found
        lo, hi = span
    return _placed(line, found, anchor, (lo, hi))


def _past(line: Line, index: int) -> bool:
    """Whether the words before tell of the past (لم يعد في اليوم التالي)."""
    negated = any(line.tables.outlook[word] == "was" for word in line.words[max(line.first, index - _NEGATED) : index])
    return negated or governed_by(line, index) == "past"


def _placed(line: Line, found: Found, anchor: Found, span: days.Interval) -> Found:
    ahead = span[0] > line.today
    if ahead and ((not anchor.future and not line.future(found.first)) or _past(line, found.first)):
        return found
    return replace(found, lo=span[0], hi=span[1], future=ahead)
