"""Every row of triggers.csv on its own example, own sentences for every sub-event type, and the fields of a mention."""

from __future__ import annotations

import csv
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages import LanguagePack, load_pack
from pipeline.morphology.rules import TriggerTables
from pipeline.records import Article, Document, Sentence, TriggerMention
from pipeline.resources import Row, TableError
from pipeline.text import cut
from pipeline.triggers import trigger_mentions

CASES = Path(__file__).parent / "cases" / "trigger_sentences.csv"
PACK = load_pack("ar")
TABLES = TriggerTables.from_pack(PACK)
ROWS = PACK.table("triggers")
FAMILIES = {"shelling", "air_strike", "bombing", "chemical", "clash", "attack", "abduction", "protest", "riot",
            "agreement", "arrest", "disrupted_weapons", "destruction", "movement", "other", "call", "none"}  # fmt: skip


def document(raw: str) -> Document:
    words, starts, ends = cut(raw)
    return Document(Article("a", date(2021, 5, 5), "", raw), raw, words, starts, ends)


def mentions(raw: str) -> tuple[TriggerMention, ...]:
    doc = document(raw)
    return trigger_mentions(doc, Sentence(0, len(doc.words), 0, len(raw), "body", 0), TABLES)


def only(raw: str, trigger_id: str) -> TriggerMention:
    found = [m for m in mentions(raw) if m.trigger_id == trigger_id]
    assert len(found) == 1, (raw, [m.trigger_id for m in mentions(raw)])
    return found[0]


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("row", [r for r in ROWS if r["family"] != "none"], ids=lambda r: r["trigger_id"])
def test_example_fires_and_counterexample_does_not(row: Row) -> None:
    assert row["example"], "every trigger has an example"
    assert row["trigger_id"] in [m.trigger_id for m in mentions(row["example"])]
    if row["counterexample"]:
        assert row["trigger_id"] not in [m.trigger_id for m in mentions(row["counterexample"])]


@pytest.mark.parametrize("case", cases(), ids=lambda c: f"{c['sub_event_type']}-{c['expected']}")
def test_own_sentences(case: dict[str, str]) -> None:
    found = {m.sub_event_type for m in mentions(case["sentence"])}
    assert (case["sub_event_type"] in found) == (case["expected"] == "yes"), (case["sentence"], found)


def test_every_type_has_its_sentences() -> None:
    counts = Counter((case["sub_event_type"], case["expected"]) for case in cases())
    types = {row["sub_event_type"] for row in ROWS if row["sub_event_type"]}
    assert len(types) == 26  # ACLED's 25 and the call
    for kind in types:
        assert counts[(kind, "yes")] >= 8, kind
        assert counts[(kind, "no")] >= 4, kind


def test_table_is_consistent() -> None:
    ids = [row["trigger_id"] for row in ROWS]
    assert ids == sorted(set(ids))
    assert {row["family"] for row in ROWS} <= FAMILIES
    for row in ROWS:
        if row["family"] != "none":
            assert row["sub_event_type"], row["trigger_id"]
        if row["with"]:
            assert row["after"] or row["before"], f"{row['trigger_id']}: a companion needs a window"


def test_builds_fast() -> None:
    started = time.perf_counter()
    TriggerTables.from_pack(load_pack("ar"))
    assert time.perf_counter() - started < 2.0  # 0.12 s alone on two cores; the margin is for busy machines


@pytest.mark.parametrize(
    ("raw", "trigger_id", "form", "voice", "prefix", "suffix", "definite", "number"),
    [
        ("قصفت القوات البلدة", "shelling.qasf", "past", "", "", "", False, "s"),
        ("قُصفت البلدة", "shelling.qasf", "past", "passive", "", "", False, "s"),
        ("وستقصف القوات البلدة", "shelling.qasf", "future", "", "وس", "", False, "s"),
        ("سوف تقصف القوات البلدة", "shelling.qasf", "future", "", "", "", False, "s"),
        ("لم تقصف القوات البلدة", "shelling.qasf", "jussive", "", "", "", False, "s"),
        ("لم يغتل المسلحون أحدا", "attack.ightiyal", "jussive", "", "", "", False, "s"),
        ("بعد قصف القوات", "shelling.qasf", "masdar", "", "", "", True, "s"),
        ("جرح راع بقصف على التلة", "shelling.qasf", "masdar", "", "ب", "", False, "s"),
        ("وقع القصف ليلا", "shelling.qasf", "masdar", "", "", "", True, "s"),
        ("قصفوها مرتين", "shelling.qasf", "past", "active", "", "ها", False, "p"),
        ("اغتيل القاضي", "attack.ightiyal", "past", "passive", "", "", False, "s"),
        ("اغتالوا القاضي", "attack.ightiyal", "past", "active", "", "", False, "p"),
        ("بعد اغتياله", "attack.ightiyal", "masdar", "", "", "ه", True, "s"),
        ("وقعت غارتان قرب السد", "air.ghara", "noun", "", "", "", False, "d"),
        ("خلال الغارات الأخيرة", "air.ghara", "noun", "", "", "", True, "p"),
        ("قتل خمسة رعاة في الوادي", "attack.qatal", "past", "passive", "", "", False, "s"),
        ("قتل أربعة في السوق", "attack.qatal", "past", "passive", "", "", False, "s"),
    ],
)  # fmt: skip
def test_fields(raw: str, trigger_id: str, form: str, voice: str, prefix: str, suffix: str, definite: bool,
                number: str) -> None:  # fmt: skip
    found = only(raw, trigger_id)
    got = (found.form, found.prefix, found.suffix, found.definite, found.number)
    assert got == (form, prefix, suffix, definite, number)
    if voice:
        assert found.voice == voice


def test_a_phrase_with_a_gap_is_one_mention() -> None:
    raw = "شنت مقاتلات التحالف، مساء الجمعة، عدة غارات على المعسكر"
    found = mentions(raw)
    assert [m.trigger_id for m in found] == ["air.shann_ghara"]
    words = document(raw).words
    assert words[found[0].companion_first : found[0].companion_last] == ["غارات"]
    assert raw[found[0].start : found[0].end] == "شنت"


def test_a_companion_beside_its_head_is_part_of_the_words() -> None:
    raw = "لقي مصرعه في الوادي"
    found = only(raw, "attack.laqi_masra")
    assert raw[found.start : found.end] == "لقي مصرعه"
    assert found.toll
    assert ("subject", "target") in found.roles


def test_no_companion_beyond_a_full_stop() -> None:
    assert not [m for m in mentions("شن الكاتب. غارات") if m.trigger_id == "air.shann_ghara"]


def test_roles() -> None:
    found = only("قصفت القوات البلدة", "shelling.qasf")
    assert {("subject", "agent"), ("object", "target"), ("علي", "target")} <= set(found.roles)
    assert ("subject", "target") in only("تلقى الأمير اتصالا هاتفيا من الرئيس", "call.talaqqa").roles


def _pack(column: str, value: str) -> LanguagePack:
    row = ROWS[0]
    tables = {name: PACK.table(name) for name in ("verbs", "nouns", "trigger_contexts", "clitics")}
    return LanguagePack("ar", {**tables, "triggers": (Row(row.path, row.line, {**row.cells, column: value}),)})


@pytest.mark.parametrize(
    ("column", "value"),
    [("head", "طبخ"), ("strength", "huge"), ("forms", "verb|dream"), ("subject", "cook"), ("with", "@nobody")],
)
def test_a_wrong_row_is_named(column: str, value: str) -> None:
    with pytest.raises(TableError, match=r"triggers\.csv:\d+"):
        TriggerTables.from_pack(_pack(column, value))


WORDS = st.sampled_from(["شنت", "غارات", "قصف", "على", ".", "،", "\n", "لقي", "مصرعه", "أطلق", "النار", "#", '"', "قُتل",
                         "5", "مظاهرة", "\ufefb", "ـ"])  # fmt: skip


@given(st.lists(WORDS | st.text(max_size=6), max_size=25))
def test_spans_lie_inside_and_in_order(parts: list[str]) -> None:
    raw = " ".join(parts)
    found = mentions(raw)
    doc = document(raw)
    for mention in found:
        assert 0 <= mention.first < mention.last <= len(doc.words)
        assert 0 <= mention.start < mention.end <= len(raw)
        assert doc.starts[mention.first] == mention.start
    firsts = [m.first for m in found]
    assert firsts == sorted(set(firsts))


def test_ta_marbuta_is_no_pronoun() -> None:
    assert "terr.saytara" not in [m.trigger_id for m in mentions("مناطق سيطرة الفصائل")]
    assert "attack.taan" not in [m.trigger_id for m in mentions("طعنة بسكين")]


def test_control_as_a_state_is_no_capture() -> None:
    assert not mentions("وصلوا إلى البلدة التي تسيطر عليها الفصائل")
    assert only("الجيش يسيطر على بلدة حدودية", "terr.saytara_now").form == "present"


def test_words_that_must_stand_near() -> None:
    assert [m.sub_event_type for m in mentions("تظاهر مئات العمال أمام المصنع")] == ["Peaceful protest"]
    found = {m.sub_event_type for m in mentions("تظاهر مئات العمال أمام المصنع فردت الشرطة بقنابل الغاز")}
    assert "Protest with intervention" in found
    assert "Peaceful protest" not in found


def test_names_that_hold_a_verbal_noun() -> None:
    assert "terr.harrar" not in [m.trigger_id for m in mentions("دخلت هيئة تحرير الشام مدينة إدلب")]
    assert "air.drone" not in [m.trigger_id for m in mentions("قالت قناة المسيرة إن القوات استهدفت مطارا")]
