"""The English pack: tables alone make triggers, weapons and cues of another language."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.cues import CueTables, cue_mentions
from pipeline.languages import load_pack
from pipeline.morphology.rules import TriggerTables
from pipeline.records import Article, Document, Sentence
from pipeline.resources import Row
from pipeline.text import cut
from pipeline.triggers import trigger_mentions
from pipeline.weapons import WeaponTables, weapon_mentions

PACK = load_pack("en")
TRIGGERS = TriggerTables.from_pack(PACK)
WEAPONS = WeaponTables.from_pack(PACK)
CUES = CueTables.from_pack(PACK)


def parts(raw: str) -> tuple[Document, Sentence]:
    words, starts, ends = cut(raw)
    return (Document(Article("a", date(2021, 5, 5), "", raw), raw, words, starts, ends),
            Sentence(0, len(words), 0, len(raw), "body", 0))  # fmt: skip


@pytest.mark.parametrize("row", PACK.table("triggers"), ids=lambda r: r["trigger_id"])
def test_triggers(row: Row) -> None:
    fired = [m.trigger_id for m in trigger_mentions(*parts(row["example"]), TRIGGERS)]
    assert row["trigger_id"] in fired
    if row["counterexample"]:
        fired = [m.trigger_id for m in trigger_mentions(*parts(row["counterexample"]), TRIGGERS)]
        assert row["trigger_id"] not in fired


@pytest.mark.parametrize("row", PACK.table("weapons"), ids=lambda r: r["weapon"])
def test_weapons(row: Row) -> None:
    assert row["weapon"] in [m.weapon for m in weapon_mentions(*parts(row["example"]), WEAPONS)]


@pytest.mark.parametrize("row", PACK.table("cue_words"), ids=lambda r: r["class"])
def test_cues(row: Row) -> None:
    assert row["class"] in [m.cue_class for m in cue_mentions(*parts(row["example"]), CUES)]
    assert row["class"] not in [m.cue_class for m in cue_mentions(*parts(row["counterexample"]), CUES)]


def test_fields() -> None:
    (found,) = trigger_mentions(*parts("Troops will shell the town"), TRIGGERS)
    assert (found.form, found.trigger_id, found.suffix) == ("future", "shelling.shell", "")
