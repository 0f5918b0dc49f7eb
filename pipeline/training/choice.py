"""A linear model that chooses one of several options: conditional (multinomial) logistic regression."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from pipeline.linear import Linear, Names

Choice = tuple[Sequence[Names], Sequence[bool]]  # the names of each option, and whether it is right
ROUNDS = 200


def chosen(choices: Sequence[Choice], penalty: float, least: int) -> Linear:
    """Fit weights so that e to the score, divided by the sum over the options, is the chance of an option.

    Of several right options together the chance is raised. Names seen fewer than least times are left out; penalty is
    the weight of the sum of squares. The result depends only on the choices; the model has no bias.
    """
    import numpy as np
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    counts = Counter(name for options, _ in choices for names in options for name in names)
    kept = sorted(name for name, count in counts.items() if count >= least)
    columns = {name: at for at, name in enumerate(kept)}
    indices: list[int] = []
    ends: list[int] = [0]
    starts: list[int] = []  # the first row of each choice
    right: list[float] = []
    for options, fits in choices:
        if any(fits) and not all(fits):
            starts.append(len(right))
            for names, fit in zip(options, fits, strict=True):
                indices.extend(columns[name] for name in names if name in columns)
                ends.append(len(indices))
                right.append(float(fit))
    if not starts:
        return Linear({})
    table = csr_matrix((np.ones(len(indices)), indices, ends), shape=(len(right), len(kept)))
    fit_of, sizes = np.array(right), np.diff([*starts, len(right)])

    def loss(weights: Any) -> tuple[float, Any]:
        scores = table @ weights
        odds = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        every, good = np.add.reduceat(odds, starts), np.add.reduceat(odds * fit_of, starts)
        slope = odds / np.repeat(every, sizes) - odds * fit_of / np.repeat(good, sizes)
        value = float(np.log(every / good).sum() + 0.5 * penalty * weights @ weights)
        return value, table.T @ slope + penalty * weights

    found = minimize(loss, np.zeros(len(kept)), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x
    weights = {name: round(float(weight), 3) for name, weight in zip(kept, found, strict=True)}
    return Linear({name: weight for name, weight in weights.items() if abs(weight) >= 0.005})
