"""The records of what a text says of an event: its readings, the candidate, the decision and the values of its fields.

All are frozen; spans and token ranges are those of pipeline/records.py.
"""

from __future__ import annotations

from datetime import date

from pipeline.machinery.quick import dataclass
from pipeline.records import (
    ActorMention,
    Clock,
    CueMention,
    DateMention,
    Document,
    Place,
    PlaceMention,
    Quantity,
    Sentence,
    TriggerMention,
    WeaponMention,
)

# One field value of a report: field, value, start and end of its words in the raw text (null when it comes from a rule
# alone), rule, confidence. A bare tuple, since an article has a hundred of them.
Value = tuple[str, str | None, int | None, int | None, str, float | None]


@dataclass(frozen=True, slots=True)
class DateReading:
    """The day of a candidate: event_date is ACLED's choice within date_start..date_end; None when not known."""

    event_date: date | None
    date_start: date | None
    date_end: date | None
    time_precision: int | None
    rule: str
    mention: DateMention | None = None
    basis: str = ""  # clause, report, told_before, told_after, told_lead, publication or none


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """The place of a candidate: mention is None when the place is inherited from the story as a whole."""

    place: Place | None
    location: Place | None
    geo_precision: int | None
    rule: str
    mention: PlaceMention | None = None
    basis: str = ""  # clause, follow_on, title, story, country or none
    sure: float = 0.0  # the place model's probability, 0 to 1


@dataclass(frozen=True, slots=True)
class ActorChoice:
    """One side of a candidate. name is "" when there is none."""

    name: str
    inter: str
    country: str
    rule: str
    mention: ActorMention | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible event with its readings; pipeline/reading/features.py makes of them what a decider weighs.

    sentence is the index of its sentence; head is the trigger mention; killed, injured and crowd are the quantities
    that belong to its clause; signals are names of cue classes that speak against (or for) a real, dated event.
    """

    index: int
    sentence: int
    head: TriggerMention
    family: str
    sub_event_type: str
    kind_rule: str
    when: DateReading
    where: PlaceChoice
    actor1: ActorChoice
    actor2: ActorChoice
    assoc_actor_1: tuple[ActorChoice, ...]
    assoc_actor_2: tuple[ActorChoice, ...]
    killed: tuple[Quantity, ...]
    injured: tuple[Quantity, ...]
    crowd: tuple[Quantity, ...]
    signals: tuple[str, ...]
    within: int = -1  # index of the candidate in the same sentence that this one is a part of, else -1


@dataclass(frozen=True, slots=True)
class Decision:
    """What a decider says of a candidate: coded, merged or dropped; merged_into is a candidate's index or -1."""

    decision: str
    reason: str
    confidence: float
    merged_into: int = -1


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the mention stages found in one document; the tuples have one entry a sentence, in order (topics
    none at all when nobody looked for them).

    story_country is ISO 3166 alpha-2 or "" when the story's hints do not agree on one.
    """

    document: Document
    clock: Clock
    sentences: tuple[Sentence, ...]
    triggers: tuple[tuple[TriggerMention, ...], ...]
    weapons: tuple[tuple[WeaponMention, ...], ...]
    cues: tuple[tuple[CueMention, ...], ...]
    dates: tuple[tuple[DateMention, ...], ...]
    places: tuple[tuple[PlaceMention, ...], ...]
    actors: tuple[tuple[ActorMention, ...], ...]
    quantities: tuple[tuple[Quantity, ...], ...]
    story_country: str
    country_rule: str = ""
    topics: tuple[tuple[str, ...], ...] = ()
