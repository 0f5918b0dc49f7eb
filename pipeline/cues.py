"""Words that bear on whether an event happened: saying, negation, plans, background, sport and the like."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.languages import LanguagePack
from pipeline.lexicon import Lexicon
from pipeline.morphology import WordIndex
from pipeline.records import CueMention, Document, Sentence
from pipeline.text import fold_key

CLASSES = ("saying", "negation", "denial", "modality", "future", "condition", "purpose", "habitual", "background",
           "cumulative", "trial", "investigation", "condemnation", "metaphor_sport", "question", "statement")  # fmt: skip


@dataclass(frozen=True)
class CueTables:
    lexicon: Lexicon

    @classmethod
    def from_pack(cls, pack: LanguagePack) -> CueTables:
        """Compile cue_words.csv: an item @verb stands for all finite forms of a verb of verbs.csv, @+verb for its
        verbal nouns too, any other for its own words. Clitics may stand before each."""
        index = WordIndex.of(pack)
        entries = []
        for row in pack.table("cue_words"):
            if row["class"] not in CLASSES:
                raise row.error(f"no cue class {row['class']!r}; there are {', '.join(CLASSES)}")
            for item in row.listed("words"):
                payload = (row["class"], item.lstrip("@+"))
                if item.startswith("@"):
                    kinds = ("past", "present", "masdar") if item.startswith("@+") else ("past", "present")
                    spellings = index.spellings(item.lstrip("@+"), kinds)
                    if not spellings:
                        raise row.error(f"{item!r} is not in verbs.csv")
                    entries.extend(((spelling,), payload) for spelling in spellings)
                elif key := fold_key(item):
                    entries.append((key, payload))
        return cls(Lexicon(entries, prefixes=pack.prefixes))


def cue_mentions(document: Document, sentence: Sentence, tables: CueTables) -> tuple[CueMention, ...]:
    """All cues of one sentence in text order; a phrase of several classes gives one mention each."""
    return tuple(
        CueMention(match.first, match.last, cue_class, word)
        for match in tables.lexicon.find(document.words, sentence.first, sentence.last)
        for cue_class, word in dict.fromkeys(match.payloads)
    )
