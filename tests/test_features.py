"""Features by name and features as models weigh them are the same: groups and pairs are only another form of names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.intake.articles import ArticleReader, input_files
from pipeline.linear import Linear, name_of, names_of
from pipeline.reading.features import Crosses, Features, features
from pipeline.reading.who import ActorOption
from pipeline.records import Article

SAMPLE = Path(__file__).resolve().parent.parent / "datasets" / "sample" / "articles.jsonl"


@pytest.fixture(scope="module")
def kit() -> Any:
    from pipeline.order import load_kit

    return load_kit("ar")


@pytest.fixture(scope="module")
def told(kit: Any) -> tuple[list[Any], list[Any], list[Features]]:
    """The place options, actor options and candidates' features of some articles."""
    from pipeline.order import read_article
    from pipeline.reports import event_candidates

    places: list[Any] = []
    actors: list[Any] = []
    found: list[Features] = []

    def observe(kind: str, index: int, trigger: Any, options: Sequence[Any]) -> None:
        if kind in ("place", "actor"):
            (places if kind == "place" else actors).extend(options)

    for item in list(ArticleReader(input_files([SAMPLE])))[:40]:
        assert isinstance(item, Article)
        reading, _ = read_article(item, kit)
        scheme, gazetteer = kit.scheme, kit.gazetteer
        candidates = event_candidates(reading, kit.language.reading, gazetteer.country_name, scheme.family, observe)
        found.extend(features(candidates, reading))
    return places, actors, found


def by_name(model: Linear, names: Sequence[str]) -> float:
    """The score as the table of weights says it: the bias and the weight of each name."""
    return model.bias + sum(model.weights.get(name, 0.0) for name in names)


def test_groups_of_options_score_as_their_names_do(kit: Any, told: tuple[list[Any], list[Any], list[Features]]) -> None:
    places, actors, _ = told
    tables = kit.language.reading
    assert len(places) > 50 and len(actors) > 50
    for option in places:
        names = names_of(option.features)
        assert len(set(names)) == len(names)
        assert option.score == pytest.approx(by_name(tables.place_model, names), abs=1e-9)
    for option in actors:
        assert isinstance(option, ActorOption)
        names = names_of(option.features)
        assert len(set(names)) == len(names)
        for model in (tables.agent_model, tables.target_model):
            assert model.score(option.features) == pytest.approx(by_name(model, names), abs=1e-9)


def test_groups_and_pairs_of_candidates_score_as_their_names_do(
    kit: Any, told: tuple[list[Any], list[Any], list[Features]]
) -> None:
    from pipeline.deciders.model import WEIGHTS

    model, crosses = Linear.load(WEIGHTS), Crosses.load()
    assert len(told[2]) > 30
    for one in told[2]:
        names = names_of(one.groups, crosses.of(one.facts))
        assert len(set(names)) == len(names)
        score = model.score(one.groups, crosses.of(one.facts))
        assert score == pytest.approx(by_name(model, names), abs=1e-9)


def test_a_pair_is_named_by_its_facts() -> None:
    (pair,) = Crosses([("age", "date")]).of({"age": "0", "date": "clause", "form": "past"})
    assert name_of(pair) == "age=0&date=clause"
    model = Linear({"age=0&date=clause": 0.5, "past": 1.0}, 0.25)
    assert model.score([("past", "unknown")], [pair]) == 1.75
