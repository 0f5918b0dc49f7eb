"""Amounts counted on from publication or from something told: بعد ثلاثة أيام، بعد ذلك بيومين، قبلها بأسبوع."""

from __future__ import annotations

from pipeline.calendar.amounts import SUB_DAY, Amount, amount, from_now, shifted
from pipeline.calendar.line import Found, Line
from pipeline.calendar.tense import governed_by

AFTER_IT = frozenset(("after_it", "before_it"))


def after_it(line: Line, first: int) -> Found | None:
    """بعدها بيومين، قبلها بأسبوع: so long after or before what was told last."""
    if not line.means(first, AFTER_IT) or not line.clitics(line.end(first)).startswith("ب"):
        return None
    found = amount(line, line.end(first))
    if found is None:
        return None
    after = line.atom(first, "after_it") is not None
    granularity = found.unit if found.unit not in SUB_DAY else "day"
    step = int(found.count) if found.count else 0
    return Found(first, found.end, None, None, granularity, f"date.anchored_{'after' if after else 'before'}",
                 "anchored", anchor=(found.unit, step if after else -step) if step else None)  # fmt: skip


def _coming(line: Line, first: int, found: Amount) -> bool:
    """Whether the verb beside some days, weeks or months is of what is to come: ينطلق بعد أسبوعين، بعد يومين سنعود."""
    if found.unit not in ("day", "week", "month"):
        return False
    following, before = line.word(found.end), line.word(first - 1)
    return (following != "" and line.tables.cue[following] == "future") or (
        before != "" and line.tables.outlook[before] == "present" and line.tables.cue[before] != "past")


def ahead(line: Line, first: int) -> Found | None:
    """بعد يومين: two days on when the verb is in the future or nothing else is said, else from something told."""
    if line.atom(first, "after") is None or line.atom(first - 1, "distance") is not None:
        return None  # على بعد ساعة
    place = line.end(first)
    that = line.skip(place, "that")
    passing = line.skip(place, "passing")
    found = amount(line, that) if that != place else amount(line, passing)
    if found is None:
        return None
    if not found.numeral and (line.spoilt(found.end, "stretch") or line.atom(first - 1, "unit") is not None):
        return None  # بعد أسبوع دام، يوما بعد يوم
    granularity = found.unit if found.unit not in SUB_DAY else "day"
    last, now = from_now(line, found.end)
    bare = that == place and passing == place
    event = line.skip(found.end, "only")
    told = line.atom(event, "from_event") is not None
    if told and line.tables.cue[line.word(event + 1) or "\0"] == "future":  # بعد 8 أيام من المنتظر أن تبدأ
        span = shifted(line, found.count, found.unit, 1) if found.count is not None else None
        return Found(first, found.end, *span[0], span[1], "date.ahead", future=True) if span else None
    whole = line.first == 0 and line.last == len(line.words)
    alone = not told and bare and whole and line.last <= found.end - first + 2
    coming = bare and not told and (line.future(first) or _coming(line, first, found))
    if found.count is not None and (now or alone or coming):
        span = shifted(line, found.count, found.unit, 1)
        if span is None:
            return None
        return Found(first, last, *span[0], span[1], "date.ahead", future=span[0][0] > line.today)
    programme = line.closed(found.end) and governed_by(line, first) == "present"
    if found.count is None and bare and not told and (now or alone or programme or line.future(first)):
        return Found(first, last, None, None, granularity, "date.vague_window", "vague", future=True)
    if not found.numeral and not told and bare and found.sense == "exact" and not line.closed(found.end):
        return None  # بعد يوم دام
    return Found(first, found.end, None, None, granularity, "date.anchored_after", "anchored",
                 anchor=(found.unit, int(found.count)) if found.count else None)  # fmt: skip
