"""Which tellings of an article are one event: what the weights may decide, and what holds whatever they say."""

from __future__ import annotations

from datetime import datetime
from functools import cache

import pytest

from pipeline.candidates import Candidate, Reading
from pipeline.deciders.merging import CROSSES, Merging
from pipeline.deciders.pairs import Pairs
from pipeline.kit import Kit, load_kit
from pipeline.linear import Linear, names_of
from pipeline.order import read_article
from pipeline.reading.features import Crosses
from pipeline.reading.wording import Wording
from pipeline.records import Article
from pipeline.reports import event_candidates

TEXT = (
    "قصفت مدفعية الجيش بلدة سراقب يوم الخميس وقتل أربعة مدنيين.\n"
    "وقال سكان إن القصف على سراقب يوم الخميس دمر مدرسة.\n"
    "وتظاهر مئات الأشخاص في مدينة حمص يوم الأربعاء.\n"
    "وأجرى أمير الكويت يوم الأربعاء اتصالا هاتفيا مع ملك الأردن."
)


@cache
def kit() -> Kit:
    return load_kit(decider="null")


@cache
def told() -> tuple[tuple[Candidate, ...], Reading]:
    article = Article("own", datetime.fromisoformat("2018-03-02T12:00:00+03:00"), "", TEXT)
    reading = read_article(article, kit())[0]
    tables = kit().language.reading
    return event_candidates(reading, tables, kit().gazetteer.country_name, kit().scheme.family), reading


def events(bias: float, *, weights: dict[str, float] | None = None, cut: float = 0.0) -> dict[int, int]:
    candidates, reading = told()
    merging = Merging(Linear(weights or {}, bias), cut, Crosses.load(CROSSES))
    return merging.events([(c, 0.5) for c in candidates], reading)


def of_family(family: str) -> list[Candidate]:
    found = [c for c in told()[0] if c.family == family]
    assert found, f"the text tells no {family}"
    return found


def test_each_candidate_has_one_telling_that_stands_for_itself() -> None:
    for bias in (-5.0, 0.0, 5.0):
        target = events(bias)
        assert set(target) == {c.index for c in told()[0]}
        assert all(target[head] == head for head in target.values())


def test_one_family_one_day_and_one_town_are_one_event_whatever_the_weights_say() -> None:
    target = events(-9.0)
    assert len({target[c.index] for c in of_family("shelling")}) == 1


def test_what_the_weights_hold_apart_stays_apart() -> None:
    target = events(-9.0)
    assert target[of_family("shelling")[0].index] != target[of_family("protest")[0].index]


def test_a_call_is_never_merged_with_another_kind() -> None:
    target = events(9.0)
    calls, others = ({target[c.index] for c in told()[0] if (c.family == "call") is call} for call in (True, False))
    assert len(others) == 1 and not calls & others


def test_a_feature_of_the_table_decides() -> None:
    one, other = of_family("shelling")[0].index, of_family("protest")[0].index
    joined = events(-1.0, weights={"kind=other": 9.0})
    assert joined[one] == joined[other] and events(-1.0)[one] != events(-1.0)[other]


def test_the_telling_with_its_own_day_place_and_toll_stands_for_the_event() -> None:
    target = events(-9.0)
    head = target[of_family("shelling")[0].index]
    candidate = next(c for c in told()[0] if c.index == head)
    assert candidate.where.basis == "clause" and candidate.when.basis == "clause" and not candidate.head.toll


@pytest.mark.parametrize(
    ("fact", "value"),
    [("sentences", "1"), ("place", "same"), ("day", "same"), ("kind", "same"), ("title", "no")],
)
def test_two_tellings_of_one_shelling_are_described(fact: str, value: str) -> None:
    candidates, reading = told()
    first = next(c for c in candidates if c.family == "shelling" and c.sentence == 0)
    second = next(c for c in candidates if c.family == "shelling" and c.sentence == 1)
    on = Pairs(reading).features(first, second)
    assert on.facts[fact] == value
    assert f"{fact}={value}" in names_of(on.groups)


def test_words_are_cut_to_light_stems() -> None:
    wording = Wording.load()
    assert wording.stem("والمتظاهرون") == wording.stem("للمتظاهرين") == wording.stem("متظاهرين")
    assert wording.stem("قصف") == "قصف" and wording.stem("الى") == "الى", "short words keep their letters"
    assert wording.stem("2018") == wording.stem("،") == wording.stem("و") == ""


def test_each_stem_of_a_sentence_is_named_once_alone_and_with_the_family() -> None:
    reading = told()[1]
    names = Wording.load().names(reading, 0, "shelling")
    assert len(names) == len(set(names))
    alone = [name for name in names if name.startswith("word=")]
    assert [f"shelling/{name}" for name in alone] == list(names[len(alone) :])
