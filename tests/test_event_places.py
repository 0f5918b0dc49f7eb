"""Where an event happened: what is offered to a trigger, what the models see of it, and how a choice is fitted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

import pytest

from pipeline.candidates import Candidate, Decision, Reading
from pipeline.kit import Kit, load_kit
from pipeline.linear import Linear, names_of
from pipeline.order import read_article
from pipeline.reading.listing import Further
from pipeline.reading.neighbours import list_heads, way_of
from pipeline.reading.options import Option
from pipeline.reading.where import best_option, sureness
from pipeline.records import Article
from pipeline.reports import event_candidates
from pipeline.retelling import completed
from pipeline.rows import report_rows


@cache
def kit() -> Kit:
    return load_kit(decider="null")


@cache
def read(text: str, title: str = "") -> Reading:
    article = Article("own", datetime.fromisoformat("2018-03-02T12:00:00+03:00"), title, text)
    return read_article(article, kit())[0]


def seen(reading: Reading, place: Linear, further: Linear) -> tuple[tuple[Candidate, ...], list[tuple[str, int, Any]]]:
    """Candidates under the given models, and (kind, sentence, options) of all that was weighed."""
    tables = replace(kit().language.reading, place_model=place, listed_model=further)
    found: list[tuple[str, int, Any]] = []

    def observe(kind: str, index: int, trigger: Any, options: Any) -> None:
        found.append((kind, index, options))

    country, family = kit().gazetteer.country_name, kit().scheme.family
    return event_candidates(reading, tables, country, family, observe), found


def words(reading: Reading, mention: Any) -> str:
    return reading.document.raw[mention.start : mention.end]



LIST = "قصفت طائرات الجيش بلدات سراقب وخان شيخون ومعرة النعمان يوم الخميس."
MISSILE = "أطلقت الجماعة صاروخا من صنعاء باتجاه نجران يوم الخميس."
TWO = "قال سكان إن الجنود انتشروا في مدينة حمص.\nوقصفت المدفعية الحي يوم الخميس.\nوأصيب ثلاثة مدنيين في بلدة الرستن."


def test_a_list_has_one_head_and_a_place_apart_its_own() -> None:
    reading = read(LIST)
    heads = list_heads(reading.document, reading.places[0], kit().language.reading)
    assert len(heads) == 3 and set(heads) == {0}
    reading = read(MISSILE)
    assert list_heads(reading.document, reading.places[0], kit().language.reading) == [0, 1]


def test_origin_and_goal_are_told_by_the_words_before() -> None:
    reading = read(MISSILE)
    tables = kit().language.reading
    assert [way_of(reading.document, m, tables) for m in reading.places[0]] == ["from", "to"]


@pytest.mark.parametrize(("bias", "places"), [(5.0, 3), (-5.0, 1)])
def test_further_places_are_events_of_their_own_as_the_list_model_says(bias: float, places: int) -> None:
    candidates, found = seen(read(LIST), Linear({"listed=first": 3.0}), Linear({}, bias))
    strikes = [c for c in candidates if c.head is candidates[0].head]
    assert len({c.where.place.place_id for c in strikes if c.where.place}) == places
    assert all(0.0 <= c.where.sure <= 1.0 for c in candidates)
    assert all(isinstance(one, Further) for kind, _, options in found if kind == "list" for one in options)


def test_a_sentence_without_a_place_is_lent_those_around_it_each_once() -> None:
    reading = read(TWO)
    _, found = seen(reading, Linear({}), Linear({}))
    lent = [options for kind, index, options in found if kind == "place" and index == 1]
    assert lent, "the second sentence has a trigger"
    names = [words(reading, option.mention) for option in lent[0]]
    assert any("حمص" in name for name in names) and any("الرستن" in name for name in names)
    towns = [option.mention.location.place_id for option in lent[0]]
    assert len(towns) == len(set(towns)) and all(option.basis != "clause" for option in lent[0])


def test_the_family_sees_where_something_came_from_and_went() -> None:
    _, found = seen(read(MISSILE), Linear({}), Linear({}))
    options = next(options for kind, _, options in found if kind == "place")
    origin, goal = (set(names_of(option.features)) for option in options[:2])
    assert any(name.endswith("/way=from/True/False") for name in origin)
    assert any(name.endswith("/way=to/False/True") for name in goal)


def test_sureness_is_a_share_of_all_options() -> None:
    mention = read(LIST).places[0][0]
    options = [Option(mention, "clause", (), score) for score in (1.0, 0.0, 1.0)]
    best = best_option(options)
    assert best is options[0] and 0.42 < sureness(best, options) < 0.43


def test_a_choice_is_learned_from_what_was_right_among_others() -> None:
    pytest.importorskip("sklearn")
    from pipeline.training.choice import chosen

    near, far, both = ("near", "town"), ("far", "town"), ("near", "far")
    choices = [([near, far], [True, False]), ([far, near], [False, True]), ([near, both], [True, True])] * 5
    model = chosen(choices, 1.0, 4)
    assert model.weights["near"] > 0.5 > -0.5 > model.weights["far"] and model.bias == 0.0
    assert "town" not in model.weights  # what all options have says nothing
    assert chosen([([near, far], [False, False])], 1.0, 1).weights == {}


def places(text: str) -> tuple[Candidate, ...]:
    return tuple(c for c in seen(read(text), Linear({}), Linear({}))[0] if c.where.place is not None)


def retold(text: str, sure: float = 0.9) -> tuple[str, str]:
    """The place, and its rule, of the text's first event after all others are merged into it as retellings."""
    head, *others = (replace(c, index=i, where=replace(c.where, sure=sure)) for i, c in enumerate(places(text)))
    decisions = [Decision("coded", "event", 1.0), *[Decision("merged", "retelling", 1.0, 0) for _ in others]]
    where = completed((head, *others), decisions)[0].where
    return where.place.place_id if where.place else "", where.rule


def test_a_retelling_narrows_a_province_but_never_a_town() -> None:
    assert retold("قصفت طائرات سوريا.\nوقصفت طائرات سراقب.") == ("SY-saraqib", "place.unique+clause+retelling")
    assert retold("قصفت طائرات سوريا.\nوقصفت طائرات سراقب.", sure=0.5)[0] == "SY"
    assert retold("قصفت طائرات سوريا.\nوقصفت طائرات سراقب.\nوقصفت طائرات دوما.")[0] == "SY"
    assert retold("قصفت طائرات سراقب.\nوقصفت طائرات دوما.")[0] == "SY-saraqib"


def test_an_event_known_only_to_its_country_has_it_as_location_without_degrees() -> None:
    reading = read("قصفت طائرات سوريا.")
    candidates = seen(reading, Linear({}), Linear({}))[0]
    coded = [Decision("coded", "event", 1.0)] * len(candidates)
    (row, *_), _ = report_rows(reading, candidates, coded, kit().scheme, kit().gazetteer)
    assert (row["location"], row["country"], row["geo_precision"], row["latitude"]) == ("Syria", "Syria", 3, None)


def test_the_place_that_the_trigger_before_took_is_known() -> None:
    reading = read("قصفت طائرات سراقب وقتل الجيش ثلاثة.")
    shown = [options for kind, _, options in seen(reading, Linear({}), Linear({}))[1] if kind == "place"]
    first, second = (set(names_of(options[0].features)) for options in shown[:2])
    assert not any(name.startswith("again=") for name in first)
    assert "again=before/False" in second or "again=before/True" in second
