"""One pass over the words of a document that finds names, heads, relations, demonyms, hints and what is no place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.gazetteer.load import Gazetteer, NameUse
from pipeline.lexicon import splits
from pipeline.machinery.memo import Memo
from pipeline.placing.tables import Head, PlaceTables, Relation

_TABLE_KINDS = ("not", "head", "relation")


@dataclass(slots=True)
class Hit:
    """Words with a meaning for places. kind: name, head, relation, demonym, hint, not, or listed: a short weak name
    after و, which counts in a list of its country's places only (عتق وعبس).

    uses: the places a name may mean; head, relation, country and weight are set for their kinds.
    """

    first: int
    last: int
    prefix: str
    kind: str
    uses: tuple[NameUse, ...] = ()
    head: Head | None = None
    relation: Relation | None = None
    country: str = ""
    weight: float = 0.0
    strength: int = 0  # the best of the uses


_Kind = tuple[str, str, tuple[NameUse, ...], Head | None, Relation | None, str, float, int]
_Options = tuple[_Kind | None, dict[str, list[tuple[tuple[str, ...], str, str, Any]]]]


class Scanner:
    """The phrases of a gazetteer and of the word tables behind one memoised lookup a word."""

    def __init__(self, gazetteer: Gazetteer, tables: PlaceTables) -> None:
        self.gazetteer = gazetteer
        self.tables = tables
        self._prefixes = tuple(sorted({prefix for prefix in tables.prefixes if prefix}, key=lambda p: (len(p), p)))
        index: dict[str, dict[tuple[str, ...], list[tuple[str, Any]]]] = {}

        def put(phrase: str, kind: str, value: Any) -> None:
            first, *rest = phrase.split(" ")
            index.setdefault(first, {}).setdefault(tuple(rest), []).append((kind, value))

        for name in gazetteer.names:
            put(name, "name", name)
        for phrase, head in tables.heads.items():
            put(phrase, "head", head)
        for phrase, relation in tables.relations.items():
            put(phrase, "relation", relation)
        for phrase, reason in tables.not_places.items():
            put(phrase, "not", reason)
        for phrase, country in gazetteer.demonyms.items():
            put(phrase, "demonym", country)
        for words, country, weight in gazetteer.hints:
            put(" ".join(words), "hint", (country, weight))
        self._index = index
        self._memo = Memo(self._look)

    def _look(self, word: str) -> _Options | None:
        """What may begin at a word: what it is alone, and the longer phrases by their second word."""
        index = self._index
        begun = [(prefix, stem) for prefix, stem in splits(word, self._prefixes) if stem in index]
        if not begun:
            return None
        blocked = word in self.tables.ordinary or word in self.tables.common
        alone: list[tuple[str, str, Any]] = []
        longer: dict[str, list[tuple[tuple[str, ...], str, str, Any]]] = {}
        for prefix, stem in begun:
            for rest, payloads in index[stem].items():
                if blocked and prefix and not rest:
                    continue
                for kind, value in payloads:
                    if rest:
                        longer.setdefault(rest[0], []).append((rest, prefix, kind, value))
                    else:
                        alone.append((prefix, kind, value))
        for phrases in longer.values():
            phrases.sort(key=lambda item: (-len(item[0]), len(item[1])))
        single = self._hit(alone, word) if alone else None
        return (single, longer) if single is not None or longer else None

    def may_begin(self, word: str, stems: frozenset[str], readings: object) -> bool:
        """The test of a gate."""
        return not self._index.keys().isdisjoint(stems)

    def hits(self, words: list[str], tokens: Iterable[int], last: int) -> list[Hit]:
        """All hits that begin at the tokens (ascending) and end by last, longest first, without overlap."""
        found: list[Hit] = []
        reached = 0
        for index in tokens:
            options = self._memo[words[index]] if index >= reached else None
            if options is None:
                continue
            single, longer = options
            hit = None
            if longer and index + 1 < last and words[index + 1] in longer:
                hit = self._longest(longer[words[index + 1]], words, index, last)
            if hit is None and single is not None:
                hit = Hit(index, index + 1, *single)
            if hit is not None:
                found.append(hit)
                reached = hit.last
        return found

    def _longest(self, phrases: list[tuple[tuple[str, ...], str, str, Any]], words: list[str], index: int,
                 last: int) -> Hit | None:  # fmt: skip
        length, matched = 0, []
        for rest, prefix, kind, value in phrases:
            if len(rest) < length:
                break
            end = index + 1 + len(rest)
            if end <= last and tuple(words[index + 1 : end]) == rest:
                length = len(rest)
                matched.append((prefix, kind, value))
        made = self._hit(matched, words[index]) if matched else None
        return Hit(index, index + 1 + length, *made) if made is not None else None

    def _hit(self, matched: list[tuple[str, str, Any]], word: str) -> _Kind | None:
        """Prefix, kind and meaning (the fields of Hit after its token range) of phrases of one length."""
        shortest = min(len(prefix) for prefix, _, _ in matched)
        for kind in _TABLE_KINDS:
            for prefix, found, value in matched:
                if found != kind or len(prefix) > shortest:
                    continue
                if kind == "not":
                    return prefix, "not", (), None, None, "", 0.0, 0
                if kind == "head":
                    return prefix, "head", (), value, None, "", 0.0, 0
                return prefix, "relation", (), None, value, "", 0.0, 0
        names: dict[str, NameUse] = {}
        listed: list[NameUse] = []
        used = ""
        for prefix, kind, value in matched:
            if kind != "name":
                continue
            if prefix and not self._splits_safely(value, prefix):
                if prefix == "و" and len(value) > 2:
                    listed += [use for use in self.gazetteer.uses(value) if use.strength > 1]
                continue
            for use in self.gazetteer.uses(value):
                names.setdefault(use.place.place_id, use)
            used = used or prefix
        others = [(prefix, kind, value) for prefix, kind, value in matched if kind in ("demonym", "hint")]
        best = max((use.strength for use in names.values()), default=0)
        if names and (best >= 2 or not others):
            bare = any(kind == "name" and not prefix for prefix, kind, _ in matched)
            return "" if bare else used, "name", tuple(names.values()), None, None, "", 0.0, best
        for prefix, kind, value in others:
            if kind == "hint":
                return prefix, "hint", (), None, None, value[0], value[1], 0
            return prefix, "demonym", (), None, None, value, 0.0, 0
        return ("و", "listed", tuple(listed), None, None, "", 0.0, 2) if listed else None

    def _splits_safely(self, name: str, prefix: str) -> bool:
        """Whether letters before a name may be clitics: short names without article only when they are well known."""
        if prefix[-1] in "كف" or prefix[0] == "ك":
            return len(name) >= 5 and name.startswith("ال")
        if " " in name or len(name) >= 5 or name.startswith("ال"):
            return True
        uses = self.gazetteer.uses(name)
        known = any(use.strength == 3 and "-gn" not in use.place.place_id for use in uses)
        if prefix == "و" and len(name) >= 3 and any(use.place.kind in ("city", "admin1") for use in uses):
            return True
        return known and (len(name) >= 4 or prefix in ("ب", "و", "ل", "وب", "ول"))


@lru_cache(maxsize=4)
def scanner_for(gazetteer: Gazetteer, tables: PlaceTables) -> Scanner:
    """The scanner of a gazetteer and tables, made once for each pair."""
    return Scanner(gazetteer, tables)
