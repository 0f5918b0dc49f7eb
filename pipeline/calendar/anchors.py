"""Words that point at another date: اليوم التالي، العام نفسه، بعد يومين من 4 أبريل."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.calendar import days
from pipeline.calendar.line import Found, Line
from pipeline.calendar.reader import point

_MONTHS = {"month": 1, "year": 12, "decade": 120, "century": 1200}


def resolved(line: Line, found: Found, earlier: Sequence[Found]) -> Found:
    """The anchored expression with its days, when its anchor is a date right after it or the nearest one before it."""
    if found.anchor is None:
        return found
    unit, step = found.anchor
    if unit not in ("day", "week", *_MONTHS):
        return found
    if found.rule in ("date.anchored_after", "date.anchored_before"):
        if line.atom(found.last, "from_event") is not None:
            anchor = point(line, found.last + 1)
            if anchor is None or anchor.kind != "point" or anchor.lo is None:
                return found
            return _from(line, replace(found, last=anchor.last), anchor, unit, step)
        if not found.rule.endswith("after") or not _refers_back(line, found):
            return found
    anchor = next((other for other in reversed(earlier) if other.lo is not None and other.kind == "point"
                   and (unit != "day" or other.granularity == "day")), None)  # fmt: skip
    return _from(line, found, anchor, unit, step) if anchor is not None else found


def _refers_back(line: Line, found: Found) -> bool:
    return line.atom(line.end(found.first), "that") is not None


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
    return replace(found, lo=lo, hi=hi, future=lo > line.today)
