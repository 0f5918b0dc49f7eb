"""Speed and accuracy of find_dates beside dateparser, in one run on the same texts.

    python benchmarks/dates.py [--articles 40] [--seed 3] [--rounds 3]

Speed, in processor time, the fastest of the rounds for each article and tool (the first round warms all): the
date stage on articles already cut into words (as the pipeline runs it), find_dates with the cut, search_dates as it is
called by default and told that the text is Arabic. The stage remembers words, never texts or dates; its time for an
article that it meets for the first time, after as many others, is told beside the one for articles seen before. Random
articles of ../shared/corpus/conflict.jsonl.gz (MARSAD_SHARED names another place).
Accuracy: the cases of tests/cases/dates.csv that name days. A case is right when the tool gives, for that text, a day
within the expected interval and none outside the expected ones; a case without a date is right when it gives none.
dateparser gives days and no intervals, so a day within a week, month or year counts as right for it.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import random
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import dateparser
from dateparser.search import search_dates

from pipeline.dates import DateTables, date_mentions, find_dates
from pipeline.languages import load_pack
from pipeline.lexicon import splitter
from pipeline.records import Article, Clock, Document, Sentence
from pipeline.text import cut

ROOT = Path(__file__).resolve().parent.parent
Days = list[tuple[date, date]]  # first and last day of every expression found


def ours(text: str, published: datetime) -> Days:
    return [
        (date.fromisoformat(str(row["first_day"])), date.fromisoformat(str(row["last_day"])))
        for row in find_dates(text, published)
        if row["first_day"]
    ]


def searched(text: str, published: datetime) -> Days:
    settings = {"RELATIVE_BASE": published.replace(tzinfo=None), "PREFER_DATES_FROM": "past"}
    return [(day.date(), day.date()) for _, day in search_dates(text, languages=["ar"], settings=settings) or ()]


def parsed(text: str, published: datetime) -> Days:
    settings = {"RELATIVE_BASE": published.replace(tzinfo=None), "PREFER_DATES_FROM": "past"}
    day = dateparser.parse(text, languages=["ar"], settings=settings)
    return [(day.date(), day.date())] if day else []


def stamp(text: str) -> datetime:
    """The publication time; a bare date stands for noon, as both tools take a datetime here."""
    return datetime.fromisoformat(text if len(text) > 10 else f"{text}T12:00:00")


def right(found: Days, expected: Days) -> bool:
    hit = all(any(lo <= first and last <= hi for first, last in found) for lo, hi in expected)
    return hit and all(any(lo <= first and last <= hi for lo, hi in expected) for first, last in found)


def cases() -> dict[tuple[str, str], tuple[Days, list[str], set[str]]]:
    """(text, published_at) → expected intervals, expected words, kinds."""
    found: dict[tuple[str, str], tuple[Days, list[str], set[str]]] = defaultdict(lambda: ([], [], set()))
    with (ROOT / "tests" / "cases" / "dates.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            days, words, kinds = found[row["text"], row["published_at"]]
            if row["first_day"]:
                days.append((date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])))
            if row["expected_text"]:
                words.append(row["expected_text"])
            kinds.add(row["kind"] or "none")
    return found


def accuracy() -> None:
    groups: dict[str, list[bool]] = defaultdict(list)
    for (text, published), (days, words, kinds) in cases().items():
        kind = next(iter(kinds)) if len(kinds) == 1 else "several"
        if kind in ("duration", "vague") or (kind == "anchored" and not days):
            continue  # no days to compare
        when = stamp(published)
        groups[f"find_dates {kind}"].append(right(ours(text, when), days))
        groups[f"search_dates {kind}"].append(right(searched(text, when), days))
        if len(words) == 1:
            groups[f"parse (words alone) {kind}"].append(right(parsed(words[0], when), days))
    for name in ("find_dates", "search_dates", "parse (words alone)"):
        chosen = {key[len(name) + 1 :]: rows for key, rows in groups.items() if key.startswith(name + " ")}
        total = [row for rows in chosen.values() for row in rows]
        parts = "  ".join(f"{kind} {sum(rows)}/{len(rows)}" for kind, rows in sorted(chosen.items()))
        print(f"  {name:20} {sum(total)}/{len(total)} = {sum(total) / len(total):.1%}   ({parts})")


def articles(count: int, seed: int) -> list[tuple[str, datetime]]:
    path = Path(os.environ.get("MARSAD_SHARED") or ROOT.parent / "shared") / "corpus" / "conflict.jsonl.gz"
    if path.is_file():
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        chosen = random.Random(seed).sample(rows, min(count, len(rows)))
        return [(row["title"] + "\n" + row["text"], stamp(row["published_at"])) for row in chosen]
    print(f"  {path} is not there: articles made of the cases instead")
    texts = [text for text, _ in cases()]
    shuffled = random.Random(seed)
    return [(". ".join(shuffled.sample(texts, 20)), datetime(2019, 4, 19, 12)) for _ in range(count)]


def prepared(rows: list[tuple[str, datetime]]) -> Callable[[str, datetime], Days]:
    """The stage alone: date_mentions over sentences of documents that were cut before."""
    tables = DateTables.from_pack(load_pack("ar"))
    documents = {}
    for text, published in rows:
        words, starts, ends = cut(text)
        document = Document(Article("", published, "", text), text, words, starts, ends)
        stops = [i for i, word in enumerate(words) if word in (".", "\n", "؟", "!")]
        bounds = zip([0, *(stop + 1 for stop in stops)], [*stops, len(words)], strict=True)
        parts = [Sentence(a, b, starts[a], ends[b - 1], "body", 0) for a, b in bounds if b > a]
        documents[text] = document, parts, Clock.of(published)

    def stage(text: str, published: datetime) -> Days:
        document, parts, clock = documents[text]
        for part in parts:
            date_mentions(document, part, clock, tables)
        return []

    return stage


def first_sight(rows: list[tuple[str, datetime]], others: list[tuple[str, datetime]], rounds: int) -> float:
    """Seconds of processor time of the stage for an article never seen, after the others; the fastest of the rounds."""
    best = [float("inf")] * len(rows)
    for _ in range(rounds):
        splitter.cache_clear()  # nothing is remembered from the round before
        stage = prepared([*others, *rows])
        for text, published in others:
            stage(text, published)
        best = list(map(min, best, fastest([stage], rows, 1)[0]))
    return sum(best) / len(rows)


def by_default(text: str, published: datetime) -> Days:
    search_dates(text, settings={"RELATIVE_BASE": published.replace(tzinfo=None)})
    return []


def fastest(
    tools: list[Callable[[str, datetime], Days]], rows: list[tuple[str, datetime]], rounds: int
) -> list[list[float]]:
    """Seconds of processor time for each tool and article, the fastest of the rounds, tool after tool."""
    best = [[float("inf")] * len(rows) for _ in tools]
    for _ in range(rounds):
        for row, tool in zip(best, tools, strict=True):
            for place, (text, published) in enumerate(rows):
                start = time.process_time_ns()
                tool(text, published)
                row[place] = min(row[place], (time.process_time_ns() - start) / 1e9)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    drawn = articles(2 * given.articles, given.seed)
    rows, others = drawn[: given.articles], drawn[given.articles :]
    unseen = first_sight(rows, others, given.rounds)
    tools = [prepared(rows), ours, by_default, searched]
    best = fastest(tools, rows, given.rounds)
    times = {tool.__name__: sum(row) / len(rows) for tool, row in zip(tools, best, strict=True)}
    length = sum(len(text) for text, _ in rows) / len(rows)
    print(f"speed, {len(rows)} articles of {length:.0f} characters, milliseconds an article")
    print(f"  date stage {times['stage'] * 1e3:.3f} ({unseen * 1e3:.3f} on an article's first sight); "
          f"find_dates with the cut {times['ours'] * 1e3:.3f}")  # fmt: skip
    for name, words in (("by_default", "search_dates(text)"), ("searched", "search_dates(text, languages=['ar'])")):
        ratio = times[name] / times["stage"], times[name] / times["ours"]
        print(f"  {words} {times[name] * 1e3:.1f}: {ratio[0]:.0f} times the stage, {ratio[1]:.0f} times find_dates")
    print("accuracy, cases of tests/cases/dates.csv that name days or hold none")
    accuracy()
    pairs = [(date(2019, 1, 1) + timedelta(days=i), n) for i in range(365) for n in range(7)]
    names = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
    wrong = {"find_dates": 0, "parse": 0}
    for day, number in pairs:
        expected = day - timedelta(days=(day.weekday() - number) % 7)
        noon = datetime(day.year, day.month, day.day, 12)
        wrong["find_dates"] += ours(names[number], noon) != [(expected, expected)]
        wrong["parse"] += parsed(names[number], noon) != [(expected, expected)]
    print(f"weekday and dateline, {len(pairs)} pairs of 2019: wrong {wrong}")


if __name__ == "__main__":
    main()
