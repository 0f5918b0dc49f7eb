"""Which of an article's numbers an event takes."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from pipeline.candidates import Candidate, Decision, Reading
from pipeline.casualties import counted
from pipeline.kit import Kit, load_kit
from pipeline.linear import Linear, names_of
from pipeline.machinery.quick import replace
from pipeline.order import read_article
from pipeline.reading import tolls
from pipeline.reading.toll_options import RANKS, Tolls
from pipeline.reading.toll_sums import tolls_of
from pipeline.records import Article
from pipeline.reports import event_candidates


@lru_cache(maxsize=1)
def kit() -> Kit:
    return load_kit(decider="null")


def read(text: str, title: str = "") -> tuple[Reading, tuple[Candidate, ...]]:
    reading = read_article(Article("a", date(2019, 4, 19), title, text), kit())[0]
    tables, country = kit().language.reading, kit().gazetteer.country_name
    return reading, event_candidates(reading, tables, country, kit().scheme.family)


def decided(candidates: tuple[Candidate, ...], *coded: int) -> list[Decision]:
    return [Decision("coded" if c.index in coded else "dropped", "event", 0.7) for c in candidates]


def with_weights(reading: Reading, candidates: tuple[Candidate, ...], decisions: list[Decision],
                 weights: dict[str, float]) -> tuple[Candidate, ...]:  # fmt: skip
    tables = replace(kit().language.reading, toll_model=Linear(weights, -1.0), injury_model=Linear({}, -9.0))
    return counted(candidates, decisions, reading, tables)


TEXT = "قصفت المدفعية بلدة الهبيط صباح الخميس. وأسفر القصف عن مقتل 7 مدنيين وإصابة 12 آخرين."


def test_lists_add_up_and_totals_over_a_period_are_no_events() -> None:
    reading, _ = read("قتل ثلاثة جنود ومدنيان في قصف على البلدة. وبلغ إجمالي القتلى منذ بدء الحرب 900 قتيل.")
    assert [(t.number, t.shape) for t in tolls_of(reading, "killed")] == [(5, "list")]


def test_counts_side_by_side_are_also_offered_as_a_sum() -> None:
    reading, _ = read("أعلن الجيش مقتل 13 مسلحا في اشتباك، فيما استشهد ضابطان.")
    assert [(t.number, t.shape) for t in tolls_of(reading, "killed")] == [(13, "one"), (2, "one"), (15, "sides")]


def test_nobody_hurt_is_no_one_killed_and_no_one_injured() -> None:
    reading, _ = read("سقط صاروخ على أطراف المدينة الخميس دون وقوع إصابات.")
    assert [t.number for kind in ("killed", "injured") for t in tolls_of(reading, kind)] == [0, 0]


def test_a_number_of_the_next_sentence_is_taken_with_its_rule() -> None:
    reading, candidates = read(TEXT)
    found = with_weights(reading, candidates, decided(candidates, 0), {"at=after1": 3.0})
    assert tolls.total(found[0].killed) == (7, "quantity.cue+quantity.of_sentence")


def test_a_number_is_of_one_event_only() -> None:
    reading, candidates = read(TEXT)
    coded = [c.index for c in candidates if c.family == "shelling"][:2]
    found = with_weights(reading, candidates, decided(candidates, *coded), {"shape=one": 3.0})
    assert len(coded) == 2
    assert sorted(tolls.total(found[i].killed)[0] or 0 for i in coded) == [0, 7]


def test_numbers_of_others_are_null_with_their_rule() -> None:
    reading, candidates = read("قصفت المدفعية بلدة الهبيط صباح الخميس ما أسفر عن مقتل 7 مدنيين.")
    assert candidates[0].killed
    found = with_weights(reading, candidates, decided(candidates, 0), {})
    assert tolls.total(found[0].killed) == (None, "")
    assert {q.rule for q in found[0].killed} == {"quantity.of_others"}


def test_only_coded_candidates_change() -> None:
    reading, candidates = read(TEXT)
    assert with_weights(reading, candidates, decided(candidates), {"shape=one": 3.0}) == candidates


def test_features_name_where_the_number_stands() -> None:
    reading, candidates = read(TEXT, title="قتلى في قصف على الهبيط")
    decisions = decided(candidates, next(c.index for c in candidates if c.sentence == 1))
    found = Tolls(reading, candidates, decisions, "killed", kit().language.reading.clauses)
    names = {name for toll in found.all for name in names_of(found.events[0].features(toll))}
    assert {"at=after1", "title=vague", "rank=only"} <= names
    assert {name.partition("=")[2] for name in names if name.startswith("at=") and "&" not in name} <= set(RANKS)


def test_what_nobody_suffered_holds_for_both_columns() -> None:
    reading, candidates = read("سقط صاروخ على أطراف المدينة الخميس دون وقوع إصابات.")
    index = next(c.index for c in candidates if c.family == "shelling")
    found = with_weights(reading, candidates, decided(candidates, index), {"size=0": 3.0})
    assert [tolls.total(row)[0] for row in (found[index].killed, found[index].injured)] == [0, 0]


def test_an_event_with_victims_takes_no_zero() -> None:
    text = "قصفت المدفعية بلدة الهبيط الخميس ما أسفر عن مقتل مدنيين. وسقطت قذيفة قرب السوق دون وقوع إصابات."
    reading, candidates = read(text)
    found = with_weights(reading, candidates, decided(candidates, 0), {"size=0": 3.0})
    assert candidates[0].killed
    assert tolls.total(found[0].killed)[0] is None


def test_with_an_unknown_number_of_others_the_number_is_not_known() -> None:
    reading, candidates = read("قتل القائد سعد العلي مع عدد من مرافقيه في غارة على بلدة الهبيط الخميس.")
    index = next(c.index for c in candidates if c.family == "air_strike")
    found = with_weights(reading, candidates, decided(candidates, index), {"shape=one": 3.0})
    assert found[index].killed
    assert tolls.total(found[index].killed)[0] is None


def test_both_sides_of_a_clash_told_in_two_sentences_add_up() -> None:
    text = "قتل 12 مسلحا في اشتباك مع الجيش في بلدة الهبيط الخميس. كما قتل جنديان في الاشتباك نفسه."
    reading, candidates = read(text)
    first = next(c.index for c in candidates if c.family == "clash" and c.sentence == 0)
    decisions = [
        d if c.index == first else Decision("merged", "retelling", 0.7, first)
        for c, d in zip(candidates, decided(candidates, first), strict=True)
    ]
    found = with_weights(reading, candidates, decisions, {"at=clause": 3.0})
    assert tolls.total(found[first].killed) == (14, "quantity.sum_of_sides")


def test_who_was_killed_beside_an_arrest_is_not_the_arrests() -> None:
    reading, candidates = read("اعتقلت الشرطة خمسة أشخاص في مدينة حلب الخميس. وقتل ثلاثة جنود في اشتباك.")
    index = next(c.index for c in candidates if c.family == "arrest")
    found = with_weights(reading, candidates, decided(candidates, index), {"shape=one": 3.0})
    assert tolls.total(found[index].killed)[0] is None
