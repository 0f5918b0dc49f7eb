"""Killed, injured and crowd of an event: the quantities of its clause, never those of another or of a whole war."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.reading.clauses import Clauses
from pipeline.records import Quantity, TriggerMention

FAR = 45.0
APART = {"contrast", "also"}  # what follows «فيما» or «كما» counts another event's people


def of_clause(quantities: Sequence[Quantity], kind: str, trigger: TriggerMention, rivals: Sequence[int],
              clauses: Clauses) -> tuple[Quantity, ...]:  # fmt: skip
    """Quantities of one kind that stand nearer to the trigger than to any rival (token indices of other events).

    The nearest comes first; what a contrast sets apart from it is left out.
    """
    found: list[tuple[float, Quantity]] = []
    for quantity in quantities:
        if quantity.kind != kind:
            continue
        own = clauses.between(trigger.first, quantity.first)
        if own > FAR:
            continue
        if any(clauses.between(rival, quantity.first) < own for rival in rivals):
            continue
        found.append((own, quantity))
    if not found:
        return ()
    found.sort(key=lambda item: (item[0], item[1].first))
    nearest = found[0][1]
    return tuple(q for _, q in found if q is nearest or not clauses.crossed(nearest.first, q.first) & APART)


def total(quantities: Sequence[Quantity]) -> tuple[int | None, str]:
    """The number that the nearest says, with its rule: its list adds up, subsets (بينهم) and other counts do not.

    quantities are nearest first, as of_clause gives them. None when no quantity has a number.
    """
    counted = [q for q in quantities if not q.subset and not q.cumulative and q.low is not None]
    if not counted:
        return None, ""
    first = counted[0]
    together = [q for q in counted if q is first or (first.group >= 0 and q.group == first.group)]
    how, *where = first.rule.split("+")
    added = how if how in ("quantity.sum_of_counts", "quantity.sum_of_sides") else "quantity.sum_of_list"
    rule = first.rule if len(together) == 1 else "+".join([added, *where])
    if len(counted) == 2 and len(together) == 1 and both_sides(first, counted[1]):
        together, rule = counted, "quantity.sum_of_sides"
    return sum(q.low or 0 for q in together), rule


def both_sides(one: Quantity, other: Quantity) -> bool:
    """Whether two counts are of different people, each with a verb of its own: «جنديين قتلا … قتلوا خمسة مهاجمين»."""
    verbs = one.cue_first >= 0 and other.cue_first >= 0 and one.cue_first != other.cue_first
    return verbs and bool(one.noun) and bool(other.noun) and one.noun != other.noun and one.group == other.group == -1
