"""What the actor tables say, compiled once into one lexicon and a few dictionaries keyed on folded words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from pipeline.languages import LanguagePack
from pipeline.lexicon import Lexicon
from pipeline.memo import Memo


@dataclass(frozen=True, slots=True)
class Country:
    """A country's English name as ACLED writes it; phrase is the form after "of" (the United States)."""

    iso2: str
    name: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Group:
    """A row of actors.csv that is no person. weak: this phrase needs context; weak_in: ISO codes of stories where it
    does not. name may hold {country}, filled with the story's country."""

    actor_id: str
    name: str
    kind: str
    inter: str
    country: str
    weak_in: frozenset[str]
    valid_from: date | None
    valid_to: date | None
    weak: bool = False
    anaphor: bool = False  # a weak name that needs an earlier full name in any story (الحركة)

    def valid(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Term:
    """A person's time in an office; dates are inclusive and null when open."""

    office: str
    title: str
    country: str
    person: str
    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Person:
    """A leader of actors.csv; group is the actor_id he leads, "" for a government."""

    actor_id: str
    name: str
    country: str
    group: str
    weak_in: frozenset[str]
    terms: tuple[Term, ...]
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Generic:
    """A row of generic_actors.csv. needs: "" nothing, country (a nationality or an owner) or owner; takes_owner: a
    group named after it takes over; definite: this form has the article or a pronoun."""

    actor_id: str
    name: str
    group: str
    kind: str
    inter: str
    needs: str
    takes_owner: bool
    classes: frozenset[str]
    where: frozenset[str]
    definite: bool = False
    adjectival: bool = False  # this form may be an adjective: no actor after a noun of a thing (هجوم مسلح)
    possessed: bool = False  # with a pronoun (قواته): whose, an earlier name says


@dataclass(frozen=True, slots=True)
class Office:
    """A kind of office; needs: country (must be said), story (else the story's), or an ISO code it belongs to."""

    office: str
    title: str
    needs: str


@dataclass(frozen=True, slots=True)
class Nationality:
    """An adjective of nationality; people: a plural or dual that by itself means people of that country."""

    iso2: str
    people: bool
    definite: bool


@dataclass(frozen=True, slots=True)
class Nation:
    """A country's or capital's name."""

    iso2: str
    capital: bool


@dataclass(frozen=True, slots=True)
class NotActor:
    """A phrase that holds an actor's name but is none."""

    why: str


@dataclass(frozen=True, slots=True)
class Modifier:
    """An adjective or noun after a generic noun of one of the classes, and the row it turns it into ("" for none)."""

    classes: frozenset[str]
    becomes: str
    where: frozenset[str]


@dataclass(frozen=True)
class ActorTables:
    """Everything actor_mentions looks up. Words and phrases are folded."""

    lexicon: Lexicon
    countries: dict[str, Country]
    groups: dict[str, Group]
    persons: dict[str, Person]
    generics: dict[str, Generic]
    modifiers: dict[str, tuple[Modifier, ...]]
    holders: dict[tuple[str, str], tuple[Term, ...]]
    words: dict[str, frozenset[str]] = field(default_factory=dict)
    openings: dict[str, frozenset[str]] = field(default_factory=dict)  # actor_id to words its strong names begin with

    @classmethod
    def from_pack(cls, pack: LanguagePack) -> ActorTables:
        """Compile the tables for one language. Raises TableError when a row cannot be read."""
        from pipeline.acting.building import Builder

        return Builder(pack).build()

    def may_begin(self, word: str, stems: frozenset[str], readings: object) -> bool:
        """The test of a gate."""
        return self.lexicon.may_begin(word, stems, readings) or word in self.counterpart

    @cached_property
    def nationalities(self) -> Memo[Nationality | None]:
        """The adjective of nationality that a word without clitics is."""
        return Memo(self._nationality)

    def _nationality(self, word: str) -> Nationality | None:
        match = self.lexicon.at([word], 0, 1)
        if match is None or match.prefix:
            return None
        return next((payload for payload in match.payloads if isinstance(payload, Nationality)), None)

    def word(self, use: str) -> frozenset[str]:
        return self.words.get(use, frozenset())

    @cached_property
    def counterpart(self) -> frozenset[str]:
        return self.word("counterpart")

    @cached_property
    def not_before(self) -> frozenset[str]:
        return self.word("not_before")

    @cached_property
    def not_after(self) -> frozenset[str]:
        return self.word("not_after")

    @cached_property
    def filler(self) -> frozenset[str]:
        return self.word("filler")

    @cached_property
    def by_name(self) -> dict[str, str]:
        """ISO code of each English country name."""
        return {country.name: iso2 for iso2, country in self.countries.items()}
