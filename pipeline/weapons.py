"""Weapons and means named in a sentence, with the ACLED sub-event type that each implies."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.languages import LanguagePack
from pipeline.morphology import Phrases, WordIndex
from pipeline.records import Document, Sentence, WeaponMention


@dataclass(frozen=True)
class WeaponTables:
    """groups: phrases with the weapon and the type they imply, in the order of the table; the longest phrase wins."""

    index: WordIndex
    groups: tuple[tuple[Phrases, str, str], ...]
    keys: frozenset[str]

    @classmethod
    def from_pack(cls, pack: LanguagePack) -> WeaponTables:
        index = WordIndex.of(pack)
        groups, keys = [], set[str]()
        for row in pack.table("weapons"):
            phrases = Phrases.of(row.listed("words"), index)
            keys |= phrases.heads | set(phrases.phrases)
            groups.append((phrases, row["weapon"], row["sub_event_type"]))
        return cls(index, tuple(groups), frozenset(keys))


def weapon_mentions(document: Document, sentence: Sentence, tables: WeaponTables) -> tuple[WeaponMention, ...]:
    """All weapons of one sentence in text order, not overlapping."""
    words, found, token = document.words, [], sentence.first
    index, keys = tables.index, tables.keys
    while token < sentence.last:
        heads, stems = index.keys(words[token])
        best = token + 1
        if not keys.isdisjoint(heads) or not keys.isdisjoint(stems):
            mention = None
            for phrases, weapon, kind in tables.groups:
                end = phrases.at(words, token, sentence.last, index)
                if end and (mention is None or end > best):
                    best = end
                    mention = WeaponMention(token, end, document.starts[token], document.ends[end - 1], weapon, kind)
            if mention is not None:
                found.append(mention)
        token = best
    return tuple(found)
