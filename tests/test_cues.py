"""Cues: every row on its example and counterexample, five own sentences a class, and cues with a gap."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from pipeline.cues import CLASSES, NONE, CueTables, cue_mentions
from pipeline.languages import LanguagePack, load_pack
from pipeline.records import Article, CueMention, Document, Sentence
from pipeline.resources import Row, TableError
from pipeline.text import cut

PACK = load_pack("ar")
TABLES = CueTables.from_pack(PACK)
CASES = Path(__file__).parent / "cases" / "cue_sentences.csv"


def mentions(raw: str) -> tuple[CueMention, ...]:
    words, starts, ends = cut(raw)
    doc = Document(Article("a", date(2021, 5, 5), "", raw), raw, words, starts, ends)
    return cue_mentions(doc, Sentence(0, len(words), 0, len(raw), "body", 0), TABLES)


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("row", PACK.table("cue_words"), ids=lambda r: f"{r['class']}-{r.line}")
def test_example_and_counterexample(row: Row) -> None:
    if row["class"] == NONE:
        assert mentions(row["example"]) == () != mentions(row["counterexample"])
        return
    assert row["class"] in [m.cue_class for m in mentions(row["example"])]
    assert row["class"] not in [m.cue_class for m in mentions(row["counterexample"])]


@pytest.mark.parametrize("case", cases(), ids=lambda c: c["class"])
def test_own_sentences(case: dict[str, str]) -> None:
    assert case["class"] in [m.cue_class for m in mentions(case["sentence"])], case["sentence"]


def test_every_class_has_its_sentences() -> None:
    counts = Counter(case["class"] for case in cases())
    assert {*CLASSES, NONE} == {row["class"] for row in PACK.table("cue_words")}
    for cue_class in CLASSES:
        assert counts[cue_class] >= 5, cue_class


def test_a_gap_is_bridged_only_so_far() -> None:
    near = [m for m in mentions("وكانت القوات الحكومية قد قصفت البلدة") if m.cue_class == "background"]
    assert [(m.first, m.last) for m in near] == [(0, 4)]
    assert not [m for m in mentions("كان الوزير رجلا هادئا طوال حياته الطويلة المليئة بالأسفار وقد رحل")
                if m.word.startswith("كان …")]  # fmt: skip


def test_without_pilot_is_no_negation() -> None:
    assert "negation" not in [m.cue_class for m in mentions("قصفت طائرة بدون طيار المستودع")]


@pytest.mark.parametrize(
    ("raw", "not_class"),
    [
        ("قتل كهل في بيته", "question"), ("وهو في حالة خطرة بعد الانفجار", "condition"),
        ("لا تزال المعارك دائرة", "negation"), ("أصيب ما لا يقل عن تسعة", "negation"),
        ("من كلا الجانبين", "negation"), ("وقف أمام مرمى حجر", "metaphor_sport"),
        ("انفجار في بعقوبة", "trial"), ("في حي الزمالك", "metaphor_sport"),
        ("تحقيق تقدم على الجبهة", "investigation"), ("للقضاء على الخلايا", "trial"), ("حاكم الإقليم", "trial"),
        ("الوفد القادم من أربيل", "future"), ("قريبا من الحدود", "future"), ("موقف للسيارات", "statement"),
        ("تاجر أسهم في بناء مدرسة", "metaphor_sport"), ("إن طالبا جامعيا أصيب", "modality"),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_cue(raw: str, not_class: str) -> None:
    assert not_class not in [m.cue_class for m in mentions(raw)]


def test_what_looks_alike_and_is_a_cue() -> None:
    for raw, cue_class in (
        ("هل قصفت الثكنة", "question"), ("في حالة انهيار الهدنة", "condition"), ("هز المهاجم المرمى", "metaphor_sport"),
        ("حوكم الضابط", "trial"), ("أمام القضاء", "trial"), ("فتح تحقيق", "investigation"), ("طالب النائب", "modality"),
        ("العام القادم", "future"), ("لا قتال هناك", "negation"),
    ):  # fmt: skip
        assert cue_class in [m.cue_class for m in mentions(raw)], raw


def test_inflected_verbs_and_clitics() -> None:
    for raw in ("ونفت الجماعة", "ينفي الجيش", "نفوا ذلك"):
        assert "denial" in [m.cue_class for m in mentions(raw)], raw


@pytest.mark.parametrize(("column", "value"), [("class", "mood"), ("words", "@طبخ")])
def test_a_wrong_row_is_named(column: str, value: str) -> None:
    row = PACK.table("cue_words")[0]
    tables = {name: PACK.table(name) for name in ("verbs", "nouns", "clitics")}
    pack = LanguagePack("ar", {**tables, "cue_words": (Row(row.path, row.line, {**row.cells, column: value}),)})
    with pytest.raises(TableError, match=r"cue_words\.csv:\d+"):
        CueTables.from_pack(pack)
