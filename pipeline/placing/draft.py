"""A possible place mention while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.gazetteer.load import NameUse
from pipeline.placing.scan import Hit
from pipeline.placing.tables import Head, PlaceTables, Relation
from pipeline.records import Place

STORY = "*"  # the territory of البلاد: the story's country


@dataclass
class Draft:
    """A possible place mention while it is read; token ranges as in PlaceMention."""

    hit: Hit
    first: int
    last: int
    name_first: int
    name_last: int
    uses: tuple[NameUse, ...]
    head: Head | None = None
    own_head: bool = False
    relation: Relation | None = None
    distance: float | None = None  # metres
    lead: str = ""  # clitics of the first word
    before: str = ""  # the word before all of this, folded, "" at the start of the sentence
    listed: bool = False  # joined to the draft before it by و or a comma
    quoted: bool = False
    demonym: str = ""  # the country of an adjective that follows (مدينة الباب السورية)
    capital: str = ""  # the country whose capital these words name (العاصمة الليبية)
    unlisted: bool = False  # a name after a head that the gazetteer has not
    misfit: bool = False  # the gazetteer has the name, of other places than this one
    territory: str = ""  # the country whose ground these words name (الأراضي السورية)
    container: Draft | None = None
    inside: Draft | None = None
    chosen: Place | None = None
    within: Place | None = None  # the chosen container of an unlisted name
    rule: str = ""
    confidence: float = 0.0
    role: str = ""
    metonym: bool = False
    dropped: str = ""
    marks: set[str] = field(default_factory=set)

    @property
    def strength(self) -> int:
        return self.hit.strength if self.uses else 0

    def name(self, words: list[str]) -> tuple[str, ...]:
        """The folded words of the name, without the clitics of a list member."""
        first, *rest = words[self.name_first : self.name_last]
        bare = self.hit.first == self.name_first and self.hit.prefix
        return (first[len(self.hit.prefix) :] if bare and first.startswith(bare) else first, *rest)

    def take_head(self, words: list[str], tables: PlaceTables) -> None:
        """Read the first word of a longer name as its head (شارع جمال), when it has none and the word is one."""
        head = tables.heads.get(words[self.name_first][len(self.hit.prefix) :])
        if self.head is None and head is not None and self.name_last - self.name_first > 1:
            self.head, self.own_head, self.name_first = head, True, self.name_first + 1

    def unlist(self) -> None:
        """Make of a name that the gazetteer has one that it has not: the thing here is another of that name."""
        self.uses, self.unlisted, self.misfit = (), True, True
