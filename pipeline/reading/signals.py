"""What speaks against a trigger being an event that happened: negation, plans, background, totals, sport."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.reading.clauses import Clauses
from pipeline.reading.tables import ReadingTables
from pipeline.records import Clock, CueMention, DateMention, Document, Quantity, Sentence, TriggerMention

BEFORE_ONLY = {"negation": 3.5, "modality": 9.0, "future": 9.0, "condition": 12.0, "purpose": 6.0,
               "question": 20.0}  # fmt: skip
AROUND = {
    "denial": 14.0,
    "background": 12.0,
    "cumulative": 14.0,
    "habitual": 10.0,
    "trial": 16.0,
    "investigation": 16.0,
    "condemnation": 10.0,
    "statement": 10.0,
}
WHOLE = ("metaphor_sport",)
OLD_DAYS = 90
OBJECT_REACH = 6  # words from «تعرضت» to the «لقصف» that is its object and not an aim


def signals(document: Document, sentence: Sentence, trigger: TriggerMention, cues: Sequence[CueMention],
            dates: Sequence[DateMention], quantities: Sequence[Quantity], clauses: Clauses,
            clock: Clock,
            tables: ReadingTables) -> tuple[str, ...]:  # fmt: skip
    """Names of the signals in the trigger's scope, sorted; name alone: in its clause; name.far: in its sentence."""
    found: set[str] = set()
    for cue in cues:
        if trigger.first <= cue.first < trigger.last:
            continue
        cost = clauses.between(trigger.first, cue.first)
        before = cue.first < trigger.first
        if cue.cue_class in BEFORE_ONLY:
            crossed = clauses.crossed(trigger.first, cue.first) if before else {"after"}
            if before and cost <= BEFORE_ONLY[cue.cue_class] and not crossed & {"contrast", "verb"}:
                found.add(cue.cue_class)
            elif before:
                found.add(f"{cue.cue_class}.far")
        elif cue.cue_class in AROUND:
            found.add(cue.cue_class if cost <= AROUND[cue.cue_class] else f"{cue.cue_class}.far")
        elif cue.cue_class in WHOLE:
            found.add(cue.cue_class)
        elif cue.cue_class == "saying" and before:
            found.add("saying" if cost <= 12.0 else "saying.far")
    for mention in dates:
        cost = clauses.between(trigger.first, mention.first)
        if mention.kind in ("bound", "duration", "vague") and cost <= 10.0:
            found.add(f"date_{mention.kind}")
        if mention.future and cost <= 14.0:
            found.add("date_future")
        if mention.first_day is not None and (clock.day - mention.first_day).days > OLD_DAYS and cost <= 14.0:
            found.add("date_old")
    if any(q.cumulative and clauses.between(trigger.first, q.first) <= 14.0 for q in quantities):
        found.add("cumulative")
    found.update(_grammar(document, sentence, trigger, clauses, tables))
    return tuple(sorted(found))


def _grammar(
    document: Document, sentence: Sentence, trigger: TriggerMention, clauses: Clauses, tables: ReadingTables
) -> set[str]:
    words, found = document.words, set()
    before = words[trigger.first - 1] if trigger.first > sentence.first else ""
    if trigger.form == "future":
        found.add("form_future")
    if before in tables.without_words:
        found.add("without")
    if any(clauses.kinds.get(token) == "time" for token in range(trigger.first - 2, trigger.first + 1)):
        found.add("subordinate_time")
    if before in ("ان", "بان", "لان") and trigger.form == "present":
        found.add("subjunctive")
    if trigger.form in ("masdar", "noun") and trigger.prefix in ("ل", "ول", "فل") and not trigger.definite:
        near = words[max(sentence.first, trigger.first - OBJECT_REACH) : trigger.first]
        if tables.object_words.isdisjoint(near):
            found.add("purpose_masdar")
    if trigger.form == "present" and trigger.prefix == "ل":
        found.add("purpose_verb")
    if words[sentence.first : trigger.first].count('"') % 2 == 1:
        found.add("quoted")
    if "؟" in words[sentence.first : sentence.last]:
        found.add("question")
    return found
