"""Labelled tolls: which of an article's numbers are those of its hand-coded events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.candidates import Candidate, Decision, Reading
from pipeline.linear import Names, names_of
from pipeline.measuring.scoring import Measures, best_pairing, number
from pipeline.reading.clauses import ClauseTables
from pipeline.reading.toll_options import Tolls
from pipeline.reading.toll_rules import options, with_other_side
from pipeline.reports import DEADLY

Row = dict[str, Any]


def toll_samples(reading: Reading, events: Sequence[Row], candidates: Sequence[Candidate],
                 decisions: Sequence[Decision], rows: Sequence[Row], kind: str, tables: ClauseTables,
                 measures: Measures) -> list[tuple[Names, int, float]]:  # fmt: skip
    """(features, label, weight) of every number of one kind beside every coded event that a hand-coded one matches.

    kind is killed or injured; rows are the candidates as reports. An event matched at another place teaches nothing.
    """
    tolls = Tolls(reading, candidates, decisions, kind, tables)
    if not tolls.all:
        return []
    field = "fatalities" if kind == "killed" else "injured"
    coded = {event.head.index: event for event in tolls.events if event.head.family in DEADLY}
    own = [rows[index] for index in coded]
    samples: list[tuple[Names, int, float]] = []
    for at, to in best_pairing(events, own, measures.pair_score):
        if measures.same_place(events[at], own[to]):
            wanted, event = number(events[at].get(field)), list(coded.values())[to]
            offered = options(event)
            weight = max(len(offered), 1) ** -0.5
            right = [wanted in (t.number, with_other_side(event, t).number) for t in offered]
            samples.extend((names_of(event.features(t)), int(r), weight) for t, r in zip(offered, right, strict=True))
    return samples
