"""Places of texts that are no articles: what marsad geocode and the gazetteer's report read with."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.datelines import DatelineTables, dateline
from pipeline.gazetteer import Gazetteer
from pipeline.gazetteer.online import OnlineLookup
from pipeline.gazetteer.sources import country_codes
from pipeline.languages import load_pack
from pipeline.places import PlaceTables, place_mentions
from pipeline.records import Article, Document, PlaceMention
from pipeline.sentences import SentenceTables, sentences
from pipeline.text import cut


class Geocoding:
    """The place stage for texts that are no articles. online is an OnlineLookup or None."""

    def __init__(self, language: str = "ar", online: OnlineLookup | None = None) -> None:
        pack = load_pack(language)
        self.gazetteer = Gazetteer.load()
        self.tables = PlaceTables.from_pack(pack)
        self.sentences = SentenceTables.from_pack(pack)
        self.datelines = DatelineTables.from_pack(pack)
        self.online = online

    def places(self, text: str, country: str = "") -> list[dict[str, Any]]:
        """The places of one text in order, as dicts; country (ISO alpha-2 or an English name) outweighs its hints."""
        words, starts, ends = cut(text)
        document = Document(Article("", date(1970, 1, 1), "", text), text, words, starts, ends)
        parts = sentences(document, (), dateline(document, self.datelines), self.sentences)
        code = country_codes().get(country.strip().casefold(), "") if country else ""
        reading = place_mentions(document, parts, self.gazetteer, self.tables, country=code)
        return [self._row(text, mention) for mention in reading.mentions]

    def _row(self, text: str, mention: PlaceMention) -> dict[str, Any]:
        place, location = mention.place, mention.location
        point = place if place.latitude is not None else location
        row = {
            "text": text[mention.start : mention.end],
            "start": mention.start,
            "end": mention.end,
            "place_id": place.place_id or None,
            "name": place.name,
            "location": location.name,
            "kind": place.kind,
            "country": place.country or location.country,
            "admin1": place.admin1 or location.admin1,
            "latitude": point.latitude,
            "longitude": point.longitude,
            "geo_precision": mention.geo_precision,
            "rule": mention.rule,
            "confidence": mention.confidence,
            "relation": mention.relation,
            "role": mention.role,
            "metonym": mention.metonym,
        }
        if self.online is not None and not place.place_id and place.country:
            answer = self.online.find(text[mention.start : mention.end], place.country)
            if answer is not None:
                row |= {"latitude": answer["latitude"], "longitude": answer["longitude"], "rule": "place.nominatim",
                        "confidence": 0.5}  # fmt: skip
        return row


def corpus_names(paths: Iterable[Path]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Counts of the place ids that article files (JSONL, may be .gz) name, and of (words, country) after a head word
    (قرية X) that no row has."""
    reader = Geocoding()
    seen: Counter[str] = Counter()
    missing: Counter[tuple[str, str]] = Counter()
    for path in paths:
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                item = json.loads(line)
                for place in reader.places(f"{item.get('title', '')}\n{item.get('text', '')}"):
                    if place["place_id"]:
                        seen[place["place_id"]] += 1
                    else:
                        missing[place["text"], place["country"]] += 1
    return seen, missing
