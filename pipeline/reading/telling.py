"""What the article as a whole tells of the kinds of its candidates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.candidates import Candidate, Reading
from pipeline.machinery.quick import dataclass

GROUPED = {
    "shelling": "explosion", "air_strike": "explosion", "bombing": "explosion", "chemical": "explosion",
    "protest": "demonstration", "riot": "demonstration",
}  # fmt: skip


def group(family: str) -> str:
    """The family group in which tellings may stand for one another."""
    return GROUPED.get(family, family)


@dataclass(frozen=True)
class Telling:
    """What the article as a whole says of a candidate's kind: how often, where first, whether in the title."""

    lead: int
    kinds: tuple[str, ...]  # of its sentences
    counts: Counter[str]
    places: Counter[tuple[str, str]]
    first: dict[str, int]
    titles: frozenset[str]
    ordinal: list[int]
    in_sentence: Counter[int]

    @classmethod
    def of(cls, candidates: Sequence[Candidate], reading: Reading) -> Telling:
        """candidates in text order, indexed by position."""
        kinds = tuple([s.kind for s in reading.sentences])
        groups = [group(c.family) for c in candidates]
        first: dict[str, int] = {}
        ordinal: list[int] = []
        in_sentence: Counter[int] = Counter()
        for i, c in enumerate(candidates):
            if kinds[c.sentence] in ("body", "bullet"):
                first.setdefault(groups[i], i)
            ordinal.append(in_sentence[c.sentence])
            in_sentence[c.sentence] += not c.head.toll
        return cls(
            kinds.index("body") if "body" in kinds else 0,
            kinds,
            Counter(groups),
            Counter([(name, town(c)) for name, c in zip(groups, candidates, strict=True)]),
            first,
            frozenset([name for name, c in zip(groups, candidates, strict=True) if kinds[c.sentence] == "title"]),
            ordinal,
            in_sentence,
        )


def town(candidate: Candidate) -> str:
    """The id of the town that the candidate is placed in, "" when it has none."""
    return candidate.where.location.place_id if candidate.where.location else ""
