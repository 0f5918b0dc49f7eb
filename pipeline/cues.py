"""Words that bear on whether an event happened: saying, negation, plans, background, sport and the like."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.languages import LanguagePack
from pipeline.lexicon import Lexicon
from pipeline.morphology import WordIndex
from pipeline.records import CueMention, Document, Sentence
from pipeline.text import fold_key

CLASSES = ("saying", "negation", "denial", "modality", "future", "condition", "purpose", "habitual", "background",
           "cumulative", "trial", "investigation", "condemnation", "metaphor_sport", "question",
           "statement")  # fmt: skip
NONE = "none"  # phrases that hold a cue's word and are no cue: the longer phrase keeps the shorter from being found
GAP = 6  # most words between the two parts of a cue


@dataclass(frozen=True)
class CueTables:
    lexicon: Lexicon

    @classmethod
    def from_pack(cls, pack: LanguagePack) -> CueTables:
        """Compile cue_words.csv: an item @verb stands for all finite forms of a verb of verbs.csv, @+verb for its
        verbal nouns too, any other for its own words, with up to GAP words where it has … (كان … قد). Clitics may
        stand before each."""
        index = WordIndex.of(pack)
        entries: list[tuple[tuple[str, ...], tuple[str, str, tuple[str, ...]]]] = []
        for row in pack.table("cue_words"):
            if row["class"] not in (*CLASSES, NONE):
                raise row.error(f"no cue class {row['class']!r}; there are {', '.join((*CLASSES, NONE))}")
            for item in row.listed("words"):
                start, _, end = item.partition("…")
                payload = (row["class"], item.lstrip("@+"), fold_key(end))
                if item.startswith("@"):
                    kinds = ("past", "present", "masdar") if item.startswith("@+") else ("past", "present")
                    spellings = index.spellings(item.lstrip("@+"), kinds)
                    if not spellings:
                        raise row.error(f"{item!r} is not in verbs.csv")
                    entries.extend(((spelling,), payload) for spelling in spellings)
                elif key := fold_key(start):
                    entries.append((key, payload))
        no_cues = {phrase for phrase, payload in entries if payload[0] == NONE}
        kept = [entry for entry in entries if entry[0] not in no_cues or entry[1][0] == NONE]
        return cls(Lexicon(kept, prefixes=pack.prefixes))


def cue_mentions(document: Document, sentence: Sentence, tables: CueTables) -> tuple[CueMention, ...]:
    """All cues of one sentence in text order; a phrase of several classes gives one mention each, one that is listed
    as no cue (class none) gives none."""
    words, found = document.words, []
    tokens = document.tokens("cues", sentence.first, sentence.last)
    for first, second, _, payloads in tables.lexicon.find(words, tokens, sentence.last):
        for cue_class, word, end in dict.fromkeys(payloads):
            last = 0 if cue_class == NONE else second
            if end:
                last = next((place + len(end) for place in range(second, min(second + GAP + 1, sentence.last))
                             if tuple(words[place : place + len(end)]) == end), 0)  # fmt: skip
            if last:
                found.append(CueMention(first, last, cue_class, word))
    return tuple(found)
