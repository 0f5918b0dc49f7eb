"""Word tables of the clause reader, compiled once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.languages import LanguagePack
from pipeline.linear import Linear, Twins
from pipeline.machinery.memo import Memo
from pipeline.reading.clauses import ClauseTables
from pipeline.reading.weighing import KindModel
from pipeline.reading.wording import Wording
from pipeline.resources import PACKAGE
from pipeline.text import fold_key

WEIGHTS = PACKAGE / "reading"


@dataclass(frozen=True)
class ReadingTables:
    """before_place maps the word before a place to a cost in clause units, struck an object of attacks to the kind of
    people it stands for; the others are sets of folded words."""

    clauses: ClauseTables
    before_place: dict[str, float]
    place_joiners: frozenset[str]
    goal_words: frozenset[str]
    origin_words: frozenset[str]
    agent_markers: frozenset[str]
    target_markers: frozenset[str]
    undated_words: frozenset[str]
    day_words: frozenset[str]
    without_words: frozenset[str]
    object_words: frozenset[str]
    day_model: Linear
    place_model: Linear
    listed_model: Linear
    agent_model: Linear
    target_model: Linear
    sides_model: Linear
    struck: dict[str, str]
    toll_model: Linear
    injury_model: Linear
    kind_model: Linear
    stem: Callable[[str], str]

    @cached_property
    def side_models(self) -> Twins:
        """The agent model and the target model."""
        return Twins(self.agent_model, self.target_model)

    @cached_property
    def kinds(self) -> KindModel:
        """The sub-event types that are told alike, weighed."""
        return KindModel(self.kind_model)

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
            frozenset(words.get("goal", ())),
            frozenset(words.get("origin", ())),
            frozenset(words.get("agent_marker", ())),
            frozenset(words.get("target_marker", ())),
            frozenset(words.get("undated", ())),
            frozenset(words.get("days", ())),
            frozenset(words.get("without", ())),
            frozenset(words.get("lam_object", ())),
            Linear.load(WEIGHTS / "day_weights.csv"),
            Linear.load(WEIGHTS / "place_weights.csv"),
            Linear.load(WEIGHTS / "listed_weights.csv"),
            Linear.load(WEIGHTS / "agent_weights.csv"),
            Linear.load(WEIGHTS / "target_weights.csv"),
            Linear.load(WEIGHTS / "sides_weights.csv"),
            _struck(words.get("struck", {}), pack.prefixes),
            Linear.load(WEIGHTS / "toll_weights.csv"),
            Linear.load(WEIGHTS / "injury_weights.csv"),
            Linear.load(WEIGHTS / "kind_weights.csv"),
            Memo(Wording.load().stem).__getitem__,
        )


def _struck(words: dict[str, str], prefixes: Sequence[str]) -> dict[str, str]:
    """Objects of attacks with the article and every clitic, each with the kind of people it stands for."""
    found = {}
    for word, kind in words.items():
        for prefix in ("", *prefixes):
            found[prefix + word] = kind
            found[prefix + "ل" + word if prefix.endswith("ل") else prefix + "ال" + word] = kind
    return found
