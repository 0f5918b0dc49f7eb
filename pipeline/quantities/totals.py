"""Totals over a period, and updates of a toll."""

from __future__ import annotations

from pipeline.machinery.quick import replace
from pipeline.quantities.count import Count
from pipeline.quantities.marks import Mark
from pipeline.quantities.scene import Scene
from pipeline.quantities.told import Told

TOLL_REACH = 16  # tokens between حصيلة القتلى and its number
PERIOD_AFTER = 8
PERIOD_BEFORE = 14


def totals(scene: Scene, told: list[tuple[Count, Told]]) -> list[tuple[Count, Told]]:
    """The counts with kind from a toll word where they had none, and cumulative where they sum up a period."""
    found, classes = scene.found, scene.classes
    periods = [*classes.get("total", ()), *classes.get("since", ())]
    tolls, rises = classes.get("toll", []), classes.get("rise", [])
    if not periods and not tolls and "span" not in classes:
        return told
    result = []
    for count, said in told:
        over_period = any(_over(scene, mark, count) for mark in periods) or _through(scene, count)
        risen = any(0 <= count.first - rise.first <= TOLL_REACH for rise in rises) and any(
            0 <= count.first - toll.first <= TOLL_REACH for toll in tolls
        )
        if risen and not over_period:
            start = min(rise.first for rise in rises)
            one = any(m.word("incident") is not None and start <= m.first < count.last + PERIOD_AFTER for m in found)
            said = replace(said, rule="quantity.toll_update" if one else "quantity.toll_total", cumulative=not one)
        elif over_period and said.kind != "crowd":
            said = replace(said, rule="quantity.period_total", cumulative=True)
        result.append((count, said))
    return result


def _through(scene: Scene, count: Count) -> bool:
    """Whether a number of days or more follows the count: 500 قتيل خلال 7 أيام."""
    for span in scene.classes.get("span", ()):
        number = scene.by_last.get(span.first)
        if number is not None and (number.value or 0) > 1 and 0 <= span.first - count.last <= PERIOD_AFTER:
            within = scene.by_last.get(number.first)
            return within is not None and within.word("within") is not None
    return False


def _over(scene: Scene, mark: Mark, count: Count) -> bool:
    """Whether a period word (منذ بدء, إجمالي, خلال الأشهر) makes the count a total."""
    found = scene.found
    if mark.word("total") is None:
        following = next((m for m in found if m.first == mark.last), None)
        if following is not None and following.word("recent") is not None:
            return False
    after, before = mark.first - count.last, count.first - mark.last
    if 0 <= after <= PERIOD_AFTER:  # مقتل 8 لترتفع الحصيلة منذ بدء الحملة: the rise is over the period, not the 8
        return not any(
            (m.word("superlative") or m.word("rise")) and count.first <= m.first < mark.first for m in found
        )  # fmt: skip
    if not 0 <= before <= PERIOD_BEFORE:
        return False
    if mark.word("total") is None:
        return mark.first <= found[0].first + 1
    # معارك خلال الأيام الماضية، قتل فيها 30: behind the comma it is another clause, but for a sentence that opens so
    opens = mark is found[0] or (found[0].word("cue") is not None and mark.first <= found[0].last + 1)
    return opens or "،" not in scene.words[mark.last : count.first]
