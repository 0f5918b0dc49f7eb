"""The sample corpus: its files are sound, and the pipeline codes exactly the expected events of every article."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.order import code_article, load_kit
from pipeline.records import Article

SAMPLE = Path(__file__).resolve().parent.parent / "datasets" / "sample"
FAMILIES = frozenset((
    "shelling", "air_strike", "bombing", "chemical", "clash", "attack", "abduction", "protest", "riot", "agreement",
    "arrest", "disrupted_weapons", "destruction", "movement", "other", "call",
))  # fmt: skip
# What the coder misses: strict, so that the row goes when it no longer does.
GAPS = {"sy-2019-12-22": "a second strike (كما قتل … في غارة ثانية على Y) gets the city told before it"}
FIELDS = ("family", "sub_event_type", "event_date", "country", "location", "fatalities", "injured", "crowd_size")


def lines(name: str) -> list[dict[str, Any]]:
    with (SAMPLE / f"{name}.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


ARTICLES = {record["id"]: record for record in lines("articles")}
EXPECTED = {record["id"]: record for record in lines("expected")}


@lru_cache(maxsize=1)
def kit() -> Any:
    return load_kit()


@lru_cache(maxsize=32)
def coded(article_id: str) -> tuple[dict[str, Any], ...]:
    """The reports of an article that are events of their own."""
    record = ARTICLES[article_id]
    article = Article(
        record["id"], datetime.fromisoformat(record["published_at"]), record["title"], record["text"],
        record["source"], record["url"], record["language"],
    )  # fmt: skip
    return tuple(row for row in code_article(article, kit()).reports if row["decision"] == "coded")


def told(event: dict[str, Any]) -> tuple[Any, ...]:
    """What must be right of an event: kind, day, place, toll and crowd."""
    return tuple(str(event[name] or "") if name == "event_date" else event[name] or None for name in FIELDS)


def test_the_two_files_speak_of_the_same_articles() -> None:
    assert list(ARTICLES) == list(EXPECTED)
    assert len(ARTICLES) >= 14


def test_every_family_and_several_countries_are_there() -> None:
    events = [event for record in EXPECTED.values() for event in record["events"]]
    assert {event["family"] for event in events} == FAMILIES
    assert len({event["country"] for event in events if event["country"]}) >= 8


@pytest.mark.parametrize("article_id", list(EXPECTED))
def test_expected_words_stand_in_the_article(article_id: str) -> None:
    raw = f"{ARTICLES[article_id]['title']}\n{ARTICLES[article_id]['text']}"
    record = EXPECTED[article_id]
    for event in record["events"]:
        assert event["evidence"] in raw
        assert event["place_ar"] in raw
        assert event["date_text"] in raw
        assert event["event_date"] <= ARTICLES[article_id]["published_at"][:10]
    for words, reason in record["negatives"]:
        assert words in raw
        assert reason


def known(article_id: str) -> Any:
    marks = [pytest.mark.xfail(strict=True, reason=GAPS[article_id])] if article_id in GAPS else []
    return pytest.param(article_id, marks=marks)


@pytest.mark.parametrize("article_id", list(map(known, EXPECTED)))
def test_exactly_the_expected_events_are_coded(article_id: str) -> None:
    wanted = Counter(told(event) for event in EXPECTED[article_id]["events"])
    assert Counter(told(row) for row in coded(article_id)) == wanted
