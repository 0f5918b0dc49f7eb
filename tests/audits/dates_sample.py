"""Draw random date expressions of the unlabelled corpus for a reader to judge, and count the verdicts.

    python tests/audits/dates_sample.py draw --seed 41 --count 200   # adds rows to dates.csv, verdicts empty
    python tests/audits/dates_sample.py show --seed 41               # prints its rows with their words, to judge by
    python tests/audits/dates_sample.py score                        # share of right ones by seed, wrong ones by cause
    python tests/audits/dates_sample.py recall --seed 77 --count 40  # prints conflict articles with the dates marked

dates.csv holds article ids, offsets (characters of title + newline + text), days, kind, rule, verdict and seed, never
text. verdict is right or wrong; cause says in a word or two why a wrong one is wrong. Articles of the development gold
are left out. Needs the shared corpus (MARSAD_SHARED, else ../shared). The judge should not have written the rules.
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
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from pipeline.dates import find_dates  # noqa: E402

TABLE = Path(__file__).with_name("dates.csv")
SHARED = Path(os.environ.get("MARSAD_SHARED") or ROOT.parent / "shared")
COLUMNS = (
    "article_id", "start", "end", "first_day", "last_day", "granularity", "kind", "rule", "verdict", "cause", "seed",
)  # fmt: skip
KEY = ("article_id", "start", "end", "first_day", "last_day", "granularity", "kind")
Row = dict[str, str]


def articles() -> Iterator[dict[str, str]]:
    """Articles of both corpus files that are not in the development gold."""
    with (SHARED / "gold" / "dev_articles.jsonl").open(encoding="utf-8") as lines:
        gold = {json.loads(line)["id"] for line in lines}
    for name in ("conflict", "other"):
        with gzip.open(SHARED / "corpus" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            found = (article for article in map(json.loads, lines) if article["id"] not in gold)
            yield from ({**article, "corpus": name} for article in found)


def rows_of(article: dict[str, str]) -> list[Row]:
    found = find_dates(article["title"] + "\n" + article["text"], article["published_at"])
    return [{"article_id": article["id"], **{key: str(value or "") for key, value in row.items()}} for row in found]


def draw(seed: int, count: int) -> list[Row]:
    """The sample: expressions drawn evenly from all of the corpus, in the order of the articles."""
    every = [row for article in articles() for row in rows_of(article)]
    chosen = sorted(random.Random(seed).sample(range(len(every)), min(count, len(every))))
    return [{**every[index], "verdict": "", "cause": "", "seed": str(seed)} for index in chosen]


def read() -> list[Row]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write(rows: list[Row]) -> None:
    with TABLE.open("w", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, COLUMNS, extrasaction="ignore", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def show(rows: list[Row]) -> None:
    wanted = {row["article_id"] for row in rows}
    found = {article["id"]: article for article in articles() if article["id"] in wanted}
    for number, row in enumerate(rows, start=1):
        article = found[row["article_id"]]
        raw, start, end = article["title"] + "\n" + article["text"], int(row["start"] or 0), int(row["end"])
        words = f"{raw[max(0, start - 160) : start]}⟦{raw[start:end]}⟧{raw[end : end + 90]}".replace("\n", " ⏎ ")
        days = f"{row['first_day'] or '?'} .. {row['last_day'] or '?'}"
        print(f"{number}. published {article['published_at']}: {days} {row['granularity']} {row['kind']} {row['rule']}")
        print(f"   {words}\n   verdict: {row['verdict'] or '-'} {row['cause']}\n")


def score(rows: list[Row]) -> None:
    """Share of right rows by seed, and how many of them the present rules still give."""
    for seed in sorted({row["seed"] for row in rows}):
        judged = [row for row in rows if row["verdict"] and row["seed"] == seed]
        right = sum(row["verdict"] == "right" for row in judged)
        share = f"{right} of {len(judged)} are right ({right / len(judged):.1%})" if judged else "no verdicts yet"
        print(f"seed {seed}: {share}")
        for cause, count in Counter(row["cause"] for row in judged if row["verdict"] != "right").most_common():
            print(f"  {count} {cause}")
    wanted = {row["article_id"] for row in rows}
    now = {tuple(row[k] for k in KEY) for a in articles() if a["id"] in wanted for row in rows_of(a)}
    for verdict in ("right", "wrong"):
        chosen = [row for row in rows if row["verdict"] == verdict]
        print(f"{sum(tuple(row[k] for k in KEY) in now for row in chosen)} of {len(chosen)} {verdict} ones are read "
              "the same way today")  # fmt: skip


def recall(seed: int, count: int) -> None:
    """Random articles of the conflict file in full, every expression found in brackets: a reader counts the others."""
    every = [article for article in articles() if article["corpus"] == "conflict"]
    for article in random.Random(seed).sample(every, count):
        text, last = article["title"] + "\n" + article["text"], 0
        print(f"{article['id']} published {article['published_at']}")
        for row in find_dates(text, article["published_at"]):
            start, end = int(row["start"] or 0), int(row["end"] or 0)
            print(f"{text[last:start]}⟦{text[start:end]}⟧", end="")
            last = end
        print(text[last:], end="\n\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("draw", "show", "score", "recall"))
    parser.add_argument("--seed", type=int, default=41)
    parser.add_argument("--count", type=int, default=200)
    given = parser.parse_args()
    rows, seed = read() if TABLE.exists() else [], str(given.seed)
    if given.what == "draw":
        if any(row["verdict"] for row in rows if row["seed"] == seed):
            sys.exit(f"{TABLE}: holds verdicts of seed {seed}; choose another seed")
        write([row for row in rows if row["seed"] != seed] + draw(given.seed, given.count))
        print(f"{TABLE}: {given.count} rows; judge them with: python {Path(__file__).name} show --seed {seed}")
    elif given.what == "show":
        show([row for row in rows if row["seed"] == seed])
    elif given.what == "recall":
        recall(given.seed, given.count)
    else:
        score(rows)


if __name__ == "__main__":
    main()
