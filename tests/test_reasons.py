"""Reasons for dropping: own sentences for every reason one article can give, and near misses with the same words.

tests/cases/reasons.csv: a sentence (⏎ is a line break), the word of the candidate meant, and the reason it must get or
must not get. The reason is that of hard_reason, else of soft_reason, whatever the decision's weights say. A row with a
gap is known to fail.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.candidates import Candidate, Reading
from pipeline.deciders.merging import event_of_toll
from pipeline.deciders.null import NullDecider
from pipeline.deciders.reasons import CERTAIN, hard_reason, soft_reason
from pipeline.order import load_kit, read_article
from pipeline.records import Article
from pipeline.reports import event_candidates

ROOT = Path(__file__).resolve().parent.parent
# Reasons that no candidate alone brings about: coded; merged as a retelling (test_merging.py); merged as a toll and the
# null decider's (tests below); and language, which no stage gives.
ELSEWHERE = {"event", "retelling", "toll", "null_decider", "language"}


def cases() -> Iterator[Any]:
    with (ROOT / "tests" / "cases" / "reasons.csv").open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            marks = [pytest.mark.xfail(strict=True, reason=row["gap"])] if row["gap"] else []
            yield pytest.param(row, id=f"{row['reason'] or 'not-' + row['not_reason']}-{number}", marks=marks)


CASES = list(cases())


@lru_cache(maxsize=1)
def kit() -> Any:
    return load_kit()


def read(row: dict[str, str]) -> tuple[Reading, tuple[Candidate, ...]]:
    text = row["text"].replace("⏎", "\n")
    reading, _ = read_article(Article("a", date.fromisoformat(row["published_at"]), "", text), kit())
    return reading, event_candidates(
        reading, kit().language.reading, kit().gazetteer.country_name, kit().scheme.family
    )  # fmt: skip


@pytest.mark.parametrize("row", CASES)
def test_reason(row: dict[str, str]) -> None:
    reading, candidates = read(row)
    raw = reading.document.raw
    meant = next(c for c in candidates if row["trigger"] in raw[c.head.start : c.head.end])
    hard = hard_reason(meant, reading)
    reason = hard or soft_reason(meant, reading)
    if row["not_reason"]:
        assert reason != row["not_reason"], meant.signals
        return
    assert reason == row["reason"], meant.signals
    if hard:
        decision = kit().decider.decide(candidates, reading)[meant.index]
        assert (decision.decision, decision.reason) == ("dropped", hard)


@pytest.mark.parametrize("row", CASES[::20])
def test_the_null_decider_gives_a_reason_of_its_own(row: dict[str, str]) -> None:
    reading, candidates = read(row)
    told = {(d.decision, d.reason) for d in NullDecider().decide(candidates, reading)}
    assert told == {("dropped", "null_decider")}


@pytest.mark.parametrize(
    ("text", "merged"),
    [
        ("قصفت المدفعية سوق سرمين اليوم. وأدى ذلك إلى مقتل ثلاثة باعة.", True),
        ("شنت طائرات غارة على حي التضامن في دمشق. وأسفر ذلك عن مقتل خمسة أشخاص.", True),
        ("انفجرت عبوة ناسفة قرب مقهى في بعقوبة. وأودى بحياة عاملين.", True),
        ("هاجم مسلحون حاجزا في العريش أمس. وأسفر الهجوم عن مقتل جنديين.", True),
        ("اندلعت اشتباكات في سبها أمس. وخلفت الاشتباكات سبعة قتلى.", True),
        ("قصفت المدفعية سوق سرمين اليوم. ولم يسفر القصف عن مقتل أحد.", False),
        ("قصفت المدفعية سوق سرمين اليوم. وأسفر حادث سير في عمان عام 2011 عن مقتل سبعة.", False),
    ],
)  # fmt: skip
def test_the_dead_of_an_event_told_before_are_its_toll(text: str, merged: bool) -> None:
    _, candidates = read({"text": text, "published_at": "2019-04-19"})
    event = next(c for c in candidates if c.sentence == 0)
    tolls = [c for c in candidates if c.sentence == 1 and c.head.toll]
    told = {event_of_toll(toll, candidates, {event.index: event.index}) for toll in tolls}
    assert (event.index in told) == merged


def test_every_reason_has_its_cases() -> None:
    with (ROOT / "schemas" / "reasons.csv").open(encoding="utf-8", newline="") as lines:
        known = {row["reason"] for row in csv.DictReader(lines)}
    rows = [case.values[0] for case in CASES if not case.marks]
    positive, near = (Counter(row[name] for row in rows) for name in ("reason", "not_reason"))
    assert known >= ELSEWHERE and known >= {reason for _, reason in CERTAIN}
    assert {reason: positive[reason] for reason in known - ELSEWHERE if positive[reason] < 6} == {}
    assert {reason: near[reason] for reason in known - ELSEWHERE if near[reason] < 3} == {}


def test_each_case_is_a_sentence_of_its_own() -> None:
    rows = [case.values[0] for case in CASES]
    assert len({row["text"] for row in rows}) == len(rows)
    assert [row["text"] for row in rows if bool(row["reason"]) == bool(row["not_reason"]) or not row["why"]] == []
