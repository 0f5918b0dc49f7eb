"""Word tables of the clause reader, compiled once."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.languages import LanguagePack
from pipeline.reading.clauses import ClauseTables
from pipeline.text import fold_key


@dataclass(frozen=True)
class ReadingTables:
    """before_place maps the word before a place to a cost in clause units; the others are sets of folded words."""

    clauses: ClauseTables
    before_place: dict[str, float]
    place_joiners: frozenset[str]
    agent_markers: frozenset[str]
    target_markers: frozenset[str]

    @classmethod
    def from_pack(cls, pack: LanguagePack) -> ReadingTables:
        words: dict[str, dict[str, str]] = {}
        for row in pack.table("reading_words"):
            key = fold_key(row["word"])
            if len(key) != 1:
                raise row.error(f"{row['word']!r} must be one word")
            words.setdefault(row["class"], {})[key[0]] = row["value"]
        return cls(
            ClauseTables.from_pack(pack),
            {word: float(value) for word, value in words.get("before_place", {}).items()},
            frozenset(words.get("place_joiner", ())),
            frozenset(words.get("agent_marker", ())),
            frozenset(words.get("target_marker", ())),
        )
