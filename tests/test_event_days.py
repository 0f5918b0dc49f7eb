"""When an event happened: which days are offered to a trigger, what the model sees of them, and which it takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

from pipeline.candidates import Candidate, Reading
from pipeline.kit import Kit, load_kit
from pipeline.linear import Linear, names_of
from pipeline.order import read_article
from pipeline.records import Article
from pipeline.reports import event_candidates

PUBLISHED = "2018-03-02T12:00:00+03:00"  # a Friday
FOLLOWED = "قصفت المدفعية بلدة سراقب يوم الأربعاء.\nوقتل ثلاثة مدنيين في القصف على البلدة.\nوانفجرت عبوة في حمص الخميس."
SAID = "قال المتحدث الخميس إن المدفعية قصفت بلدة سراقب يوم الثلاثاء."


@cache
def kit() -> Kit:
    return load_kit(decider="null")


def seen(text: str, model: Linear) -> tuple[Reading, tuple[Candidate, ...], list[tuple[int, Any]]]:
    """The reading, the candidates under a day model, and (sentence, options) of every trigger."""
    reading = read_article(Article("own", datetime.fromisoformat(PUBLISHED), "", text), kit())[0]
    found: list[tuple[int, Any]] = []

    def observe(kind: str, index: int, trigger: Any, options: Any) -> None:
        if kind == "day":
            found.append((index, options))

    tables = replace(kit().language.reading, day_model=model)
    country, family = kit().gazetteer.country_name, kit().scheme.family
    return reading, event_candidates(reading, tables, country, family, observe), found


def days_of(options: Any) -> list[tuple[str, date | None]]:
    return [(option.basis, option.mention and option.mention.first_day) for option in options]


def test_the_days_of_the_sentence_come_first_then_what_is_lent() -> None:
    _, _, found = seen(FOLLOWED, Linear({}))
    first = next(options for index, options in found if index == 0)
    second = next(options for index, options in found if index == 1)
    assert days_of(first)[:2] == [("clause", date(2018, 2, 28)), ("publication", None)]
    assert days_of(second) == [("publication", None), ("told_before", date(2018, 2, 28)),
                               ("told_after", date(2018, 3, 1))]  # fmt: skip


def test_a_day_is_offered_once_with_all_its_ways() -> None:
    _, _, found = seen(FOLLOWED, Linear({}))
    second = next(options for index, options in found if index == 1)
    names = set(names_of(second[1].features))
    assert {"way=prev1", "also=prev1/lead", "way_near=prev1/none"} <= names


def test_the_model_takes_what_another_sentence_tells_with_its_rule() -> None:
    for weights, day, basis in (({"way=prev1": 3.0}, date(2018, 2, 28), "told_before"),
                                ({"way=next": 3.0}, date(2018, 3, 1), "told_after"),
                                ({"way=publication": 3.0}, date(2018, 3, 2), "publication")):  # fmt: skip
        _, candidates, _ = seen(FOLLOWED, Linear(weights))
        told = next(c for c in candidates if c.sentence == 1)
        assert (told.when.event_date, told.when.basis) == (day, basis)
        assert told.when.rule.endswith(basis)


def test_the_day_of_a_saying_is_known_as_such() -> None:
    _, candidates, found = seen(SAID, Linear({"said=False/after": 2.0}))
    assert candidates[0].when.event_date == date(2018, 2, 27)
    said, own, *_ = found[0][1]
    assert "said=True/before" in set(names_of(said.features))
    assert "said=False/after" in set(names_of(own.features))
    _, candidates, _ = seen(SAID, Linear({"said=True/before": 2.0}))
    assert (candidates[0].when.event_date, candidates[0].when.basis) == (date(2018, 3, 1), "report")


def test_bounds_and_durations_are_never_a_day() -> None:
    _, _, found = seen("قصفت المدفعية بلدة سراقب بعد حصار دام 3 سنوات ومنذ عام 2013.", Linear({}))
    assert [basis for basis, _ in days_of(found[0][1])] == ["publication"]


def test_what_weeks_are_counted_from_is_of_no_day_of_the_sentence() -> None:
    text = "سقطت قذائف على بلدة سراقب يوم الخميس بعد ثلاثة أسابيع من بدء هجوم للجيش."
    _, candidates, _ = seen(text, Linear({}))
    days = {c.head.lemma: (c.when.event_date, c.when.rule) for c in candidates}
    assert days["هجوم"] == (None, "date.counted_from+date.anchored_after")
    assert date(2018, 3, 1) in {day for day, _ in days.values()}
    _, candidates, _ = seen("وقع هجوم على سراقب الخميس بعد يوم من هجوم على حمص.", Linear({}))
    assert all(c.when.event_date for c in candidates)  # a day apart is near enough to be told of
    _, candidates, _ = seen("قال إنه يستعد بعد أسبوع على مقتل ثلاثة متظاهرين يوم الجمعة الماضي.", Linear({}))
    assert {c.when.event_date for c in candidates} == {date(2018, 2, 23)}  # a day of its own stands behind it
