"""Draw place mentions of the shared corpus for a reader, and count the verdicts of a reading.

    python tests/audits/places_sample.py draw --seed 4 --count 200    # to standard output, with text: do not commit
    python tests/audits/places_sample.py draw --rare --seed 78 --count 60      # places that one article alone mentions
    python tests/audits/places_sample.py read --seed 6113   # whole articles, mentions in brackets: do not commit
    python tests/audits/places_sample.py count places_verdicts.csv    # figures of a verdict file

A verdict file holds article ids, offsets, place ids and verdicts, no text: article, start, end, place_id, verdict
("right", "wrong", "country" for the right country but another place, "no_place"), cause. Articles of the gold set are
left out. The corpus is at MARSAD_SHARED or ../shared beside the checkout.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import random
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.records import PlaceMention
SHARED = Path(os.environ.get("MARSAD_SHARED") or ROOT.parent / "shared")


def corpus() -> list[dict[str, str]]:
    """Return the articles of the shared conflict corpus that are not in the gold set."""
    gold = {json.loads(line)["id"] for line in (SHARED / "gold" / "dev.jsonl").open(encoding="utf-8")}
    with gzip.open(SHARED / "corpus" / "conflict.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row["id"] not in gold]


def reader() -> Callable[[dict[str, str]], tuple[str, tuple[PlaceMention, ...]]]:
    """Return a function from an article to its raw text and its place mentions."""
    from pipeline.datelines import DatelineTables, dateline
    from pipeline.furniture import FurnitureTables, furniture_spans
    from pipeline.gazetteer import Gazetteer
    from pipeline.languages import load_pack
    from pipeline.places import PlaceTables, place_mentions
    from pipeline.records import Article, Document
    from pipeline.sentences import SentenceTables, sentences
    from pipeline.text import cut

    pack, gazetteer = load_pack("ar"), Gazetteer.load()
    tables, marks = PlaceTables.from_pack(pack), SentenceTables.from_pack(pack)
    lines_of, agency = FurnitureTables.from_pack(pack), DatelineTables.from_pack(pack)

    def mentions(row: dict[str, str]) -> tuple[str, tuple[PlaceMention, ...]]:
        raw = f"{row['title']}\n{row['text']}"
        document = Document(Article(row["id"], date(2018, 1, 1), row["title"], row["text"]), raw, *cut(raw))
        parts = sentences(document, furniture_spans(raw, lines_of), dateline(document, agency), marks)
        return raw, place_mentions(document, parts, gazetteer, tables).mentions

    return mentions


def draw(seed: int, count: int, articles: int, rare: bool = False) -> None:
    """Print one line a mention: article, start, end, place id, country, rule, role, then the words in their context.

    rare: of all articles, the places only (also names in no table) that one article alone mentions.
    """
    rows, rng, mentions, found = corpus(), random.Random(seed), reader(), []
    rng.shuffle(rows)
    for row in rows if rare else rows[:articles]:
        raw, places = mentions(row)
        found += [(row["id"], raw, m) for m in places]
    if rare:
        known = {(m.place.place_id or m.place.name, key) for key, _, m in found}
        times = Counter(name for name, _ in known)
        found = [item for item in found if times[item[2].place.place_id or item[2].place.name] == 1
                 and item[2].place.kind != "country" and item[2].rule != "place.anaphora"]  # fmt: skip
    for key, raw, m in rng.sample(found, min(count, len(found))):
        around = f"{raw[max(0, m.start - 70) : m.start]}[{raw[m.start : m.end]}]{raw[m.end : m.end + 50]}"
        what = f"{m.place.place_id or '-'} {m.place.country} {m.rule} {m.role}{' metonym' if m.metonym else ''}"
        print(key, m.start, m.end, what, around.replace("\n", " / "), sep=" | ")


def read(seed: int, count: int) -> None:
    """Print whole articles, each mention as [words=place id]; an unlisted one as [words=?name]."""
    mentions = reader()
    for row in random.Random(seed).sample(sorted(corpus(), key=lambda row: row["id"]), count):
        raw, places = mentions(row)
        marked, last = [], 0
        for m in sorted(places, key=lambda m: m.start):
            marked += [raw[last : m.start], f"[{raw[m.start : m.end]}={m.place.place_id or '?' + m.place.name}]"]
            last = m.end
        print(f"### {row['id']}", "".join(marked) + raw[last:], sep="\n", end="\n\n")


def count(path: Path) -> None:
    """Print the share of right verdicts and the causes of the others."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    verdicts = Counter(row["verdict"] for row in rows)
    print(f"{verdicts['right']}/{len(rows)} right ({verdicts['right'] / len(rows):.1%}); {dict(verdicts)}")
    for cause, number in Counter(row["cause"] for row in rows if row["verdict"] != "right").most_common():
        print(f"  {number} {cause}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw")
    drawing.add_argument("--seed", type=int, default=4)
    drawing.add_argument("--count", type=int, default=200)
    drawing.add_argument("--articles", type=int, default=300)
    drawing.add_argument("--rare", action="store_true", help="only places that one article of the corpus mentions")
    reading = commands.add_parser("read")
    reading.add_argument("--seed", type=int, default=6113)
    reading.add_argument("--count", type=int, default=60)
    commands.add_parser("count").add_argument("file", type=Path)
    given = parser.parse_args()
    if given.command == "draw":
        draw(given.seed, given.count, given.articles, given.rare)
    elif given.command == "read":
        read(given.seed, given.count)
    else:
        count(given.file)
