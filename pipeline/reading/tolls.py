"""Killed, injured and crowd of an event: the quantities of its clause, never those of another or of a whole war."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.reading.clauses import Clauses
from pipeline.records import Quantity, TriggerMention

FAR = 32.0
APART = {"contrast", "also"}  # what follows «فيما» or «كما» counts another event's people


def of_clause(quantities: Sequence[Quantity], kind: str, trigger: TriggerMention, rivals: Sequence[int],
              clauses: Clauses) -> tuple[Quantity, ...]:  # fmt: skip
    """Quantities of one kind that stand nearer to the trigger than to any rival (token indices of other events)."""
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
    nearest = min(found, key=lambda item: (item[0], item[1].first))[1]
    return tuple(q for _, q in found if q is nearest or not clauses.crossed(nearest.first, q.first) & APART)


def total(quantities: Sequence[Quantity]) -> tuple[int | None, str]:
    """The number they say together, with its rule: lists add up, subsets (بينهم) and repetitions do not.

    None when no quantity has a number.
    """
    counted = [q for q in quantities if not q.subset and not q.cumulative and q.low is not None]
    if not counted:
        return None, ""
    groups: dict[int, int] = {}
    for quantity in counted:
        groups[quantity.group] = groups.get(quantity.group, 0) + (quantity.low or 0)
    first = counted[0]
    rule = first.rule if len(counted) == 1 else "quantity.sum_of_list"
    return groups[first.group], rule
