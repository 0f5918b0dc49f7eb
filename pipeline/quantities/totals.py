"""Totals over a period, updates of a toll, and numbers that a word for the toll governs from afar."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.quantities.counts import Count
from pipeline.quantities.marks import Mark

if TYPE_CHECKING:
    from pipeline.quantities.kinds import Told

TOLL_REACH = 16  # tokens between حصيلة القتلى and its number
PERIOD_AFTER = 8
PERIOD_BEFORE = 14


def totals(words: list[str], found: list[Mark], told: list[tuple[Count, Told]]) -> list[tuple[Count, Told]]:
    """The counts with kind from a toll word where they had none, and cumulative where they sum up a period."""
    periods = [m for m in found if m.word("total") is not None or m.word("since") is not None]
    tolls = [m for m in found if m.word("toll") is not None]
    rises = [m for m in found if m.word("rise") is not None]
    if not periods and not tolls:
        return told
    result = []
    for count, said in told:
        said = _of_toll(words, found, tolls, count, said)
        over_period = any(_over(words, found, mark, count) for mark in periods)
        risen = any(0 <= count.first - rise.first <= TOLL_REACH for rise in rises) and any(
            0 <= count.first - toll.first <= TOLL_REACH for toll in tolls
        )
        if risen and not over_period:
            start = min(rise.first for rise in rises)
            one = any(m.word("incident") is not None and start <= m.first < count.first for m in found)
            said = replace(said, rule="quantity.toll_update" if one else "quantity.toll_total", cumulative=not one)
        elif over_period and said.kind != "crowd":
            said = replace(said, rule="quantity.period_total", cumulative=True)
        result.append((count, said))
    return result


def _of_toll(words: list[str], found: list[Mark], tolls: list[Mark], count: Count, said: Told) -> Told:
    """عدد القتلى ... إلى 12, عدد المصابين 1100 شخص."""
    if said.kind != "number" or said.rule != "quantity.people":
        return said
    for toll in tolls:
        if not 0 < count.first - toll.last <= TOLL_REACH:
            continue
        named = [m for m in found if toll.last <= m.first <= toll.last + 1 and m.word("noun") is not None]
        word = named[0].word("noun") if named else None
        if word is not None and word.kind:
            return replace(said, kind=word.kind, rule="quantity.toll", cue_first=toll.first, cue_last=named[0].last)
    return said


def _over(words: list[str], found: list[Mark], mark: Mark, count: Count) -> bool:
    """Whether a period word (منذ بدء, إجمالي, خلال الأشهر) makes the count a total."""
    if mark.word("total") is None:
        following = next((m for m in found if m.first == mark.last), None)
        if following is not None and following.word("recent") is not None:
            return False
    after, before = mark.first - count.last, count.first - mark.last
    if 0 <= after <= PERIOD_AFTER:
        return not any(
            m.word("superlative") is not None and count.first <= m.first < mark.first for m in found
        )  # fmt: skip
    if mark.word("total") is None:
        return 0 <= before <= PERIOD_BEFORE and mark.first <= found[0].first + 1
    return 0 <= before <= PERIOD_BEFORE
