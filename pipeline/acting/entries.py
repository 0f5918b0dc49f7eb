"""What a row of the actor tables says, as small records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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
