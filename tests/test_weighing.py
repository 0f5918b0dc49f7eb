"""The sub-event types that are told with the same words are weighed; without weights the rules decide."""

from __future__ import annotations

import csv

from pipeline.contracts.scheme import Scheme
from pipeline.linear import Linear
from pipeline.reading.weighing import SCOPE_OF, SCOPES, KindModel, options_of
from pipeline.resources import PACKAGE

FACTS = (("rule=Armed clash",), ("near=استعاد", "actor1_inter=State forces"))


def test_every_type_of_a_scope_is_of_the_scheme() -> None:
    kinds = Scheme.load().kinds
    assert all(kind in kinds for kind in SCOPE_OF)
    assert sum(map(len, SCOPES)) == len(SCOPE_OF)  # none stands in two scopes


def test_without_weights_the_rule_decides() -> None:
    model = KindModel(Linear({}))
    assert not model
    assert model.best("Armed clash", FACTS) == "Armed clash"
    assert model.best("Agreement", FACTS) == "Agreement"


def test_the_facts_that_weigh_most_decide_within_the_scope() -> None:
    weights = {"Government regains territory: near=استعاد": 1.5, "Armed clash: rule=Armed clash": 1.0,
               "Air/drone strike: near=استعاد": 9.0}  # fmt: skip
    model = KindModel(Linear(weights))
    assert model.best("Armed clash", FACTS) == "Government regains territory"
    assert model.best("Armed clash", FACTS[:1]) == "Armed clash"
    assert model.best("Attack", FACTS) == "Attack"


def test_of_equal_types_the_rule_is_kept() -> None:
    model = KindModel(Linear({"Air/drone strike: near=طائرة": 1.0}))
    assert model.best("Shelling/artillery/missile attack", FACTS) == "Shelling/artillery/missile attack"


def test_options_are_the_types_of_one_scope_with_their_facts() -> None:
    options = options_of("Armed clash", FACTS)
    assert [option.kind for option in options] == sorted(SCOPE_OF["Armed clash"])
    assert "Armed clash: actor1_inter=State forces" in options[0].names
    assert options_of("Agreement", FACTS) == []


def test_the_weights_are_of_types_and_facts_that_exist() -> None:
    with (PACKAGE / "reading" / "kind_weights.csv").open(encoding="utf-8", newline="") as rows:
        names = [row["feature"] for row in csv.DictReader(rows)]
    facts = {name.partition(": ")[2].partition("=")[0] for name in names if name != "(bias)"}
    known = {"rule", "kind_rule", "trigger", "trigger_form", "actor1", "actor2", "actor1_inter", "actor2_inter",
             "actor1_inter_rule", "actor2_inter_rule", "inters", "killed", "injured", "weapon", "weapon_kind", "beside",
             "kind_beside", "near"}  # fmt: skip
    assert {name.partition(": ")[0] for name in names if name != "(bias)"} <= set(SCOPE_OF)
    assert facts <= known
