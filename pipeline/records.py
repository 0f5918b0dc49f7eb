"""The records that pass between stages. All are frozen; every span indexes raw text.

The raw text of a document is ``title + "\\n" + text``; a token range is ``first`` (inclusive) to ``last`` (exclusive)
in the document's word list, a character range is ``start`` to ``end`` in its raw text. Writing modules translate
character ranges to ranges in the title or the text of the article.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import compress
from typing import Any

from pipeline.machinery.quick import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """One article as the input contract (schemas/article.toml) has it."""

    id: str
    published_at: datetime | date  # a bare date is a date, never midnight
    title: str
    text: str
    source: str = ""
    url: str = ""
    language: str = ""
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Clock:
    """What the article calls now: the stamp's calendar day in the stamp's own zone, and its hour when printed."""

    day: date
    hour: int | None = None

    @classmethod
    def of(cls, published: datetime | date) -> Clock:
        if isinstance(published, datetime):
            return cls(published.date(), published.hour)
        return cls(published)


@dataclass(frozen=True, slots=True)
class Begins:
    """Where in a document the tables of a stage may begin something (pipeline/gate.py): codes has a byte a word, whose
    bits are those of the stages; masks maps a stage's name to the table that leaves only its bit."""

    codes: bytes
    masks: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Document:
    """An article's raw text as a list of folded words (punctuation and line breaks are words too)."""

    article: Article
    raw: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    begins: Begins | None = None  # None where nobody has looked

    def tokens(self, stage: str, first: int, last: int) -> Iterable[int]:
        """The tokens of a range at which the tables of a stage may begin something, ascending."""
        if self.begins is None:
            return range(first, last)
        return compress(range(first, last), self.begins.codes[first:last].translate(self.begins.masks[stage]))

    def text(self, first: int, last: int) -> str:
        """The raw text of a token range."""
        return self.raw[self.starts[first] : self.ends[last - 1]] if last > first else ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, heading or caption: kind is title, heading, bullet, caption, furniture, dateline or body."""

    first: int
    last: int
    start: int
    end: int
    kind: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Dateline:
    """What stands before the first sentence: agency, city, day as printed. Never an event's place by itself."""

    first: int
    last: int
    place: str = ""
    agency: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase of a lexicon found in a document; prefix holds the clitics before it."""

    first: int
    last: int
    prefix: str
    payloads: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression as an interval of whole days, both inclusive, null when not resolvable.

    granularity: day, week, month, season, year, decade, century; kind: point, range, bound, duration, anchored, vague.
    """

    first: int
    last: int
    start: int
    end: int
    first_day: date | None
    last_day: date | None
    granularity: str
    kind: str
    rule: str
    edge: str = ""  # "start", "middle" or "end" for مطلع، منتصف، أواخر
    future: bool = False  # the words themselves point past the publication day
    conflict: bool = False  # a weekday that contradicts the printed date


@dataclass(frozen=True, slots=True)
class Place:
    """A gazetteer entry. latitude and longitude are degrees (EPSG:4326) or null; country is ISO 3166 alpha-2."""

    place_id: str
    kind: str
    name: str
    country: str
    admin1: str = ""
    admin2: str = ""
    admin3: str = ""
    parent: str = ""
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in the text, resolved in the light of the whole document.

    start and end cover head and relation words too (جنوب مدينة X); name_start and name_end only the name.
    relation: in, near, direction, distance, border, between, rural, part (outskirts, suburbs).
    role: "" for a place where something may happen; container (the wider place that follows: X في محافظة Y),
    anchor (the orienting place of a distance), dateline, source_city (the city a report comes from or an agency names).
    metonym: the place stands for its government or team (قالت واشنطن). A demonym is a hint, never a PlaceMention.
    """

    first: int
    last: int
    start: int
    end: int
    place: Place
    location: Place  # the town (or province) that stands for it, as ACLED's location
    relation: str
    geo_precision: int
    rule: str
    confidence: float
    role: str = ""
    metonym: bool = False
    name_first: int = -1  # token range of the bare name, without head and relation words
    name_last: int = -1


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """All places of a document in text order; country is the story's country (ISO alpha-2) or "" when its hints do
    not agree; country_scores is (country, score) best first; hints are (token, country) of demonyms and the like."""

    mentions: tuple[PlaceMention, ...]
    country: str
    country_rule: str
    country_scores: tuple[tuple[str, float], ...] = ()
    hints: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ActorMention:
    """An actor named in the text: kind is state, rebel, political_militia, identity_militia, external, civilians,
    protesters, rioters, leader, office, unidentified or hint (a nationality only)."""

    first: int
    last: int
    start: int
    end: int
    actor_id: str
    name: str
    inter: str
    country: str
    kind: str
    rule: str
    person: str = ""  # the leader's own name when the actor stands for a person
    group_of: str = ""  # for a person or office: name of the government or group spoken for


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count of people. kind: killed, injured, crowd, captured, or number when nothing says what is counted.

    low and high are null when only words are known (عشرات); exact is exact, at_least, more_than, about, between,
    up_to or vague.
    """

    first: int
    last: int
    start: int
    end: int
    kind: str
    low: int | None
    high: int | None
    exact: str
    noun: str
    rule: str
    cumulative: bool = False
    vague_class: str = ""  # several, tens, hundreds, thousands: words without a number
    group: int = -1  # quantities that one list adds up share a group; -1 alone
    subset: bool = False  # part of another count (بينهم ثلاثة أطفال)
    cue_first: int = -1  # the token that says what is counted (قتل, جرحى), -1 when the noun alone does
    cue_last: int = -1


@dataclass(frozen=True, slots=True)
class TriggerMention:
    """Words that may tell an event.

    form: past, present, future, jussive (after لم/لن), imperative, masdar (verbal noun), noun, participle;
    definite: the noun has the article, a pronoun or stands in a definite idafa; number: s, d, p; gender: m, f or "".
    roles says what subject, object and prepositions mean: a tuple of (slot, role), slots subject, object, and
    prepositions as folded words; roles agent, target, weapon, place, toll, none.
    companion_first and companion_last give the second word group of a phrase with a gap (شن … غارة), else -1.
    """

    first: int
    last: int
    start: int
    end: int
    trigger_id: str
    lemma: str
    family: str
    sub_event_type: str
    form: str
    strength: str
    roles: tuple[tuple[str, str], ...] = ()
    definite: bool = False
    number: str = ""
    gender: str = ""
    voice: str = ""  # active, passive or "" when the spelling allows both
    prefix: str = ""
    suffix: str = ""
    companion_first: int = -1
    companion_last: int = -1
    toll: bool = False  # tells only an outcome (قتل، لقي مصرعه): part of another event when one is near


@dataclass(frozen=True, slots=True)
class WeaponMention:
    """A weapon or means; sub_event_type is the ACLED sub-event type it implies, "" when it implies none."""

    first: int
    last: int
    start: int
    end: int
    weapon: str
    sub_event_type: str


@dataclass(frozen=True, slots=True)
class CueMention:
    """Words that bear on whether something happened; cue_class as in cue_words.csv (negation, saying, future …)."""

    first: int
    last: int
    cue_class: str
    word: str


@dataclass(frozen=True, slots=True)
class Span:
    """A character range of the raw text and why it was marked."""

    start: int
    end: int
    why: str
