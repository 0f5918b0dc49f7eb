"""How many gold events have a trigger in their sentence: a floor that no edit of the tables may pass unnoticed."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import Counter
from datetime import date
from pathlib import Path

from pipeline.languages import load_pack
from pipeline.morphology.rules import TriggerTables
from pipeline.records import Article, Document, Sentence
from pipeline.text import cut
from pipeline.triggers import trigger_mentions

GROUPS = {"shelling": "explosion", "air_strike": "explosion", "bombing": "explosion", "chemical": "explosion",
          "clash": "battle", "attack": "violence", "abduction": "violence", "protest": "demonstration",
          "riot": "demonstration", "call": "call"}  # fmt: skip
END = re.compile(r"\n|[.!؟](?=\s|$)")


def group(family: str) -> str:
    return GROUPS.get(family, "strategic")


def sentence_at(raw: str, place: int) -> tuple[int, int]:
    """Start and end of the piece around a place, cut at full stops and line breaks."""
    ends = [match.end() for match in END.finditer(raw)] + [len(raw)]
    last = next(end for end in ends if end > place)
    return max([end for end in ends if end <= place], default=0), last


def test_share_of_gold_events_with_a_trigger(shared: Path) -> None:
    tables = TriggerTables.from_pack(load_pack("ar"))
    lines = (shared / "gold" / "dev_articles.jsonl").read_text(encoding="utf-8").strip().split("\n")
    articles = {row["id"]: row for row in map(json.loads, lines)}
    total, same, may_become = Counter[str](), Counter[str](), Counter[str]()
    for line in (shared / "gold" / "dev.jsonl").read_text(encoding="utf-8").strip().split("\n"):
        row = json.loads(line)
        raw = articles[row["id"]]["title"] + "\n" + articles[row["id"]]["text"]
        words, starts, ends = cut(raw) if row["events"] else ([], [], [])
        for event in row["events"]:
            wanted = group(event["family"])
            total[wanted] += 1
            place = raw.find(event["evidence"][:60])
            if place < 0:
                continue
            low, high = sentence_at(raw, place + 1)
            doc = Document(Article("a", date(2020, 1, 1), "", raw), raw, words, starts, ends)
            piece = Sentence(bisect_left(starts, low), bisect_left(starts, high), low, high, "body", 0)
            found = trigger_mentions(doc, piece, tables)
            groups = {group(m.family) for m in found}
            same[wanted] += wanted in groups
            if any(m.family == "attack" and m.sub_event_type == "Attack" and m.strength != "strong" for m in found):
                groups |= {"violence", "battle", "explosion"}  # pipeline/reading/kinds.py decides by weapon and sides
            may_become[wanted] += wanted in groups
    report = {name: (total[name], round(same[name] / total[name], 3), round(may_become[name] / total[name], 3))
              for name in sorted(total)}  # fmt: skip
    print("group: (events, share with a trigger of the group, of one that may become it)", report)
    assert sum(same.values()) / sum(total.values()) >= 0.91, report
    assert sum(may_become.values()) / sum(total.values()) >= 0.94, report
