"""When a coded report and a hand-coded event are the same: the measures of evaluation, one small function each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pipeline.resources import folder, read_rows

Row = dict[str, Any]
GROUPS = {
    "shelling": "explosion", "air_strike": "explosion", "bombing": "explosion", "chemical": "explosion",
    "clash": "battle", "attack": "violence", "abduction": "violence", "protest": "demonstration",
    "riot": "demonstration", "agreement": "strategic", "arrest": "strategic", "disrupted_weapons": "strategic",
    "destruction": "strategic", "movement": "strategic", "other": "strategic", "call": "call",
}  # fmt: skip
_ARABIC = re.compile("[\u0600-\u06ff]")
_FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": ""})
_MARKS = re.compile("[\u064b-\u065f\u0670\u0300-\u036f]")
_STATE = re.compile(r"military|police|army|air force|security forces|government|gendarmerie|navy|coast guard")
_STATE_OF = (r"(?:of|in) (?:the )?([a-z ]+)", r"\(([a-z ]+)\)")


@dataclass(frozen=True)
class Measures:
    """Comparisons that need word lists. aliases are (phrase, key) of names that count as one actor."""

    place_generic: frozenset[str]
    actor_generic: frozenset[str]
    actor_kinds: tuple[str, ...]
    aliases: tuple[tuple[re.Pattern[str], str], ...] = ()

    @classmethod
    def load(cls, aliases: Path | None = None) -> Measures:
        """Word lists from schemas/scoring_words.csv, aliases from a CSV of phrase and key with a header line."""
        lists: dict[str, list[str]] = {}
        for row in read_rows(folder("schemas") / "scoring_words.csv"):
            lists.setdefault(row["list"], []).append(row["word"])
        named = []
        if aliases is not None and aliases.is_file():
            for row in read_rows(aliases):
                phrase, key = list(row.cells.values())[:2]
                named.append((re.compile(r"(?<!\w)" + re.escape(phrase)), key))
        generic = frozenset(lists["place_generic"]), frozenset(lists["actor_generic"])
        return cls(*generic, tuple(lists["actor_kind"]), tuple(named))

    def place_words(self, text: Any) -> frozenset[str]:
        """Distinctive words of a place name, folded, the article and one-letter clitics cut off."""
        plain = _MARKS.sub("", unicodedata.normalize("NFKD", str(text or "")).translate(_FOLD)).lower()
        found = set()
        for word in re.findall(r"[^\W\d_]+", plain):
            if _ARABIC.match(word):
                if len(word) > 4:
                    word = re.sub("^[وفب]?(?:ال|لل)", "", word)
                if len(word) > 5 and word not in self.place_generic:
                    word = re.sub("^[بلو](?=..)", "", word)
            if len(word) > 1 and word not in self.place_generic:
                found.add(word)
        return frozenset(found)

    def same_place(self, gold: Row, report: Row) -> bool:
        """Whether words of the text or English names agree; always where the gold event names no place."""
        if not gold.get("place_ar") and not gold.get("location"):
            return True
        if not same_country(gold, report):
            return False
        words = str(report.get("place_text") or "")
        if len(words.split()) > 8:
            words = ""
        return _alike(self.place_words(gold.get("place_ar")), self.place_words(words)) or _alike(
            self.place_words(gold.get("location")), self.place_words(report.get("location"))
        )

    def actor_keys(self, name: Any) -> frozenset[str]:
        """What an actor's name says: alias, kind, state forces with their country, else its distinctive words."""
        keys: set[str] = set()
        for part in re.split(r"[;]|, (?=[A-Z])| and ", str(name or "")):
            low = re.sub(r"\(\d{4}.*?\)", "", unicodedata.normalize("NFKD", part).lower())
            named = {key for phrase, key in self.aliases if phrase.search(low)}
            kinds = {kind for kind in self.actor_kinds if kind in low}
            if named or kinds:
                keys |= named or kinds
            elif _STATE.search(low):
                country = next((m for m in (re.search(p, low) for p in _STATE_OF) if m), None)
                country = country or re.match(r"\s*([a-z]+)", low)
                keys.add(f"state {country[1].strip()}" if country else "state")
                inside = " ".join(re.findall(r"\(([^)]*)\)", low))
                keys.update(word for word in re.findall("[a-z]{4,}", inside) if word not in self.actor_generic)
            else:
                keys.update(word for word in re.findall(r"[^\W\d_]{3,}", low) if word not in self.actor_generic)
        return frozenset(keys)

    def pair_score(self, gold: Row, report: Row) -> float:
        """0 when the two may not be matched, else larger is better."""
        if GROUPS.get(gold["family"]) != GROUPS.get(str(report.get("family"))):
            return 0
        gap = date_gap(gold, report)
        if gap is None or gap > 1:
            return 0
        place, family = self.same_place(gold, report), bool(gold["family"] == report.get("family"))
        tolls = number(gold.get("fatalities")) == number(report.get("fatalities"))
        return 8 + 4 * place + 2 * family + (gap == 0) + 0.5 * tolls


def _share(words: frozenset[str], others: frozenset[str]) -> float:
    """Share of the words that stand among the others, one leading letter allowed."""
    hits = sum(any(w == o or w[1:] == o or w == o[1:] for o in others) for w in words)
    return hits / len(words) if words else 0.0


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    shares = _share(one, other), _share(other, one)
    return bool(one and other) and max(shares) == 1.0 and min(shares) >= 0.3


def same_country(gold: Row, report: Row) -> bool:
    """Whether country names agree or the gold event has none."""
    want, have = str(gold.get("country") or "").lower(), str(report.get("country") or "").lower()
    return not want or want == have or bool(set(re.findall("[a-z]{4,}", want)) & set(re.findall("[a-z]{4,}", have)))


def day(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(str(value)[:10])


def number(value: Any) -> int | None:
    return None if value is None else int(value)


def date_gap(gold: Row, report: Row) -> int | None:
    """Days between the two; 0 when the report touches the period of an imprecise gold event; None when undated."""
    have = day(report.get("event_date"))
    want = day(gold["event_date"])
    if have is None or want is None:
        return None
    precision = gold.get("time_precision") or 1
    if precision == 1:
        return abs((want - have).days)
    if precision == 2:
        start, end = want - timedelta(days=4), want + timedelta(days=7)
    else:
        start, end = want.replace(day=1), want + timedelta(days=31)
    low, high = day(report.get("date_start")) or have, day(report.get("date_end")) or have
    if low <= end and high >= start and (high - low).days <= 45:
        return 0
    return min(abs((start - have).days), abs((end - have).days))


def best_pairing(
    golds: Sequence[Row], reports: Sequence[Row], score: Callable[[Row, Row], float]
) -> list[tuple[int, int]]:
    """Pairs (gold, report) of the assignment with the largest total score, those that score 0 left out.

    The Hungarian method with potentials, O(n² m) for n ≤ m; the rows are the shorter side.
    """
    if not golds or not reports:
        return []
    turned = len(golds) > len(reports)
    table = [[score(g, r) for r in reports] for g in golds]
    if turned:
        table = [list(column) for column in zip(*table, strict=True)]
    matched = _assignment(table)
    pairs = [(row, column) for column, row in enumerate(matched) if row >= 0 and table[row][column] > 0]
    return [(column, row) for row, column in pairs] if turned else pairs


def _assignment(score: list[list[float]]) -> list[int]:
    """The row that each column is given to, -1 for none; rows must not outnumber columns."""
    rows, columns = len(score), len(score[0])
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner = [0] * (columns + 1)
    for row in range(1, rows + 1):
        owner[0], at = row, 0
        least, back, done = [float("inf")] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
        while True:
            done[at] = True
            here, step, following = owner[at], float("inf"), 0
            for column in range(1, columns + 1):
                if done[column]:
                    continue
                slack = -score[here - 1][column - 1] - row_price[here] - column_price[column]
                if slack < least[column]:
                    least[column], back[column] = slack, at
                if least[column] < step:
                    step, following = least[column], column
            for column in range(columns + 1):
                if done[column]:
                    row_price[owner[column]] += step
                    column_price[column] -= step
                else:
                    least[column] -= step
            at = following
            if owner[at] == 0:
                break
        while at:
            owner[at] = owner[back[at]]
            at = back[at]
    return [row - 1 for row in owner[1:]]
