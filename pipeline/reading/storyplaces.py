"""What an article says of its places as a whole, and the places that it lends to a sentence that names none."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pipeline.candidates import Reading
from pipeline.linear import Names
from pipeline.machinery.quick import dataclass
from pipeline.records import PlaceMention


@dataclass(frozen=True)
class StoryPlaces:
    """What a document says of its places as a whole: mentions by place, the title's and the lead's places."""

    counts: dict[str, int]
    title: frozenset[str]
    lead: frozenset[str]
    focus: tuple[PlaceMention, ...]
    country: str
    told: dict[int, Names]  # features of a mention for the story, by its id(), filled when asked for
    lent: dict[tuple[Any, ...], Any]  # options made of its places by what they hang on, filled by those who make them

    @classmethod
    def of(cls, reading: Reading) -> StoryPlaces:
        free = [m for row in reading.places for m in row if not m.metonym and m.role in ("", "container")]
        counts = Counter(m.location.place_id for m in free)
        first: dict[str, PlaceMention] = {}
        for mention in free:
            first.setdefault(mention.location.place_id, mention)
        ranked = sorted(first.values(), key=lambda m: (-counts[m.location.place_id], m.first))
        in_title = reading.places[0] if reading.sentences and reading.sentences[0].kind == "title" else ()
        body = next((i for i, s in enumerate(reading.sentences) if s.kind == "body"), 0)
        lead = reading.places[body] if reading.places else ()
        return cls(
            counts,
            frozenset(m.location.place_id for m in in_title),
            frozenset(m.location.place_id for m in lead),
            tuple(ranked[:4]),
            reading.story_country,
            {},
            {},
        )

    def features(self, mention: PlaceMention) -> Names:
        """What the story says of a mention's place."""
        found = self.told.get(id(mention))
        if found is None:
            found = self.told[id(mention)] = tuple(self._features(mention))
        return found

    def _features(self, mention: PlaceMention) -> list[str]:
        place_id = mention.location.place_id
        on = [f"told={min(self.counts.get(place_id, 0), 4)}"]
        if place_id in self.title:
            on.append("in_title")
        if place_id in self.lead:
            on.append("in_lead")
        if self.country:
            on.append("story_country" if mention.place.country == self.country else "other_country")
        if mention.confidence < 0.5:
            on.append("unsure")
        if not mention.place.place_id:
            on.append(f"unlisted={mention.place.kind}")
        return on


@dataclass(frozen=True, slots=True)
class Told:
    """The place of an earlier trigger: of the last one, and of the last one of the same family ("" and None: none)."""

    before: PlaceMention | None
    family: str
    of_family: PlaceMention | None


@dataclass(frozen=True, slots=True)
class Lent:
    """A place of another sentence; ways are all the ways in which it is offered, the best first."""

    mention: PlaceMention
    basis: str
    ways: tuple[str, ...]


def offers(reading: Reading, index: int, story: StoryPlaces) -> list[tuple[str, PlaceMention, str]]:
    """(basis, place, way) of all that other sentences offer to one: the sentence before it, the title, the sentence
    after it and the story's main places, in this order. A place may come more than once."""
    found: list[tuple[str, PlaceMention, str]] = []
    if index > 1:
        previous = [m for m in reading.places[index - 1] if m.role in ("", "container") and not m.metonym]
        last, first = len(previous) - 1, 0
        for i in range(last, -1, -1):
            found.append(("follow_on", previous[i], "last" if i == last else "first" if i == first else "other"))
    if index and reading.sentences[0].kind == "title":
        found.extend(("title", m, "title") for m in reading.places[0] if not m.metonym and m.role == "")
    if index + 1 < len(reading.places):
        following = [m for m in reading.places[index + 1] if not m.metonym and m.role == ""]
        found.extend(("story", m, "next") for m in following if m.place.kind != "country")
    found.extend(("story", m, f"focus{rank}") for rank, m in enumerate(story.focus))
    return found


def lent(offered: list[tuple[str, PlaceMention, str]], own: set[str], before: PlaceMention | None) -> list[Lent]:
    """The places offered that are not among the sentence's own (location ids), each once, in the order of the best
    way; before, the place of the trigger before, is the best of all."""
    places: dict[str, tuple[str, PlaceMention, list[str]]] = {}
    for basis, mention, way in [("follow_on", before, "trigger"), *offered] if before is not None else offered:
        place_id = mention.location.place_id
        if place_id not in own:
            places.setdefault(place_id, (basis, mention, []))[2].append(way)
    return [Lent(mention, basis, tuple(ways)) for basis, mention, ways in places.values()]


def lent_features(ways: tuple[str, ...], kind: str, specific: int, elsewhere: bool) -> Names:
    """Features of a lent place whatever the trigger: specific counts the sites and towns of the trigger's sentence;
    elsewhere: it lies in a country that the sentence does not name, though it names one."""
    some = min(specific, 1)
    on = [f"inherited={ways[0]}", f"inherited={ways[0]}/{some}", f"inherited_kind={kind}", f"specific={specific}"]
    for way in dict.fromkeys(ways[1:]):
        on += [f"also={way}", f"also={way}/{some}"]
    if elsewhere:
        on.append("inherited_other_country")
    return tuple(on)


def wanting(way: str, kind: str, some: int, family: str, form: str, definite: bool, toll: bool, dated: bool,
            opening: str) -> Names:  # fmt: skip
    """Features of the way in which a place is lent and of the trigger that lacks one."""
    return (f"way_dated={way}/{dated}/{some}", f"way_form={way}/{form}/{definite}/{some}", f"way_family={way}/{family}",
            f"way_opening={way}/{opening}", f"lent_family_kind={family}/{kind}", f"way_toll={way}/{toll}")  # fmt: skip


def followed(again: bool, same_family: bool, of_family: bool, some: int, form: str, definite: bool) -> Names:
    """Features of a place that an earlier trigger had: again, the one before; of_family, the last of its family."""
    on = []
    if again:
        on += ["same_as_trigger_before", f"same_family={same_family}/{some}/{definite}"]
    if of_family:
        on += ["family_place", f"family_place/{some}", f"family_place/{definite}/{form}"]
    return tuple(on)
