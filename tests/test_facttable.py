"""Weights of facts in one array are those that the facts' names have."""

from __future__ import annotations

import pytest

from pipeline.facttable import FactTable, sums
from pipeline.linear import Linear, name_of, names_of
from pipeline.reading.features import Crosses


def test_a_table_of_facts_weighs_them_as_their_names_do() -> None:
    weights = {"age=0": 0.5, "age=0&date=clause": 1.0, "date=none&age=0": 9.0, "form=past": 2.0, "nowhere": 7.0}
    table = FactTable([("age",), ("age", "date"), ("form",), ("form", "voice")], weights)
    told = [{"age": "0", "date": "clause", "form": "past", "voice": ""},
            {"age": "9", "date": "clause", "form": "noun", "voice": "active"}]  # fmt: skip
    assert table.of(told).tolist() == [[0.5, 1.0, 2.0, 0.0], [0.0, 0.0, 0.0, 0.0]]
    assert sums(table.of(told)).tolist() == [3.5, 0.0]


def test_pairs_of_the_decision_are_weighed_as_their_names_are() -> None:
    from pipeline.deciders.model import WEIGHTS

    model, crosses = Linear.load(WEIGHTS), Crosses.load()
    table = FactTable(crosses.columns, model.weights)
    pairs = [name for name in model.weights if "&" in name]
    assert len(pairs) > 100
    for name in pairs[::17]:
        facts = dict.fromkeys((fact for column in crosses.columns for fact in column), "?")
        facts |= dict(part.split("=", 1) for part in name.split("&"))
        on = names_of((), crosses.of(facts))
        assert name in on and [name_of(pair) for pair in crosses.of(facts)] == list(on)
        by_name = sum(model.weights.get(found, 0.0) for found in on)
        assert sums(table.of([facts])).tolist() == pytest.approx([by_name], abs=1e-9)
