"""Merging across articles: sixty pairs of our own, the row of an event, near-duplicates, linear cost."""

from __future__ import annotations

import csv
import json
import time
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.contracts.scheme import Scheme
from pipeline.dataset.blocks import WINDOW
from pipeline.dataset.clusters import clusters
from pipeline.dataset.combine import Combining, combined, scale
from pipeline.dataset.copies import copies, signature
from pipeline.dataset.members import Member, base_name, member, member_rows, named, stems
from pipeline.gazetteer import Gazetteer
from pipeline.notes import NoteForms

CASES = Path(__file__).parent / "cases" / "merge_pairs.csv"
KINDS = {
    "shelling": ("shelling", "Shelling/artillery/missile attack"), "air": ("air_strike", "Air/drone strike"),
    "ied": ("bombing", "Remote explosive/landmine/IED"), "suicide": ("bombing", "Suicide bomb"),
    "chemical": ("chemical", "Chemical weapon"), "clash": ("clash", "Armed clash"),
    "regain": ("clash", "Government regains territory"), "attack": ("attack", "Attack"),
    "abduction": ("abduction", "Abduction/forced disappearance"), "protest": ("protest", "Peaceful protest"),
    "intervention": ("protest", "Protest with intervention"), "riot": ("riot", "Violent demonstration"),
    "arrests": ("arrest", "Arrests"), "agreement": ("agreement", "Agreement"), "call": ("call", "Phone call"),
    "intercept": ("disrupted_weapons", "Disrupted weapons use"), "movement": ("movement", "Change to group/activity"),
    "destruction": ("destruction", "Looting/property destruction"),
}  # fmt: skip
# name → (country, location, chain of the places around it, geo_precision)
PLACES: dict[str, tuple[str, str, tuple[str, ...], int]] = {
    "Tripoli": ("Libya", "Tripoli", ("West", "Libya"), 1), "Sirte": ("Libya", "Sirte", ("Centre", "Libya"), 1),
    "Abu Salim": ("Libya", "Tripoli - Abu Salim", ("Tripoli", "West", "Libya"), 1),
    "Souq": ("Libya", "Tripoli - Souq al Jumaa", ("Tripoli", "West", "Libya"), 1),
    "Airport": ("Libya", "Tripoli", ("Tripoli", "West", "Libya"), 1),
    "Commission": ("Libya", "Tripoli", ("Tripoli", "West", "Libya"), 1),
    "Benghazi": ("Libya", "Benghazi", ("East", "Libya"), 1), "Derna": ("Libya", "Derna", ("East", "Libya"), 1),
    "East": ("Libya", "Benghazi", ("Libya",), 3), "Libya": ("Libya", "", (), 3),
    "Misrata": ("Libya", "Misrata", ("Centre", "Libya"), 1), "Sabha": ("Libya", "Sabha", ("South", "Libya"), 1),
    "Tarhuna": ("Libya", "Tarhuna", ("West", "Libya"), 1), "TripoliLB": ("Lebanon", "Tripoli", ("North",), 1),
    "Douma": ("Syria", "Douma", ("Ghouta", "Rural Damascus"), 1), "Harasta": ("Syria", "Harasta", ("Ghouta",), 1),
    "Ghouta": ("Syria", "Eastern Ghouta", ("Rural Damascus",), 2), "Sanaa": ("Yemen", "Sanaa", ("Sanaa city",), 1),
    "Hodeidah": ("Yemen", "Al Hodeidah", ("Al Hodeidah province",), 1), "Basra": ("Iraq", "Basra", ("Al Basrah",), 1),
    "Nasiriyah": ("Iraq", "An Nasiriyah", ("Dhi Qar",), 1), "Kabul": ("Afghanistan", "Kabul", ("Kabul province",), 1),
    "Riyadh": ("Saudi Arabia", "Riyadh", ("Ar Riyad",), 1), "-": ("", "", (), 3),
}  # fmt: skip


def telling(text: str, name: str) -> Member:
    """A telling from kind|day|place|actors|toll|sentence; days are of June 2021, ~ is the publication day."""
    kind, day, place, actors, toll, said, *article = text.split("|")
    family, sub_event_type = KINDS[kind]
    first, _, last = day.lstrip("~").partition("-")
    start, end = (date(2021, 6, int(one)).toordinal() for one in (first, last or first))
    country, location, chain, geo = PLACES[place]
    return Member(
        name, article[0] if article else f"article {name}", ord(name), family, sub_event_type,
        (start + end) // 2, start, end, 1 if not last else 2 if end - start < 8 else 3, not day.startswith("~"),
        country, location, place if place != "-" else "", frozenset(chain), geo,
        frozenset(one for one in actors.split(",") if one), actors.split(",")[0],
        None if toll == "." else int(toll), frozenset(stems(said)),
    )  # fmt: skip


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["note"])
def test_our_own_pairs(case: dict[str, str]) -> None:
    pair = [telling(case["one"], "a"), telling(case["other"], "b")]
    assert (len(clusters(pair, lambda one, other: False)) == 1) == (case["same"] == "1")


def test_there_are_sixty_pairs_of_both_kinds() -> None:
    counts = Counter(case["same"] for case in cases())
    assert counts["1"] + counts["0"] == 60
    assert min(counts.values()) >= 25


BASE: dict[str, Any] = {
    "event_date": date(2021, 6, 3), "date_start": date(2021, 6, 3), "date_end": date(2021, 6, 3), "year": 2021,
    "time_precision": 1, "date_rule": "date.weekday", "family": "shelling", "disorder_type": "Political violence",
    "event_type": "Explosions/Remote violence", "sub_event_type": "Shelling/artillery/missile attack",
    "country": "Libya", "iso": 434, "region": "Northern Africa", "admin1": "West", "admin2": None, "admin3": None,
    "location": "Tripoli", "latitude": 32.89, "longitude": 13.18, "geo_precision": 1, "place_rule": "place.named",
    "place_id": "LY-tripoli", "chain": ["LY-west"], "actor1": "Unidentified Armed Group (Libya)", "actor2": None,
    "assoc_actor_1": None, "assoc_actor_2": None, "inter1": "Political militia", "inter2": None,
    "interaction": "Political militia only", "civilian_targeting": None, "source": "Example News", "tags": None,
    "fatalities": 0, "fatalities_rule": "fatalities.none_reported", "told": None, "injured": None, "crowd_size": None,
    "timestamp": 1_622_737_800, "published": 1_622_737_800, "confidence": 0.8, "acled_scope": True, "notes": "",
    "event_id_cnty": None, "source_scale": None, "report_id": "r", "words": [],
}  # fmt: skip


def told(number: int, **cells: Any) -> dict[str, Any]:
    name = f"{number:016x}"
    own = {"event_id": name, "member_id": name, "article_id": f"a{number}", "article_ids": [f"a{number}"],
           "report_ids": [f"r{number}"]}  # fmt: skip
    return {**BASE, **own, **cells}


def row_of(*rows: dict[str, Any], origin: dict[str, str] | None = None) -> dict[str, Any]:
    scales = {"Example News": "National", "Wire": "International", "Radio": "Subnational"}
    how = Combining(Scheme.load(), NoteForms.load(), scales, origin or {})
    return combined("0123456789abcdef", rows, how)


def test_the_lowest_number_told_is_the_toll() -> None:
    row = row_of(
        told(1, fatalities=10, fatalities_rule="fatalities.tens_in_war"),
        told(2, fatalities=8, told=8, fatalities_rule="quantity.number"),
        told(3, fatalities=6, told=6, fatalities_rule="quantity.number"),
        told(4),
    )
    assert (row["fatalities"], row["fatalities_rule"]) == (6, "quantity.number")
    assert "6 reported fatalities" in row["notes"]


def test_words_without_a_number_count_when_there_is_no_number() -> None:
    assert row_of(told(1), told(2, fatalities=10, fatalities_rule="fatalities.tens"))["fatalities"] == 10
    assert row_of(told(1), told(2))["fatalities"] == 0


def test_the_best_known_place_and_the_told_day_stand() -> None:
    inferred = {"date_rule": "date.publication", "event_date": date(2021, 6, 4)}
    wide = told(1, location="West", geo_precision=3, latitude=1.0, chain=[], **inferred)
    row = row_of(wide, told(2))
    assert (row["location"], row["latitude"], row["geo_precision"]) == ("Tripoli", 32.89, 1)
    assert (row["event_date"], row["date_rule"]) == (date(2021, 6, 3), "date.weekday")


def test_named_sides_and_the_higher_type_stand() -> None:
    clash = {"family": "clash", "event_type": "Battles"}
    plain = told(1, **clash, sub_event_type="Armed clash")
    taken = told(2, **clash, sub_event_type="Government regains territory", actor1="Military Forces of Libya",
                 inter1="State forces", actor2="Islamic State (Libya)", inter2="Rebel group",
                 interaction="State forces-Rebel group")  # fmt: skip
    row = row_of(plain, taken, told(3, **clash, sub_event_type="Armed clash"))
    assert row["sub_event_type"] == "Government regains territory"
    assert (row["actor1"], row["actor2"], row["interaction"]) == (
        "Military Forces of Libya", "Islamic State (Libya)", "State forces-Rebel group",
    )  # fmt: skip


def test_sources_are_joined_and_copies_are_none_of_their_own() -> None:
    rows = [told(1, source="Wire"), told(2, source="Radio"), told(3, source="Example News")]
    assert row_of(*rows)["source"] == "Example News; Radio; Wire"
    assert row_of(*rows, origin={"a2": "a1", "a3": "a1"})["source"] == "Wire"
    assert row_of(*rows)["article_ids"] == ["a1", "a2", "a3"]


@pytest.mark.parametrize(
    ("scales", "label"),
    [
        ([], None), (["", ""], None), (["National"], "National"), (["National", "National"], "National"),
        (["International", "National"], "National-International"),
        (["Subnational", "New media"], "New media-Subnational"),
        (["Subnational", "Regional", "International"], "Subnational-International"),
        (["Local partner", "Regional"], "Regional"),
    ],
)  # fmt: skip
def test_scales_of_several_outlets(scales: list[str], label: str | None) -> None:
    assert scale(scales) == label


def test_near_duplicates_are_found_and_others_not() -> None:
    text = "قال شهود في المدينة إن قذيفة سقطت على سوق الخضار ظهرا وإن رجال الإسعاف نقلوا المصابين إلى المستشفى "
    other = "اجتمع وزراء المالية لبحث أسعار الصرف والموازنة العامة ومستقبل القروض وخطط الإصلاح في السنوات المقبلة "
    found = copies([
        signature("a", 0, "عنوان", text + "ثم عاد الهدوء مساء"), signature("b", 3600, "عنوان آخر", text),
        signature("c", 0, "عنوان", other), signature("late", 9 * 86_400, "عنوان", text),
    ])  # fmt: skip
    assert found.pairs == {("a", "b")}
    assert (found.origin["b"], found.origin["late"]) == ("a", "late")


def crowd(number: int, days: int) -> list[Member]:
    words = frozenset(stems("قصف مدفعي على أحياء المدينة القديمة صباح اليوم"))
    return [
        Member(f"{i:08d}", f"article {i}", i, "shelling", "Shelling/artillery/missile attack", i % days, i % days,
               i % days, 1, True, "Libya", "Sirte", "Sirte", frozenset({"Libya"}), 1, frozenset(), "", i % 50,
               words if i % 2 else frozenset())
        for i in range(number)
    ]  # fmt: skip


def test_comparisons_grow_linearly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also in one place on one day, where each telling is compared with a window of neighbours only."""
    counted = Counter[int]()
    for number in (400, 1_600):
        def never(one: Member, other: Member, near: bool, number: int = number) -> None:
            counted[number] += 1

        monkeypatch.setattr("pipeline.dataset.clusters.verdict", never)
        clusters(crowd(number, 1), lambda one, other: False)
    assert counted[1_600] <= 4.5 * counted[400]
    assert counted[1_600] <= 1_600 * WINDOW


def test_twenty_thousand_tellings_take_seconds() -> None:
    begun = time.perf_counter()
    found = clusters(crowd(20_000, 5_000), lambda one, other: False)
    assert len(found) < 20_000
    assert time.perf_counter() - begun < 60


def test_members_are_read_from_event_rows() -> None:
    event = {**told(1, fatalities=7), "report_ids": ["r1", "r2"]}
    reports = {
        "r1": {"report_id": "r1", "article_id": "a1", "decision": "merged", "evidence": "سطر", "fatalities": None},
        "r2": {"report_id": "r2", "article_id": "a1", "decision": "coded", "evidence": "سقطت قذيفة على السوق الكبير",
               "fatalities": 7, "place_id": "LY-tripoli"},
    }  # fmt: skip
    (row,) = member_rows([event], reports, {"a1": "2021-06-03"}, lambda place: ("LY-west", "LY"))
    found = member(row)
    assert (found.toll, found.place, found.chain) == (7, "LY-tripoli", {"LY-west", "LY"})
    assert found.words == {"سقطت", "قذيفه", "سوق", "كبير"} - {"سوق"}


def test_gold_events_told_by_two_outlets_are_found(shared: Path) -> None:
    """Recall on the hand-coded events: pairs of the same family, day and town in two articles."""
    members = []
    for line in (shared / "gold" / "dev.jsonl").read_text(encoding="utf-8").rstrip("\n").split("\n"):
        article = json.loads(line)
        members += [gold_member(article["id"], i, e) for i, e in enumerate(article["events"]) if e["event_date"]]
    of = {m.id: i for i, c in enumerate(clusters(members, lambda a, b: False)) for m in c.members}
    pairs = [
        (a, b) for i, a in enumerate(members) for b in members[i + 1 :]
        if a.article != b.article and a.location and (a.family, a.day, a.location, a.country) == (
            b.family, b.day, b.location, b.country)
    ]  # fmt: skip
    assert len(pairs) > 60
    assert sum(of[a.id] == of[b.id] for a, b in pairs) / len(pairs) >= 0.9


def sides(event: dict[str, Any]) -> set[str]:
    names = [one.strip() for side in ("actor1", "actor2") for one in (event[side] or "").split(";")]
    return {base_name(name) for name in names if named(name)}


def gold_member(article: str, number: int, event: dict[str, Any]) -> Member:
    day = date.fromisoformat(event["event_date"]).toordinal()
    location = event["location"] or ""
    return Member(
        f"{article}#{number}", article, 0, event["family"], event["sub_event_type"], day, day, day,
        event["time_precision"] or 1, bool(event["date_text"]), event["country"] or "",
        location if location != event["country"] else "", location, frozenset({event["country"]}),
        event["geo_precision"] or 3, frozenset(sides(event)), "", event["fatalities"],
        frozenset(stems(event["evidence"])),
    )  # fmt: skip


def test_chains_come_from_the_gazetteer() -> None:
    place = Gazetteer.load().place("SY-douma")
    assert place is not None
    assert place.parent == "SY-eastern-ghouta"
