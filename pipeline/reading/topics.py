"""What a sentence is about: the topics whose words stand in it, and what the whole article is mostly about.

An arrest, a deal or a death is an event of ACLED by who takes part, and news of crime, trade, courts or sport tells
most others with the same words. The words are a table (topic_words.csv: topic, words), compared by light stems.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.languages import LanguagePack
from pipeline.linear import Group, Names
from pipeline.machinery.memo import Memo
from pipeline.reading.wording import Wording
from pipeline.records import Document, Sentence
from pipeline.text import fold_key

Topics = tuple[str, ...]  # in order of the alphabet
POLITICAL = frozenset(("militant", "opposition", "war"))
MUCH = 3  # one sentence in three
# Topics of news without a political side: by the title, and those that the sentence itself is enough for.
APART = frozenset(("accident", "court", "crime", "culture", "economy", "sport", "technology"))
APART_HERE = frozenset(("accident", "crime"))
ACCUSATIVE = "ا"  # an ending that light stemming leaves


@dataclass(frozen=True)
class TopicTables:
    """Word → its topics, remembered by the word."""

    of_word: Memo[Topics]

    @classmethod
    def from_pack(cls, pack: LanguagePack) -> TopicTables:
        """Compile topic_words.csv; a word may stand for several topics."""
        wording = Wording.load()
        found: dict[str, set[str]] = {}
        for row in pack.table("topic_words"):
            for item in row.listed("words"):
                key = fold_key(item)
                if len(key) != 1:
                    raise row.error(f"{item!r} must be one word")
                stem = wording.stem(key[0])
                for form in (stem, stem + ACCUSATIVE):
                    found.setdefault(form, set()).add(row["topic"])
        topics = {stem: tuple(sorted(names)) for stem, names in found.items()}
        return cls(Memo(lambda word: topics.get(wording.stem(word), ())))


def sentence_topics(document: Document, parts: Sequence[Sentence], tables: TopicTables) -> tuple[Topics, ...]:
    """The topics of each sentence, each once."""
    of_word, words = tables.of_word.__getitem__, document.words
    return tuple(
        [tuple(sorted({t for found in map(of_word, words[part.first : part.last]) for t in found})) for part in parts]
    )


@dataclass(frozen=True)
class Story:
    """The topics of an article: those of its title, those of one sentence in three, and where a political side is named
    at all: title, much (in one sentence in three), some or none."""

    title: Topics
    much: Topics
    political: str

    @classmethod
    def of(cls, topics: Sequence[Topics], kinds: Sequence[str]) -> Story:
        """topics and kinds by sentence."""
        title = tuple(sorted({t for found, kind in zip(topics, kinds, strict=False) if kind == "title" for t in found}))
        counts = Counter([topic for found in topics for topic in found])
        much = tuple(sorted(t for t, count in counts.items() if count * MUCH >= len(topics)))
        where = (("title", title), ("much", much), ("some", tuple(counts)))
        return cls(title, much, next((name for name, on in where if POLITICAL.intersection(on)), "none"))


def apart(topics: Sequence[Topics], sentence: int, title: int) -> bool:
    """Whether a sentence is about crime, an accident, trade, sport and the like, and neither it nor the title names
    militants, opponents or war. title is its index, -1 for none."""
    if not topics:
        return False
    here, above = topics[sentence], topics[title] if title >= 0 else ()
    if POLITICAL.intersection(here) or POLITICAL.intersection(above):
        return False
    return bool(APART.intersection(above) or APART_HERE.intersection(here))


def topic_groups(topics: Sequence[Topics], story: Story, sentence: int, family: str) -> tuple[Group, ...]:
    """What is on of one candidate, alone and with its family; nothing where nobody looked for topics."""
    if not topics:
        return ()
    here = topics[sentence]
    sides = "here" if POLITICAL.intersection(here) else story.political
    return (
        (_about, "here", here, family),
        (_about, "title", story.title, family),
        (_about, "much", story.much, family),
        (_about, "political", (sides,), family),
    )


def _about(where: str, topics: Topics, family: str) -> Names:
    return (*[f"topic_{where}={t}" for t in topics], *[f"topic_{where}_family={family}/{t}" for t in topics])
