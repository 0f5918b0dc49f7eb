"""Word tables of the place stage, compiled once. Phrases are folded words joined by a blank."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.languages import LanguagePack
from pipeline.resources import Row
from pipeline.text import fold_key

WORD_CLASSES = (
    "agency",
    "capital",
    "container_gap",
    "location_verb",
    "metonym_verb",
    "name_adjective",
    "name_first",
    "office_before",
    "office_town",
    "org_after",
    "org_before",
    "person_title",
    "preposition",
    "seat",
    "source_city_before",
    "support_from",
    "talks_before",
    "territory",
    "the_country",
)
_RELATIONS = frozenset(("near", "part", "center", "rural", "border", "between"))


@dataclass(frozen=True, slots=True)
class Head:
    """A generic noun before a name. kinds are the gazetteer kinds it may stand for; takes is self when the name is the
    thing's own and host when it may be the town that has the thing; named: the thing may be named after any place
    (شارع بغداد); number s, d or p; unlisted: an unknown name may follow; definite: also an ordinary word with the
    article (حي السوق)."""

    word: str
    kinds: frozenset[str]
    takes: str
    number: str
    unlisted: bool
    named: bool = False
    definite: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """Words that place something by a name. precision 2 when they blur it, 0 when they do not; bearing in degrees."""

    relation: str
    precision: int
    bearing: float | None = None


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A noun that stands for the last place of the kinds; named: a word of that place's own name; capital: for the
    capital of the story's country; anywhere: not only after a preposition (وتعرض المعسكر لغارة)."""

    kinds: frozenset[str]
    named: str
    capital: bool
    anywhere: bool = False


@dataclass(frozen=True, eq=False)
class PlaceTables:
    """All tables. The sets from agency on are the classes of place_words.csv."""

    prefixes: tuple[str, ...] = ()
    heads: dict[str, Head] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)
    not_places: dict[str, str] = field(default_factory=dict)
    anaphora: dict[str, tuple[str, Anaphor]] = field(default_factory=dict)
    units: dict[str, float] = field(default_factory=dict)
    given_names: frozenset[str] = frozenset()
    ordinary: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    agency: frozenset[str] = frozenset()
    capital: frozenset[str] = frozenset()
    container_gap: frozenset[str] = frozenset()
    location_verb: frozenset[str] = frozenset()
    metonym_verb: frozenset[str] = frozenset()
    name_adjective: frozenset[str] = frozenset()
    name_first: frozenset[str] = frozenset()
    office_before: frozenset[str] = frozenset()
    office_town: frozenset[str] = frozenset()
    org_after: frozenset[str] = frozenset()
    org_before: frozenset[str] = frozenset()
    person_title: frozenset[str] = frozenset()
    preposition: frozenset[str] = frozenset()
    seat: frozenset[str] = frozenset()
    source_city_before: frozenset[str] = frozenset()
    support_from: frozenset[str] = frozenset()
    talks_before: frozenset[str] = frozenset()
    territory: frozenset[str] = frozenset()
    the_country: frozenset[str] = frozenset()

    @classmethod
    def from_pack(cls, pack: LanguagePack) -> PlaceTables:
        """Compile the pack's place_*.csv tables; a pack without them gives empty tables. Raises TableError."""
        words: dict[str, set[str]] = {}
        for row in pack.table("place_words"):
            if row["class"] not in WORD_CLASSES:
                raise row.error(f"class {row['class']!r} is not one of {', '.join(WORD_CLASSES)}")
            words.setdefault(row["class"], set()).add(_phrase(row, "word"))
        relations = {}
        for row in pack.table("place_relations"):
            if row["relation"] not in _RELATIONS:
                raise row.error(f"relation {row['relation']!r} is not one of {', '.join(sorted(_RELATIONS))}")
            relations[_phrase(row, "words")] = Relation(row["relation"], _whole(row, "precision"))
        for row in pack.table("place_directions"):
            relations[_phrase(row, "words")] = Relation("direction", 2, float(_whole(row, "bearing")))
        return cls(
            pack.prefixes,
            {
                _phrase(row, "word"): Head(
                    _phrase(row, "word"), frozenset(row.listed("kinds")), row["takes"].replace("named", "host"),
                    row["number"], row["unlisted"] != "", row["takes"] == "named", row["unlisted"] == "definite",
                )
                for row in pack.table("place_heads")
            },
            relations,
            {_phrase(row, "words"): row["reason"] for row in pack.table("place_not_places")},
            _anaphors(tuple(pack.table("place_anaphora"))),
            {_phrase(row, "word"): float(_whole(row, "metres")) for row in pack.table("place_units")},
            frozenset(_phrase(row, "name") for row in pack.table("place_given_names")),
            frozenset(_phrase(row, "word") for row in pack.table("place_ordinary")),
            frozenset(_phrase(row, "word") for row in pack.table("place_common")),
            **{name: frozenset(found) for name, found in words.items()},
        )  # fmt: skip


def _anaphors(rows: tuple[Row, ...]) -> dict[str, tuple[str, Anaphor]]:
    """Each noun with the clitics that may stand before its article, to the clitics and its meaning."""
    found = {}
    for row in rows:
        word, kinds = _phrase(row, "word"), frozenset(row.listed("kinds"))
        noun = Anaphor(kinds, row["named"], "capital" in kinds, row["anywhere"] != "")
        for prefix in ("", "و", "ف", "ب", "وب"):
            found[prefix + word] = prefix, noun
        for prefix in ("ل", "ول"):
            found[prefix + "ل" + word.removeprefix("ال")] = prefix, noun
    return found


def _phrase(row: Row, column: str) -> str:
    key = fold_key(row[column])
    if not key:
        raise row.error(f"{column} is empty; write the phrase or delete the row")
    return " ".join(key)


def _whole(row: Row, column: str) -> int:
    try:
        return int(row[column])
    except ValueError:
        raise row.error(f"{column} {row[column]!r} is not a whole number") from None
