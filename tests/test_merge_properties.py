"""Properties of merging and of ids: order never matters, what is unrelated changes nothing, ids stay."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.dataset.clusters import Cluster, Rulings, clusters
from pipeline.dataset.copies import copies, signature
from pipeline.dataset.ids import Entry, assign, numbered, rematched, settled
from pipeline.dataset.members import Member

WORDS = [f"كلمة{i}" for i in range(14)]
KINDS = {"shelling": "Shelling/artillery/missile attack", "air_strike": "Air/drone strike",
         "protest": "Peaceful protest"}  # fmt: skip
PLACES = {"p1": ("Tripoli", 1, ()), "p2": ("Abu Salim", 1, ("p1",)), "p3": ("West", 3, ()), "p4": ("Sirte", 1, ("p3",))}


@st.composite
def tellings(draw: Callable[..., object], country: str = "Libya", least: int = 0) -> list[Member]:
    """Tellings of a few days, places and articles, so that many may be one."""
    found = []
    for number in range(draw(st.integers(least, 12))):  # type: ignore[call-overload]
        family = draw(st.sampled_from(sorted(KINDS)))
        place = draw(st.sampled_from(sorted(PLACES)))
        location, geo, chain = PLACES[place]
        day = draw(st.integers(738_000, 738_002))
        found.append(Member(
            f"{country[:2].lower()}{number:02d}", f"{country}{draw(st.integers(0, 5))}", draw(st.integers(0, 9)) * 3600,
            family, KINDS[family], day, day, day, 1, draw(st.booleans()), country, location, place, frozenset(chain),
            geo, frozenset(draw(st.sets(st.sampled_from(["A", "B"])))), draw(st.sampled_from(["", "A", "B"])),
            draw(st.none() | st.integers(0, 20)),
            frozenset(draw(st.sets(st.sampled_from(WORDS), min_size=5))),
        ))  # fmt: skip
    return found


def never(one: str, other: str) -> bool:
    return False


def grouped(found: list[Cluster]) -> set[frozenset[str]]:
    return {frozenset(member.id for member in cluster.members) for cluster in found}


@given(tellings(), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_of_tellings_never_matters(members: list[Member], order: random.Random) -> None:
    shuffled = list(members)
    order.shuffle(shuffled)
    assert clusters(shuffled, never) == clusters(members, never)


@given(tellings(), tellings(country="Syria"))
@settings(max_examples=100, deadline=None)
def test_what_happens_elsewhere_changes_nothing(here: list[Member], there: list[Member]) -> None:
    assert grouped(clusters([*here, *there], never)) == grouped(clusters(here, never)) | grouped(clusters(there, never))


@given(tellings())
@settings(max_examples=100, deadline=None)
def test_every_telling_is_in_one_event_and_no_event_holds_two_of_one_article(members: list[Member]) -> None:
    found = clusters(members, never)
    told = [member.id for cluster in found for member in cluster.members]
    assert sorted(told) == sorted(member.id for member in members)
    for cluster in found:
        assert len({member.article for member in cluster.members}) == len(cluster.members)
        assert len(cluster.links) == len(cluster.members) - 1


@given(tellings(least=2), st.data())
@settings(max_examples=150, deadline=None)
def test_rulings_always_win(members: list[Member], data: st.DataObject) -> None:
    ids = sorted(member.id for member in members)
    one, other = sorted(data.draw(st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True)))
    same = grouped(clusters(members, never, Rulings(same=frozenset({(one, other)}))))
    assert any({one, other} <= group for group in same)
    apart = grouped(clusters(members, never, Rulings(different=frozenset({(one, other)}))))
    assert not any({one, other} <= group for group in apart)


def day_of(members: list[Member], ledger: dict[str, Entry], told: dict[str, list[str]],
           run: str) -> tuple[dict[str, str], dict[str, Entry], dict[str, list[str]]]:  # fmt: skip
    """One run over the tellings: (telling → event, ledger, event → tellings)."""
    groups = [cluster.members for cluster in clusters(members, never)]
    names, entries = assign(groups, ledger, {}, told)
    rows = [(name, group, "live") for name, group in zip(names, groups, strict=True)]
    after = numbered(settled(rows, entries, run, "gone"), dict.fromkeys(names, "LBY"))
    event_of = {member.id: name for name, group in zip(names, groups, strict=True) for member in group}
    return event_of, after, {name: [m.id for m in group] for name, group in zip(names, groups, strict=True)}


@given(tellings(), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_a_second_run_in_another_order_moves_no_id(members: list[Member], order: random.Random) -> None:
    first, ledger, told = day_of(members, {}, {}, "r1")
    order.shuffle(members)
    second, after, _ = day_of(members, ledger, told, "r2")
    assert second == first
    assert after == ledger


@given(tellings(), tellings(country="Syria"), st.integers(0, 12))
@settings(max_examples=100, deadline=None)
def test_added_and_withdrawn_articles_elsewhere_move_no_id(here: list[Member], there: list[Member], cut: int) -> None:
    first, ledger, told = day_of([*here, *there], {}, {}, "r1")
    second, after, _ = day_of([*here, *there[cut:]], ledger, told, "r2")
    assert {m.id: second[m.id] for m in here} == {m.id: first[m.id] for m in here}
    for event_id, entry in ledger.items():
        assert after[event_id].event_id_cnty == entry.event_id_cnty


@given(tellings(), st.lists(st.integers(0, 12), max_size=6))
@settings(max_examples=150, deadline=None)
def test_ids_and_numbers_are_never_given_twice(members: list[Member], cuts: list[int]) -> None:
    """Whatever articles come and go, an id's number stays and each live event has its own."""
    ledger: dict[str, Entry] = {}
    told: dict[str, list[str]] = {}
    numbers: dict[str, str] = {}
    for turn, cut in enumerate(cuts):
        event_of, ledger, told = day_of(members[cut:] if turn % 2 else members[: cut + 1], ledger, told, f"r{turn}")
        for event_id, entry in ledger.items():
            assert numbers.setdefault(event_id, entry.event_id_cnty) in (entry.event_id_cnty, "")
            numbers[event_id] = entry.event_id_cnty
        given = [number for number in numbers.values() if number]
        assert len(given) == len(set(given))
        assert {ledger[name].status for name in event_of.values()} <= {"live"}
        for entry in ledger.values():
            assert entry.status != "alias" or ledger[entry.into].status == "live"


@given(tellings(), tellings())
@settings(max_examples=100, deadline=None)
def test_a_new_report_never_changes_the_id_of_an_event_it_does_not_touch(
    members: list[Member], more: list[Member]
) -> None:
    new = [replace(one, id=f"n{one.id}", article=f"n{one.article}", published=one.published + 90_000) for one in more]
    _, ledger, told = day_of(members, {}, {}, "r1")
    groups = {frozenset(ids): name for name, ids in told.items()}
    _, _, after = day_of([*members, *new], ledger, told, "r2")
    for name, ids in after.items():
        if frozenset(ids) in groups:
            assert name == groups[frozenset(ids)]


@given(tellings(least=1))
@settings(max_examples=100, deadline=None)
def test_tellings_that_did_not_change_are_matched_with_themselves(members: list[Member]) -> None:
    distinct = {(m.kind, m.day, m.location, m.words): m for m in members}
    before = list(distinct.values())
    after = [replace(one, id=f"x{one.id}") for one in before]
    assert rematched(before, after) == {one.id: f"x{one.id}" for one in before}


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=6, max_size=12), max_size=6), st.randoms())
@settings(max_examples=50, deadline=None)
def test_copies_found_day_by_day_are_those_found_at_once(texts: list[list[str]], order: random.Random) -> None:
    found = [signature(f"a{i}", i * 40_000, "", " ".join(words)) for i, words in enumerate(texts)]
    whole = copies(found)
    pairs: frozenset[tuple[str, str]] = frozenset()
    for end in range(1, len(found) + 1):
        pairs = copies(found[:end], pairs, frozenset({found[end - 1].article})).pairs
    assert pairs == whole.pairs
    order.shuffle(found)
    assert copies(found) == whole
