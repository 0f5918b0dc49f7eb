"""Speed by counts of calls, never by seconds: a count is the same on every machine; and the parts that make it fast."""

from __future__ import annotations

import gc
import sys
from dataclasses import FrozenInstanceError, asdict
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake.articles import ArticleReader, input_files
from pipeline.lexicon import splits
from pipeline.machinery.memo import Memo
from pipeline.machinery.quick import dataclass, replace
from pipeline.records import Article
from pipeline.text import _SAME_LENGTH, _WORD, _words, cut, fold

SAMPLE = Path(__file__).resolve().parent.parent / "datasets" / "sample" / "articles.jsonl"
QUIET = "افتتحت البلدية حديقة جديدة قرب السوق القديم. وقال المدير إن الحديقة تضم ألعابا ومقاعد وأشجارا كثيرة. "


@pytest.fixture(scope="module")
def kit() -> Any:
    from pipeline.order import load_kit

    return load_kit("ar", "rules")


@pytest.fixture(scope="module")
def sample() -> list[Article]:
    return [item for item in ArticleReader(input_files([SAMPLE])) if isinstance(item, Article)]


def calls_a_word(articles: list[Article], kit: Any) -> float:
    """Calls of functions, in Python and in C, that coding takes for each word, once its words have been seen."""
    from pipeline.order import code_article

    for article in articles:
        code_article(article, kit)
    count = 0

    def note(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        for article in articles:
            code_article(article, kit)
    finally:
        sys.setprofile(before)
    return count / sum(len(cut(f"{a.title}\n{a.text}")[0]) for a in articles)


def with_text(article: Article, title: str, text: str) -> Article:
    return Article(article.id, article.published_at, title, text, article.source, language="ar")


def test_an_event_story_costs_a_bounded_number_of_calls_a_word(sample: list[Article], kit: Any) -> None:
    assert calls_a_word(sample, kit) < 220  # 101 when this was written: each sentence of the sample tells an event


def test_a_story_without_any_trigger_leaves_early(sample: list[Article], kit: Any) -> None:
    quiet = [with_text(sample[0], "حديقة جديدة", QUIET * 5)]
    assert calls_a_word(quiet, kit) < 12
    assert calls_a_word(quiet, kit) < calls_a_word(sample, kit) / 5


def test_the_cost_of_a_word_does_not_grow_with_the_length_of_a_quiet_article(sample: list[Article], kit: Any) -> None:
    short = calls_a_word([with_text(sample[0], "حديقة جديدة", QUIET * 5)], kit)
    assert calls_a_word([with_text(sample[0], "حديقة جديدة", QUIET * 50)], kit) < 1.5 * short


def test_the_cost_of_a_word_hardly_grows_with_the_length_of_a_story(sample: list[Article], kit: Any) -> None:
    article = max(sample, key=lambda a: len(a.text))
    once = calls_a_word([article], kit)
    assert calls_a_word([with_text(article, article.title, "\n".join([article.text] * 4))], kit) < 3 * once


def test_coding_leaves_nothing_to_the_garbage_collector(sample: list[Article]) -> None:
    from pipeline.order import code_article, load_kit

    whole = load_kit("ar")
    for article in sample:
        code_article(article, whole)
    gc.collect()
    gc.disable()
    try:
        for article in sample:
            code_article(article, whole)
        assert gc.collect() < len(sample)  # records that name one another would be a hundred an article
    finally:
        gc.enable()


def test_a_memo_makes_each_answer_once_and_stays_small() -> None:
    asked: list[str] = []

    def make(word: str) -> int:
        asked.append(word)
        return len(word)

    memo = Memo(make, limit=2)
    assert [memo[word] for word in ("a", "bb", "a", "bb")] == [1, 2, 1, 2]
    assert asked == ["a", "bb"]
    assert memo["ccc"] == 3 and len(memo) == 1


@dataclass(frozen=True, slots=True)
class Pair:
    one: int
    other: str = ""


def test_quick_records_are_equal_hashed_and_replaced_like_standard_ones() -> None:
    pair = Pair(1, "a")
    assert pair == Pair(1, "a") != Pair(1, "b")
    assert {pair: "found"}[Pair(1, "a")] == "found"
    assert replace(pair, other="b") == Pair(1, "b") and pair.other == "a"
    assert repr(pair) == "Pair(one=1, other='a')" and asdict(pair) == {"one": 1, "other": "a"}
    with pytest.raises((AttributeError, FrozenInstanceError)):
        pair.third = 3  # type: ignore[attr-defined]
    with pytest.raises(KeyError):
        replace(pair, third=3)  # type: ignore[call-arg]


@given(st.text(alphabet="سلامالـ ةىأ\n\t.،,-_«»()12٣½²ﻻabß🙂\u00a0\u200f", max_size=40))
def test_words_are_what_the_pattern_finds(text: str) -> None:
    found = list(_WORD.finditer(text))
    expected = [match.group() for match in found], [match.start() for match in found], [match.end() for match in found]
    assert _words(text) == expected


@given(st.text(alphabet="".join(old for old, _ in _SAME_LENGTH) + "سلام 12٣", max_size=60))
def test_short_and_long_texts_fold_alike(text: str) -> None:
    assert fold(text + "س" * 100).text == fold(text).text + "س" * 100


@given(st.text(alphabet="وبلفكسا", min_size=1, max_size=6))
def test_splits_are_those_of_each_prefix_in_turn(word: str) -> None:
    prefixes = ("ب", "ف", "ل", "و", "فل", "لل", "وب", "ول")
    expected = [("", word)]
    for prefix in prefixes:
        if len(word) > len(prefix) + 1 and word.startswith(prefix):
            rest = word[len(prefix) :]
            expected.append((prefix, rest))
            if prefix.endswith("ل") and rest.startswith("ل"):
                expected += [(prefix, "ا" + rest), (prefix, "ال" + rest)]
    assert splits(word, prefixes) == expected
