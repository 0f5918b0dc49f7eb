"""Distance between words of a sentence in clauses rather than in words.

Each boundary word costs as clause_boundaries.csv says, each word in between one; what belongs together is near.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from pipeline.languages import LanguagePack
from pipeline.lexicon import Lexicon
from pipeline.machinery.quick import dataclass
from pipeline.records import Document, Sentence
from pipeline.text import fold_key

WORD_COST = 0.5
VERB_COST = 6.0  # a conjunction joined to a finite verb begins a clause of its own


class Scale:
    """Names of distances by their upper bounds, ascending."""

    def __init__(self, *steps: tuple[float, str], beyond: str = "far") -> None:
        self._bounds = [bound for bound, _ in steps]
        self._names = [*(name for _, name in steps), beyond]

    def __getitem__(self, distance: float) -> str:
        """The name of the first bound that is not exceeded, or of what lies beyond the last."""
        return self._names[bisect_left(self._bounds, distance)]


GAPS = Scale((0, "0"), (1, "1"), (3, "3"), (6, "6"), (12, "12"), (20, "20"))  # in words
REACHES = Scale((3, "near"), (8, "clause"), (16, "next"), (30, "away"))  # in clause costs


@dataclass(frozen=True)
class ClauseTables:
    lexicon: Lexicon

    @classmethod
    def from_pack(cls, pack: LanguagePack) -> ClauseTables:
        rows = pack.table("clause_boundaries")
        entries = [(fold_key(row["words"]), (float(row["cost"]), row["kind"])) for row in rows]
        return cls(Lexicon(entries, prefixes=[p for p in pack.prefixes if p in ("و", "ف")]))


class Clauses:
    """cost[i] is the running cost up to token first + i; kinds maps a boundary's token to its kind, in text order."""

    def __init__(self, first: int, cost: list[float], kinds: dict[int, str]) -> None:
        self.first, self.cost, self.kinds = first, cost, kinds
        self._tokens, self._kinds = list(kinds), list(kinds.values())

    def between(self, one: int, other: int) -> float:
        """Cost of going from one token to the other, in either direction."""
        return abs(self.cost[one - self.first] - self.cost[other - self.first])

    def crossed(self, one: int, other: int) -> frozenset[str]:
        """Kinds of the boundaries between two tokens."""
        low, high = (one, other) if one < other else (other, one)
        begin, end = bisect_right(self._tokens, low), bisect_right(self._tokens, high)
        return frozenset(self._kinds[begin:end]) if begin < end else _NOTHING


_NOTHING: frozenset[str] = frozenset()


def clauses(document: Document, sentence: Sentence, verbs: Sequence[int], tables: ClauseTables) -> Clauses:
    """The clause structure of one sentence; verbs are the tokens of finite verbs with a conjunction before them."""
    steps = [WORD_COST] * (sentence.last + 1 - sentence.first)
    kinds: dict[int, str] = {}
    tokens = document.tokens("clauses", sentence.first, sentence.last)
    for token, _, prefix, payloads in tables.lexicon.find(document.words, tokens, sentence.last):
        cost, kind = payloads[0]
        joined = prefix == "و" and kind not in ("background", "punctuation")
        steps[token - sentence.first] += cost + (4.0 if joined else 0.0)
        kinds[token] = kind
    for token in verbs:
        if steps[token - sentence.first] < WORD_COST + VERB_COST:
            steps[token - sentence.first] = WORD_COST + VERB_COST
            kinds.setdefault(token, "verb")
    return Clauses(sentence.first, list(accumulate(steps)), dict(sorted(kinds.items())) if verbs else kinds)
