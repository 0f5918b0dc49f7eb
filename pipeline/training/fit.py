"""Logistic regression with an even penalty, given back as a Linear model with rounded weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.linear import Linear
from pipeline.reading.wording import WORD

Sample = tuple[Iterable[str], int, float]
SINGLE_WORD = 0.5  # the value of a single word: half that of a fact, so that its weight is held down twice as much


def fitted(rows: Sequence[Sample], strength: float, least: int) -> Linear:
    """Fit (features, label, weight) rows; features seen fewer than least times are left out.

    strength is scikit-learn's C: smaller is more cautious. The result depends only on the rows, not on their order.
    """
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    counts = Counter(name for features, _, _ in rows for name in features)
    kept = {name for name, count in counts.items() if count >= least}
    value = {name: SINGLE_WORD if WORD in name else 1.0 for name in kept}
    table = [{name: value[name] for name in features if name in kept} for features, _, _ in rows]
    vectors = DictVectorizer()
    matrix = vectors.fit_transform(table)
    model = LogisticRegression(C=strength, max_iter=2000)
    model.fit(matrix, [label for _, label, _ in rows], sample_weight=[weight for _, _, weight in rows])
    names = vectors.get_feature_names_out()
    weights = {name: round(float(w) * value[name], 3) for name, w in zip(names, model.coef_[0], strict=True)}
    return Linear({n: w for n, w in sorted(weights.items()) if abs(w) >= 0.005}, round(float(model.intercept_[0]), 3))
