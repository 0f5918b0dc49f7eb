"""The day of an event: which date expression belongs to its clause, and what serves when none does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from pipeline.candidates import DateReading
from pipeline.reading.clauses import Clauses
from pipeline.records import Clock, DateMention, Document, TriggerMention

POINTS = ("point", "range")
COARSE = ("season", "year", "decade", "century")
LONG = ("week", "month", *COARSE)
BRACKETS = ("(", ")")  # what stands in them parts no clause
NOMINAL = ("masdar", "noun", "participle")
NEAR = 12.0  # a vague expression further away says nothing of the trigger


def chosen(mention: DateMention, basis: str) -> DateReading:
    """ACLED's day within the interval of a mention (codebook: mid-week day, month's midpoint, first or last day)."""
    first, last = mention.first_day, mention.last_day
    if first is None or last is None:
        return DateReading(None, None, None, None, f"date.unresolved+{mention.rule}", mention, basis)
    length = (last - first).days + 1
    rule = f"{mention.rule}+{basis}"
    if mention.granularity in COARSE or length > 45:
        return DateReading(None, first, last, None, f"date.too_vague+{mention.rule}", mention, basis)
    if length == 1:
        return DateReading(first, first, last, 1, rule, mention, basis)
    if length == 2:  # ليل الأحد الاثنين and the like: the first day, known to a day
        return DateReading(first, first, last, 1 if mention.granularity == "day" else 2, rule, mention, basis)
    if length <= 14:
        return DateReading(first + timedelta(days=(length - 1) // 2), first, last, 2, rule, mention, basis)
    if mention.edge == "start":
        day = first
    elif mention.edge == "end":
        day = last
    else:
        day = first + timedelta(days=min(14, (length - 1) // 2))
    return DateReading(day, first, last, 3, rule, mention, basis)


def capped(reading: DateReading, clock: Clock) -> DateReading:
    """A reading never lies after publication: an interval that reaches beyond it ends on the publication day."""
    if reading.event_date is None or reading.date_end is None or reading.date_end <= clock.day:
        return reading
    if reading.date_start is None or reading.date_start > clock.day:
        return reading
    day = min(reading.event_date, clock.day)
    return DateReading(day, reading.date_start, clock.day, reading.time_precision, reading.rule, reading.mention,
                       reading.basis)  # fmt: skip


def loose(document: Document, mention: DateMention, clock: Clock, words: frozenset[str]) -> DateReading | None:
    """«قبل أيام» and «الأيام الماضية» as the week before publication (time precision 2); None for other words.

    words are those for days (أيام): hours and weeks are not meant.
    """
    if mention.kind != "vague" or mention.granularity != "day" or mention.future or mention.first_day is not None:
        return None
    told = document.words[mention.first : mention.last]
    if mention.rule not in ("date.vague_ago", "date.vague_window") or not any(word in words for word in told):
        return None
    first, last = clock.day - timedelta(days=7), clock.day - timedelta(days=1)
    return DateReading(clock.day - timedelta(days=4), first, last, 2, f"{mention.rule}+past_days", mention, "clause")


def undated(document: Document, mention: DateMention, words: frozenset[str]) -> bool:
    """Whether a vague expression says that the day is not told (في الآونة الأخيرة), by the words in it."""
    return mention.kind == "vague" and any(word in words for word in document.words[mention.first : mention.last])


def anchor(document: Document, mentions: Sequence[DateMention], trigger: TriggerMention,
           clauses: Clauses) -> DateReading | None:  # fmt: skip
    """The reading of a noun from which weeks or more are counted (بعد أسبوعين من بدء هجوم), or that goes on with it: it
    is of another day than the sentence tells, and of none that can be known; None for other triggers.
    """
    if trigger.form not in NOMINAL:
        return None
    end = trigger.last - 1
    if any(usable(m) and m.first >= trigger.last and not clauses.crossed(end, m.first) for m in mentions):
        return None  # it has a day of its own behind it
    for mention in mentions:
        if (mention.kind == "anchored" and mention.first_day is None and mention.granularity in LONG
                and trigger.first > mention.last and all(document.words[token] in BRACKETS for token in clauses.kinds
                                                         if mention.last <= token <= trigger.first)):  # fmt: skip
            return DateReading(None, None, None, None, f"date.counted_from+{mention.rule}", mention, "clause")
    return None


def usable(mention: DateMention) -> bool:
    """Whether a mention may be an event's day at all: bounds, durations and vague words never are."""
    return mention.kind in POINTS and mention.first_day is not None


def publication(clock: Clock) -> DateReading:
    return DateReading(clock.day, clock.day, clock.day, 1, "date.publication", None, "publication")
