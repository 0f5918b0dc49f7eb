"""What the actor tables say, compiled once into one lexicon and a few dictionaries keyed on folded words."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from pipeline.acting.building import Builder
from pipeline.acting.entries import Country, Generic, Group, Modifier, Nationality, Person, Term
from pipeline.languages import LanguagePack
from pipeline.lexicon import Lexicon
from pipeline.machinery.memo import Memo


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
        return cls(*Builder(pack).build())

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
