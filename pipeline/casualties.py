"""Killed, injured and crowd of the coded events: which of the article's numbers each event takes, if any."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.candidates import Candidate, Decision, Reading
from pipeline.events import OF_SIBLING
from pipeline.linear import Linear
from pipeline.machinery.quick import replace
from pipeline.reading.tables import ReadingTables
from pipeline.reading.toll_options import Event, Tolls
from pipeline.reading.toll_rules import options, with_other_side
from pipeline.reading.toll_sums import Toll
from pipeline.records import Quantity
from pipeline.reports import DEADLY

CUT = -0.6  # log-odds from which a number is taken: among the held-out articles the best of -0.3, -0.6 and -0.9
ELSEWHERE = {"merged": "telling", "telling": "telling", "title": "title", "clause": "", "sentence": ""}


def counted(candidates: Sequence[Candidate], decisions: Sequence[Decision], reading: Reading,
            tables: ReadingTables) -> tuple[Candidate, ...]:  # fmt: skip
    """The candidates again, each coded one with the numbers that are its own.

    A number is of one event only. Where none is likely enough, words without a number stay (عشرات), and numbers of
    others are kept as such: null with their rule.
    """
    if not any(d.decision == "coded" for d in decisions):
        return tuple(candidates)
    killed = _taken(Tolls(reading, candidates, decisions, "killed", tables.clauses), tables.toll_model)
    injured = _taken(Tolls(reading, candidates, decisions, "injured", tables.clauses), tables.injury_model)
    _agree(killed, injured, candidates)
    taken = {(candidates[i].head.start, candidates[i].head.trigger_id): told for i, told in killed.items()}
    merged: dict[int, list[Candidate]] = {}
    for candidate, decision in zip(candidates, decisions, strict=True):
        if decision.decision == "merged":
            merged.setdefault(decision.merged_into, []).append(candidate)
    found = []
    for candidate, decision in zip(candidates, decisions, strict=True):
        index, others = candidate.index, merged.get(candidate.index, ())
        if decision.decision == "coded" and candidate.family in DEADLY:
            sibling = taken.get((candidate.head.start, candidate.head.trigger_id), ())
            candidate = replace(
                candidate,
                killed=killed.get(index)
                or (
                    _of_others(sibling, OF_SIBLING)
                    if sibling
                    else _left([candidate.killed, *(c.killed for c in others)])
                ),
                injured=injured.get(index) or _left([candidate.injured, *(c.injured for c in others)]),
                crowd=_crowd([candidate.crowd, *(c.crowd for c in others)]),
            )
        found.append(candidate)
    return tuple(found)


def _agree(killed: dict[int, tuple[Quantity, ...]], injured: dict[int, tuple[Quantity, ...]],
           candidates: Sequence[Candidate]) -> None:  # fmt: skip
    """Where nobody was hurt nobody was killed, and the other way round where the words deny any harm."""
    for one, other in ((killed, injured), (injured, killed)):
        for index, told in one.items():
            unhurt = len(told) == 1 and told[0].low == 0 and not told[0].rule.startswith("quantity.none_killed")
            candidate = candidates[index]
            if unhurt and index not in other and not (candidate.injured if other is injured else candidate.killed):
                other[index] = told


def _taken(tolls: Tolls, model: Linear) -> dict[int, tuple[Quantity, ...]]:
    """The quantities that each event takes, by its candidate's index: the likeliest pairs of event and toll first."""
    if not tolls.all:
        return {}
    pairs: list[tuple[float, int, int, Event, Toll]] = []
    for event in tolls.events:
        if event.head.family in DEADLY:
            scores = [(model.score(event.features(toll)), toll) for toll in options(event)]
            pairs.extend((-score, event.head.index, at, event, toll) for at, (score, toll) in enumerate(scores))
    found: dict[int, tuple[Quantity, ...]] = {}
    given: set[int] = set()
    for score, index, _, event, toll in sorted(pairs, key=lambda pair: pair[:3]):
        if -score <= CUT:
            break
        if not toll.number and any(c.killed if tolls.kind == "killed" else c.injured for c in event.tellings):
            continue  # some were hurt, so what nobody suffered is of another
        own = {quantity.first for quantity in toll.members}
        if index not in found and not (toll.number and own & given):
            toll = with_other_side(event, toll)
            found[index] = _as_read(toll, event.relation(toll))
            given.update(quantity.first for quantity in toll.members)
    return found


def _as_read(toll: Toll, relation: str) -> tuple[Quantity, ...]:
    """The members of a toll with their rules: how they were read, then where they stand."""
    place = ELSEWHERE.get(relation, "sentence")
    where = f"+quantity.of_{place}" if place else ""
    sums = {"both": "quantity.sum_of_counts", "sides": "quantity.sum_of_sides", "over": "quantity.sum_of_sides"}
    rules = [sums.get(toll.shape, q.rule) for q in toll.members]
    return tuple(
        replace(q, rule=f"{rule}{where}", subset=False, cumulative=False, group=0 if len(toll.members) > 1 else -1)
        for q, rule in zip(toll.members, rules, strict=True)
    )


def _left(told: Sequence[tuple[Quantity, ...]]) -> tuple[Quantity, ...]:
    """What stays of the quantities of an event's tellings when none of the numbers is its own."""
    for own in told:
        if vague := tuple([q for q in own if q.low is None]):
            return vague
    numbered = next(filter(None, told), ())
    return _of_others(numbered, "quantity.of_others")


def _of_others(quantities: Sequence[Quantity], rule: str) -> tuple[Quantity, ...]:
    """Quantities marked as no number of the event."""
    return tuple([q if q.cumulative else replace(q, cumulative=True, rule=rule) for q in quantities])


def _crowd(told: Sequence[tuple[Quantity, ...]]) -> tuple[Quantity, ...]:
    """The crowd of the first telling that gives a number, else of the first that says anything."""
    numbered = (own for own in told if any(q.low is not None for q in own))
    return next(numbered, next(filter(None, told), ()))
