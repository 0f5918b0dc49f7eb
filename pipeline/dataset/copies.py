"""Near-duplicate articles: republished wire copy counts as one source."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from datasketch import MinHash, MinHashLSH

from pipeline.dataset.spread import HERE, Where
from pipeline.text import cut

PERMUTATIONS = 64
SCHEME = "affine32"  # datasketch's family of hash functions; another one makes stored signatures useless
BANDS = (16, 4)  # bands and rows: finds two articles that share 0.7 of their shingles in 99 of 100 cases
SHINGLE = 3  # words
ALIKE = 0.7  # estimated share of shingles in common from which two articles are copies
DAYS = 3  # copies appear at most so many days apart
DAY = 86_400
ARTICLES = 40_000  # articles compared at a time, or more where they are of one day


@dataclass(frozen=True, slots=True)
class Signature:
    """An article's MinHash as text (base64 of 64 uint32), and its publication in Unix seconds."""

    article: str
    published: int
    code: str


def signature(article: str, published: int, title: str, text: str) -> Signature:
    """The signature of an article's words; equal words give equal signatures on every machine."""
    words = [word for word in cut(f"{title}\n{text}")[0] if word[0].isalnum()]
    shingles = {" ".join(words[i : i + SHINGLE]).encode() for i in range(max(1, len(words) - SHINGLE + 1))}
    sketch = MinHash(num_perm=PERMUTATIONS, seed=1, scheme=SCHEME)
    sketch.update_batch(sorted(shingles))
    code = base64.b64encode(sketch.hashvalues.astype("<u4").tobytes()).decode()
    return Signature(article, published, code)


@dataclass(frozen=True)
class Copies:
    """Which articles are near-duplicates. origin maps an article to the oldest of its copies (itself when alone)."""

    pairs: frozenset[tuple[str, str]]
    origin: Mapping[str, str]

    def __call__(self, one: str, other: str) -> bool:
        return ((one, other) if one < other else (other, one)) in self.pairs


@dataclass(frozen=True)
class Stretch:
    """A stretch of days: near are the signatures of these days and of DAYS before and after, wanted those compared."""

    near: list[Signature]
    wanted: list[str]


def copies(signatures: Iterable[Signature], known: frozenset[tuple[str, str]] = frozenset(),
           fresh: frozenset[str] | None = None, where: Where = HERE) -> Copies:  # fmt: skip
    """The near-duplicates among the articles.

    With fresh (ids of new or changed articles) only these are compared; known then holds the pairs of all others.
    The result is that of comparing all with all, in any order, wherever it is worked out.
    """
    listed = {one.article: one for one in signatures}
    pairs = {pair for pair in known if fresh is not None and not (set(pair) & fresh) and listed.keys() >= set(pair)}
    wanted = listed.keys() if fresh is None else fresh & listed.keys()
    stretches = _stretches(listed, wanted)
    for found in where.run(stretches, alike, "looking for republished articles", few=len(wanted) <= ARTICLES):
        pairs.update(found)
    return Copies(frozenset(pairs), _origins(listed, pairs))


def alike(stretch: Stretch) -> list[tuple[str, str]]:
    """The pairs of near-duplicates in which one of the wanted articles is."""
    index = MinHashLSH(num_perm=PERMUTATIONS, params=BANDS)
    listed = {one.article: one for one in stretch.near}
    sketches = {article: _sketch(one) for article, one in listed.items()}
    for article, sketch in sketches.items():
        index.insert(article, sketch)
    pairs = set()
    for article in stretch.wanted:
        for other in index.query(sketches[article]):
            close = abs(listed[other].published - listed[article].published) <= DAYS * DAY
            if other != article and close and sketches[article].jaccard(sketches[other]) >= ALIKE:
                pairs.add((article, other) if article < other else (other, article))
    return sorted(pairs)


def _stretches(listed: Mapping[str, Signature], wanted: Collection[str]) -> Iterator[Stretch]:
    """The wanted articles in stretches of days, a new one from ARTICLES on."""
    by_day: dict[int, list[str]] = defaultdict(list)
    for article in sorted(listed):
        by_day[listed[article].published // DAY].append(article)
    compared: dict[int, list[str]] = defaultdict(list)
    for article in sorted(wanted):
        compared[listed[article].published // DAY].append(article)
    days: list[int] = []
    last = max(compared, default=0)
    for day in sorted(compared):
        days.append(day)
        if day == last or sum(len(compared[one]) for one in days) >= ARTICLES:
            near = sorted({one + step for one in days for step in range(-DAYS, DAYS + 1)} & by_day.keys())
            own = [article for one in days for article in compared[one]]
            yield Stretch([listed[article] for one in near for article in by_day[one]], own)
            days = []


def _sketch(one: Signature) -> MinHash:
    values = np.frombuffer(base64.b64decode(one.code), dtype="<u4").astype(np.uint32)
    return MinHash(num_perm=PERMUTATIONS, seed=1, hashvalues=values, scheme=SCHEME)


def _origins(listed: Mapping[str, Signature], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    near: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        near[one].add(other)
        near[other].add(one)
    origin: dict[str, str] = {}
    for article in sorted(listed, key=lambda a: (listed[a].published, a)):
        if article in origin:
            continue
        waiting = [article]
        while waiting:
            at = waiting.pop()
            if at not in origin:
                origin[at] = article
                waiting.extend(other for other in near.get(at, ()) if other not in origin)
    return origin
