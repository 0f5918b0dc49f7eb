"""Near-duplicate articles: republished wire copy counts as one source."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from datasketch import MinHash, MinHashLSH

from pipeline.text import cut

PERMUTATIONS = 64
SCHEME = "affine32"  # datasketch's family of hash functions; another one makes stored signatures useless
BANDS = (16, 4)  # bands and rows: finds two articles that share 0.7 of their shingles in 99 of 100 cases
SHINGLE = 3  # words
ALIKE = 0.7  # estimated share of shingles in common from which two articles are copies
DAYS = 3  # copies appear at most so many days apart
DAY = 86_400


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


def copies(signatures: Iterable[Signature], known: frozenset[tuple[str, str]] = frozenset(),
           fresh: frozenset[str] | None = None) -> Copies:  # fmt: skip
    """The near-duplicates among the articles.

    With fresh (ids of new or changed articles) only these are compared; known then holds the pairs of all others.
    The result is that of comparing all with all, in any order.
    """
    listed = {one.article: one for one in signatures}
    pairs = {pair for pair in known if fresh is not None and not (set(pair) & fresh) and listed.keys() >= set(pair)}
    wanted = listed.keys() if fresh is None else fresh & listed.keys()
    days = {listed[a].published // DAY for a in wanted}
    near = {day + step for day in days for step in range(-DAYS - 1, DAYS + 2)}
    index = MinHashLSH(num_perm=PERMUTATIONS, params=BANDS)
    sketches = {a: _sketch(one) for a, one in sorted(listed.items()) if one.published // DAY in near}
    for article, sketch in sketches.items():
        index.insert(article, sketch)
    for article in wanted:
        for other in index.query(sketches[article]):
            close = abs(listed[other].published - listed[article].published) <= DAYS * DAY
            if other != article and close and sketches[article].jaccard(sketches[other]) >= ALIKE:
                pairs.add((article, other) if article < other else (other, article))
    return Copies(frozenset(pairs), _origins(listed, pairs))


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
