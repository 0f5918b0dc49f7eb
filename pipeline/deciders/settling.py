"""From confidences to decisions: hard reasons, the threshold, and the merging of retellings."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.candidates import Candidate, Decision, Reading
from pipeline.deciders.merging import Merging, event_of_toll
from pipeline.deciders.reasons import hard_reason, soft_reason

# An event known only to its week or month must be surer: of those just above the threshold 41 in 100 were told by the
# development gold, of those known to the day 62 (cross-validated).
LOOSE_MARGIN = 0.1


def settle(candidates: Sequence[Candidate], reading: Reading, confidences: Sequence[float],
           threshold: float, merging: Merging) -> tuple[Decision, ...]:  # fmt: skip
    """Decisions from confidences: hard reasons first, then the threshold, then merging of retellings.

    A telling below the threshold that retells an accepted event in the same sentence is merged, not dropped.
    """
    hard = [hard_reason(candidate, reading) for candidate in candidates]
    accepted = [
        (candidate, confidence)
        for candidate, confidence, reason in zip(candidates, confidences, hard, strict=True)
        if not reason and confidence >= threshold + (LOOSE_MARGIN if (candidate.when.time_precision or 1) > 1 else 0.0)
    ]
    target = merging.events(accepted, reading)
    decisions = []
    for candidate, confidence, reason in zip(candidates, confidences, hard, strict=True):
        index = candidate.index
        if reason:
            decisions.append(Decision("dropped", reason, confidence))
        elif index not in target:
            host = target.get(candidate.within, -1) if candidate.within >= 0 else -1
            if host >= 0:
                decisions.append(Decision("merged", "part_of_event", confidence, host))
            elif (event := event_of_toll(candidate, candidates, target)) >= 0:
                decisions.append(Decision("merged", "toll", confidence, event))
            else:
                decisions.append(Decision("dropped", soft_reason(candidate, reading), confidence))
        elif target[index] == index:
            decisions.append(Decision("coded", "event", confidence))
        else:
            decisions.append(Decision("merged", "retelling", confidence, target[index]))
    return tuple(decisions)
