"""The named reason for dropping a candidate: the first that applies, hard facts before soft signals."""

from __future__ import annotations

from pipeline.candidates import Candidate, Reading
from pipeline.reading.topics import apart

# Signal → reason, in the order in which they explain. Every reason stands in schemas/reasons.csv.
SOFT = (
    ("metaphor_sport", "metaphor"),
    ("denial", "denied"),
    ("negation", "denied"),
    ("condition", "hypothetical"),
    ("question", "question"),
    ("form_future", "future"),
    ("future", "future"),
    ("date_future", "future"),
    ("modality", "hypothetical"),
    ("subjunctive", "hypothetical"),
    ("purpose", "purpose"),
    ("purpose_masdar", "purpose"),
    ("purpose_verb", "purpose"),
    ("cumulative", "cumulative"),
    ("date_bound", "cumulative"),
    ("trial", "trial"),
    ("investigation", "trial"),
    ("background", "background"),
    ("date_old", "background"),
    ("subordinate_time", "background"),
    ("habitual", "habitual"),
    ("date_vague", "undatable"),
    ("date_duration", "background"),
    ("condemnation", "statement"),
    ("statement", "statement"),
)


# Signals in the trigger's own clause that no weighing overrules: fewer than 2 in 100 of them stood beside an event.
THREAT = "threat."  # trigger rows for words that only say what may come
CERTAIN = (
    ("metaphor_sport", "metaphor"),
    ("denial", "denied"),
    ("without", "denied"),
    ("condition", "hypothetical"),
    ("question", "question"),
    ("purpose_verb", "purpose"),
)
# Families whose words tell ordinary crime, accidents, deals and sport as well: 4 of some 2,500 hand-coded events of
# them were told in a sentence apart from politics, and 700 of 21,500 candidates that are none.
UNPOLITICAL_OF = ("agreement", "arrest", "attack", "clash", "destruction", "movement", "other")


def hard_reason(candidate: Candidate, reading: Reading) -> str:
    """A reason that no weighing can overrule, or ""."""
    kind = reading.sentences[candidate.sentence].kind
    if kind in ("furniture", "dateline"):
        return "furniture"
    if kind == "caption":
        return "caption"
    if candidate.head.trigger_id.startswith(THREAT):
        return "statement"
    for signal, reason in CERTAIN:
        if signal in candidate.signals:
            return reason
    day = candidate.when.event_date
    if day is None:
        return (
            "undatable"
            if candidate.when.date_start is None or (reading.clock.day - candidate.when.date_start).days <= 400
            else "background"
        )
    if day > reading.clock.day:
        return "future"
    if (reading.clock.day - day).days > 90:
        return "background"
    if candidate.family == "call" and not (candidate.actor1.name and candidate.actor2.name):
        return "no_parties"
    if candidate.family in UNPOLITICAL_OF:
        title = 0 if reading.sentences[0].kind == "title" else -1
        if apart(reading.topics, candidate.sentence, title):
            return "unpolitical"
    return ""


def soft_reason(candidate: Candidate, reading: Reading) -> str:
    """The most telling signal's reason; what has none is a mere mention."""
    names = set(candidate.signals)
    for signal, reason in SOFT:
        if signal in names:
            return reason
    if reading.sentences[candidate.sentence].kind == "heading":
        return "heading"
    if candidate.within >= 0:
        return "part_of_event"
    return "mention"
