"""Deciders by name, the null decider, and decisions kept by content hash."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from pipeline.candidates import ActorChoice, Candidate, DateReading, Decision, PlaceChoice, Reading
from pipeline.deciders import DECIDERS, load_decider
from pipeline.deciders.cached import CachedDecider
from pipeline.deciders.null import NullDecider
from pipeline.records import Article, Clock, Document, TriggerMention
from pipeline.resources import TableError

NOBODY = ActorChoice("", "", "", "actor.none")
TRIGGER = TriggerMention(0, 1, 0, 3, "t", "قصف", "shelling", "Shelling/artillery/missile attack", "noun", "strong")


def reading(raw: str) -> Reading:
    article = Article("a", date(2020, 1, 1), "", raw)
    document = Document(article, raw, [raw], [0], [len(raw)])
    return Reading(document, Clock(date(2020, 1, 1)), (), (), (), (), (), (), (), (), "")


def candidate(index: int = 0) -> Candidate:
    return Candidate(
        index, 0, TRIGGER, "shelling", TRIGGER.sub_event_type, "kind.trigger",
        DateReading(None, None, None, None, "date.none"), PlaceChoice(None, None, None, "place.none"),
        NOBODY, NOBODY, (), (), (), (), (), (),
    )  # fmt: skip


class Counting:
    name, version = "counting", "1"

    def __init__(self) -> None:
        self.asked = 0

    def decide(self, candidates: Sequence[Candidate], reading: Reading) -> tuple[Decision, ...]:
        self.asked += 1
        return tuple(Decision("dropped", "mention", 0.25) for _ in candidates)


def test_every_decider_loads_by_name() -> None:
    for name in DECIDERS:
        assert load_decider(name).version


def test_an_unknown_decider_is_named_with_the_known_ones() -> None:
    with pytest.raises(TableError, match="no decider 'oracle'; there are: default, model, null, rules"):
        load_decider("oracle")


def test_the_null_decider_drops_everything_with_its_reason() -> None:
    assert NullDecider().decide([candidate()], reading("قصف")) == (Decision("dropped", "null_decider", 0.0),)


def test_a_decision_is_asked_for_once_per_content(tmp_path: Path) -> None:
    inner = Counting()
    cached = CachedDecider(inner, tmp_path)
    first = cached.decide([candidate()], reading("قصف"))
    assert cached.decide([candidate()], reading("قصف")) == first
    assert inner.asked == 1
    cached.decide([candidate()], reading("قصف مدفعي"))
    assert inner.asked == 2


def test_a_broken_cache_file_is_asked_for_again(tmp_path: Path) -> None:
    inner = Counting()
    cached = CachedDecider(inner, tmp_path)
    cached.decide([candidate()], reading("قصف"))
    (kept,) = tmp_path.iterdir()
    kept.write_text("[[1, 2", encoding="utf-8")
    assert cached.decide([candidate()], reading("قصف"))[0].reason == "mention"
    assert inner.asked == 2
