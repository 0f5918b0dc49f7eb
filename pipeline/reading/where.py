"""The place of an event: the place mention of its clause in the right role; several places, several events."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from operator import attrgetter

from pipeline.candidates import PlaceChoice
from pipeline.reading.options import Option
from pipeline.records import PlaceMention

_SCORE = attrgetter("score")


def best_option(options: Sequence[Option]) -> Option | None:
    """The option that the place model finds likeliest; the first of equals."""
    return max(options, key=_SCORE) if options else None


def sureness(best: Option, options: Sequence[Option]) -> float:
    """The place model's probability of the best option among all, 0 to 1."""
    return 1.0 / sum([exp(max(option.score - best.score, -30.0)) for option in options])


def of_mention(mention: PlaceMention, basis: str, sure: float) -> PlaceChoice:
    """The choice that a mention makes; a country alone has no location. sure is the place model's probability."""
    country_only = "country" in (mention.place.kind, mention.location.kind)
    return PlaceChoice(
        mention.place,
        None if country_only else mention.location,
        3 if country_only else mention.geo_precision,
        f"{mention.rule}+{'country' if country_only and basis == 'clause' else basis}",
        mention,
        "country" if country_only else basis,
        sure,
    )
