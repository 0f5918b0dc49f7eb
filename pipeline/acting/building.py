"""From the tables' rows to the compiled record: every name in every form, each with what it stands for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

from pipeline.acting.entries import (
    Country,
    Generic,
    Group,
    Modifier,
    Nation,
    Nationality,
    NotActor,
    Office,
    Person,
    Term,
)
from pipeline.acting.inflect import PATTERNS, forms, possessed
from pipeline.languages import LanguagePack
from pipeline.lexicon import Lexicon
from pipeline.resources import Row, folder, read_rows
from pipeline.text import fold_key

Words = dict[str, frozenset[str]]
Holders = dict[tuple[str, str], tuple[Term, ...]]
Built = tuple[Lexicon, dict[str, Country], dict[str, Group], dict[str, Person], dict[str, Generic],
              dict[str, tuple[Modifier, ...]], Holders, Words, Words]  # fmt: skip
POSSESSED = frozenset({"force", "air", "armed"})  # classes of nouns that «قواته» and the like are read for


def parse_day(row: Row, column: str) -> date | None:
    try:
        return date.fromisoformat(row[column]) if row[column] else None
    except ValueError as wrong:
        raise row.error(f"{column} is no date YYYY-MM-DD: {row[column]!r}") from wrong


class Builder:
    """Reads the tables of one language; build() gives what an ActorTables holds."""

    def __init__(self, pack: LanguagePack) -> None:
        self.pack = pack
        self.column = f"names_{pack.code}"
        self.weak_column = f"weak_names_{pack.code}"
        self.entries: list[tuple[tuple[str, ...], object]] = []
        self.words: dict[str, set[str]] = defaultdict(set)

    def build(self) -> Built:
        """The fields of an ActorTables, in their order."""
        self._words()
        countries = self._nations()
        offices = self._offices()
        holders, terms = self._holders(offices)
        groups, persons = self._actors(terms)
        generics = self._generics()
        return (
            Lexicon(self.entries, self.pack.prefixes),
            countries,
            groups,
            persons,
            generics,
            self._modifiers(),
            {key: tuple(found) for key, found in holders.items()},
            {use: frozenset(found) for use, found in self.words.items()},
            self._openings(),
        )

    def _openings(self) -> dict[str, frozenset[str]]:
        """First words of each actor's strong names, with every clitic, for quick looks back."""
        found: dict[str, set[str]] = defaultdict(set)
        for phrase, payload in self.entries:
            if isinstance(payload, Group | Person) and not payload.weak:
                head = phrase[0]
                found[payload.actor_id].add(head)
                for prefix in self.pack.prefixes:
                    found[payload.actor_id].add(prefix + head)
                    if prefix.endswith("ل") and head.startswith("ا"):
                        found[payload.actor_id].add(prefix + head[1:])
                        found[payload.actor_id].add(prefix + head[2:] if head.startswith("ال") else prefix + head[1:])
        return {actor: frozenset(words) for actor, words in found.items()}

    def _listed(self, row: Row, column: str) -> tuple[str, ...]:
        return row.listed(column) if column in row.cells else ()

    def _nations(self) -> dict[str, Country]:
        countries = {}
        for row in read_rows(folder("gazetteer") / "actor_countries.csv"):
            after_of = (row["article"] + " " + row["country"]).strip()
            countries[row["iso2"]] = Country(row["iso2"], row["country"], after_of)
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
            for name in row.listed("phrases"):
                self.entries += [(phrase, office) for phrase, _ in forms(name, row["pattern"])]
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
                for name in self._listed(row, column):
                    phrase = fold_key(name)
                    if weak and isinstance(actor, Group) and len(phrase) == 1 and phrase[0] in self.words["anaphor"]:
                        self.entries.append((phrase, replace(actor, anaphor=True)))
                    else:
                        self.entries.append((phrase, actor))
        return groups, persons

    def _generics(self) -> dict[str, Generic]:
        generics = {}
        for row in read_rows(folder("gazetteer") / "generic_actors.csv"):
            bare = Generic(
                row["actor_id"], row["name"], row["associated"], row["kind"], row["inter"], row["needs"],
                row["takes_owner"] == "yes", frozenset(row.listed("classes")),
                frozenset(row.listed("where")))  # fmt: skip
            generics[bare.actor_id] = bare
            for pattern in PATTERNS:
                for name in self._listed(row, f"{self.column}_{pattern}"):
                    for phrase, definite in forms(name, pattern):
                        form = replace(bare, definite=definite, adjectival=pattern == "j")
                        self.entries.append((phrase, form))
                    if bare.classes & POSSESSED and bare.takes_owner:
                        own = replace(bare, definite=True, possessed=True)
                        self.entries += [(phrase, own) for phrase in possessed(name, pattern)]
            for name in self._listed(row, self.column):
                self.entries.append((fold_key(name), bare))
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
        for row in self.pack.table("actor_not"):  # read before the names, so that NotActor is a phrase's first payload
            if row["position"] == "before":
                self.words["not_before"].add(fold_key(row["phrase"])[0])
            elif row["position"] == "after":
                self.words["not_after"].add(fold_key(row["phrase"])[0])
            else:
                self.entries.append((fold_key(row["phrase"]), NotActor(row["why"])))
