"""Distance between words of a sentence in clauses rather than in words.

Each boundary word costs as clause_boundaries.csv says, each word in between one; what belongs together is near.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from pipeline.languages import LanguagePack
from pipeline.lexicon import Lexicon
from pipeline.quick import dataclass
from pipeline.records import Document, Sentence
from pipeline.text import fold_key

WORD_COST = 0.5
# Upper bounds and names of distances: in words, and in clause costs.
GAPS = ((0, "0"), (1, "1"), (3, "3"), (6, "6"), (12, "12"), (20, "20"))
REACHES = ((3, "near"), (8, "clause"), (16, "next"), (30, "away"))
VERB_COST = 6.0  # a conjunction joined to a finite verb begins a clause of its own


@dataclass(frozen=True)
class ClauseTables:
    lexicon: Lexicon

    @classmethod
    def from_pack(cls, pack: LanguagePack) -> ClauseTables:
        rows = pack.table("clause_boundaries")
        entries = [(fold_key(row["words"]), (float(row["cost"]), row["kind"])) for row in rows]
        return cls(Lexicon(entries, prefixes=[p for p in pack.prefixes if p in ("و", "ف")]))


@dataclass(frozen=True)
class Clauses:
    """cost[i] is the running cost up to token first + i; kinds maps a boundary's token to its kind."""

    first: int
    cost: list[float]
    kinds: dict[int, str]

    def between(self, one: int, other: int) -> float:
        """Cost of going from one token to the other, in either direction."""
        return abs(self.cost[one - self.first] - self.cost[other - self.first])

    def crossed(self, one: int, other: int) -> set[str]:
        """Kinds of the boundaries between two tokens."""
        if not self.kinds:
            return set()
        low, high = (one, other) if one < other else (other, one)
        return {kind for token, kind in self.kinds.items() if low < token <= high}


def clauses(document: Document, sentence: Sentence, verbs: Sequence[int], tables: ClauseTables) -> Clauses:
    """The clause structure of one sentence; verbs are the tokens of finite verbs with a conjunction before them."""
    extra: dict[int, float] = {}
    kinds: dict[int, str] = {}
    for match in tables.lexicon.find(document.words, sentence.first, sentence.last):
        cost, kind = match.payloads[0]
        extra[match.first] = cost + (4.0 if match.prefix == "و" and kind not in ("background", "punctuation") else 0.0)
        kinds[match.first] = kind
    for token in verbs:
        if extra.get(token, 0.0) < VERB_COST:
            extra[token] = VERB_COST
            kinds.setdefault(token, "verb")
    steps = [WORD_COST] * (sentence.last + 1 - sentence.first)
    for token, more in extra.items():
        steps[token - sentence.first] += more
    return Clauses(sentence.first, list(accumulate(steps)), kinds)


def bucket(distance: float, bounds: Sequence[tuple[float, str]]) -> str:
    """The name of the first bound that is not exceeded, "far" beyond the last."""
    for bound, name in bounds:
        if distance <= bound:
            return name
    return "far"
