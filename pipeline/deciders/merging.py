"""Retellings inside one article: which accepted candidates are the same event, and which of them stands for it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.candidates import Candidate, DateReading, Reading
from pipeline.deciders.pairs import Pairs
from pipeline.deciders.places import OWN, WIDE_KINDS, same_place
from pipeline.facttable import FactTable, sums
from pipeline.linear import Linear
from pipeline.reading.features import Crosses
from pipeline.resources import PACKAGE

WEIGHTS = PACKAGE / "deciders" / "pair_weights.csv"
CROSSES = PACKAGE / "deciders" / "pair_crosses.csv"
CUT = "(cut)"
NEVER = -30.0  # log-odds that a call and another event are one
TOLL_REACH = 2
SILENCING = ("cumulative", "cumulative.far", "background", "date_old", "date_bound")  # a toll of more than one event
VIOLENT = frozenset(("shelling", "air_strike", "bombing", "chemical", "clash", "attack"))


class Merging:
    """Tellings are joined while the mean log-odds that the candidates of two groups tell one event are above the cut.

    The log-odds of two candidates are a linear model over the named features of pipeline/deciders/pairs.py, fitted to
    hand-coded articles (pair_weights.csv, with the row (cut)).
    """

    def __init__(self, model: Linear, cut: float, crosses: Crosses) -> None:
        self._model, self._cut, self._crosses, self.version = model, cut, crosses, model.version
        self._table: FactTable | None = None  # made when the facts are known

    @classmethod
    def load(cls) -> Merging:
        """Read pair_weights.csv (columns feature and weight, the row (cut) among them) and pair_crosses.csv."""
        model = Linear.load(WEIGHTS)
        return cls(model, model.weights.get(CUT, 0.0), Crosses.load(CROSSES))

    def events(self, accepted: Sequence[tuple[Candidate, float]], reading: Reading) -> dict[int, int]:
        """Candidate index → index of the candidate that stands for its event (itself when it does).

        accepted are candidates with their confidences, in text order.
        """
        groups = self._groups([candidate for candidate, _ in accepted], reading)
        heads = [max((accepted[i] for i in g), key=lambda told: standing(told[0], reading, told[1])) for g in groups]
        best: dict[object, tuple[Candidate, float]] = {}
        for head in sorted(heads, key=lambda told: standing(told[0], reading, told[1]), reverse=True):
            best.setdefault(_one_event(head[0]), head)
        return {
            accepted[i][0].index: best[_one_event(head[0])][0].index
            for g, head in zip(groups, heads, strict=True)
            for i in g
        }

    def _groups(self, candidates: Sequence[Candidate], reading: Reading) -> list[list[int]]:
        """Average linkage: the two groups that are likeliest one are joined, again and again."""
        groups = [[i] for i in range(len(candidates))]
        score = [[NEVER] * len(candidates) for _ in candidates]  # sums over the members of two groups
        for (i, j), found in self._scores(candidates, reading).items():
            score[i][j] = score[j][i] = found
        while len(groups) > 1:
            mean, i, j = max(
                (score[i][j] / (len(groups[i]) * len(groups[j])), -i, -j) for j in range(len(groups)) for i in range(j)
            )
            if mean <= self._cut:
                break
            i, j = -i, -j
            groups[i] += groups.pop(j)
            for k, other in enumerate(score.pop(j)):
                score[i][k] += other
            for k, row in enumerate(score):
                row[i] = score[i][k] if k != i else row[i]
            score = [[value for k, value in enumerate(row) if k != j] for row in score]
        return groups


    def _scores(self, candidates: Sequence[Candidate], reading: Reading) -> dict[tuple[int, int], float]:
        """The log-odds that two candidates tell one event, by their places in the sequence."""
        asked = [
            (i, j) for j, second in enumerate(candidates) for i, first in enumerate(candidates[:j])
            if (first.family == "call") == (second.family == "call")
        ]  # fmt: skip
        if not asked:
            return {}
        pairs = Pairs(reading)
        facts = [pairs.facts(candidates[i], candidates[j]) for i, j in asked]
        openings = [pairs.opening(candidates[i], candidates[j]) for i, j in asked]
        if self._table is None:
            self._table = FactTable([*((fact,) for fact in facts[0]), *self._crosses.columns], self._model.weights)
        found, single = self._table.of(facts), len(facts[0])
        opened = [[self._model.sum((group,)) for group in groups] for groups in openings]
        scores = self._model.bias + sums(np.concatenate((found[:, :single], opened, found[:, single:]), axis=1))
        return dict(zip(asked, scores.tolist(), strict=True))


def _one_event(told: Candidate) -> object:
    """What is one event by definition: one family, day and town (codebook: one event a type, day and place)."""
    town, day = told.where.location, told.when.event_date
    return (told.family, day, town.place_id) if town and day and told.family != "call" else told.index


def standing(candidate: Candidate, reading: Reading, confidence: float) -> tuple[float, ...]:
    """How well a telling stands for its event: a body sentence, then confidence with its own place, day and toll."""
    body = reading.sentences[candidate.sentence].kind in ("body", "bullet")
    own = (candidate.where.basis == "clause") + (candidate.when.basis in OWN)
    narrow = candidate.where.place is not None and candidate.where.place.kind not in WIDE_KINDS
    counted = bool(candidate.killed) or bool(candidate.crowd)
    return float(body), confidence + 0.2 * (own + narrow) + 0.1 * counted - 0.4 * candidate.head.toll, -candidate.index


def event_of_toll(toll: Candidate, candidates: Sequence[Candidate], target: dict[int, int]) -> int:
    """The index of the event whose dead a sentence of its own counts (وأسفر عن مقتل ثلاثة), -1 when it is not clear.

    The toll names no place or day of its own that differs, and the event stands at most TOLL_REACH sentences before.
    """
    if not toll.head.toll or not (toll.killed or toll.injured) or any(s in SILENCING for s in toll.signals):
        return -1
    for other in reversed(candidates[: toll.index]):
        if toll.sentence - other.sentence > TOLL_REACH:
            return -1
        event = target.get(other.index, -1)
        if event >= 0 and other.sentence < toll.sentence and other.family in VIOLENT:
            head = candidates[event]
            return event if _same_day(head.when, toll.when) and same_place(head.where, toll.where) else -1
    return -1


def _same_day(one: DateReading, two: DateReading) -> bool:
    """Whether two tellings may be of one day: equal days, touching intervals, or a day that was only inherited."""
    if one.event_date == two.event_date:
        return True
    if one.date_start is None or two.date_start is None or one.date_end is None or two.date_end is None:
        return False
    if (one.time_precision or 1) > 1 or (two.time_precision or 1) > 1:
        return one.date_start <= two.date_end and two.date_start <= one.date_end
    lent = "publication" in (one.basis, two.basis)
    return lent and abs((one.date_start - two.date_start).days) <= 2
