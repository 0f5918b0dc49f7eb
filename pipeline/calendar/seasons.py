"""Seasons: صيف 2014، صيف العام الماضي، الصيف الماضي، بحلول الصيف."""

from __future__ import annotations

from datetime import timedelta

from pipeline.calendar import days
from pipeline.calendar.line import Found, Line
from pipeline.calendar.years import YearRead, modifier_after, year_number, year_told

_AHEAD = frozenset(("by", "until"))


def season(line: Line, index: int) -> Found | None:
    """صيف 2014، صيف العام الماضي، الصيف الماضي."""
    atom = line.atom(index, "season")
    if atom is None:
        return None
    end = line.end(index)
    if atom.definite:
        told = modifier_after(line, end)
        if told is not None and told[1] in ("past", "current", "future"):
            return season_step(line, index, told[2], atom.value, told[0])
        limit = line.means(index - 1, _AHEAD) and line.closed(end)  # بحلول الصيف
        return season_step(line, index, end, atom.value, 0) if limit else None
    read = year_told(line, line.skip(end, "of")) or _bare(line, end)
    if read is None or read.year is None:
        return None
    if line.word(read.end) in ("-", "/") and line.digits(read.end + 1) == read.year + 1 and atom.value == 12:
        read = YearRead(read.year, None, read.end + 2)  # شتاء 2010-2011
    span = days.season_of(atom.value, read.year)  # type: ignore[arg-type]
    return Found(index, read.end, *span, "season", "date.season_year", future=span[0] > line.today) if span else None


def _bare(line: Line, index: int) -> YearRead | None:
    number = year_number(line, index, bare=True)
    return YearRead(number[0], None, number[1]) if number else None


def season_step(line: Line, first: int, last: int, first_month: int, step: int) -> Found | None:
    """The season so many steps from the one that is on, or the next to come."""
    today = line.today
    spans = [s for y in range(today.year - 3, today.year + 4) if (s := days.season_of(first_month, y)) is not None]
    if step < 0:
        chosen, name = [s for s in spans if s[1] < today][step:][0], "past"
    elif step > 0:
        chosen, name = next(s for s in spans if s[0] > today), "next"
    else:
        chosen, name = next(s for s in spans if s[1] >= today - timedelta(days=60)), "current"
    return Found(first, last, *chosen, "season", f"date.season_{name}", future=chosen[0] > today)
