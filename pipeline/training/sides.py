"""Fitting the agent, target and pair models together: the weights under which the right pairs are the likeliest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.linear import Group, Linear, names_of
from pipeline.reading.cast import side_name
from pipeline.reading.pairing import PairFeatures
from pipeline.reading.who import ActorOption

ROUNDS = 150  # steps of the search for the best weights


@dataclass(frozen=True)
class SideSample:
    """The options of one trigger: groups of each option, pairs (agent, target, groups), which pairs are right."""

    options: Sequence[tuple[Group, ...]]
    pairs: Sequence[PairFeatures]
    right: Sequence[bool]
    weight: float = 1.0


def side_sample(options: Sequence[ActorOption], pairs: Sequence[PairFeatures], wanted: Sequence[tuple[str, str]],
                keys: Callable[[str], frozenset[str]], crowd: bool) -> SideSample | None:  # fmt: skip
    """Label the pairs by the hand-coded sides (agent and target names, "" for nobody) of the events told here.

    A side that no option has may be anyone; None where that leaves nothing to learn. crowd: the acting side is given.
    """
    own = [keys(side_name(option.mention)) if option.identity else frozenset() for option in options]
    right = [False] * len(pairs)
    learns = False
    for agent, target in wanted:
        fits = []
        for side, told in enumerate((agent, target)):
            want = keys(told)
            good = {i for i, k in enumerate(own) if k & want} if told else {len(options) - 1}
            if side == 0 and crowd:
                good = {len(options) - 1}
            learns = learns or (bool(good) and not (side == 0 and crowd))
            fits.append(good or set(range(len(options))))
        for place, (i, j, _) in enumerate(pairs):
            right[place] = right[place] or (i in fits[0] and j in fits[1])
    if not learns or not any(right) or all(right):
        return None
    return SideSample([option.features for option in options], pairs, right)


def fitted_sides(samples: Sequence[SideSample], strengths: dict[str, float], least: int) -> dict[str, Linear]:
    """Fit the three models; strengths are penalties turned round as scikit-learn's C, features seen in fewer than
    least places are left out. The result depends only on the samples and their order."""
    import numpy as np
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    columns: dict[str, dict[str, int]] = {}
    matrices = {}
    rows_of = {
        "agent": [groups for s in samples for groups in s.options],
        "sides": [groups for s in samples for _, _, groups in s.pairs],
    }
    for name, rows in rows_of.items():
        counts: Counter[Group] = Counter(group for groups in rows for group in groups)
        single: Counter[str] = Counter()
        named = {group: names_of([group]) for group in counts}
        for group, count in counts.items():
            for feature in named[group]:
                single[feature] += count
        kept = {f: i for i, f in enumerate(sorted(f for f, c in single.items() if c >= least))}
        of_group = {group: [kept[f] for f in names if f in kept] for group, names in named.items()}
        indices: list[int] = []
        pointers = [0]
        for groups in rows:
            for group in groups:
                indices += of_group[group]
            pointers.append(len(indices))
        data = np.ones(len(indices))
        matrices[name] = csr_matrix((data, indices, pointers), shape=(len(rows), len(kept)))
        columns[name] = kept
    agent_at, target_at, sample_of, right = [], [], [], []
    base = 0
    for number, sample in enumerate(samples):
        for (i, j, _), good in zip(sample.pairs, sample.right, strict=True):
            agent_at.append(base + i)
            target_at.append(base + j)
            sample_of.append(number)
            right.append(good)
        base += len(sample.options)
    ai, ti, so, ok = (np.array(v) for v in (agent_at, target_at, sample_of, right))
    starts = np.flatnonzero(np.r_[True, so[1:] != so[:-1]])
    weights = np.array([s.weight for s in samples])[so]
    option, pair = matrices["agent"], matrices["sides"]
    n, m = option.shape[1], pair.shape[1]
    penalty = np.r_[np.full(n, 1 / strengths["agent"]), np.full(n, 1 / strengths["target"]),
                    np.full(m, 1 / strengths["sides"])]  # fmt: skip

    def shares(scores: Any) -> tuple[Any, Any]:
        top = np.maximum.reduceat(scores, starts)
        raised = np.exp(scores - top[so])
        total = np.add.reduceat(raised, starts)
        return raised / total[so], np.log(total) + top

    def loss(w: Any) -> tuple[float, Any]:
        scores = (option @ w[:n])[ai] + (option @ w[n : 2 * n])[ti] + pair @ w[2 * n :]
        every, log_every = shares(scores)
        good, log_good = shares(np.where(ok, scores, -1e9))
        first = weights[starts]
        value = float(((log_every - log_good) * first).sum() + 0.5 * (penalty * w * w).sum())
        slope = (every - good) * weights
        by_agent = np.bincount(ai, slope, option.shape[0])
        by_target = np.bincount(ti, slope, option.shape[0])
        return value, np.r_[option.T @ by_agent, option.T @ by_target, pair.T @ slope] + penalty * w

    found = minimize(loss, np.zeros(2 * n + m), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x
    parts = {"agent": (found[:n], columns["agent"]), "target": (found[n : 2 * n], columns["agent"]),
             "sides": (found[2 * n :], columns["sides"])}  # fmt: skip
    models = {}
    for name, (values, kept) in parts.items():
        rounded = {feature: round(float(values[i]), 3) for feature, i in kept.items()}
        models[name] = Linear({f: w for f, w in sorted(rounded.items()) if abs(w) >= 0.02})
    return models
