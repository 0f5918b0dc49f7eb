"""Weapons: every row on its example, and the longest phrase."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.languages import load_pack
from pipeline.records import Article, Document, Sentence, WeaponMention
from pipeline.resources import Row
from pipeline.text import cut
from pipeline.weapons import WeaponTables, weapon_mentions

PACK = load_pack("ar")
TABLES = WeaponTables.from_pack(PACK)


def mentions(raw: str) -> tuple[WeaponMention, ...]:
    words, starts, ends = cut(raw)
    doc = Document(Article("a", date(2021, 5, 5), "", raw), raw, words, starts, ends)
    return weapon_mentions(doc, Sentence(0, len(words), 0, len(raw), "body", 0), TABLES)


@pytest.mark.parametrize("row", PACK.table("weapons"), ids=lambda r: r["weapon"])
def test_example(row: Row) -> None:
    assert row["weapon"] in [m.weapon for m in mentions(row["example"])]


@pytest.mark.parametrize(
    ("raw", "weapon", "kind"),
    [
        ("استهدفتهم طائرات حربية", "aircraft", "Air/drone strike"),
        ("بالغارات الجوية", "aircraft", "Air/drone strike"),
        ("سقطت ثلاث قذائف", "artillery", "Shelling/artillery/missile attack"),
        ("بصواريخ الكاتيوشا", "rocket", "Shelling/artillery/missile attack"),
        ("بعبوة ناسفة", "ied", "Remote explosive/landmine/IED"),
        ("بسيارتين مفخختين", "car_bomb", "Remote explosive/landmine/IED"),
        ("انتحاريان", "suicide", "Suicide bomb"),
        ("قنبلة يدوية", "grenade", "Grenade"),
        ("بغاز الكلور", "chemical", "Chemical weapon"),
        ("بالغاز المسيل للدموع", "teargas", ""),
        ("برصاص قناص", "firearm", ""),
        ("بالسكاكين", "blade", ""),
    ],
)
def test_types(raw: str, weapon: str, kind: str) -> None:
    assert (weapon, kind) in [(m.weapon, m.sub_event_type) for m in mentions(raw)]


def test_tear_gas_is_no_chemical_weapon() -> None:
    assert "chemical" not in [m.weapon for m in mentions("أطلقت الشرطة الغاز المسيل للدموع وقنابل الغاز")]


def test_longest_phrase_wins_and_spans_are_raw() -> None:
    raw = "هجوم بسيارة مفخخة."
    found = mentions(raw)
    assert [raw[m.start : m.end] for m in found] == ["بسيارة مفخخة"]


def test_nothing_in_plain_words() -> None:
    assert mentions("افتتح الوزير المعرض صباح اليوم") == ()
