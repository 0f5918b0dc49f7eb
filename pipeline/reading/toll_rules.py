"""What no weighing may overrule: which tolls an event may take at all, and when the dead of both sides are added."""

from __future__ import annotations

from pipeline.reading.toll_options import Event
from pipeline.reading.toll_sums import Toll

COMPANY = "quantity.company"
# Of 60 such events in the development gold and 226 labelled ones none has dead: those beside them are of another.
BLOODLESS = ("abduction", "arrest", "destruction")


def options(event: Event) -> list[Toll]:
    """The article's tolls that may be the event's.

    Not one person where a telling knows of others with that person; sums over two sentences are left to
    with_other_side.
    """
    tolls = event.tolls.all
    if event.tolls.kind == "killed" and event.head.family in BLOODLESS:
        return [t for t in tolls if not t.number]
    alone = any(_company(t) and _tells(event, t) for t in tolls)
    return [t for t in tolls if t.shape != "over" and not (t.number == 1 and (alone or t.vague))]


def with_other_side(event: Event, toll: Toll) -> Toll:
    """The dead of both sides where the clause of a clash counts one of them and it, or a later telling, the other.

    The codebook knows no counts per side.
    """
    if event.head.family != "clash" or event.relation(toll) != "clause":
        return toll
    for shape in ("sides", "over"):
        for other in event.tolls.all:
            told = other.members if shape == "sides" else other.members[:1]
            if other.shape == shape and toll.members[0] in told and _tells(event, other) and _here(event, other):
                return other
    return toll


def _here(event: Event, toll: Toll) -> bool:
    """Whether no count of a sum stands in a sentence that names other places only."""
    sentences = event.tolls.reading.sentences
    return all(
        event.place_in(i) != "other"
        for i in {next(i for i, s in enumerate(sentences) if q.first < s.last) for q in toll.members}
        if i != event.head.sentence
    )


def _company(toll: Toll) -> bool:
    """Whether one person is told with others, known or unknown in number."""
    return (toll.vague and toll.number == 1) or (
        toll.shape == "list" and any(quantity.rule == COMPANY for quantity in toll.members)
    )


def _tells(event: Event, toll: Toll) -> bool:
    """Whether the event's own clauses tell each member."""
    held = [{event.tolls.event_of[i] for i in event.tolls.holders.get(q.first, ())} for q in toll.members]
    return all(event.head.index in events for events in held)
