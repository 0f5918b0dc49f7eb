"""Labelled pairs of candidates: whether two of them tell one hand-coded event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from pipeline.candidates import Candidate, Reading
from pipeline.deciders.pairs import Pairs
from pipeline.deciders.reasons import hard_reason
from pipeline.linear import Names, names_of
from pipeline.measuring.scoring import GROUPS, Measures, date_gap
from pipeline.reading.features import Crosses

Row = dict[str, Any]
LEAST_CONFIDENCE = 0.15  # what the decision would never code need not be merged
SURE, LOOSE, BOTH_LOOSE, FALSE_TELLING, ELSEWHERE = 1.0, 0.5, 0.3, 1.0, 0.2  # weights of the labels
ARTICLE = 4.0  # the weight of an article's pairs together grows with the root of their number


@dataclass(frozen=True)
class _Told:
    """Which hand-coded events a candidate's row matches: the best in kind, day and place, all such, and all in kind
    and day whatever the place."""

    row: Row
    best: int | None
    strict: frozenset[int]
    loose: frozenset[int]


def pair_samples(reading: Reading, events: Sequence[Row], candidates: Sequence[Candidate], rows: Sequence[Row],
                 confidences: Sequence[float], crosses: Crosses,
                 measures: Measures) -> list[tuple[Names, int, float]]:  # fmt: skip
    """(features, label, weight) of every two candidates of an article that might both be coded.

    rows are the candidates as reports, confidences those of a decision model that has not seen the article.
    """
    likely = [
        c for c in candidates if confidences[c.index] >= LEAST_CONFIDENCE and not hard_reason(c, reading)
    ]  # fmt: skip
    told = {c.index: _told(rows[c.index], events, measures) for c in likely}
    pairs, found = Pairs(reading), []
    for one, two in combinations(likely, 2):
        if (one.family == "call") == (two.family == "call"):
            found.append((one, two, *_label(told[one.index], told[two.index], events, measures)))
    weight = ARTICLE * len(found) ** -0.5 if found else 0.0
    samples = []
    for one, two, label, sure in found:
        if sure:
            on = pairs.features(one, two)
            samples.append((names_of(on.groups, crosses.of(on.facts)), label, weight * sure))
    return samples


def _told(row: Row, events: Sequence[Row], measures: Measures) -> _Told:
    scores = [measures.pair_score(event, row) for event in events]
    loose = [i for i, score in enumerate(scores) if score > 0]
    strict = [i for i in loose if measures.same_place(events[i], row)]
    return _Told(row, max(strict, key=scores.__getitem__, default=None), frozenset(strict), frozenset(loose))


def _label(one: _Told, two: _Told, events: Sequence[Row], measures: Measures) -> tuple[int, float]:
    """The label and its weight, 0 when the hand-coded events do not say."""
    if one.best is not None and two.best is not None:
        same_kind = one.row["family"] == two.row["family"]
        return int(one.best == two.best or (same_kind and bool(one.strict & two.strict))), SURE
    for known, other in ((one, two), (two, one)):
        if known.best is not None and other.loose:
            return int(known.best in other.loose), LOOSE
    if one.loose and two.loose:
        return int(bool(one.loose & two.loose)), BOTH_LOOSE
    for known, other in ((one, two), (two, one)):
        if known.best is not None:
            return _false_telling(events[known.best], other.row, measures)
    return 0, 0.0


def _false_telling(event: Row, row: Row, measures: Measures) -> tuple[int, float]:
    """A candidate that is no event of its own; like a told one in two of kind, day and place it is that one misread."""
    kind = GROUPS[str(row["family"])] == GROUPS[event["family"]]
    gap = date_gap(event, row)
    day, place = gap is not None and gap <= 1, measures.same_place(event, row)
    if (place and (day or kind)) or (kind and day):
        return 1, FALSE_TELLING
    return 0, 0.0 if place else ELSEWHERE
