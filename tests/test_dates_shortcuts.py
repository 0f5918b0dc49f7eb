"""The short ways of the date stage change nothing: what they spare would have found nothing."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest

from pipeline.calendar import reader
from pipeline.calendar.words import NO_MEANING, NOTHING, Meaning, Vocabulary
from pipeline.dates import DateTables, find_dates
from pipeline.languages import load_pack
from pipeline.numbers import number_at
from pipeline.text import fold_key

CASES = Path(__file__).parent / "cases" / "dates.csv"


def texts() -> list[tuple[str, str]]:
    """Every case, and as many pairs of a case's beginning with another's end (words in an order nobody wrote)."""
    with CASES.open(encoding="utf-8", newline="") as lines:
        found = [(row["text"], row["published_at"]) for row in csv.DictReader(lines)]
    drawn = random.Random(3)
    words = [text.split() for text, _ in found]
    for _, published in list(found):
        left, right = drawn.choice(words), drawn.choice(words)
        found.append((" ".join(left[: drawn.randint(0, len(left))] + right[drawn.randint(0, len(right)) :]), published))
    return found


def test_no_reader_is_spared_that_finds_something(monkeypatch: pytest.MonkeyPatch) -> None:
    phrases = Vocabulary.from_pack(load_pack("ar")).phrases
    every_kind = frozenset(kind for meaning in phrases.values() for kind in meaning.kinds)
    plan = reader._plan

    def full(meaning: Meaning, kinds: frozenset[str], following: frozenset[str]) -> object:
        return plan(meaning, kinds, every_kind | {"number", "mark", "comma"})

    chosen = [find_dates(text, published) for text, published in texts()]
    monkeypatch.setattr(reader, "_plan", full)
    with_all = [find_dates(text, published) for text, published in texts()]
    assert sum(map(len, chosen)) > 2000
    assert [pair for pair in zip(chosen, with_all, strict=True) if pair[0] != pair[1]] == []


def test_marks_are_no_calendar_words() -> None:
    """A mark after an expression is told to the readers in place of a kind of word."""
    tables = DateTables.from_pack(load_pack("ar"))
    assert reader._MARKS and all(tables.looks[mark] == (NO_MEANING, 1, "", NOTHING) for mark in reader._MARKS)


def test_a_number_of_one_word_is_read_as_the_number_reader_reads_it() -> None:
    numerals = DateTables.from_pack(load_pack("ar")).numerals
    words = [fold_key(row["word"])[0] for row in load_pack("ar").table("number_words")] + ["19", "1,200", "2.5", "و"]
    followers = ["مقاتل", "الف", "وعشرون", "عشر", "ونصف", "المليون", "و", "3", *words[::17]]
    for prefix in ("", "و", "ب"):
        for word in words:
            for follower in followers:
                pair = [prefix + word, follower]
                expected = number_at(pair, 0, 2, numerals.numbers)
                if expected is not None:
                    assert numerals.begins[pair[0]]
                    assert numerals.at(pair, 0, 2, False) == expected
