"""What the actor tables say, compiled once into one lexicon and a few dictionaries keyed on folded words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from pipeline.acting.inflect import forms
from pipeline.languages import LanguagePack
from pipeline.lexicon import Lexicon
from pipeline.resources import Row, folder, read_rows
from pipeline.text import fold_key


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
    group named after it takes over; definite: this form has the article."""

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

    @classmethod
    def from_pack(cls, pack: LanguagePack) -> ActorTables:
        """Compile the tables for one language. Raises TableError when a row cannot be read."""
        return _Builder(pack).build()

    def word(self, use: str) -> frozenset[str]:
        return self.words.get(use, frozenset())

    @cached_property
    def counterpart(self) -> frozenset[str]:
        return self.word("counterpart")

    @cached_property
    def by_name(self) -> dict[str, str]:
        """ISO code of each English country name."""
        return {country.name: iso2 for iso2, country in self.countries.items()}


def parse_day(row: Row, column: str) -> date | None:
    try:
        return date.fromisoformat(row[column]) if row[column] else None
    except ValueError as wrong:
        raise row.error(f"{column} is no date YYYY-MM-DD: {row[column]!r}") from wrong


class _Builder:
    def __init__(self, pack: LanguagePack) -> None:
        self.pack = pack
        self.column = f"names_{pack.code}"
        self.weak_column = f"weak_names_{pack.code}"
        self.entries: list[tuple[tuple[str, ...], object]] = []
        self.words: dict[str, set[str]] = defaultdict(set)

    def build(self) -> ActorTables:
        countries = self._nations()
        offices = self._offices()
        holders, terms = self._holders(offices)
        groups, persons = self._actors(terms)
        generics = self._generics()
        self._words()
        return ActorTables(
            Lexicon(self.entries, self.pack.prefixes),
            countries,
            groups,
            persons,
            generics,
            self._modifiers(),
            {key: tuple(found) for key, found in holders.items()},
            {use: frozenset(found) for use, found in self.words.items()},
        )

    def _listed(self, row: Row, column: str) -> tuple[str, ...]:
        return row.listed(column) if column in row.cells else ()

    def _nations(self) -> dict[str, Country]:
        countries = {}
        for row in read_rows(folder("gazetteer") / "actor_countries.csv"):
            countries[row["iso2"]] = Country(row["iso2"], row["country"], (row["article"] + " " + row["country"]).strip())
        rows = self.pack.table("actor_nationalities")
        nations = {fold_key(name) for row in rows for name in row.listed("country_names")}
        for row in rows:
            iso2 = row["iso2"]
            if iso2 not in countries:
                raise row.error(f"{iso2} is not in gazetteer/actor_countries.csv")
            for word in row.listed("adjective"):
                for phrase, definite in forms(word, "n"):
                    if phrase not in nations:  # تركيا is the country, not the accusative of تركي
                        people = phrase[-1].endswith(("ون", "ين", "ان"))
                        self.entries.append((phrase, Nationality(iso2, people, definite)))
            for word in row.listed("plural"):
                for phrase, definite in forms(word, "b"):
                    self.entries.append((phrase, Nationality(iso2, True, definite)))
            self.entries += [(fold_key(name), Nation(iso2, False)) for name in row.listed("country_names")]
            self.entries += [(fold_key(name), Nation(iso2, True)) for name in row.listed("capital_names")]
        return countries

    def _offices(self) -> dict[str, Office]:
        offices = {}
        for row in self.pack.table("actor_offices"):
            office = Office(row["office"], row["title"], row["needs"])
            offices[office.office] = office
            self.entries += [(phrase, office) for name in row.listed("phrases") for phrase, _ in forms(name, row["pattern"])]
        return offices

    def _holders(self, offices: dict[str, Office]) -> tuple[dict[tuple[str, str], list[Term]], dict[str, list[Term]]]:
        holders: dict[tuple[str, str], list[Term]] = defaultdict(list)
        terms: dict[str, list[Term]] = defaultdict(list)
        for row in read_rows(folder("gazetteer") / "offices.csv"):
            term = Term(row["office"], row["title"], row["country"], row["person"],
                        parse_day(row, "valid_from"), parse_day(row, "valid_to"))  # fmt: skip
            holders[term.office, term.country].append(term)
            terms[term.person].append(term)
        return holders, terms

    def _actors(self, terms: dict[str, list[Term]]) -> tuple[dict[str, Group], dict[str, Person]]:
        groups: dict[str, Group] = {}
        persons: dict[str, Person] = {}
        for row in read_rows(folder("gazetteer") / "actors.csv"):
            weak_in = frozenset(row.listed("weak_in"))
            for weak, column in ((False, self.column), (True, self.weak_column)):
                actor: Group | Person
                if row["kind"] == "leader":
                    ordered = sorted(terms.get(row["actor_id"], ()), key=lambda t: t.first or date.min)
                    actor = Person(row["actor_id"], row["name"], row["country"], row["leader_of"], weak_in,
                                   tuple(ordered), weak)  # fmt: skip
                    persons.setdefault(actor.actor_id, actor)
                else:
                    actor = Group(row["actor_id"], row["name"], row["kind"], row["inter"], row["country"], weak_in,
                                  parse_day(row, "valid_from"), parse_day(row, "valid_to"), weak)  # fmt: skip
                    groups.setdefault(actor.actor_id, actor)
                self.entries += [(fold_key(name), actor) for name in self._listed(row, column)]
        return groups, persons

    def _generics(self) -> dict[str, Generic]:
        generics = {}
        for row in read_rows(folder("gazetteer") / "generic_actors.csv"):
            made = {}
            for definite in (False, True):
                made[definite] = Generic(
                    row["actor_id"], row["name"], row["associated"], row["kind"], row["inter"], row["needs"],
                    row["takes_owner"] == "yes", frozenset(row.listed("classes")), frozenset(row.listed("where")),
                    definite)  # fmt: skip
            generics[row["actor_id"]] = made[False]
            for pattern in ("m", "b", "f", "a", "x"):
                for name in self._listed(row, f"{self.column}_{pattern}"):
                    self.entries += [(phrase, made[definite]) for phrase, definite in forms(name, pattern)]
            for name in self._listed(row, self.column):
                self.entries.append((fold_key(name), made[False]))
        return generics

    def _modifiers(self) -> dict[str, tuple[Modifier, ...]]:
        found: dict[str, list[Modifier]] = defaultdict(list)
        for row in self.pack.table("actor_modifiers"):
            modifier = Modifier(frozenset(row.listed("classes")), row["becomes"], frozenset(row.listed("where")))
            for word in row.listed("words"):
                for phrase, _ in forms(word, row["pattern"]):
                    if modifier not in found[phrase[0]]:
                        found[phrase[0]].append(modifier)
        return {word: tuple(list_) for word, list_ in found.items()}

    def _words(self) -> None:
        for row in self.pack.table("actor_words"):
            for word in row.listed("words"):
                self.words[row["use"]].update(phrase[0] for phrase, _ in forms(word, row["pattern"]))
        for row in self.pack.table("actor_not"):
            if row["position"] == "before":
                self.words["not_before"].add(fold_key(row["phrase"])[0])
            elif row["position"] == "after":
                self.words["not_after"].add(fold_key(row["phrase"])[0])
            else:
                self.entries.append((fold_key(row["phrase"]), NotActor(row["why"])))
