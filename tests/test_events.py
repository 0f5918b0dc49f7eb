"""Events from coded reports: ACLED's rules for words without a number, shared tolls, scope, notes."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.contracts.scheme import Scheme
from pipeline.events import TollRules, merge_events
from pipeline.notes import NoteForms

KIT = SimpleNamespace(
    scheme=Scheme.load(),
    toll_rules=TollRules.load(),
    note_forms=NoteForms.load(),
    country_facts=lambda country: {"Libya": (434, "Northern Africa")}.get(country, (None, None)),
)
ARTICLE = {"article_id": "a1", "source": "Example News", "published_at": "2019-04-19T10:00:00+02:00"}


def report(**changes: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "report_id": "r1", "article_id": "a1", "event_id": "e1", "decision": "coded", "family": "shelling",
        "event_type": "Explosions/Remote violence", "sub_event_type": "Shelling/artillery/missile attack",
        "event_date": date(2019, 4, 19), "date_start": date(2019, 4, 19), "date_end": date(2019, 4, 19),
        "time_precision": 1, "date_rule": "date.weekday+clause", "country": "Libya", "admin1": "West",
        "admin2": "Tripoli", "admin3": None, "location": "Tripoli", "latitude": 32.8925, "longitude": 13.18,
        "geo_precision": 1, "place_rule": "place.unique+clause", "actor1": "Unidentified Armed Group (Libya)",
        "assoc_actor_1": None, "inter1": "Political militia", "actor2": "Civilians (Libya)", "assoc_actor_2": None,
        "inter2": "Civilians", "civilian_targeting": "Civilian targeting", "tags": None, "fatalities": None,
        "fatalities_rule": "quantity.none", "injured": None, "crowd_size": None, "confidence": 0.9,
        "evidence_in": "text", "trigger_start": 3, "trigger_id": "t1",
    }  # fmt: skip
    return {**row, **changes}


def coded(*reports: dict[str, Any]) -> list[dict[str, Any]]:
    return merge_events(list(reports), [ARTICLE], KIT)[0]


@pytest.mark.parametrize(
    ("rule", "country", "expected"),
    [
        ("quantity.none", "Libya", (0, "fatalities.none_reported")),
        ("quantity.vague.several", "Libya", (10, "fatalities.several_in_war")),
        ("quantity.vague.several", "Tunisia", (3, "fatalities.several")),
        ("quantity.vague.tens", "Tunisia", (10, "fatalities.tens")),
        ("quantity.vague.dozens", "Tunisia", (12, "fatalities.dozens")),
        ("quantity.vague.hundreds", "Tunisia", (100, "fatalities.hundreds")),
    ],
)
def test_words_without_a_number_follow_the_codebook(rule: str, country: str, expected: tuple[int, str]) -> None:
    (event,) = coded(report(fatalities_rule=rule, country=country))
    assert (event["fatalities"], event["fatalities_rule"]) == expected


def test_war_zones_end() -> None:
    (event,) = coded(report(fatalities_rule="quantity.vague.several", event_date=date(2021, 6, 1)))
    assert event["fatalities"] == 3


def test_a_toll_that_stands_with_the_first_place_is_split_too() -> None:
    first = {"fatalities": 5, "fatalities_rule": "quantity.cue"}
    later = {"fatalities": None, "fatalities_rule": "quantity.of_sibling"}
    rows = [report(report_id=f"r{i}", event_id=f"e{i}", **(later if i else first)) for i in range(2)]
    split = sorted((e["fatalities"], e["fatalities_rule"]) for e in coded(*rows))
    assert split == [(2, "quantity.cue+split"), (3, "quantity.cue+split")]


def test_a_toll_told_for_three_places_is_split_with_the_remainder_first() -> None:
    shared = {"fatalities": 7, "fatalities_rule": "quantity.digits"}
    rows = [report(report_id=f"r{i}", event_id=f"e{i}", **shared) for i in range(3)]
    assert sorted((e["fatalities"] for e in coded(*rows)), reverse=True) == [3, 2, 2]


def test_a_call_is_outside_acled_and_has_no_interaction_region_or_toll_note() -> None:
    call = report(
        family="call", event_type="Diplomacy", sub_event_type="Phone call", country=None, location=None, latitude=None,
        longitude=None, geo_precision=None, actor1="Donald Trump", actor2="Khalifa Haftar", inter1=None, inter2=None,
    )  # fmt: skip
    (event,) = coded(call)
    assert event["acled_scope"] is False
    assert event["disorder_type"] is None and event["interaction"] is None and event["iso"] is None
    assert event["notes"] == "On 19 April 2019, Donald Trump and Khalifa Haftar spoke by telephone."


def test_an_event_known_only_to_its_country_is_outside_scope() -> None:
    (event,) = coded(report(location=None, latitude=None, longitude=None, geo_precision=3))
    assert event["acled_scope"] is False and event["country"] == "Libya"


def test_notes_and_interaction_follow_the_fields() -> None:
    (event,) = coded(report(fatalities=2, fatalities_rule="quantity.dual", injured=4, geo_precision=2))
    assert event["interaction"] == "Political militia-Civilians"
    assert event["notes"] == (
        "On 19 April 2019, Unidentified Armed Group (Libya) shelled Civilians (Libya) near Tripoli (West). "
        "There were 2 reported fatalities. 4 injured."
    )
    assert (event["iso"], event["region"], event["timestamp"]) == (434, "Northern Africa", 1555660800)


def test_merged_reports_stand_with_their_event_and_dropped_ones_do_not() -> None:
    dropped = report(report_id="r3", decision="dropped", event_id=None)
    rows = [report(), report(report_id="r2", decision="merged"), dropped]
    (event,) = coded(*rows)
    assert event["report_ids"] == ["r1", "r2"]


def test_interactions_are_free_of_order_and_put_external_before_civilians() -> None:
    scheme = Scheme.load()
    assert scheme.interaction("Civilians", "External/Other forces") == "External/Other forces-Civilians"
    assert scheme.interaction("Rebel group", "State forces") == "State forces-Rebel group"
    assert scheme.interaction("Protesters", None) == "Protesters only"
    assert scheme.interaction(None, None) is None
