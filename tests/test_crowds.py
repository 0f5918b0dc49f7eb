"""Crowd sizes of protests and riots on own sentences: the number, its words, and numbers that count no crowd.

tests/cases/crowds.csv: low and high are empty for words without a number (مئات), words where no crowd is told.
"""

from __future__ import annotations

import csv
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.order import load_kit, read_article
from pipeline.records import Article
from pipeline.reports import event_candidates
from pipeline.values import field_values

with (Path(__file__).parent / "cases" / "crowds.csv").open(encoding="utf-8", newline="") as lines:
    CASES = list(csv.DictReader(lines))


@lru_cache(maxsize=1)
def kit() -> Any:
    return load_kit()


def crowds(row: dict[str, str]) -> list[tuple[str, str, str, str]]:
    """Number, words, low and high of every protest and riot in the sentence, "" for what is not told."""
    reading, _ = read_article(Article("a", date.fromisoformat(row["published_at"]), "", row["text"]), kit())
    candidates = event_candidates(reading, kit().language.reading, kit().gazetteer.country_name, kit().scheme.family)
    found = []
    for candidate in candidates:
        if candidate.family in ("protest", "riot"):
            _, number, start, end, _, _ = next(
                value for value in field_values(reading, candidate, kit().gazetteer) if value[0] == "crowd_size"
            )
            words = reading.document.raw[start:end] if start is not None else ""
            low, high = (candidate.crowd[0].low, candidate.crowd[0].high) if candidate.crowd else (None, None)
            found.append((number or "", words, str(low or ""), str(high or "")))
    return found


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["words"] or "none")
def test_crowd(row: dict[str, str]) -> None:
    found = crowds(row)
    assert found, "no protest or riot in the sentence"
    if not row["words"]:
        assert set(found) == {("", "", "", "")}
        return
    told = [one for one in found if one[1]]
    assert told, "no crowd"
    for number, words, low, high in told:
        assert row["words"] in words
        assert (number, low, high) == (row["low"], row["low"], row["high"])


def test_the_cases_are_enough_and_of_every_kind() -> None:
    assert len({row["text"] for row in CASES}) == len(CASES) >= 100
    assert sum(row["low"] != "" for row in CASES) >= 40
    assert sum(row["words"] == "" for row in CASES) >= 25
    assert sum(row["low"] != row["high"] for row in CASES) >= 4
