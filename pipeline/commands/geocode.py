"""marsad geocode."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from pipeline.gazetteer.online import OnlineLookup


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
    from pipeline.geocoding import Geocoding

    reader = Geocoding(language, _lookup(server) if online else None)
    for line in _lines(what, country):
        typer.echo(json.dumps(line | {"places": reader.places(str(line["text"]), line.get("country") or country)},
                              ensure_ascii=False))  # fmt: skip


geocode_command = geocode


def _lookup(server: str) -> OnlineLookup:
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
