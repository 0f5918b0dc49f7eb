"""Weapons and means named in a sentence, with the ACLED sub-event type that each implies."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.languages import LanguagePack
from pipeline.morphology import PhraseIndex, WordIndex, phrase_end
from pipeline.records import Document, Sentence, WeaponMention


@dataclass(frozen=True)
class WeaponTables:
    """The phrases of weapons.csv; groups[n] is the weapon and the type that set n stands for."""

    phrases: PhraseIndex
    groups: tuple[tuple[str, str], ...]

    @classmethod
    def from_pack(cls, pack: LanguagePack) -> WeaponTables:
        phrases = PhraseIndex(WordIndex.of(pack))
        groups = []
        for row in pack.table("weapons"):
            phrases.add(row.listed("words"))
            groups.append((row["weapon"], row["sub_event_type"]))
        return cls(phrases, tuple(groups))


def weapon_mentions(document: Document, sentence: Sentence, tables: WeaponTables) -> tuple[WeaponMention, ...]:
    """All weapons of one sentence in text order, the longest phrase first, not overlapping."""
    words, found, reached = document.words, [], sentence.first
    for token in document.tokens("weapons", sentence.first, sentence.last):
        hits = tables.phrases.hits[words[token]]
        if hits is not None and token >= reached:
            end, number = max((phrase_end(words, token, sentence.last, tails), -n) for n, tails in hits.tails.items())
            if end:
                weapon, kind = tables.groups[-number]
                found.append(WeaponMention(token, end, document.starts[token], document.ends[end - 1], weapon, kind))
                reached = end
    return tuple(found)
