"""The story's country from all that hints at one: countries, demonyms, unambiguous towns, leaders and groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

from pipeline.placing.scan import Hit
from pipeline.records import Sentence

TITLE, LEAD, BODY = 2.0, 1.5, 1.0
COUNTRY, DEMONYM, TOWN, TOWN_GEONAMES = 1.0, 0.7, 1.4, 0.7
AGREED = 1.25  # the best score must be this many times the second for the story to have one country


class CountryScores:
    """Scores by ISO code. share() is relative to the best country; the empty story gives 0 everywhere."""

    def __init__(self, scores: dict[str, float], hints: tuple[tuple[int, str], ...]) -> None:
        self.ranked = tuple(sorted(scores.items(), key=lambda item: (-item[1], item[0])))
        self.hints = hints
        self._scores = scores
        self._top = self.ranked[0][1] if self.ranked else 0.0

    def share(self, country: str) -> float:
        return self._scores.get(country, 0.0) / self._top if self._top else 0.0

    @property
    def story(self) -> tuple[str, str]:
        """The country and the rule that says how it was found."""
        if not self.ranked:
            return "", "place.no_country"
        if len(self.ranked) == 1 or self.ranked[0][1] >= AGREED * self.ranked[1][1]:
            return self.ranked[0][0], "place.story_hints"
        return "", "place.hints_disagree"


def weights_of(sentences: Sequence[Sentence], size: int) -> list[float]:
    """A weight for each token: the title counts double, the first body sentence one and a half, datelines nothing."""
    weights = [BODY] * size
    lead = True
    for sentence in sentences:
        if sentence.kind == "title":
            value = TITLE
        elif sentence.kind in ("furniture", "dateline"):
            value = 0.0
        elif sentence.kind == "body" and lead:
            value, lead = LEAD, False
        else:
            continue
        for index in range(sentence.first, min(sentence.last, size)):
            weights[index] = value
    return weights


def scored(hits: Sequence[Hit], weights: Sequence[float], hint_weights: Mapping[str, float], skip: frozenset[int],
           given: str = "") -> CountryScores:  # fmt: skip
    """Scores of all countries that the hits speak for.

    hint_weights has a factor for countries whose names often stand for a distant actor; skip holds token indices of
    datelines; given is a country known beforehand. A repeated word adds ever less (the square root of its count).
    """
    sums: dict[tuple[str, str], float] = {}
    hints = []
    for hit in hits:
        if hit.first in skip:
            continue
        country, value, key = "", 0.0, hit.kind
        if hit.kind == "demonym":
            country, value = hit.country, DEMONYM
            hints.append((hit.first, country))
        elif hit.kind == "hint":
            country, value, key = hit.country, hit.weight, f"hint{hit.country}"
            hints.append((hit.first, country))
        elif hit.kind == "name":
            strong = [use for use in hit.uses if use.strength == 3]
            countries = {use.place.country for use in strong}
            if len(countries) != 1 or (len(strong) < len(hit.uses) and any(
                use.strength == 2 and use.place.country not in countries for use in hit.uses
            )):  # fmt: skip
                continue
            place = strong[0].place
            country, key = place.country, place.place_id
            value = COUNTRY if place.kind == "country" else TOWN_GEONAMES if "-gn" in place.place_id else TOWN
        if not country:
            continue
        value *= hint_weights.get(country, 1.0)
        sums[country, key] = sums.get((country, key), 0.0) + value * weights[hit.first]
    scores: dict[str, float] = {}
    for (country, _), total in sums.items():
        scores[country] = scores.get(country, 0.0) + sqrt(total)
    if given:
        scores[given] = max(scores.values(), default=0.0) * 1.5 + 1.0
    return CountryScores(scores, tuple(hints))
