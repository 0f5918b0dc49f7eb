"""One pass over the words of a document that finds names, heads, relations, demonyms, hints and what is no place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.gazetteer.load import Gazetteer, NameUse
from pipeline.lexicon import splits
from pipeline.placing.tables import Head, PlaceTables, Relation

_MEMO_LIMIT = 200_000
_TABLE_KINDS = ("not", "head", "relation")


@dataclass(frozen=True, slots=True)
class Hit:
    """Words with a meaning for places. kind: name, head, relation, demonym, hint or not.

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
        self._memo: dict[str, list[tuple[int, str, tuple[str, ...], list[tuple[str, Any]]]] | None] = {}

    def _look(self, word: str) -> list[tuple[int, str, tuple[str, ...], list[tuple[str, Any]]]] | None:
        blocked = word in self.tables.ordinary
        found = [
            (len(rest), prefix, rest, payloads)
            for prefix, stem in splits(word, self._prefixes)
            if not (blocked and prefix)
            for rest, payloads in self._index.get(stem, {}).items()
        ]
        found.sort(key=lambda item: (-item[0], len(item[1])))
        if len(self._memo) >= _MEMO_LIMIT:
            self._memo.clear()
        self._memo[word] = found or None
        return found or None

    def hits(self, words: list[str], first: int, last: int) -> list[Hit]:
        """All hits in the token range, left to right, longest first, without overlap."""
        found: list[Hit] = []
        memo, index = self._memo, first
        while index < last:
            word = words[index]
            options = memo[word] if word in memo else self._look(word)
            hit = self._best(options, words, index, last) if options else None
            if hit is None:
                index += 1
                continue
            found.append(hit)
            index = hit.last
        return found

    def _best(self, options: list[tuple[int, str, tuple[str, ...], list[tuple[str, Any]]]], words: list[str],
              index: int, last: int) -> Hit | None:  # fmt: skip
        length, matched = -1, []
        for extra, prefix, rest, payloads in options:
            if extra < length:
                break
            end = index + 1 + extra
            if end <= last and (not rest or tuple(words[index + 1 : end]) == rest):
                length = extra
                matched += [(prefix, kind, value) for kind, value in payloads]
        if length < 0:
            return None
        return self._hit(matched, words, index, index + 1 + length)

    def _hit(self, matched: list[tuple[str, str, Any]], words: list[str], first: int, last: int) -> Hit | None:
        shortest = min(len(prefix) for prefix, _, _ in matched)
        for kind in _TABLE_KINDS:
            for prefix, found, value in matched:
                if found != kind or len(prefix) > shortest:
                    continue
                if kind == "not":
                    return Hit(first, last, prefix, "not")
                if kind == "head":
                    return Hit(first, last, prefix, "head", head=value)
                return Hit(first, last, prefix, "relation", relation=value)
        names: dict[str, NameUse] = {}
        used = ""
        for prefix, kind, value in matched:
            if kind != "name" or (prefix and not self._splits_safely(words[first], value, prefix)):
                continue
            for use in self.gazetteer.uses(value):
                names.setdefault(use.place.place_id, use)
            used = used or prefix
        others = [(prefix, kind, value) for prefix, kind, value in matched if kind in ("demonym", "hint")]
        best = max((use.strength for use in names.values()), default=0)
        if names and (best >= 2 or not others):
            bare = any(kind == "name" and not prefix for prefix, kind, _ in matched)
            return Hit(first, last, "" if bare else used, "name", tuple(names.values()))
        for prefix, kind, value in others:
            if kind == "hint":
                return Hit(first, last, prefix, "hint", country=value[0], weight=value[1])
            return Hit(first, last, prefix, "demonym", country=value)
        return None

    def _splits_safely(self, word: str, name: str, prefix: str) -> bool:
        """Whether letters before a name may be clitics: short names without article only when they are well known."""
        if " " in name or len(name) >= 5 or name.startswith("ال"):
            return True
        uses = self.gazetteer.uses(name)
        known = any(use.strength == 3 and "-gn" not in use.place.place_id for use in uses)
        return known and (len(name) >= 4 or prefix in ("ب", "و", "ل", "وب", "ول"))


@lru_cache(maxsize=4)
def scanner_for(gazetteer: Gazetteer, tables: PlaceTables) -> Scanner:
    """The scanner of a gazetteer and tables, made once for each pair."""
    return Scanner(gazetteer, tables)
