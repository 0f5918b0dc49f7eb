"""marsad geocode."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer


def geocode(
    what: Annotated[str, typer.Argument(metavar="TEXT|FILE.jsonl", help="Text, or a file with one JSON a line.")],
    country: Annotated[str, typer.Option(metavar="XX", help="Country of the text (ISO 3166 alpha-2).")] = "",
    online: Annotated[str, typer.Option(metavar="NAME", help="nominatim: ask it for names not in the gazetteer.")] = "",
    server: Annotated[str, typer.Option(metavar="HOST", help="Another Nominatim server than the public one.")] = "",
    language: Annotated[str, typer.Option(metavar="CODE", help="Language of the text.")] = "ar",
) -> None:
    """Find the places that a text names, each in the light of the whole text.

    \b
    marsad geocode "قصفت طائرات مواقع جنوب طرابلس" --country LY
    marsad geocode sentences.jsonl > places.jsonl

    A line of the file is {"text": "…", "country": "LY"} (country optional); the same line comes out with "places": a
    list of {text, start, end, place_id, location, kind, country, admin1, latitude, longitude, geo_precision, rule,
    confidence, relation, role, metonym}. start and end are character offsets in the text. A place that no gazetteer
    has stands with place_id null. Nothing goes over the network unless --online is given.
    """
    if online not in ("", "nominatim"):
        raise ValueError(f"--online {online!r}: there is only nominatim")
    reader = Geocoding(language, _lookup(server) if online else None)
    for line in _lines(what, country):
        typer.echo(json.dumps(line | {"places": reader.places(str(line["text"]), line.get("country") or country)},
                              ensure_ascii=False))  # fmt: skip


geocode_command = geocode


def _lookup(server: str) -> Any:
    from pipeline.gazetteer.online import OnlineLookup

    return OnlineLookup(server, "http" if server else "https")


def _lines(what: str, country: str) -> Iterator[dict[str, Any]]:
    """The objects to read: of a file, or one for a text."""
    path = Path(what) if len(what) < 1000 and "\n" not in what else None
    is_file = path is not None and path.is_file()
    if path is None or not is_file:
        if path is not None and path.suffix in (".jsonl", ".json", ".ndjson"):
            raise ValueError(f"{what}: no such file")
        yield {"text": what} | ({"country": country} if country else {})
        return
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                item = json.loads(line)
            except json.JSONDecodeError as error:
                raise ValueError(f"{what}:{number}: not JSON ({error.msg})") from None
            if not isinstance(item, dict) or not isinstance(item.get("text"), str):
                raise ValueError(f'{what}:{number}: a line is an object with "text"')
            yield item


class Geocoding:
    """The place stage for texts that are no articles. online is an OnlineLookup or None."""

    def __init__(self, language: str = "ar", online: Any = None) -> None:
        from pipeline.datelines import DatelineTables
        from pipeline.gazetteer import Gazetteer
        from pipeline.languages import load_pack
        from pipeline.places import PlaceTables
        from pipeline.sentences import SentenceTables

        pack = load_pack(language)
        self.gazetteer = Gazetteer.load()
        self.tables = PlaceTables.from_pack(pack)
        self.sentences = SentenceTables.from_pack(pack)
        self.datelines = DatelineTables.from_pack(pack)
        self.online = online

    def places(self, text: str, country: str = "") -> list[dict[str, Any]]:
        """The places of one text in order, as dicts; country (ISO alpha-2 or an English name) outweighs its hints."""
        from pipeline.datelines import dateline
        from pipeline.gazetteer.sources import country_codes
        from pipeline.places import place_mentions
        from pipeline.records import Article, Document
        from pipeline.sentences import sentences
        from pipeline.text import cut

        words, starts, ends = cut(text)
        document = Document(Article("", date(1970, 1, 1), "", text), text, words, starts, ends)
        parts = sentences(document, (), dateline(document, self.datelines), self.sentences)
        code = country_codes().get(country.strip().casefold(), "") if country else ""
        reading = place_mentions(document, parts, self.gazetteer, self.tables, country=code)
        return [self._row(text, mention) for mention in reading.mentions]

    def _row(self, text: str, mention: Any) -> dict[str, Any]:
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
